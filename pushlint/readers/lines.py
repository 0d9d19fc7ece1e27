"""The lines of a body that hold something."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol, TypeVar, cast

from pushlint.draft import Source, SourceMap
from pushlint.resources import VOCABULARY
from pushlint.vocabulary import load_yaml

NARROW = 50
_WORD = re.compile(r"\S{1,200}")


@cache
def vocabulary() -> dict[str, Any]:
    """The layout vocabulary as it stands in its file."""
    return cast(dict[str, Any], load_yaml(VOCABULARY / "layout.yaml"))


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something on it: its trimmed plain span, its words, and the paragraph it belongs to; in source
    columns its width, its indentation and its first word's width; whether it ends in the two spaces of a break
    made on purpose, or in the one space by which a mail program marks its own."""

    start: int
    end: int
    text: str
    paragraph: int
    columns: int
    indent: int
    first_word: int
    hard: bool
    flowed: bool

    @property
    def has_words(self) -> bool:
        """Whether there is a letter or digit on it."""
        return any(character.isalnum() for character in self.text)


def split_lines(source: Source, map: SourceMap, begin: int) -> list[Line]:
    """The non-blank lines of the plain text from `begin` on."""
    lines: list[Line] = []
    paragraph, at = 0, begin
    for raw in map.text[begin:].split("\n"):
        if text := raw.strip():
            start = at + len(raw) - len(raw.lstrip())
            widths = _widths(source, map.span(start, start + 1)[0])
            lines.append(Line(start, start + len(text), text, paragraph, *widths, *_ending(raw, widths[0])))
        else:
            paragraph += 1
        at += len(raw) + 1
    return lines


def _ending(raw: str, columns: int) -> tuple[bool, bool]:
    """Whether a line was broken on purpose, and whether a mail program broke it."""
    hard = raw.endswith("  ")
    return hard, raw.endswith(" ") and not hard and columns >= NARROW


def _widths(source: Source, offset: int) -> tuple[int, int, int]:
    """The width of the source line at `offset`, where its text begins, and the width of the first word."""
    row, column = source.position(offset)
    start = source.line_starts[row - 1]
    end = source.line_starts[row] if row < len(source.line_starts) else len(source.text)
    while end > start and source.text[end - 1].isspace():
        end -= 1
    word = _WORD.match(source.text, offset)
    return end - start, column - 1, len(word[0]) if word else 0


class _Placed(Protocol):
    @property
    def start(self) -> int: ...


Placed = TypeVar("Placed", bound=_Placed)


def beginning_within(spans: Sequence[Placed], start: int, end: int) -> Sequence[Placed]:
    """Those of the ordered `spans` that begin from `start` on and before `end`."""
    first = bisect_left(spans, start, key=lambda span: span.start)
    return spans[first : bisect_left(spans, end, key=lambda span: span.start)]
