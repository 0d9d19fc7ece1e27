"""Options that several commands have."""

from pathlib import Path

import click

from pushlint.draft import FOOTERS, PROFILES, STAGES, KnownTag
from pushlint.templating.dialects import dialect_names


def selectors(ctx: click.Context, option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Splits at commas, so that `--select CLO,PRI` and `--select CLO --select PRI` are the same."""
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())


def tag_names(ctx: click.Context, option: click.Parameter, values: tuple[str, ...]) -> dict[str, KnownTag] | None:
    """`first_name,industry=retail/e-commerce`: the names, each with its sample values."""
    words = [word.strip() for value in values for word in value.split(",") if word.strip()]
    named = (word.partition("=") for word in words)
    return {name.strip(): KnownTag(tuple(filter(None, samples.split("/")))) for name, _, samples in named} or None


def _extensions(ctx: click.Context, option: click.Parameter, values: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """`EXT:FORMAT` as pairs, each extension with its dot."""
    from pushlint.readers import FORMATS  # here, as readers take their time, and commands without drafts need none

    pairs = [value.rpartition(":")[::2] for value in values]
    for value, (end, format) in zip(values, pairs, strict=True):
        if not end.strip(".") or format not in FORMATS.values():
            known = ", ".join(sorted(set(FORMATS.values())))
            raise click.BadParameter(f"{value!r} is not EXT:FORMAT; formats are {known}", ctx, option)
    return tuple((f".{end.lstrip('.').lower()}", format) for end, format in pairs)


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
stage_option = click.option("--stage", type=click.Choice(STAGES), help="Take every draft to be of this stage.")
profile_option = click.option("--profile", type=click.Choice(PROFILES), help="Take every draft to be of this profile.")
footer_option = click.option(
    "--footer",
    type=click.Choice(FOOTERS),
    help="Whether the drafts have their footer written in them, or the sending tool injects it.",
)
dialect_option = click.option(
    "--dialect",
    metavar="NAME",
    type=click.Choice(dialect_names()),
    help="The tool whose merge tags the drafts have, such as instantly or liquid; told from the tags if not given.",
)
tags_option = click.option(
    "--tags",
    multiple=True,
    callback=tag_names,
    metavar="NAMES",
    help="The names that merge tags may have, with sample values if you like: first_name,industry=retail/e-commerce.",
)
stdin_option = click.option(
    "--stdin-filename", metavar="PATH", help="The path of standard input, for reports and format."
)
extension_option = click.option(
    "--extension",
    "extensions",
    multiple=True,
    callback=_extensions,
    metavar="EXT:FORMAT",
    help="Read files with this ending in this format, as in tpl:html. Can be given several times.",
)
