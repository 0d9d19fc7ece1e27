"""Terms that are never flagged, names of products say: where they stand in a draft."""

import re
from collections.abc import Sequence
from functools import lru_cache

from pushlint.draft import Draft

_APOSTROPHES = re.compile("['\u2019]")


def places(terms: Sequence[str], draft: Draft) -> list[tuple[int, int]]:
    """The source spans where one of the terms stands as words of its own, in either case, with any white space."""
    return [draft.map.span(*found.span()) for found in _pattern(tuple(terms)).finditer(draft.text)]


@lru_cache(maxsize=64)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(filter(str.strip, terms), key=len, reverse=True)
    any_of = "|".join(_words(term) for term in longest_first) or "(?!)"
    return re.compile(rf"(?<!\w)(?:{any_of})(?!\w)", re.IGNORECASE)


def _words(term: str) -> str:
    return r"\s+".join(_APOSTROPHES.sub("['\u2019]", re.escape(word)) for word in term.split())
