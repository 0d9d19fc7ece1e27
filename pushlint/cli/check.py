"""`pushlint check`: lints drafts, prints the findings and a summary."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
from click.core import ParameterSource

from pushlint.cache import open_cache
from pushlint.cli import server_option
from pushlint.cli.checking import Check, Fixing, show_files
from pushlint.cli.options import (
    color_option,
    config_option,
    flags_of,
    isolated_option,
    jobs_option,
    no_cache_option,
    rule_options,
)
from pushlint.cli.outputs import Output, combined, output_option
from pushlint.cli.reading import reading_options, stdin_option
from pushlint.config.resolve import Configuration
from pushlint.reports import FORMATS
from pushlint.run import Inputs, read_drafts
from pushlint.settings import Settings

# Imported when they are asked for: a run that finds all in the cache is over in a moment.
if TYPE_CHECKING:
    from pushlint.baseline import Baseline
    from pushlint.changes import Changes

FIXING = ("fix", "unsafe_fixes", "diff", "fix_only", "show_fixes", "exit_non_zero_on_fix")


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True))
@rule_options
@click.option(
    "--output-format",
    type=click.Choice(FORMATS),
    envvar="PUSHLINT_OUTPUT_FORMAT",
    help="How to print the findings. [default: full]",
)
@output_option
@click.option("--statistics", is_flag=True, help="Print how often each rule found something, not the findings.")
@reading_options
@click.option(
    "--only-drafts",
    "--force-exclude",
    is_flag=True,
    help="Pass over what is excluded, or no draft, even when it is named, as in folders. For hooks.",
)
@stdin_option
@click.option(
    "--show-files",
    "only_show",
    is_flag=True,
    help="Print the files that would be linted, each with its format; no more.",
)
@config_option
@isolated_option
@no_cache_option
@jobs_option
@server_option
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
    outputs: tuple[Output, ...],
    statistics: bool,
    only_drafts: bool,
    stdin_filename: str | None,
    only_show: bool,
    config: tuple[str, ...],
    isolated: bool,
    diff_base: str | None,
    baseline: Path | None,
    no_baseline: bool,
    watch: bool,
    exit_zero: bool,
    quiet: bool,
    verbose: bool,
    **flags: Any,
) -> None:
    """Lint drafts and suggest rewrites.

    PATHS are files, folders, globs, or - for standard input; the folder you are in when there are none. A file that
    you name is always read; in a folder the drafts are picked out.

    Exits 0 when nothing needs attention, 1 when there are warnings or errors (--fail-on says otherwise), 2 when some
    input cannot be used. With --diff, 1 when a file would change; with --fix-only, 0.
    """
    ctx = click.get_current_context()
    fixing = Fixing(**{name: flags.pop(name) for name in FIXING})
    base = Settings(isolated=isolated, only_drafts=only_drafts, stdin_filename=stdin_filename)
    asked = ctx.get_parameter_source("output_format") is ParameterSource.COMMANDLINE

    def governed() -> Inputs:
        return Inputs.governed(paths or (".",), Configuration(flags_of(flags), config, base))

    def opened() -> Check:
        """What is asked for, by the settings, the baseline and the changes as they are now."""
        inputs = governed()
        return Check(
            inputs,
            fixing,
            combined(outputs, inputs.settings.output_format, asked),
            None if fixing.is_on or watch else open_cache(inputs.settings, inputs.paths),
            None if no_baseline else _baseline(baseline),
            _changes(diff_base) if diff_base is not None else None,
            statistics,
            quiet,
            verbose,
        )

    if only_show:
        ctx.exit(show_files(read_drafts(governed()), verbose))
    if watch:
        _watch(opened)
    checking = opened()
    code = checking.exit_code(checking.lint())
    ctx.exit(0 if code == 1 and exit_zero else code)


def _baseline(named: Path | None) -> "Baseline | None":
    """The findings that are known: in the file that is named, or in the one that is found here or above."""
    from pushlint import baseline as baselines

    path = named or baselines.find(Path())
    return baselines.load(path) if path else None


def _changes(ref: str) -> "Changes":
    from pushlint.changes import changes_since

    return changes_since(ref)


def _watch(opened: Callable[[], Check]) -> NoReturn:
    from pushlint.cli.watch import watch

    watch(opened)
