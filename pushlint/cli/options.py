"""Options that several commands have."""

from pathlib import Path

import click

from pushlint.draft import FOOTERS, PROFILES, STAGES

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
stage_option = click.option("--stage", type=click.Choice(STAGES), help="Take every draft to be of this stage.")
profile_option = click.option("--profile", type=click.Choice(PROFILES), help="Take every draft to be of this profile.")
footer_option = click.option(
    "--footer",
    type=click.Choice(FOOTERS),
    help="Whether the drafts have their footer written in them, or the sending tool injects it.",
)
stdin_option = click.option(
    "--stdin-filename", metavar="PATH", help="The path of standard input, for reports and format."
)
