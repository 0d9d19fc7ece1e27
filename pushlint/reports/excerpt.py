"""Draws a line of source with some of its words underlined, as wide as the terminal shows it."""

from dataclasses import dataclass
from html import escape
from itertools import accumulate, takewhile

TAB = "    "
MORE = "…"

_UNSEEN = {code: "�" for code in (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))}
_UNSEEN |= {0x0A: " ", 0x0D: " ", 0x09: TAB, 0x2028: " ", 0x2029: " "}


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The part of a line that is shown; `indent` and `width` of the words of interest are columns of the terminal."""

    before: str
    words: str
    after: str
    indent: int
    width: int


def visible(text: str) -> str:
    """The text on one line, with nothing in it that would steer the terminal: tabs as spaces, controls as a mark."""
    return text if text.isprintable() else text.translate(_UNSEEN)


def shown(text: str) -> str:
    """The `visible` text as HTML."""
    return escape(visible(text))


def excerpt(line: str, start: int, end: int, room: int) -> Excerpt:
    """As much of a line as fits into `room` columns around the code points `start`..`end`, cut between words."""
    before, words, after = (_graphemes(visible(part)) for part in (line[:start], line[start:end], line[end:]))
    if _width(before) + _width(words) + _width(after) > room:
        words = _fit(words, room - 2 * len(MORE))
        left = room - _width(words) - 2 * len(MORE)
        tail = _fit(after, max(left - _width(before), left // 2))
        before = _fit(before[::-1], left - _width(tail))[::-1]
        after = tail
    return Excerpt(_text(before), _text(words), _text(after), _width(before), max(_width(words), 1))


_Graphemes = str | list[tuple[str, int]]
"""The characters as a reader sees them, with the columns that each takes; a text where each takes one."""


def _graphemes(text: str) -> _Graphemes:
    if text.isascii():
        return text
    from wcwidth import iter_graphemes, wcswidth  # here, as its tables take time to load and are seldom needed

    return [(cluster, max(wcswidth(cluster), 0)) for cluster in iter_graphemes(text)]


def _text(graphemes: _Graphemes) -> str:
    return graphemes if isinstance(graphemes, str) else "".join(text for text, _ in graphemes)


def _width(graphemes: _Graphemes) -> int:
    return len(graphemes) if isinstance(graphemes, str) else sum(width for _, width in graphemes)


def _fit(graphemes: _Graphemes, room: int) -> _Graphemes:
    """The first of them, up to the last space if there is one near, with a mark where something is left out."""
    if _width(graphemes) <= room:
        return graphemes
    kept = max(room, 0)
    if not isinstance(graphemes, str):
        ends = accumulate(width for _, width in graphemes)
        kept = sum(1 for _ in takewhile(lambda end: end <= room, ends))
    kept = next((i for i in range(kept, max(kept - 20, 0), -1) if graphemes[i][0] == " "), kept)
    while kept and graphemes[kept - 1][0] == " ":
        kept -= 1
    shown = graphemes[:kept]
    return shown + MORE if isinstance(shown, str) else [*shown, (MORE, 1)]
