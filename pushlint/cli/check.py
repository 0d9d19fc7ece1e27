"""`pushlint check`: lints drafts, prints the findings and a summary."""

import io
import os
import shutil
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

import click

from pushlint import kept
from pushlint.cli import report
from pushlint.cli.options import (
    color_option,
    config_option,
    extend_select_option,
    ignore_option,
    isolated_option,
    rules_option,
    select_option,
)
from pushlint.cli.reading import (
    dialect_option,
    extension_option,
    footer_option,
    profile_option,
    stage_option,
    stdin_option,
    tags_option,
)
from pushlint.config.resolve import Configuration
from pushlint.diagnostic import Applicability
from pushlint.draft import KnownTag
from pushlint.fixer import SAFE, UNSAFE, encoded
from pushlint.reports import FORMATS, renderer
from pushlint.reports.fixes import enumeration, unified_diff, withheld
from pushlint.reports.text import closing, closing_fixed
from pushlint.result import FileResult, Summary
from pushlint.run import STDIN, fix_all, read_drafts, run, with_error
from pushlint.settings import Settings


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True))
@select_option
@ignore_option
@extend_select_option
@rules_option
@click.option(
    "--output-format",
    type=click.Choice(FORMATS),
    envvar="PUSHLINT_OUTPUT_FORMAT",
    help="How to print the findings. [default: full]",
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
@config_option
@isolated_option
@click.option("-n", "--no-cache", is_flag=True, help="Compile all rules anew, and keep nothing for later runs.")
@click.option("-e", "--exit-zero", is_flag=True, help="Exit 0 even when there are findings.")
@click.option("--fix", is_flag=True, help="Apply the fixes that are safe, and print what is left.")
@click.option("--unsafe-fixes", is_flag=True, help="Take fixes that re-cast what is said for fixes too.")
@click.option("--diff", is_flag=True, help="Print what --fix would change, as a unified diff; write nothing.")
@click.option("--fix-only", is_flag=True, help="As --fix, without a word on what is left, which is no failure then.")
@click.option("--show-fixes", is_flag=True, help="List what was fixed.")
@click.option("--exit-non-zero-on-fix", is_flag=True, help="Exit 1 when something was fixed, even if nothing is left.")
@color_option
@click.option("-q", "--quiet", is_flag=True, help="Print the findings and errors, nothing else.")
@click.option("-v", "--verbose", is_flag=True, help="Print every rewrite, and what was passed over and why.")
def check(
    paths: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    extend_select: tuple[str, ...],
    rules: tuple[Path, ...],
    output_format: str | None,
    stage: str | None,
    profile: str | None,
    footer: str | None,
    dialect: str | None,
    tags: dict[str, KnownTag] | None,
    only_drafts: bool,
    stdin_filename: str | None,
    extensions: tuple[tuple[str, str], ...],
    show_files: bool,
    config: tuple[str, ...],
    isolated: bool,
    no_cache: bool,
    exit_zero: bool,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    fix_only: bool,
    show_fixes: bool,
    exit_non_zero_on_fix: bool,
    color: str,
    quiet: bool,
    verbose: bool,
) -> None:
    """Lint drafts and suggest rewrites.

    PATHS are files, folders, globs, or - for standard input; the folder you are in when there are none. A file that
    you name is always read; in a folder the drafts are picked out.

    Exits 0 when nothing needs attention, 1 when there are warnings or errors, 2 when some input cannot be used. With
    --diff, 1 when a file would change; with --fix-only, 0.
    """
    if no_cache:
        os.environ[kept.FOLDER] = ""
    paths = paths or (".",)
    flags = {
        "select": select,
        "extend-select": extend_select,
        "ignore": ignore,
        "rules": rules,
        "stage": stage,
        "profile": profile,
        "footer": footer,
        "dialect": dialect,
        "tags": tags,
        "extensions": extensions,
        "output-format": output_format,
    }
    base = Settings(isolated=isolated, only_drafts=only_drafts, stdin_filename=stdin_filename)
    configuration = Configuration(flags, config, base)
    settings, broken = configuration.of_run(paths)
    output_format = settings.output_format
    ctx = click.get_current_context()
    ctx.color = {"always": True, "never": False}.get(color, ctx.color)
    if show_files:
        results = read_drafts(paths, settings, configuration=configuration)
        ctx.exit(_show_files(with_error(results, broken), verbose))
    if output_format == "json" and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    fixes = UNSAFE if unsafe_fixes else SAFE
    fixing = fix or fix_only or diff
    silent = fix_only or diff
    to_stderr = diff or (fixing and STDIN in paths)  # the text itself goes to standard output
    summary = Summary()
    if fixing:
        results = _fixed(paths, settings, configuration, fixes, diff, summary)
    else:
        results = run(paths, settings, configuration=configuration)
    noted = _noted(with_error(results, broken), summary, verbose)
    width = min(100, max(40, shutil.get_terminal_size((100, 24)).columns))
    render = renderer(output_format, width=width, all_fixes=verbose, fixable=fixes)
    for text in ("" for _ in noted) if silent else render(noted):
        click.echo(text, nl=False, err=to_stderr)
    if show_fixes and summary.fixed:
        for line in enumeration(summary.fixed, would=diff):
            click.echo(line, err=to_stderr or output_format == "json")
    if silent and not quiet:
        click.echo(closing_fixed(summary, unsafe_fixes, would=diff), err=to_stderr)
    elif not quiet and output_format != "json":
        click.echo(closing(summary, unsafe_fixes, fixing), err=to_stderr)
    failed = bool(summary.fixed) if diff else summary.exit_code == 1 and not fix_only
    failed |= exit_non_zero_on_fix and bool(summary.fixed)
    ctx.exit(2 if summary.errors else 1 if failed and not exit_zero else 0)


def _fixed(
    paths: Sequence[str],
    settings: Settings,
    configuration: Configuration,
    allowed: Collection[Applicability],
    diff: bool,
    summary: Summary,
) -> Iterator[FileResult]:
    """The files with their fixes applied and written, or printed as a diff; standard input is printed as it is then.

    What was fixed is counted; what was withheld, or could not be written, is said on standard error.
    """
    given = sys.stdin.buffer.read() if STDIN in paths else b""
    printed = diff or STDIN not in paths
    stdin = io.BytesIO(given)
    for fixed in fix_all(paths, settings, allowed, save=not diff, stdin=stdin, configuration=configuration):
        summary.add_fixed(fixed.before.path, fixed.fixed)
        for line in withheld(fixed):
            click.echo(line, err=True)
        if fixed.error:
            summary.errors.append(fixed.error)
            report(fixed.error)
        if diff and fixed.fixed:
            click.echo(unified_diff(fixed), nl=False)
        if fixed.is_stdin and not printed and fixed.after.drafts:
            click.echo(encoded(fixed.after.source), nl=False)
            printed = True
        yield fixed.after
    if not printed:  # what could not be read is given back as it came
        click.echo(given, nl=False)


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
