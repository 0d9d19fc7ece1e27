"""Finds what is missing: no sentence of the draft makes any of the moves."""

from collections.abc import Iterator

from pushlint.rulebook.context import Context, Match
from pushlint.rulebook.schema import Finder, many


def find(finder: Finder, context: Context) -> Iterator[Match]:
    """One match for the whole draft when all the moves are missing."""
    if not context.all_moves & set(many(finder.absence)):
        yield Match(0, len(context.doc))
