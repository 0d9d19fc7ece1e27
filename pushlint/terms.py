"""Terms that are never flagged, names of products say: where they stand in a draft.

A term with a capital letter is a name, where it is written so: it is not read as the words that it is made of.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from pushlint.draft import Draft, SourceMap
from pushlint.rulebook.context import Context

_UNHEARD_OF = "Zoron"  # begins as names do, and is no word

_APOSTROPHES = re.compile("['\u2019]")


def places(terms: Sequence[str], draft: Draft) -> list[tuple[int, int]]:
    """The source spans where one of the terms stands as words of its own, in either case, with any white space."""
    return [draft.map.span(*found.span()) for found in _pattern(tuple(terms)).finditer(draft.text)]


def names(terms: Sequence[str], context: Context) -> list[tuple[int, int]]:
    """The plain spans in a draft where one of the terms stands as a name.

    At the start of a sentence every word has a capital: what is read as a verb there is none, "Close this deal" say.
    """
    written = {" ".join(term.split()) for term in terms if term != term.lower()}
    text = context.draft.text
    found = (match.span() for match in _pattern(tuple(terms)).finditer(text))
    return [span for span in found if " ".join(text[slice(*span)].split()) in written and not _is_verb(context, *span)]


def _is_verb(context: Context, start: int, end: int) -> bool:
    """Whether the only word of a span begins a sentence as a verb does."""
    at = bisect_left(context.facts.offsets, start)
    token = context.doc[at] if at < len(context.doc) else None
    is_one = len(context.draft.text[start:end].split()) == 1
    return is_one and token is not None and bool(token.is_sent_start) and token.pos_ == "VERB"


def without(draft: Draft, names: Iterable[tuple[int, int]]) -> Draft:
    """The draft with words of no meaning in place of names; every character stands where it did."""
    text = list(draft.text)
    for start, end in names:
        for word in re.finditer(r"\w+", draft.text[start:end]):
            text[start + word.start() : start + word.end()] = (_UNHEARD_OF * end)[: len(word[0])]
    ends = [0]
    for segment in draft.map.segments:
        ends.append(ends[-1] + len(segment.text))
    parts = ("".join(text[first:last]) for first, last in pairwise(ends))
    return replace(
        draft,
        map=SourceMap([replace(s, text=part) for s, part in zip(draft.map.segments, parts, strict=True)]),
        others=(),
    )


@lru_cache(maxsize=64)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(filter(str.strip, terms), key=len, reverse=True)
    any_of = "|".join(_words(term) for term in longest_first) or "(?!)"
    return re.compile(rf"(?<!\w)(?:{any_of})(?!\w)", re.IGNORECASE)


def _words(term: str) -> str:
    return r"\s+".join(_APOSTROPHES.sub("['\u2019]", re.escape(word)) for word in term.split())
