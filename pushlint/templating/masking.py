"""Copies of a text, equal in length, that a parser cannot trip over."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def mask(source: str, ranges: Iterable[tuple[int, int]], letter: str = "x") -> str:
    """`source` with each of the ordered, disjoint `ranges` overwritten by `letter`."""
    parts: list[str] = []
    at = 0
    for start, end in ranges:
        parts += source[at:start], letter * (end - start)
        at = end
    return "".join((*parts, source[at:]))


def ascii_twin(text: str) -> str:
    """`text` with every non-ASCII code point replaced by one ASCII character of its nature: byte offsets in
    the copy are code-point offsets in the text."""
    return text if text.isascii() else _NOT_ASCII.sub(_twin_of_match, text)


def _twin_of_match(match: re.Match[str]) -> str:
    return _twin(match[0])


@lru_cache(maxsize=4096)
def _twin(character: str) -> str:
    nature = unicodedata.category(character)[0]
    return {"L": "x", "M": "x", "N": "0", "Z": " "}.get(nature, ".")
