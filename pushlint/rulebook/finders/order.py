"""Finds what comes too early: a phrase before the first sentence that makes a move."""

from collections.abc import Iterator

from msgspec import UNSET

from pushlint.rulebook.context import Context, Match
from pushlint.rulebook.schema import Finder, Order, many


def find(finder: Finder, context: Context) -> Iterator[Match]:
    """Each hit of the phrase that stands in an earlier sentence than any of the moves."""
    assert isinstance(finder.order, Order)
    wanted = set(many(finder.order.before))
    first = min((s.start for s in context.sentences if context.moves(s) & wanted), default=len(context.doc))
    for phrase in phrases(finder):
        for hit in context.hits.get(phrase, ()):
            if hit.start < first:
                yield Match(hit.start, hit.end, hit)


def phrases(finder: Finder) -> list[str]:
    """The finder's phrases."""
    return [] if finder.order is UNSET else many(finder.order.phrase)
