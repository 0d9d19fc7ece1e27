"""The lines of a body that hold something, and which of them an author or a program broke."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any, cast

from pushlint.draft import BlockKind, Source, SourceMap
from pushlint.resources import VOCABULARY
from pushlint.vocabulary import load_yaml

_NARROW, _WIDE = 50, 100
_ADDRESS = re.compile(r"[/@]|\.\w")
_WORD = re.compile(r"\S+")


@cache
def vocabulary() -> dict[str, Any]:
    """The layout vocabulary as it stands in its file."""
    return cast(dict[str, Any], load_yaml(VOCABULARY / "layout.yaml"))


@dataclass(frozen=True, slots=True)
class Marked:
    """A plain span that the markup says is a block of some kind."""

    kind: BlockKind
    start: int
    end: int


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
    return hard, raw.endswith(" ") and not hard and columns >= _NARROW


def _widths(source: Source, offset: int) -> tuple[int, int, int]:
    """The width of the source line at `offset`, where its text begins, and the width of the first word."""
    row, column = source.position(offset)
    line = source.line(row).rstrip()
    word = _WORD.match(line, column - 1)
    return len(line), column - 1, len(word[0]) if word else 0


def wrap_width(lines: Sequence[Line]) -> int | None:
    """The column at which the lines were hard-wrapped, or None when they do not look wrapped.

    They do when no line is long, and of the lines that another follows most (and more than one, or one and a
    sentence that runs on) were too full for the next word.
    """
    pairs = [(line, after) for line, after in pairwise(lines) if line.paragraph == after.paragraph and " " in line.text]
    longest = max((line.columns for line, _ in pairs), default=0)
    if longest < _NARROW or any(line.columns >= _WIDE for line in lines if " " in line.text):
        return None
    full = [(line, after) for line, after in pairs if line.columns + 1 + after.first_word > longest]
    running = any(_runs_on(line, after) for line, after in pairs)
    return longest if running or (len(full) > 1 and 2 * len(full) >= len(pairs)) else None


def broken_on_purpose(line: Line, following: Line, width: int | None) -> bool:
    """Whether the author meant the break between two lines: the next word would still have fitted."""
    if line.hard:
        return True
    if _runs_on(line, following):
        return False
    return width is None or line.columns + 1 + following.first_word <= width


def _runs_on(line: Line, following: Line) -> bool:
    """Whether the next line goes on with the sentence: no end before it, a small letter after."""
    if line.flowed:
        return True
    word = following.text.split(maxsplit=1)[0]
    open_ended = line.text[-1].isalnum() or line.text[-1] in ",;&"
    return open_ended and word[0].islower() and not _ADDRESS.search(word)
