"""Finds a figure of the draft outside its band."""

from collections.abc import Callable, Iterator

from msgspec import UNSET

from pushlint.language.facts import Ask
from pushlint.rulebook.conditions import allowed
from pushlint.rulebook.context import Context, Match
from pushlint.rulebook.schema import Figure, Finder, Measure, many

_SENDER = {"i", "we", "me", "us", "my", "our", "mine", "ours", "myself", "ourselves"}
_READER = {"you", "your", "yours", "yourself"}
# Two asks of these kinds are two different things where the verb is another.
_MANIFOLD = {"task", "details"}


def find(finder: Finder, context: Context) -> Iterator[Match]:
    """One match for the whole draft when the figure is over or under its band."""
    measure = finder.measure
    assert isinstance(measure, Measure)
    figure = MEASURES[measure.of](context, measure)
    if (measure.over is not None and figure > measure.over) or (measure.under is not None and figure < measure.under):
        yield Match(0, len(context.doc))


def _words(context: Context, measure: Measure) -> float:
    return context.words


def _sender_lead(context: Context, measure: Measure) -> float:
    """How often the sender is named (I, we, our) less how often the reader is (you, your, their tags)."""
    sender = reader = 0
    for token in context.doc:
        if context.draft.zone_at(context.facts.offsets[token.i]) not in ("body", "postscript"):
            continue
        of_reader = token.norm_ in _READER or (token.ent_kb_id_ == "tag" and token.ent_id_ in ("person", "company"))
        sender += token.norm_ in _SENDER
        reader += of_reader
    return sender - reader


def _questions(context: Context, measure: Measure) -> float:
    return sum(1 for sentence in context.sentences if sentence.text.rstrip().endswith("?"))


def _asks(context: Context, measure: Measure) -> float:
    """How many different things the reader is asked for."""
    kinds = many(measure.ask)
    asked: dict[str, Ask] = {}
    for ask in context.facts.asks:
        same = any(ask.start == other.start for other in asked.values())
        if ask.what in kinds and not same and allowed(Match(ask.start, ask.end), context, UNSET, measure.unless):
            asked.setdefault(_thing(ask, context), ask)
    return len(asked)


def _thing(ask: Ask, context: Context) -> str:
    verb = context.doc[ask.start].lemma_.lower() if ask.what in _MANIFOLD else ""
    return f"{ask.what} {verb}"


MEASURES: dict[Figure, Callable[[Context, Measure], float]] = {
    "words": _words,
    "sender-lead": _sender_lead,
    "questions": _questions,
    "asks": _asks,
}
