"""`pushlint parse`: shows drafts as the linter sees them, for those who write rules."""

import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from pushlint.cli import report, server_option
from pushlint.cli.options import color_option, config_option, isolated_option
from pushlint.cli.reading import extension_option, profile_option, stage_option, stdin_option
from pushlint.config.resolve import Configuration
from pushlint.draft import Draft
from pushlint.errors import InputError
from pushlint.reports import parse_json, parse_text
from pushlint.reports.parse_data import Data, as_data
from pushlint.result import FileResult, Summary
from pushlint.run import Inputs, read_drafts
from pushlint.settings import Settings


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option(
    "--output-format",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    show_default=True,
    help="How to print what is seen.",
)
@click.option("--html", is_flag=True, help="The same as --output-format html: one page with the dependency trees.")
@click.option("-o", "--output-file", metavar="FILE", type=click.Path(path_type=Path), help="Write to FILE.")
@stage_option
@profile_option
@stdin_option
@extension_option
@config_option
@isolated_option
@server_option
@color_option
def parse(
    paths: tuple[str, ...],
    output_format: str,
    html: bool,
    output_file: Path | None,
    stage: str | None,
    profile: str | None,
    stdin_filename: str | None,
    extensions: tuple[tuple[str, str], ...],
    config: tuple[str, ...],
    isolated: bool,
) -> None:
    """Show drafts as the linter sees them: zones, sentences and their moves, clauses, amounts, deadlines, asks.

    PATHS are files, folders, globs, or - for standard input. See docs/language.md for what the words mean.

    Exits 0, or 2 when some input cannot be used; everything else is still shown.
    """
    flags = {"stage": stage, "profile": profile, "extensions": extensions}
    configuration = Configuration(flags, config, Settings(stdin_filename=stdin_filename, isolated=isolated))
    summary = Summary()
    parsed = _parsed(read_drafts(Inputs.governed(paths, configuration)), summary)
    pieces = _render("html" if html else output_format, parsed)
    if output_file is None:
        _print(pieces, as_utf8=html or output_format != "text")
    else:
        text = "".join(pieces)
        if summary.drafts:  # an old page is worth more than an empty one
            _write(output_file, text)
    if not summary.drafts and not summary.errors:
        click.echo("No drafts found.", err=True)
    click.get_current_context().exit(summary.exit_code)


def _parsed(results: Iterable[FileResult], summary: Summary) -> Iterator[Data]:
    """The drafts in the files as data; what cannot be used is said on standard error."""
    for result in results:
        summary.add(result)
        if result.error:
            report(result.error)
        else:
            yield from _parse([draft for draft, _ in result.drafts])


def _parse(drafts: list[Draft]) -> Iterator[Data]:
    from pushlint.linter import Linter  # here, so that --help and a missing file do not wait for spaCy

    return map(as_data, Linter(()).parse(drafts)) if drafts else iter(())


def _render(format: str, drafts: Iterator[Data]) -> Iterator[str]:
    if format == "html":
        from pushlint.reports import parse_html  # here, as displaCy loads spaCy

        return parse_html.render(drafts)
    if format == "json":
        return parse_json.render(drafts)
    return parse_text.render(drafts, min(100, max(40, shutil.get_terminal_size((100, 24)).columns)))


def _print(pieces: Iterable[str], as_utf8: bool) -> None:
    if as_utf8 and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    for piece in pieces:
        click.echo(piece, nl=False)


def _write(path: Path, text: str) -> None:
    """Writes a file. Raises InputError when that cannot be done."""
    try:
        path.write_text(click.unstyle(text), encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", path=str(path)) from None
