"""Finds what the reader is asked for."""

from collections.abc import Iterator

from pushlint.rulebook.context import Context, Match
from pushlint.rulebook.schema import Finder, many


def find(finder: Finder, context: Context) -> Iterator[Match]:
    """Each ask of one of the kinds named."""
    for ask in context.facts.asks:
        if ask.what in many(finder.ask):
            yield Match(ask.start, ask.end)
