"""What `pushlint check` does when its options are read: lints or fixes, prints and writes reports, sums up."""

import gc
import shutil
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import click

from pushlint.cache import Cache
from pushlint.cli import report
from pushlint.cli.outputs import Output, printed, write
from pushlint.cli.progress import Progress
from pushlint.diagnostic import SAFE, UNSAFE, Applicability
from pushlint.errors import InputError
from pushlint.reports import LOGS
from pushlint.reports.options import Options
from pushlint.reports.text import closing, closing_fixed, count
from pushlint.result import FileResult, Summary
from pushlint.run import STDIN, Inputs, run
from pushlint.settings import Settings

# What only some runs need is imported by these: a run that finds all in the cache is over in a moment.
if TYPE_CHECKING:
    from pushlint.baseline import Baseline
    from pushlint.books import MakeLinter
    from pushlint.changes import Changes
    from pushlint.linter import Linter
    from pushlint.rulebook import Rule


@dataclass(frozen=True)
class Fixing:
    """What `--fix` and the options beside it ask for."""

    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    fix_only: bool = False
    show_fixes: bool = False
    exit_non_zero_on_fix: bool = False

    @property
    def is_on(self) -> bool:
        """Whether drafts are fixed, or it is shown how they would be."""
        return self.fix or self.fix_only or self.diff

    @property
    def is_silent(self) -> bool:
        """Whether not a word is said of what is left."""
        return self.fix_only or self.diff

    @property
    def allowed(self) -> Collection[Applicability]:
        """The fixes that are taken for such."""
        return UNSAFE if self.unsafe_fixes else SAFE


@dataclass(frozen=True)
class Check:
    """A call of the command: what it reads, what of the findings is shown, and where."""

    inputs: Inputs
    fixing: Fixing
    outputs: Sequence[Output]
    cache: Cache | None = None
    baseline: "Baseline | None" = None
    changes: "Changes | None" = None
    statistics: bool = False
    quiet: bool = False
    verbose: bool = False

    def lint(self, changed: Collection[str] | None = None, make_linter: "MakeLinter | None" = None) -> Summary:
        """Lints, or fixes, and writes the reports; what it all comes to. `changed` and `make_linter` as in `run`."""
        summary = Summary()
        results = noted(self._shown(self._results(summary, changed, make_linter)), summary, self.verbose)
        if self.fixing.is_silent:
            deque(results, maxlen=0)
        else:
            write(self.outputs, results, self._options(), self.statistics, self._to_stderr)
        self._close(summary)
        return summary

    def exit_code(self, summary: Summary) -> int:
        """What a run that comes to this exits with."""
        settings, has_fixed = self.inputs.settings, bool(summary.fixed)
        failed = summary.verdict(settings.fail_on, settings.max_warnings) == 1 and not self.fixing.fix_only
        failed = has_fixed if self.fixing.diff else failed or (self.fixing.exit_non_zero_on_fix and has_fixed)
        return 2 if summary.errors else int(failed)

    @property
    def _to_stderr(self) -> bool:
        """Whether the text itself goes to standard output, and what is said of it must not."""
        return self.fixing.diff or (self.fixing.is_on and STDIN in self.inputs.paths)

    @property
    def _is_log(self) -> bool:
        """Whether other lines may stand beside what is printed."""
        return printed(self.outputs) in (None, *LOGS)

    def _results(
        self, summary: Summary, changed: Collection[str] | None, make_linter: "MakeLinter | None"
    ) -> Iterable[FileResult]:
        if not self.fixing.is_on:
            progress = Progress()
            make_linter = make_linter or _lasting_linter
            return progress.over(run(self.inputs, changed, make_linter, self.cache, progress.expect))
        from pushlint.cli import fixing

        return fixing.fixed(self.inputs, self.fixing.allowed, self.fixing.diff, summary)

    def _shown(self, results: Iterable[FileResult]) -> Iterable[FileResult]:
        """The files with those findings that are new, and on changed lines."""
        results = map(self.baseline.only_new, results) if self.baseline else results
        return map(self.changes.only, results) if self.changes else results

    def _options(self) -> Options:
        return Options(
            width=min(100, max(40, shutil.get_terminal_size((100, 24)).columns)),
            all_fixes=self.verbose,
            fixable=self.fixing.allowed,
            rules=partial(_rules, self.inputs.settings),
        )

    def _close(self, summary: Summary) -> None:
        """Says what it all comes to, where that is wanted."""
        fixing = self.fixing
        if fixing.show_fixes:
            from pushlint.cli.fixing import show

            show(summary, would=fixing.diff, err=self._to_stderr or not self._is_log)
        if self.quiet:
            return
        if not fixing.is_silent:
            if self._is_log:
                click.echo(closing(summary, fixing.unsafe_fixes, fixing.is_on), err=self._to_stderr)
        elif not (fixing.show_fixes and summary.fixed):
            click.echo(closing_fixed(summary, fixing.unsafe_fixes, would=fixing.diff), err=self._to_stderr)
        for line in self._more(summary):
            click.echo(line, err=True)

    def _more(self, summary: Summary) -> Iterator[str]:
        """Why a run fails where that is not plain, and what the baseline has too much."""
        most = self.inputs.settings.max_warnings
        if most is not None and summary.found["warning"] > most:
            yield f"More than the {count(most, 'warning')} that --max-warnings allows."
        gone = len(self.baseline.gone()) if self.baseline and not self.fixing.diff else 0
        if gone:
            said = f"{count(gone, 'finding')} of the baseline {'is' if gone == 1 else 'are'} gone"
            yield f"{said}: `pushlint baseline --update` takes {'it' if gone == 1 else 'them'} out."


def noted(results: Iterable[FileResult], summary: Summary, verbose: bool) -> Iterator[FileResult]:
    """The files that were linted or cannot be used; what became of them is counted, and said on standard error."""
    for result in results:
        summary.add(result)
        if result.error:
            report(result.error)
        if result.passed_over and verbose:
            click.echo(f"passed over {result.path}: {result.passed_over}", err=True)
        if not result.passed_over:
            yield result


def show_files(results: Iterable[FileResult], verbose: bool) -> int:
    """Prints each file that has e-mails with its format, and gives back the exit code."""
    summary = Summary()
    for result in noted(results, summary, verbose):
        if result.drafts:
            click.echo(f"{result.path}\t{result.format}")
    return summary.exit_code


def _lasting_linter(rules: "Sequence[Rule]", today: date | None) -> "tuple[Linter, list[InputError]]":
    """A linter for as long as the process lives: no garbage is looked for while it is made (to disable the collector
    does not help: srsly enables it), nor in it and all that was imported for it ever after."""
    from pushlint.books import linter_of

    thresholds = gc.get_threshold()
    gc.set_threshold(0)
    try:
        return linter_of(rules, today)
    finally:
        gc.freeze()
        gc.set_threshold(*thresholds)


def _rules(settings: Settings) -> "Sequence[Rule]":
    """The rules whose findings are shown."""
    from pushlint.rulebook import load_rules

    return load_rules(settings.rules, plugins=not settings.isolated, errors=[])
