"""What is measured of a step of a sequence: each figure looks at the step and those before it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TypeAlias

from pushlint.rulebook.schema import InSequence, SequenceFigure, many
from pushlint.rulebook.steps.notes import Note

_OLD_NEWS = 0.6  # of the words of two sentences: as much as this in common, and the second says what the first did
_SAME_SUBJECT = 0.6  # of the words of an earlier subject
_MOST_OF_SUBJECT = 1 / 3  # of the words of the later one: "Last chance" and the like may be added

Variants: TypeAlias = Sequence[Note]
"""The variants of one step."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, and the number of the earlier e-mail that it was measured by."""

    value: float
    earlier: int | None = None


@dataclass(frozen=True, slots=True)
class View:
    """A step, the last of `steps`, with those before it; it is number `place` of `total`."""

    steps: Sequence[Variants]
    asked: InSequence
    today: date
    place: int
    total: int

    @property
    def step(self) -> Variants:
        return self.steps[-1]

    @property
    def earlier(self) -> list[Note]:
        return [note for step in self.steps[:-1] for note in step]


def _steps(view: View) -> Figure | None:
    """How many steps there are, where they end."""
    return Figure(view.total) if view.place == view.total else None


def _gap(view: View) -> Figure | None:
    """The days since the step before."""
    gaps = _gaps(view.steps, 1)
    return Figure(gaps[0], _number(view.steps[-2])) if gaps else None


def _gap_change(view: View) -> Figure | None:
    """The days that this gap is longer than the one before; only where no step in between can be missing."""
    gaps = _gaps(view.steps, 2)
    if gaps is None or _number(view.step) != _number(view.steps[-3]) + 2:
        return None
    return Figure(gaps[1] - gaps[0], _number(view.steps[-2]))


def _likeness(view: View) -> Figure | None:
    """The percentage of words in common with the earlier e-mail most like it; of its variants, the least."""
    if not view.earlier:
        return None
    return min((_most_alike(note, view.earlier) for note in view.step), key=_value)


def _most_alike(note: Note, earlier: Sequence[Note]) -> Figure:
    figures = (Figure(100 * _shared(note.words, old.words), old.step.number) for old in earlier)
    return max(figures, key=_value)


def _news(view: View) -> Figure | None:
    """How many sentences make one of the moves and say what none did before; of the variants, the most."""
    told = {saying.words for note in view.earlier for saying in note.sayings}
    return Figure(max(_new_sayings(note, told, view.asked) for note in view.step)) if view.earlier else None


def _new_sayings(note: Note, told: Collection[frozenset[str]], asked: InSequence) -> int:
    telling = [saying for saying in note.sayings if not saying.moves.isdisjoint(many(asked.moves))]
    return sum(all(_shared(saying.words, old) < _OLD_NEWS for old in told) for saying in telling)


def _rises(view: View) -> Figure | None:
    """How many times in a row the count of findings has risen."""
    rises = 0
    for before, after in pairwise(_count(step, view.asked) for step in view.steps):
        rises = rises + 1 if after > before else 0
    return Figure(rises)


def _opening_findings(view: View) -> Figure | None:
    """The findings in the first step."""
    return Figure(_count(view.step, view.asked)) if view.place == _number(view.step) == 1 else None


def _since(view: View) -> Figure | None:
    """How many steps ago one of the moves was first made."""
    for at, step in enumerate(view.steps[:-1], 1):
        if any(note.makes(many(view.asked.moves)) for note in step):
            return Figure(len(view.steps) - at, _number(step))
    return None


def _same_subject(view: View) -> Figure | None:
    """How many earlier steps had the same subject; one that is left blank is no subject."""
    before = [note.step.number for note in _with_its_subject(view)]
    return Figure(len(set(before)), before[-1]) if before else None


def _past_offer(view: View) -> Figure | None:
    """How many days after the end that an earlier step of this subject gave it the offer is pressed."""
    known = [(note.offer_ends, note.step.number) for note in _with_its_subject(view) if note.offer_ends]
    if not known:
        return None
    end, number = min(known)
    pressed = max([view.today, *(note.offer_ends for note in view.step if note.offer_ends)])
    return Figure((pressed - end).days, number)


FIGURES: dict[SequenceFigure, Callable[[View], Figure | None]] = {
    "steps": _steps,
    "gap": _gap,
    "gap-change": _gap_change,
    "likeness": _likeness,
    "news": _news,
    "rises": _rises,
    "opening-findings": _opening_findings,
    "since": _since,
    "same-subject": _same_subject,
    "past-offer": _past_offer,
}


def _value(figure: Figure) -> float:
    return figure.value


def _number(step: Variants) -> int:
    return step[0].step.number


def _day(step: Variants) -> float | None:
    return next((note.step.day for note in step if note.step.day is not None), None)


def _gaps(steps: Sequence[Variants], count: int) -> list[float] | None:
    """The last few gaps between steps, in days; None where they are not known, or the days do not count up."""
    if len(steps) <= count:
        return None
    gaps = []
    for before, after in pairwise(map(_day, steps[-count - 1 :])):
        if before is None or after is None or after < before:
            return None
        gaps.append(after - before)
    return gaps


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of all their words that two texts have in common."""
    return len(one & other) / len(one | other) if one or other else 0


def _count(step: Variants, asked: InSequence) -> int:
    return max(len(note.findings(many(asked.rules))) for note in step)


def _with_its_subject(view: View) -> list[Note]:
    """The earlier e-mails with the subject of the step."""
    return [old for old in view.earlier if any(_is_same(old.subject, note.subject) for note in view.step)]


def _is_same(old: frozenset[str], new: frozenset[str]) -> bool:
    kept = len(old & new)
    return kept > 0 and kept >= _SAME_SUBJECT * len(old) and kept >= _MOST_OF_SUBJECT * len(new)
