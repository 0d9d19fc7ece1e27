"""List markers, and what the markup says each line is part of."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pushlint.draft import BlockKind
from pushlint.readers.lines import Line, vocabulary

_EMOJI = re.compile(r"[^\x00-\xff][\ufe0f\u200d\U0001f3fb-\U0001f3ff]*\s*(?=\S)")
_NUMBER = r"\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)](?=\s)|\(\d{1,2}\)|#\d{1,2}(?=\s)|\d\ufe0f?\u20e3"


@dataclass(frozen=True, slots=True)
class Marked:
    """A plain span that the markup says is a block of some kind."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """A line, the marked block it belongs to, and the length of the list marker it begins with."""

    line: Line
    owner: Marked | None
    marker: int

    @property
    def listed(self) -> bool:
        """Whether the line belongs to a list."""
        return self.marker > 0 or (self.owner is not None and self.owner.kind == "list-item")


def find_items(lines: Sequence[Line], marked: Sequence[Marked]) -> list[Item]:
    """The lines with what they are part of. An emoji is a list marker only next to a line with another."""
    owners = _owners(lines, marked)
    emoji = [_emoji_marker(line) for line in lines]
    items: list[Item] = []
    for index, (line, owner) in enumerate(zip(lines, owners, strict=True)):
        beside = any(
            emoji[i] and lines[i].paragraph == line.paragraph for i in (index - 1, index + 1) if 0 <= i < len(lines)
        )
        marker = _marker(line) or (emoji[index] if beside else 0)
        items.append(Item(line, owner, 0 if owner and owner.kind == "heading" else marker))
    return items


def _owners(lines: Sequence[Line], marked: Sequence[Marked]) -> list[Marked | None]:
    """For each line the marked block it belongs to."""
    owners: list[Marked | None] = []
    index = 0
    structure = [mark for mark in marked if mark.kind != "button"]
    for line in lines:
        while index < len(structure) and structure[index].end <= line.start:
            index += 1
        inside = index < len(structure) and structure[index].start < line.end
        owners.append(structure[index] if inside else None)
    return owners


@cache
def _bullet() -> re.Pattern[str]:
    bullets = "".join(map(re.escape, vocabulary()["bullets"]))
    return re.compile(rf"(?:{_NUMBER}|[{bullets}]\ufe0f?(?=\s|\w))\s*(?=\S)")


def _marker(line: Line) -> int:
    """The length of the list marker at the start of a line, white space after it included."""
    match = _bullet().match(line.text)
    glued = match is not None and not match[0][-1].isspace() and match[0][0] in "-*+\u2013\u2014"
    return match.end() if match and not glued else 0


def _emoji_marker(line: Line) -> int:
    """The length of an emoji at the start of a line, white space after it included."""
    match = _EMOJI.match(line.text)
    return match.end() if match and unicodedata.category(line.text[0]) == "So" else 0
