"""White space as a browser folds it: one space, or the line ends of the markup around it."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pushlint.draft import Segment

# What no font shows: soft hyphens, joiners and other signs of no width, which pad preheaders and split words.
NOTHING = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200e\u200f\u2060\ufeff"
READ = -1
"""The `breaks` of what is no gap after all: a merge tag that is read."""

_GAP_OR_ENTITY = re.compile(
    rf"[ \t\r\n\f]+|[{NOTHING}]+|&(?:\#\d{{1,7}}|\#[xX][0-9a-fA-F]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}});?"
)


@dataclass(frozen=True, slots=True)
class Gap:
    """Source that is not read, and how many line ends it puts between what stands before and after it."""

    start: int
    end: int
    breaks: int


def fold(text: str, start: int, end: int, gaps: Iterable[Gap]) -> list[Segment]:
    """The segments of `text` from `start` to `end` that are no plain words: gaps, white space and entities."""
    segments: list[Segment] = []
    run: list[Gap] = []
    seen = False
    for part in _parts(text, start, end, _outermost(gaps)):
        if isinstance(part, Gap):
            run.append(part)
            continue
        segments += _join(text, run, seen)
        segments += [part] if part else []
        run, seen = [], True
    return segments + _join(text, run, False)


def _outermost(gaps: Iterable[Gap]) -> list[Gap]:
    """Gaps in their order, without those inside others."""
    found: list[Gap] = []
    for gap in sorted(gaps, key=lambda gap: (gap.start, -gap.end)):
        if not found or gap.start >= found[-1].end:
            found.append(gap)
    return found


def _parts(text: str, start: int, end: int, gaps: Iterable[Gap]) -> Iterator[Gap | Segment | None]:
    """What the text is made of, in its order: gaps, entities, and words, which are None."""
    at = start
    for gap in (*gaps, Gap(end, end, 0)):
        for match in _GAP_OR_ENTITY.finditer(text, at, gap.start):
            if match.start() > at:
                yield None
            at = match.end()
            if match[0].isspace() or match[0][0] in NOTHING or (decoded := html.unescape(match[0])) in NOTHING:
                yield Gap(match.start(), at, 0)
            else:
                yield Segment(decoded, match.start(), at, "entity") if decoded != match[0] else None
        if at < gap.start or gap.breaks == READ:
            yield None
        if gap.breaks != READ and gap.end > gap.start:
            yield gap
        at = max(at, gap.end)


def _join(text: str, run: list[Gap], seen: bool) -> list[Segment]:
    """A run of white space and markup as segments: one of them stands for the gap that a person sees."""
    breaks = min(2, sum(gap.breaks for gap in run))
    owed = ("\n" * breaks or " ") if seen else ""
    joined: list[Segment] = []
    for gap in run:
        if owed and (gap.breaks if breaks else text[gap.start : gap.end].isspace()):
            same = text[gap.start : gap.end] == owed
            joined.append(Segment(owed, gap.start, gap.end, "literal" if same else "space"))
            owed = ""
        else:
            joined.append(Segment("", gap.start, gap.end, "markup"))
    return joined
