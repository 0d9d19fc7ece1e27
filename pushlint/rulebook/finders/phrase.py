"""Finds phrases of the phrase language."""

from collections.abc import Iterator

from pushlint.rulebook.context import Context, Match
from pushlint.rulebook.schema import Finder, many


def find(finder: Finder, context: Context) -> Iterator[Match]:
    """Each place where one of the finder's phrases stands."""
    for text in phrases(finder):
        for hit in context.hits.get(text, ()):
            yield Match(hit.start, hit.end, hit)


def phrases(finder: Finder) -> list[str]:
    """The finder's phrases."""
    return many(finder.phrase)
