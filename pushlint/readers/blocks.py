"""The blocks of a zone: paragraphs, list items, headings, buttons. Hard-wrapped lines are one block."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from pushlint.draft import Block, BlockKind, Zone
from pushlint.readers.items import Item, Marked
from pushlint.readers.lines import Line, beginning_within
from pushlint.readers.wrapping import Wrapping, find_wrapping

_MARKER_ROOM = 4
_LINE_BY_LINE = ("greeting", "sign-off", "footer")


def find_blocks(
    items: Sequence[Item], zones: Sequence[Zone], marked: Sequence[Marked], *, wrapped: bool
) -> list[Block]:
    """The blocks of the lines in `items`, in order. `wrapped`: a line break may be the work of a program."""
    by_zone = [_inside(items, zone) for zone in zones]
    running = [
        item.line
        for zone, inside in zip(zones, by_zone, strict=True)
        for item in inside
        if zone.kind not in _LINE_BY_LINE and item.line.start >= zone.start
    ]
    wrapping = find_wrapping(running) if wrapped else None
    blocks: list[Block] = []
    for zone, inside in zip(zones, by_zone, strict=True):
        start = 0
        for at in range(1, len(inside) + 1):
            if at == len(inside) or _breaks(zone, inside[start], inside[at - 1], inside[at], wrapping):
                block = _block(zone, inside[start:at], marked)
                blocks += [block] if block else []
                start = at
    return blocks


def _inside(items: Sequence[Item], zone: Zone) -> Sequence[Item]:
    """The lines with a part in a zone."""
    first = bisect_right(items, zone.start, key=lambda item: item.line.end)
    return items[first : bisect_left(items, zone.end, key=lambda item: item.line.start)]


def _breaks(zone: Zone, first: Item, before: Item, after: Item, wrapping: Wrapping | None) -> bool:
    """Whether a new block begins at `after`; `first` is the line that the present block began with."""
    line, following = before.line, after.line
    if line.paragraph != following.paragraph or before.owner is not after.owner or zone.kind in _LINE_BY_LINE:
        return True
    if wrapping is None or after.marker or not line.has_words or not following.has_words:
        return True
    hanging = first.marker and following.indent > first.line.indent and not line.hard
    return not hanging and wrapping.meant(line, following)


def _block(zone: Zone, items: Sequence[Item], marked: Sequence[Marked]) -> Block | None:
    first, last = items[0].line, items[-1].line
    start = max(first.start, zone.start)
    end = last.start + len(last.text[: zone.end - last.start].rstrip())
    kind = _kind(zone, items, marked)
    if start == first.start and zone.kind not in _LINE_BY_LINE:
        start += items[0].marker
    if end <= start or not any(item.line.has_words for item in items):
        return None
    return Block(kind, start, end)


def _kind(zone: Zone, items: Sequence[Item], marked: Sequence[Marked]) -> BlockKind:
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
    nearby = beginning_within(marked, line.start, line.end)
    inside = [mark for mark in nearby if mark.kind == "button" and mark.end <= line.end]
    for mark in inside:
        rest[mark.start - line.start : mark.end - line.start] = " " * (mark.end - mark.start)
    return bool(inside) and not any(character.isalnum() for character in rest)
