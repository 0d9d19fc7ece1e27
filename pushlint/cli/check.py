"""`pushlint check`: lints drafts, prints the findings and a summary."""

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from pushlint import kept
from pushlint.cli import report
from pushlint.cli.options import (
    color_option,
    dialect_option,
    extension_option,
    footer_option,
    profile_option,
    rules_option,
    stage_option,
    stdin_option,
    tags_option,
)
from pushlint.reports import FORMATS, renderer
from pushlint.reports.text import closing
from pushlint.result import FileResult, Summary
from pushlint.run import read_drafts, run
from pushlint.settings import ALL, Settings


def selectors(ctx: click.Context, option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Splits at commas, so that `--select CLO,PRI` and `--select CLO --select PRI` are the same."""
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True))
@click.option(
    "--select",
    multiple=True,
    callback=selectors,
    metavar="RULES",
    help="Rules to use: ALL (default), prefixes (CLO), codes (CLO001) or names, separated by commas.",
)
@click.option(
    "--ignore",
    multiple=True,
    callback=selectors,
    metavar="RULES",
    help="Rules to leave out; of --select and --ignore the more specific one wins.",
)
@rules_option
@click.option(
    "--output-format",
    type=click.Choice(FORMATS),
    default="full",
    show_default=True,
    envvar="PUSHLINT_OUTPUT_FORMAT",
    help="How to print the findings.",
)
@stage_option
@profile_option
@footer_option
@dialect_option
@tags_option
@click.option(
    "--only-drafts",
    is_flag=True,
    help="Pass over files that are no drafts even when they are named, as in folders. For hooks.",
)
@stdin_option
@extension_option
@click.option("--show-files", is_flag=True, help="Print the files that would be linted, each with its format; no more.")
@click.option("--isolated", is_flag=True, help="Ignore configuration files and installed rule plug-ins.")
@click.option("-n", "--no-cache", is_flag=True, help="Compile all rules anew, and keep nothing for later runs.")
@click.option("-e", "--exit-zero", is_flag=True, help="Exit 0 even when there are findings.")
@color_option
@click.option("-q", "--quiet", is_flag=True, help="Print the findings and errors, nothing else.")
@click.option("-v", "--verbose", is_flag=True, help="Print every rewrite, and what was passed over and why.")
def check(
    paths: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    rules: tuple[Path, ...],
    output_format: str,
    stage: str | None,
    profile: str | None,
    footer: str | None,
    dialect: str | None,
    tags: dict[str, tuple[str, ...]] | None,
    only_drafts: bool,
    stdin_filename: str | None,
    extensions: tuple[tuple[str, str], ...],
    show_files: bool,
    isolated: bool,
    no_cache: bool,
    exit_zero: bool,
    color: str,
    quiet: bool,
    verbose: bool,
) -> None:
    """Lint drafts and suggest rewrites.

    PATHS are files, folders, globs, or - for standard input; the folder you are in when there are none. A file that
    you name is always read; in a folder the drafts are picked out.

    Exits 0 when nothing needs attention, 1 when there are warnings or errors, 2 when some input cannot be used.
    """
    if no_cache:
        os.environ[kept.FOLDER] = ""
    settings = Settings(
        select=select or (ALL,),
        ignore=ignore,
        rules=rules,
        isolated=isolated,
        only_drafts=only_drafts,
        stage=stage,
        profile=profile,
        footer=footer,
        dialect=dialect,
        tags=tags,
        stdin_filename=stdin_filename,
        extensions=extensions,
    )
    ctx = click.get_current_context()
    ctx.color = {"always": True, "never": False}.get(color, ctx.color)
    if show_files:
        ctx.exit(_show_files(read_drafts(paths or (".",), settings), verbose))
    if output_format == "json" and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    width = min(100, max(40, shutil.get_terminal_size((100, 24)).columns))
    summary = Summary()
    render = renderer(output_format, width=width, all_fixes=verbose)
    for text in render(_noted(run(paths or (".",), settings), summary, verbose)):
        click.echo(text, nl=False)
    if not quiet and output_format != "json":
        click.echo(closing(summary))
    ctx.exit(0 if exit_zero and summary.exit_code == 1 else summary.exit_code)


def _show_files(results: Iterable[FileResult], verbose: bool) -> int:
    """Prints each file that has e-mails with its format, and gives back the exit code."""
    summary = Summary()
    for result in results:
        list(_noted([result], summary, verbose))
        if result.drafts:
            click.echo(f"{result.path}\t{result.format}")
    return summary.exit_code


def _noted(results: Iterable[FileResult], summary: Summary, verbose: bool) -> Iterator[FileResult]:
    """The files with findings; what became of the others is counted, and said on standard error."""
    for result in results:
        summary.add(result)
        if result.error:
            report(result.error)
        elif result.passed_over and verbose:
            click.echo(f"passed over {result.path}: {result.passed_over}", err=True)
        elif result.diagnostics:
            yield result
