"""Options of how drafts are read. Apart from the others, as they need the readers: `pushlint rule` does not."""

import click

from pushlint.cli.options import together
from pushlint.draft import FOOTERS, PROFILES, STAGES, KnownTag
from pushlint.formats import FORMATS
from pushlint.resources import dialect_names


def tag_names(ctx: click.Context, option: click.Parameter, values: tuple[str, ...]) -> dict[str, KnownTag] | None:
    """`first_name,industry=retail/e-commerce`: the names, each with its sample values."""
    words = [word.strip() for value in values for word in value.split(",") if word.strip()]
    named = (word.partition("=") for word in words)
    return {name.strip(): KnownTag(tuple(filter(None, samples.split("/")))) for name, _, samples in named} or None


def _extensions(ctx: click.Context, option: click.Parameter, values: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """`EXT:FORMAT` as pairs, each extension with its dot."""
    pairs = [value.rpartition(":")[::2] for value in values]
    for value, (end, format) in zip(values, pairs, strict=True):
        if not end.strip(".") or format not in FORMATS.values():
            known = ", ".join(sorted(set(FORMATS.values())))
            raise click.BadParameter(f"{value!r} is not EXT:FORMAT; formats are {known}", ctx, option)
    return tuple((f".{end.lstrip('.').lower()}", format) for end, format in pairs)


stage_option = click.option("--stage", type=click.Choice(STAGES), help="Take every draft to be of this stage.")
profile_option = click.option("--profile", type=click.Choice(PROFILES), help="Take every draft to be of this profile.")
_footer_option = click.option(
    "--footer",
    type=click.Choice(FOOTERS),
    help="Whether the drafts have their footer written in them, or the sending tool injects it.",
)
_dialect_option = click.option(
    "--dialect",
    metavar="NAME",
    type=click.Choice(dialect_names()),
    help="The tool whose merge tags the drafts have, such as instantly or liquid; told from the tags if not given.",
)
_tags_option = click.option(
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
reading_options = together(
    stage_option, profile_option, _footer_option, _dialect_option, _tags_option, extension_option
)
