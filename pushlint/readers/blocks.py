"""The blocks of a zone: paragraphs, list items, headings, buttons. Hard-wrapped lines are one block."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, takewhile

from pushlint.draft import Block, BlockKind, Zone
from pushlint.readers.lines import Line, Marked, broken_on_purpose, vocabulary, wrap_width

_MARKER_ROOM = 4
_EMOJI = re.compile(r"[^\x00-\xff][\ufe0f\u200d\U0001f3fb-\U0001f3ff]*\s*(?=\S)")
_LINE_BY_LINE = ("greeting", "sign-off", "footer")
_NUMBER = r"\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)](?=\s)|\(\d{1,2}\)|#\d{1,2}(?=\s)|\d\ufe0f?\u20e3"


def find_blocks(
    lines: Sequence[Line], zones: Sequence[Zone], marked: Sequence[Marked], *, wrapped: bool
) -> list[Block]:
    """The blocks of `lines`, in order. `wrapped`: a line break may be the work of a program."""
    items = _items(lines, marked)
    at_line = {item.line.start: item for item in items}
    blocks: list[Block] = []
    running = [
        line
        for zone in zones
        if zone.kind not in _LINE_BY_LINE
        for line in lines
        if zone.start <= line.start < zone.end
    ]
    width = wrap_width(running) if wrapped else None
    for zone in zones:
        inside = [at_line[line.start] for line in lines if line.start < zone.end and line.end > zone.start]
        start = 0
        for at in range(1, len(inside) + 1):
            if at == len(inside) or _breaks(zone, inside[start], inside[at - 1], inside[at], width, wrapped):
                block = _block(zone, inside[start:at], marked)
                blocks += [block] if block else []
                start = at
    return blocks


@dataclass(frozen=True, slots=True)
class _Item:
    """A line, the marked block it belongs to, and the length of the list marker it begins with."""

    line: Line
    owner: Marked | None
    marker: int


def _items(lines: Sequence[Line], marked: Sequence[Marked]) -> list[_Item]:
    """The lines with what they are part of. An emoji is a list marker only next to a line with another."""
    owners = _owners(lines, marked)
    emoji = [_emoji_marker(line) for line in lines]
    items: list[_Item] = []
    for index, (line, owner) in enumerate(zip(lines, owners, strict=True)):
        beside = any(
            emoji[i] and lines[i].paragraph == line.paragraph for i in (index - 1, index + 1) if 0 <= i < len(lines)
        )
        marker = _marker(line) or (emoji[index] if beside else 0)
        items.append(_Item(line, owner, 0 if owner and owner.kind == "heading" else marker))
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


def _breaks(zone: Zone, first: _Item, before: _Item, after: _Item, width: int | None, wrapped: bool) -> bool:
    """Whether a new block begins at `after`; `first` is the line that the present block began with."""
    line, following = before.line, after.line
    if line.paragraph != following.paragraph or before.owner is not after.owner or zone.kind in _LINE_BY_LINE:
        return True
    if not wrapped or after.marker or not line.has_words or not following.has_words:
        return True
    hanging = first.marker and following.indent > first.line.indent and not line.hard
    return not hanging and broken_on_purpose(line, following, width)


def _block(zone: Zone, items: Sequence[_Item], marked: Sequence[Marked]) -> Block | None:
    first, last = items[0].line, items[-1].line
    start = max(first.start, zone.start)
    end = last.start + len(last.text[: zone.end - last.start].rstrip())
    kind = _kind(zone, items, marked)
    if start == first.start and zone.kind not in _LINE_BY_LINE:
        start += items[0].marker
    if end <= start or not any(item.line.has_words for item in items):
        return None
    return Block(kind, start, end)


def _kind(zone: Zone, items: Sequence[_Item], marked: Sequence[Marked]) -> BlockKind:
    owner = items[0].owner
    if zone.kind in _LINE_BY_LINE or zone.start > items[0].line.start:
        return "paragraph"
    if len(items) == 1 and _is_button(items[0].line, marked):
        return "button"
    if items[0].marker:
        return "list-item"
    begins = owner is not None and owner.start >= items[0].line.start - _MARKER_ROOM
    return owner.kind if owner and begins else "paragraph"


def _is_button(line: Line, marked: Sequence[Marked]) -> bool:
    """Whether there is nothing on the line but links or bracketed calls."""
    rest = list(line.text)
    first = bisect_left(marked, line.start, key=lambda mark: mark.start)
    nearby = takewhile(lambda mark: mark.start < line.end, islice(marked, first, None))
    inside = [mark for mark in nearby if mark.kind == "button" and mark.end <= line.end]
    for mark in inside:
        rest[mark.start - line.start : mark.end - line.start] = " " * (mark.end - mark.start)
    return bool(inside) and not any(character.isalnum() for character in rest)


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
