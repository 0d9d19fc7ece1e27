"""Finds a figure of the draft outside its band."""

from collections.abc import Callable, Iterator

from pushlint.rulebook.aboutness import sender_share
from pushlint.rulebook.context import Context, Match
from pushlint.rulebook.schema import Figure, Finder, Measure


def find(finder: Finder, context: Context) -> Iterator[Match]:
    """One match for the whole draft when the figure is over or under its band."""
    measure = finder.measure
    assert isinstance(measure, Measure)
    figure = MEASURES[measure.of](context)
    if (measure.over is not None and figure > measure.over) or (measure.under is not None and figure < measure.under):
        yield Match(0, len(context.doc))


def _words(context: Context) -> float:
    return context.words


def _questions(context: Context) -> float:
    return sum(1 for sentence in context.sentences if sentence.text.rstrip().endswith("?"))


def _asks(context: Context) -> float:
    """How many different things the reader is asked for, a question about themselves not counted."""
    return len({ask.what for ask in context.facts.asks} - {"information"})


MEASURES: dict[Figure, Callable[[Context], float]] = {
    "words": _words,
    "sender-share": sender_share,
    "questions": _questions,
    "asks": _asks,
}
