"""What is kept of an e-mail of a sequence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pushlint.diagnostic import Diagnostic
from pushlint.draft import Step
from pushlint.rulebook.context import Context
from pushlint.rulebook.schema import InSequence
from pushlint.settings import closeness


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
