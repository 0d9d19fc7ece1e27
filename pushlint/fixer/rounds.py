"""Which fixes are applied, in rounds: the best of each finding, as many at once as harm nothing."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from pushlint.diagnostic import Applicability, Diagnostic, Edit, Fix, applicable
from pushlint.errors import InputError
from pushlint.fixer.edits import Shift, Spans
from pushlint.fixer.harm import ALL, Troubles
from pushlint.fixer.trial import Lint, attempt, compared
from pushlint.result import FileResult

MOST_ROUNDS = 10
_LONGEST_SENTENCE = 600
_END_MARK = re.compile(r"[.?!\r\n]")


@dataclass(frozen=True, slots=True)
class Withheld:
    """A finding that has a fix, and why that was not applied."""

    diagnostic: Diagnostic
    reason: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """What became of a file: as it was and as it is, which findings are gone, and which were withheld.

    `unfinished`: it might have been fixed further in more rounds. `error`: why it could not be written.
    """

    before: FileResult
    after: FileResult
    fixed: tuple[Diagnostic, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    unfinished: bool = False
    error: InputError | None = None
    is_stdin: bool = False


def fix(file: FileResult, lint: Lint, allowed: Collection[Applicability]) -> Fixed:
    """The file with all its fixes of an allowed applicability that harm nothing, in as many rounds as it takes."""
    work = _Work(file, lint, allowed)
    rounds = 0
    while rounds < MOST_ROUNDS and work.round():
        rounds += 1
    withheld = {choice.diagnostic: reason for choice, reason in reversed(work.refused.items())}
    return Fixed(
        file,
        work.file,
        tuple(work.fixed),
        tuple(Withheld(diagnostic, withheld[diagnostic]) for diagnostic in reversed(withheld)),
        unfinished=rounds == MOST_ROUNDS and bool(work.chosen()),
    )


@dataclass(frozen=True, slots=True)
class _Choice:
    """A finding and the fix chosen for it."""

    diagnostic: Diagnostic
    fix: Fix


@dataclass
class _Work:
    """A file on its way: as it is now, what was fixed so far, and what was refused of the fixes it has now."""

    file: FileResult
    lint: Lint
    allowed: Collection[Applicability]
    fixed: list[Diagnostic] = field(default_factory=list)
    refused: dict[_Choice, str] = field(default_factory=dict)

    def round(self) -> bool:
        """Applies all that can be applied together, and tells whether there was anything."""
        while chosen := self.chosen():
            after, kept = self._bearable(chosen)
            if kept:
                cured = [choice.diagnostic for choice in kept]
                gone, _ = compared(self.file, after, Shift(e for choice in kept for e in choice.fix.edits), cured)
                self.fixed += gone
                self.file = after
                self.refused.clear()  # what another text could not bear, this one may
                return True
        return False

    def chosen(self) -> list[_Choice]:
        """The best fix that is left of each finding; of two in one sentence, the later waits."""
        chosen: list[_Choice] = []
        taken = Spans()
        for diagnostic in self.file.diagnostics:
            left = (_Choice(diagnostic, fix) for fix in applicable(diagnostic, self.allowed))
            choice = next((choice for choice in left if choice not in self.refused), None)
            if choice is None:
                continue
            spans = [_sentence(self.file.source.text, edit) for edit in choice.fix.edits]
            if not any(taken.meets(*span) for span in spans):
                chosen.append(choice)
                for span in spans:
                    taken.add(*span)
        return chosen

    def _bearable(self, chosen: Sequence[_Choice], together: bool = False) -> tuple[FileResult, list[_Choice]]:
        """Those of the choices that can be applied, and the file that they make.

        All are tried at once, and what makes trouble by halves: each e-mail or sequence by itself, so that a file of
        many takes no more trials than one; or all `together`, where it cannot be told which of them has it.
        """
        units = [ALL if together else draft.sequence or number for number, (draft, _) in enumerate(self.file.drafts)]
        of = {one: unit for unit, (_, found) in zip(units, self.file.drafts, strict=True) for one in found}
        waiting = defaultdict[object, list[list[_Choice]]](lambda: [[]])
        for choice in chosen:
            waiting[of[choice.diagnostic]][0].append(choice)
        kept: list[_Choice] = []
        tried: FileResult | Troubles = self.file
        while trial := {unit: groups.pop(0) for unit, groups in waiting.items() if groups}:
            tried = self._try([*kept, *(choice for group in trial.values() for choice in group)])
            if isinstance(tried, FileResult):
                kept += (choice for group in trial.values() for choice in group)
                continue
            of_all = together or ALL in tried
            troubled = {ALL if of_all else units[number]: reason for number, reason in tried.items()}
            if not troubled.keys() & trial.keys():
                return self._bearable(chosen, together=True)
            for unit, group in trial.items():
                if unit not in troubled:
                    kept += group
                elif len(group) == 1:
                    self.refused[group[0]] = troubled[unit]
                else:
                    half = len(group) // 2
                    waiting[unit][:0] = [group[:half], group[half:]]
        if not isinstance(tried, FileResult):
            tried = self._try(kept)
        return (tried, kept) if isinstance(tried, FileResult) else self._bearable(chosen, together=True)

    def _try(self, choices: Sequence[_Choice]) -> FileResult | Troubles:
        if not choices:
            return self.file
        edits = [edit for choice in choices for edit in choice.fix.edits]
        return attempt(self.file, self.lint, edits, [choice.diagnostic for choice in choices])


def _sentence(text: str, edit: Edit) -> tuple[int, int]:
    """The edit's range, with what may be the rest of its sentence."""
    start, end = max(0, edit.start - _LONGEST_SENTENCE), edit.end + _LONGEST_SENTENCE
    before = list(_END_MARK.finditer(text, start, edit.start))
    after = _END_MARK.search(text, max(edit.start, edit.end - 1), end)
    return before[-1].end() if before else start, after.end() if after else min(end, len(text))
