"""What is found in the e-mails of a sequence, step by step."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, islice
from typing import get_args

from pushlint.diagnostic import Diagnostic, Severity
from pushlint.rulebook.schema import many
from pushlint.rulebook.steps.figures import FIGURES, Figure, Variants, View
from pushlint.rulebook.steps.notes import Candidate, Note

_MOST_FIXES = 3
# No sequence has more; a table of a thousand e-mails to a thousand people may look like one.
_MOST_STEPS = 24
_MOST_VARIANTS = 12


@dataclass(frozen=True, slots=True)
class Verdict:
    """A finding in the e-mail of that number, and the findings there that it takes the place of."""

    number: int
    diagnostic: Diagnostic
    replaced: tuple[Diagnostic, ...] = ()


def judge_sequence(notes: Iterable[Note], today: date) -> Iterator[Verdict]:
    """What is found in the e-mails of one sequence; a rule speaks once of each step."""
    by_number = groupby(sorted(notes, key=lambda note: note.step.number), key=lambda note: note.step.number)
    steps = [tuple(islice(variants, _MOST_VARIANTS)) for _, variants in by_number]
    if len(steps) == 1:
        return
    for at, step in enumerate(steps):
        seen, said = steps[max(0, at + 1 - _MOST_STEPS) : at + 1], set[str]()
        for note in step:
            for candidate in note.candidates:
                if candidate.diagnostic.code in said:
                    continue
                figure = FIGURES[candidate.finder.of](View(seen, candidate.finder, today, at + 1, len(steps)))
                if figure is not None and candidate.finder.is_outside(figure.value):
                    said.add(candidate.diagnostic.code)
                    yield from _verdicts(note, step, candidate, figure)


def _verdicts(note: Note, step: Variants, candidate: Candidate, figure: Figure) -> Iterator[Verdict]:
    """One finding for the step, or one for each finding that it takes the place of, as grave as that."""
    named = many(candidate.finder.instead_of)
    taken = [(variant.number, old) for variant in step for old in variant.findings(named)]
    for number, old in taken:
        fixes = sorted((*candidate.diagnostic.fixes, *old.fixes), key=lambda fix: not fix.edits)[:_MOST_FIXES]
        new = replace(
            candidate.diagnostic,
            severity=min(candidate.diagnostic.severity, old.severity, key=get_args(Severity).index),
            start=old.start,
            end=old.end,
            location=old.location,
            end_location=old.end_location,
            text=old.text,
            zone=old.zone,
            fixes=tuple(fixes),
        )
        yield Verdict(number, _filled(new, figure), (old,))
    if not taken:
        yield Verdict(note.number, _filled(candidate.diagnostic, figure))


def _filled(diagnostic: Diagnostic, figure: Figure) -> Diagnostic:
    slots = {"match": diagnostic.text, "value": f"{round(figure.value, 1):,g}", "step": str(figure.earlier)}
    message = diagnostic.message
    for name, words in slots.items():
        message = message.replace(f"{{{name}}}", words)
    return replace(diagnostic, message=message)
