"""Zones and blocks of a draft, from its plain text and what the markup says about it."""

from collections.abc import Sequence

from pushlint.draft import Block, Source, SourceMap, Tag, Zone
from pushlint.readers.blocks import find_blocks
from pushlint.readers.items import Marked, find_items
from pushlint.readers.lines import split_lines
from pushlint.readers.zones import find_zones

__all__ = ["Marked", "lay_out"]


def lay_out(
    source: Source,
    map: SourceMap,
    begin: int,
    tags: Sequence[Tag],
    marked: Sequence[Marked],
    *,
    preheader: tuple[int, int] | None = None,
    wrapped: bool,
    quotes: bool,
) -> tuple[tuple[Zone, ...], tuple[Block, ...]]:
    """The zones, which cover the plain text in order, and the blocks, none of which crosses a zone's border.

    `begin` is where the body begins, after the subject; `preheader` a plain span in it. `wrapped`: a line break may be
    a program's. `quotes`: lines with `>` are a quoted thread.
    """
    lines = split_lines(source, map, begin)
    items = find_items(lines, marked)
    zones = find_zones(map.text, items, tags, begin, preheader=preheader, quotes=quotes)
    blocks = find_blocks(items, zones, marked, wrapped=wrapped)
    if not begin:
        return tuple(zones), tuple(blocks)
    subject = map.text[:begin].rstrip()
    return (Zone("subject", 0, begin), *zones), (Block("paragraph", 0, len(subject)), *blocks)
