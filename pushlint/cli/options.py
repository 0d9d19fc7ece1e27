"""Options that several commands have."""

from pathlib import Path

import click

rules_option = click.option(
    "--rules",
    multiple=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="A folder with rule files of your own. Can be given several times.",
)
color_option = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="When to use colour. auto: on a terminal, unless NO_COLOR is set.",
)
