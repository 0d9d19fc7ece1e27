"""The e-mails of one sequence, seen together.

Of each e-mail only a `Note` is kept, so that a sequence of any length is small. An e-mail is only ever measured
against those before it; the variants of a step are one step.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, islice, pairwise
from typing import TypeAlias, get_args

from pushlint.diagnostic import Diagnostic, Severity
from pushlint.draft import Step
from pushlint.rulebook.context import Context
from pushlint.rulebook.schema import InSequence, SequenceFigure, many
from pushlint.settings import closeness

_OLD_NEWS = 0.6  # of the words of two sentences: as much as this in common, and the second says what the first did
_SAME_SUBJECT = 0.6  # of the words of an earlier subject
_MOST_OF_SUBJECT = 1 / 3  # of the words of the later one: "Last chance" and the like may be added
_MOST_FIXES = 3
# No sequence has more; a table of a thousand e-mails to a thousand people may look like one.
_MOST_STEPS = 24
_MOST_VARIANTS = 12


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence: the moves it makes, and its words."""

    moves: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a rule would say of an e-mail if its figure were outside the band; the message has slots to fill."""

    finder: InSequence
    diagnostic: Diagnostic


@dataclass(frozen=True, slots=True)
class Note:
    """What is kept of an e-mail: its number in the run, its place, what it says, and what was found in it."""

    step: Step
    subject: frozenset[str]
    sayings: tuple[Saying, ...]
    offer_ends: date | None
    candidates: tuple[Candidate, ...] = ()
    found: tuple[Diagnostic, ...] = ()
    number: int = 0

    @property
    def words(self) -> frozenset[str]:
        """The words of the text."""
        return frozenset().union(*(saying.words for saying in self.sayings))

    def makes(self, moves: Iterable[str]) -> bool:
        """Whether it makes one of the moves."""
        return any(not saying.moves.isdisjoint(moves) for saying in self.sayings)

    def findings(self, selectors: Iterable[str]) -> list[Diagnostic]:
        """What some rules found in it."""
        selectors = list(selectors)
        return [d for d in self.found if any(closeness(selector, d) for selector in selectors)]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A finding in the e-mail of that number, and the findings there that it takes the place of."""

    number: int
    diagnostic: Diagnostic
    replaced: tuple[Diagnostic, ...] = ()


def sayings(context: Context) -> tuple[Saying, ...]:
    """What an e-mail says, sentence by sentence."""
    return tuple(
        Saying(frozenset(context.moves(s.span)), frozenset(word.casefold() for word in s.words)) for s in context.prose
    )


def subject_words(context: Context) -> frozenset[str]:
    """What the subject is about: its words without those that any subject has, and without merge tags."""
    tags = context.draft.tags
    return frozenset(
        token.lower_
        for token, at in zip(context.doc, context.facts.offsets, strict=True)
        if context.draft.zone_at(at) == "subject"
        and any(map(str.isalnum, token.text))
        and not (token.is_stop or token.lower_ in ("re", "fw", "fwd"))
        and not any(tag.start <= at < tag.end for tag in tags)
    )


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
                code = candidate.diagnostic.code
                figure = _FIGURES[candidate.finder.of](_View(seen, candidate.finder, today, at + 1, len(steps)))
                if code not in said and figure is not None and candidate.finder.is_outside(figure.value):
                    said.add(code)
                    yield from _verdicts(note, step, candidate, figure)


@dataclass(frozen=True, slots=True)
class _Figure:
    """What was measured, and the number of the earlier e-mail that it was measured by."""

    value: float
    earlier: int | None = None


_Step: TypeAlias = Sequence[Note]
"""The variants of one step."""


@dataclass(frozen=True, slots=True)
class _View:
    """A step, the last of `steps`, with those before it; it is number `place` of `total`."""

    steps: Sequence[_Step]
    asked: InSequence
    today: date
    place: int
    total: int

    @property
    def step(self) -> _Step:
        return self.steps[-1]

    @property
    def earlier(self) -> list[Note]:
        return [note for step in self.steps[:-1] for note in step]


def _verdicts(note: Note, step: _Step, candidate: Candidate, figure: _Figure) -> Iterator[Verdict]:
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


def _filled(diagnostic: Diagnostic, figure: _Figure) -> Diagnostic:
    slots = {"match": diagnostic.text, "value": f"{round(figure.value, 1):,g}", "step": str(figure.earlier)}
    message = diagnostic.message
    for name, words in slots.items():
        message = message.replace(f"{{{name}}}", words)
    return replace(diagnostic, message=message)


def _steps(view: _View) -> _Figure | None:
    """How many steps there are, where they end."""
    return _Figure(view.total) if view.place == view.total else None


def _gap(view: _View) -> _Figure | None:
    """The days since the step before."""
    gaps = _gaps(view.steps, 1)
    return _Figure(gaps[0], _number(view.steps[-2])) if gaps else None


def _gap_change(view: _View) -> _Figure | None:
    """The days that this gap is longer than the one before; only where no step in between can be missing."""
    gaps = _gaps(view.steps, 2)
    if gaps is None or _number(view.step) != _number(view.steps[-3]) + 2:
        return None
    return _Figure(gaps[1] - gaps[0], _number(view.steps[-2]))


def _likeness(view: _View) -> _Figure | None:
    """The percentage of words in common with the earlier e-mail most like it; of its variants, the least."""
    if not view.earlier:
        return None
    return min((_most_alike(note, view.earlier) for note in view.step), key=_value)


def _most_alike(note: Note, earlier: Sequence[Note]) -> _Figure:
    figures = (_Figure(100 * _shared(note.words, old.words), old.step.number) for old in earlier)
    return max(figures, key=_value)


def _news(view: _View) -> _Figure | None:
    """How many sentences make one of the moves and say what none did before; of the variants, the most."""
    told = {saying.words for note in view.earlier for saying in note.sayings}
    return _Figure(max(_new_sayings(note, told, view.asked) for note in view.step)) if view.earlier else None


def _new_sayings(note: Note, told: Collection[frozenset[str]], asked: InSequence) -> int:
    telling = [saying for saying in note.sayings if not saying.moves.isdisjoint(many(asked.moves))]
    return sum(all(_shared(saying.words, old) < _OLD_NEWS for old in told) for saying in telling)


def _rises(view: _View) -> _Figure | None:
    """How many times in a row the count of findings has risen."""
    rises = 0
    for before, after in pairwise(_count(step, view.asked) for step in view.steps):
        rises = rises + 1 if after > before else 0
    return _Figure(rises)


def _opening_findings(view: _View) -> _Figure | None:
    """The findings in the first step."""
    return _Figure(_count(view.step, view.asked)) if view.place == _number(view.step) == 1 else None


def _since(view: _View) -> _Figure | None:
    """How many steps ago one of the moves was first made."""
    for at, step in enumerate(view.steps[:-1], 1):
        if any(note.makes(many(view.asked.moves)) for note in step):
            return _Figure(len(view.steps) - at, _number(step))
    return None


def _same_subject(view: _View) -> _Figure | None:
    """How many earlier steps had the same subject; one that is left blank is no subject."""
    before = [note.step.number for note in _with_its_subject(view)]
    return _Figure(len(set(before)), before[-1]) if before else None


def _past_offer(view: _View) -> _Figure | None:
    """How many days after the end that an earlier step of this subject gave it the offer is pressed."""
    known = [(note.offer_ends, note.step.number) for note in _with_its_subject(view) if note.offer_ends]
    if not known:
        return None
    end, number = min(known)
    pressed = max([view.today, *(note.offer_ends for note in view.step if note.offer_ends)])
    return _Figure((pressed - end).days, number)


_FIGURES: dict[SequenceFigure, Callable[[_View], _Figure | None]] = {
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


def _value(figure: _Figure) -> float:
    return figure.value


def _number(step: _Step) -> int:
    return step[0].step.number


def _day(step: _Step) -> float | None:
    return next((note.step.day for note in step if note.step.day is not None), None)


def _gaps(steps: Sequence[_Step], count: int) -> list[float] | None:
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


def _count(step: _Step, asked: InSequence) -> int:
    return max(len(note.findings(many(asked.rules))) for note in step)


def _with_its_subject(view: _View) -> list[Note]:
    """The earlier e-mails with the subject of the step."""
    return [old for old in view.earlier if any(_is_same(old.subject, note.subject) for note in view.step)]


def _is_same(old: frozenset[str], new: frozenset[str]) -> bool:
    kept = len(old & new)
    return kept > 0 and kept >= _SAME_SUBJECT * len(old) and kept >= _MOST_OF_SUBJECT * len(new)
