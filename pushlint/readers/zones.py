"""The zones of a body: greeting, body, sign-off, postscript, footer, quoted thread."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby

from pushlint.draft import Tag, Zone, ZoneKind
from pushlint.readers.greeting import find_greeting
from pushlint.readers.items import Item
from pushlint.readers.lines import Line, vocabulary
from pushlint.readers.signoff import find_sign_off


def find_zones(
    text: str,
    items: Sequence[Item],
    tags: Sequence[Tag],
    begin: int,
    *,
    preheader: tuple[int, int] | None = None,
    quotes: bool,
) -> list[Zone]:
    """The zones of `text` from `begin` on, in order; they cover it. `preheader` is its plain span, where there is one.
    `quotes`: lines with `>` are a quoted thread."""
    lines = [item.line for item in items]
    first, last = preheader or (0, 0)
    kinds: list[ZoneKind] = ["preheader" if first <= line.start < last else "body" for line in lines]
    _mark_quoted(text, lines, kinds, quotes)
    _mark_postscripts(lines, kinds)
    _mark_footer(lines, kinds)
    top = next((i for i, kind in enumerate(kinds) if kind not in ("body", "preheader")), len(lines))
    opening = [i for i in range(top) if kinds[i] == "body"]
    found = find_greeting([lines[i] for i in opening], tags)
    greeting = (opening[found[0]], found[1]) if found else None
    body = [i for i in range(greeting[0] + 1 if greeting else 0, len(lines)) if kinds[i] == "body"]
    for at in find_sign_off([lines[i] for i in body], tags, [items[i].listed for i in body]):
        kinds[body[at]] = "sign-off"
    return _zones(list(_cuts(lines, kinds, greeting)), begin, len(text))


def _cuts(
    lines: Sequence[Line], kinds: Sequence[ZoneKind], greeting: tuple[int, int] | None
) -> Iterator[tuple[int, ZoneKind]]:
    """Where a zone may begin, and its kind; the greeting may end within its line."""
    for index, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if greeting and index == greeting[0]:
            yield line.start, "greeting"
            if greeting[1] < line.end:
                yield greeting[1], "body"
        else:
            yield line.start, kind


def _zones(cuts: Iterable[tuple[int, ZoneKind]], begin: int, end: int) -> list[Zone]:
    zones: list[Zone] = []
    for start, kind in cuts:
        if not zones:
            zones.append(Zone(kind, begin, end))
        elif zones[-1].kind != kind:
            zones[-1] = Zone(zones[-1].kind, zones[-1].start, start)
            zones.append(Zone(kind, start, end))
    return zones or ([Zone("body", begin, end)] if begin < end else [])


@cache
def _quoted() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in vocabulary()["quoted"]), re.MULTILINE)


@cache
def _any_of(key: str) -> re.Pattern[str]:
    words = sorted(vocabulary()[key], key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words), re.IGNORECASE)


def _mark_quoted(text: str, lines: Sequence[Line], kinds: list[ZoneKind], quotes: bool) -> None:
    """Lines with `>`, and from `... wrote:` and the like all lines, or those with `>` where they follow."""
    end = 0
    for index, line in enumerate(lines):
        if (quotes and line.text.startswith(">")) or index < end:
            kinds[index] = "quoted"
        elif _quoted().match(text, line.start):
            kinds[index] = "quoted"
            answered = quotes and index + 1 < len(lines) and lines[index + 1].text.startswith(">")
            end = 0 if answered else len(lines)


def _mark_postscripts(lines: Sequence[Line], kinds: list[ZoneKind]) -> None:
    """From `P.S.` to the end of its paragraph."""
    opening = re.compile(vocabulary()["postscript"], re.ASCII)
    within: int | None = None
    for index, line in enumerate(lines):
        if kinds[index] == "body" and opening.match(line.text):
            within = line.paragraph
        if within == line.paragraph:
            kinds[index] = "postscript"


def _mark_footer(lines: Sequence[Line], kinds: list[ZoneKind]) -> None:
    """The last paragraphs, as long as each has the words of small print."""
    paragraphs = _paragraphs(lines, [i for i, kind in enumerate(kinds) if kind == "body"])
    for paragraph in reversed(paragraphs[1:]):
        if not any(_any_of("footers").search(lines[i].text) for i in paragraph):
            return
        for i in paragraph:
            kinds[i] = "footer"


def _paragraphs(lines: Sequence[Line], indexes: Sequence[int]) -> list[list[int]]:
    return [list(group) for _, group in groupby(indexes, key=lambda i: lines[i].paragraph)]
