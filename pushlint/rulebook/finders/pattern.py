"""Finds surface faults by a regular expression, always with a time limit."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache

import regex

from pushlint.errors import InputError
from pushlint.rulebook.context import Context, Match
from pushlint.rulebook.schema import Finder

SECONDS = 1.0


def find(finder: Finder, context: Context) -> Iterator[Match]:
    """Each place where the pattern matches, as the tokens it touches. Raises InputError when it takes too long."""
    offsets = context.facts.offsets
    for start, end in spans(str(finder.pattern), context, context.draft.text):
        first, last = bisect_right(offsets, start) - 1, bisect_left(offsets, end)
        if first < 0 or context.plain(first, first + 1)[1] <= start:
            first += 1
        if first < last and start < end:
            yield Match(first, last)


def spans(pattern: str, context: Context, text: str) -> Iterator[tuple[int, int]]:
    """Where the pattern matches in a text of the draft. Raises InputError when it takes too long."""
    try:
        for found in compiled(pattern).finditer(text, timeout=SECONDS):
            yield found.span()
    except TimeoutError:
        raise InputError(
            f'the pattern "{pattern}" took over {SECONDS:g} s on this draft',
            path=context.draft.source.path,
            hint="make the pattern simpler: no repeat inside a repeat",
        ) from None


@cache
def compiled(pattern: str) -> "regex.Pattern[str]":
    """The pattern, compiled. Raises InputError when it is none."""
    try:
        return regex.compile(pattern, regex.VERSION1)
    except regex.error as error:
        raise InputError(f'the pattern "{pattern}" is wrong: {error}', hint="write it for the regex package") from None
