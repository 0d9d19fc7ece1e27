"""`pushlint check`: lints drafts, prints the findings and a summary."""

import shutil
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import click
from click.core import ParameterSource

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
from pushlint.cli.outputs import Output, combined, output_option, printed, write
from pushlint.cli.watch import watch as watch_files
from pushlint.reports import FORMATS, LOGS
from pushlint.reports.options import Options
from pushlint.reports.text import closing, count
from pushlint.result import FileResult, Summary
from pushlint.rulebook import load_rules
from pushlint.run import MakeLinter, read_drafts, run
from pushlint.settings import ALL, FailOn, Settings


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
@output_option
@click.option("--statistics", is_flag=True, help="Print how often each rule found something, not the findings.")
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
@click.option("-n", "--no-cache", is_flag=True, help="Do not read or write a cache. There is none yet.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info", "never"]),
    help="The mildest level of finding for which to exit 1, whatever is shown; warning if not given.",
)
@click.option(
    "--max-warnings",
    type=click.IntRange(min=0),
    metavar="N",
    help="Exit 1 for warnings only where there are more than N.",
)
@click.option("--watch", is_flag=True, help="Lint again what changes, until Ctrl-C.")
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
    outputs: tuple[Output, ...],
    statistics: bool,
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
    fail_on: FailOn | None,
    max_warnings: int | None,
    watch: bool,
    exit_zero: bool,
    color: str,
    quiet: bool,
    verbose: bool,
) -> None:
    """Lint drafts and suggest rewrites.

    PATHS are files, folders, globs, or - for standard input; the folder you are in when there are none. A file that
    you name is always read; in a folder the drafts are picked out.

    Exits 0 when nothing needs attention, 1 when there are warnings or errors (--fail-on says otherwise), 2 when some
    input cannot be used.
    """
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
        fail_on=fail_on or "warning",
        max_warnings=max_warnings,
    )
    ctx = click.get_current_context()
    ctx.color = {"always": True, "never": False}.get(color, ctx.color)
    if show_files:
        ctx.exit(_show_files(read_drafts(paths or (".",), settings), verbose))
    asked = ctx.get_parameter_source("output_format") is ParameterSource.COMMANDLINE
    outputs = combined(outputs, output_format, asked)
    options = Options(
        width=min(100, max(40, shutil.get_terminal_size((100, 24)).columns)),
        all_fixes=verbose,
        rules=lambda: load_rules(settings.rules, plugins=not settings.isolated, errors=[]),
    )

    def lint(changed: Collection[str] | None = None, make_linter: MakeLinter | None = None) -> Summary:
        summary = Summary()
        results = run(paths or (".",), settings, changed=changed, make_linter=make_linter)
        write(outputs, _noted(results, summary, verbose), options, statistics)
        if not quiet and printed(outputs) in (None, *LOGS):
            click.echo(closing(summary))
        most = settings.max_warnings
        if most is not None and summary.found["warning"] > most and not quiet:
            click.echo(f"More than the {count(most, 'warning')} that --max-warnings allows.", err=True)
        return summary

    if watch:
        watch_files(paths or (".",), outputs, settings.extensions, lint)
    summary = lint()
    ctx.exit(0 if exit_zero and not summary.errors else summary.verdict(settings.fail_on, settings.max_warnings))


def _show_files(results: Iterable[FileResult], verbose: bool) -> int:
    """Prints each file that has e-mails with its format, and gives back the exit code."""
    summary = Summary()
    for result in results:
        list(_noted([result], summary, verbose))
        if result.drafts:
            click.echo(f"{result.path}\t{result.format}")
    return summary.exit_code


def _noted(results: Iterable[FileResult], summary: Summary, verbose: bool) -> Iterator[FileResult]:
    """The files that were linted or cannot be used; what became of them is counted, and said on standard error."""
    for result in results:
        summary.add(result)
        if result.error:
            report(result.error)
        if result.passed_over and verbose:
            click.echo(f"passed over {result.path}: {result.passed_over}", err=True)
        if not result.passed_over:
            yield result
