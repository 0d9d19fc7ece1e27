"""What each sentence asks for, and what it does: gives value, asks for time, states a price, nudges, and so on."""

from bisect import insort
from collections.abc import Iterable, Iterator
from graphlib import TopologicalSorter
from operator import attrgetter
from typing import TypeVar

from spacy.language import Language
from spacy.tokens import Doc, Span

from pushlint.draft import Draft
from pushlint.language import amounts, deadlines
from pushlint.language.facts import Ask, facts
from pushlint.language.minutes import minutes
from pushlint.language.require import require
from pushlint.rulebook import finders
from pushlint.rulebook.conditions import allowed
from pushlint.rulebook.context import Context, Match
from pushlint.rulebook.load import shipped_asks, shipped_moves, shipped_profiles, shipped_stages
from pushlint.rulebook.phrases import Possible, index_of
from pushlint.rulebook.schema import Move, many

ZONES = "pushlint_zones"
ASKS = "pushlint_asks"
MOVES = "pushlint_moves"
STAGE = "pushlint_stage"
PROFILE = "pushlint_profile"
# Where the words tell several stages or profiles, the surest.
_STAGES = ("transactional", "reply", "breakup", "follow-up", "first-touch")
_PROFILES = ("transactional", "reply", "promo", "newsletter", "follow-up", "cold")

_Kind = TypeVar("_Kind", bound=Move)


@Language.factory(ASKS, assigns=["doc._.pushlint"], requires=["doc.ents", "token.dep"])
def make_asks(nlp: Language, name: str) -> "Asks":
    """Makes the component."""
    return Asks(nlp)


@Language.factory(MOVES, assigns=["doc._.pushlint"], requires=["doc.ents", "token.dep"])
def make_moves(nlp: Language, name: str) -> "Moves":
    """Makes the component."""
    return Moves(nlp)


@Language.factory(STAGE, assigns=["doc._.pushlint"], requires=["doc.ents", "token.dep"])
def make_stage(nlp: Language, name: str) -> "Stage":
    """Makes the component."""
    return Stage(nlp)


@Language.factory(PROFILE, assigns=["doc._.pushlint"], requires=["doc.ents", "token.dep"])
def make_profile(nlp: Language, name: str) -> "Profiles":
    """Makes the component."""
    return Profiles(nlp)


class Asks:
    """Sets `doc._.pushlint.asks`: what the reader is asked for (`rules/asks/`), each kind once a sentence."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        asks = _in_order(shipped_asks())
        self._possible = Possible(asks)
        self._index = index_of(nlp, asks)

    def __call__(self, doc: Doc) -> Doc:
        require(self._nlp, doc, ZONES, amounts.NAME, deadlines.NAME)
        known = facts(doc)
        known.done.add(ASKS)
        taken = set()
        for ask, match, sentence in _found(self._possible, Context(_draft(doc), doc, self._index.find(doc))):
            if (ask.name, sentence.start) not in taken:
                taken.add((ask.name, sentence.start))
                time = minutes(sentence) if ask.name == "time" else None
                insort(known.asks, Ask(match.start, match.end, ask.name, time), key=attrgetter("start"))
        return doc


class Moves:
    """Sets `doc._.pushlint.moves`: each sentence's first token to the moves it makes (`rules/moves/`)."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        moves = shipped_moves()
        self._possible = Possible(moves)
        self._index = index_of(nlp, moves)

    def __call__(self, doc: Doc) -> Doc:
        require(self._nlp, doc, ASKS)
        known = facts(doc)
        known.done.add(MOVES)
        for move, _, sentence in _found(self._possible, Context(_draft(doc), doc, self._index.find(doc))):
            known.moves.setdefault(sentence.start, set()).add(move.name)
        return doc


class Stage:
    """Sets `doc._.pushlint.stage`: what the draft says, or what its words tell (`rules/stages/`), or None."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        stages = shipped_stages()
        self._possible = Possible(stages)
        self._index = index_of(nlp, stages)

    def __call__(self, doc: Doc) -> Doc:
        require(self._nlp, doc, ZONES, amounts.NAME, deadlines.NAME)
        known = facts(doc)
        known.done.add(STAGE)
        known.stage = _draft(doc).stage
        if known.stage is None:
            found = _found(self._possible, Context(_draft(doc), doc, self._index.find(doc)))
            told = {stage.name for stage, _, _ in found}
            known.stage = next((stage for stage in _STAGES if stage in told), None)
        return doc


class Profiles:
    """Sets `doc._.pushlint.profile`: what the draft says, or what its stage or its words tell (`rules/profiles/`)."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._profiles = shipped_profiles()
        self._possible = Possible(self._profiles)
        self._index = index_of(nlp, self._profiles)

    def __call__(self, doc: Doc) -> Doc:
        require(self._nlp, doc, STAGE, MOVES)
        known = facts(doc)
        known.done.add(PROFILE)
        known.profile = _draft(doc).profile or self._inferred(doc)
        return doc

    def _inferred(self, doc: Doc) -> str | None:
        draft, stage = _draft(doc), facts(doc).stage
        told = {profile.name for profile in self._profiles if stage in profile.stages}
        if draft.stage is None:
            found = _found(self._possible, Context(draft, doc, self._index.find(doc)))
            told |= {profile.name for profile, _, _ in found}
        return next((profile for profile in _PROFILES if profile in told), None)


def _in_order(asks: Iterable[Move]) -> list[Move]:
    """The asks, each after those that its own conditions name."""
    named = {ask.name: ask for ask in asks}
    conditions = {ask.name: [*ask.unless, *(c for f in ask.finders for c in f.unless)] for ask in named.values()}
    needed = {name: [other for c in listed for other in many(c.ask)] for name, listed in conditions.items()}
    return [named[name] for name in TopologicalSorter(needed).static_order()]


def _draft(doc: Doc) -> Draft:
    draft = facts(doc).draft
    assert draft is not None, f"{ZONES} has not run"
    return draft


def _found(moves: Possible[_Kind], context: Context) -> Iterator[tuple[_Kind, Match, Span]]:
    for move, some in moves.given(context.hits):
        for finder in some:
            for match in finders.find(finder, context):
                sentence = context.sentence(match)
                if sentence is not None and allowed(match, context, finder.when, [*finder.unless, *move.unless]):
                    yield move, match, sentence
