"""Options that several commands have."""

from pathlib import Path

import click


def selectors(ctx: click.Context, option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Splits at commas, so that `--select CLO,PRI` and `--select CLO --select PRI` are the same."""
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())


config_option = click.option(
    "--config",
    multiple=True,
    metavar="FILE|KEY=VALUE",
    help="A settings file to use instead of those found, or a setting in TOML, as in 'fail-on=\"error\"'. Can be given "
    "several times.",
)
isolated_option = click.option("--isolated", is_flag=True, help="Ignore settings files and installed rule plug-ins.")
select_option = click.option(
    "--select",
    multiple=True,
    callback=selectors,
    metavar="RULES",
    help="Rules to use: ALL (default), prefixes (CLO), codes (CLO001) or names, separated by commas.",
)
ignore_option = click.option(
    "--ignore",
    multiple=True,
    callback=selectors,
    metavar="RULES",
    help="Rules to leave out; of --select and --ignore the more specific one wins.",
)
extend_select_option = click.option(
    "--extend-select",
    multiple=True,
    callback=selectors,
    metavar="RULES",
    help="Rules to use besides those that are selected, by --select or a settings file.",
)
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
