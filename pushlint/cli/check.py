"""`pushlint check`: lints drafts, prints the findings and a summary."""

import os
import shutil
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from pushlint import kept
from pushlint.cache import Cache, cache_folder
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
from pushlint.cli.outputs import Output, combined, output_option, printed, write
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
from pushlint.diagnostic import SAFE, UNSAFE
from pushlint.draft import KnownTag
from pushlint.reports import FORMATS, LOGS
from pushlint.reports.options import Options
from pushlint.reports.text import closing, closing_fixed, count
from pushlint.result import FileResult, Summary
from pushlint.run import STDIN, read_drafts, run, with_error
from pushlint.settings import FailOn, Settings

# What only some runs need is imported by these: a run that finds all in the cache is over in a moment.
if TYPE_CHECKING:
    from pushlint.baseline import Baseline
    from pushlint.books import MakeLinter
    from pushlint.rulebook import Rule


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
@output_option
@click.option("--statistics", is_flag=True, help="Print how often each rule found something, not the findings.")
@stage_option
@profile_option
@footer_option
@dialect_option
@tags_option
@click.option(
    "--only-drafts",
    "--force-exclude",
    is_flag=True,
    help="Pass over what is excluded, or no draft, even when it is named, as in folders. For hooks.",
)
@stdin_option
@extension_option
@click.option("--show-files", is_flag=True, help="Print the files that would be linted, each with its format; no more.")
@config_option
@isolated_option
@click.option("-n", "--no-cache", is_flag=True, help="Lint and compile all anew, and keep nothing for later runs.")
@click.option("--diff-base", metavar="REF", help="Show findings on lines that changed since a commit or branch (git).")
@click.option(
    "--baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The findings that are known, and not shown. [default: .pushlint-baseline.json here or above]",
)
@click.option("--no-baseline", is_flag=True, help="Show all findings, whatever the baseline has.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info", "never"]),
    help="The mildest level of finding for which to exit 1, whatever is shown. [default: warning]",
)
@click.option(
    "--max-warnings",
    type=click.IntRange(min=0),
    metavar="N",
    help="Exit 1 for warnings only where there are more than N.",
)
@click.option("--watch", is_flag=True, help="Lint again what changes, until Ctrl-C.")
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
    outputs: tuple[Output, ...],
    statistics: bool,
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
    diff_base: str | None,
    baseline: Path | None,
    no_baseline: bool,
    fail_on: FailOn | None,
    max_warnings: int | None,
    watch: bool,
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

    Exits 0 when nothing needs attention, 1 when there are warnings or errors (--fail-on says otherwise), 2 when some
    input cannot be used. With --diff, 1 when a file would change; with --fix-only, 0.
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
        "fail-on": fail_on,
        "max-warnings": max_warnings,
    }
    base = Settings(isolated=isolated, only_drafts=only_drafts, stdin_filename=stdin_filename)
    configuration = Configuration(flags, config, base)
    settings, broken = configuration.of_run(paths)
    ctx = click.get_current_context()
    ctx.color = {"always": True, "never": False}.get(color, ctx.color)
    if show_files:
        found = read_drafts(paths, settings, configuration=configuration)
        ctx.exit(_show_files(with_error(found, broken), verbose))
    asked = ctx.get_parameter_source("output_format") is ParameterSource.COMMANDLINE
    outputs = combined(outputs, settings.output_format, asked)
    is_fixing = fix or fix_only or diff
    is_silent = fix_only or diff
    to_stderr = diff or (is_fixing and STDIN in paths)  # the text itself goes to standard output
    fixes = UNSAFE if unsafe_fixes else SAFE
    options = Options(
        width=min(100, max(40, shutil.get_terminal_size((100, 24)).columns)),
        all_fixes=verbose,
        fixable=fixes,
        rules=partial(_rules, settings),
    )
    known = None if no_baseline else _baseline(baseline)
    changes = None
    if diff_base:
        from pushlint.changes import changes_since

        changes = changes_since(diff_base)
    if is_fixing or show_fixes:
        from pushlint.cli import fixing
    folder = None if no_cache or is_fixing or watch else cache_folder(settings, paths)
    cache = Cache(folder) if folder else None

    def lint(changed: Collection[str] | None = None, make_linter: "MakeLinter | None" = None) -> Summary:
        summary = Summary()
        if is_fixing:
            results = fixing.fixed(paths, settings, configuration, fixes, diff, summary)
        else:
            results = run(
                paths, settings, configuration=configuration, changed=changed, make_linter=make_linter, cache=cache
            )
        results = map(known.only_new, results) if known else results
        results = map(changes.only, results) if changes else results
        noted = _noted(with_error(results, broken), summary, verbose)
        if is_silent:
            deque(noted, maxlen=0)
        else:
            write(outputs, noted, options, statistics, to_stderr)
        if show_fixes:
            fixing.show(summary, would=diff, err=to_stderr or printed(outputs) not in (None, *LOGS))
        if is_silent:
            if not quiet and not (show_fixes and summary.fixed):
                click.echo(closing_fixed(summary, unsafe_fixes, would=diff), err=to_stderr)
        elif not quiet and printed(outputs) in (None, *LOGS):
            click.echo(closing(summary, unsafe_fixes, is_fixing), err=to_stderr)
        _say_the_rest(summary, settings, None if diff else known, quiet)
        return summary

    if watch:
        if is_fixing:
            raise click.UsageError("--watch does not fix; leave out --fix, --fix-only and --diff.")
        from pushlint.cli.watch import watch as watch_files

        watch_files(paths, outputs, settings.extensions, lint)
    summary = lint()
    failed = summary.verdict(settings.fail_on, settings.max_warnings) == 1 and not fix_only
    failed = bool(summary.fixed) if diff else failed or (exit_non_zero_on_fix and bool(summary.fixed))
    ctx.exit(2 if summary.errors else 1 if failed and not exit_zero else 0)


def _rules(settings: Settings) -> "Sequence[Rule]":
    """The rules whose findings are shown."""
    from pushlint.rulebook import load_rules

    return load_rules(settings.rules, plugins=not settings.isolated, errors=[])


def _baseline(named: Path | None) -> "Baseline | None":
    """The findings that are known: in the file that is named, or in the one that is found here or above."""
    from pushlint import baseline as baselines

    path = named or baselines.find(Path())
    return baselines.load(path) if path else None


def _say_the_rest(summary: Summary, settings: Settings, known: "Baseline | None", quiet: bool) -> None:
    """Says on standard error why a run fails where that is not plain, and what the baseline has too much."""
    most = settings.max_warnings
    if most is not None and summary.found["warning"] > most and not quiet:
        click.echo(f"More than the {count(most, 'warning')} that --max-warnings allows.", err=True)
    gone = len(known.gone()) if known else 0
    if gone and not quiet:
        said = f"{count(gone, 'finding')} of the baseline {'is' if gone == 1 else 'are'} gone"
        click.echo(f"{said}: `pushlint baseline --update` takes {'it' if gone == 1 else 'them'} out.", err=True)


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
