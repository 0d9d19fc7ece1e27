"""From what a reader marked in the source to a `Draft`: segments without gaps, tags, zones and blocks."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate

from pushlint.draft import FOOTERS, BlockKind, Draft, Segment, Source, SourceMap, Step, Tag
from pushlint.readers.layout import Marked, lay_out
from pushlint.readers.subject import Subject
from pushlint.templating import FoundTag, Template

MarkedSource = tuple[BlockKind, int, int]
"""A source range that the markup says is a block of some kind."""

_CARRIAGE_RETURN = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before the body: the subject, and where in the source the body begins.

    `reading` is the number of the reading, of those that see every branch of a template.
    """

    body: int = 0
    subject: Subject = field(default_factory=Subject)
    reading: int = 0
    meta: dict[str, object] = field(default_factory=dict)
    stage: str | None = None
    profile: str | None = None
    offer_ends: date | None = None
    footer: str = FOOTERS[0]
    step: Step | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """What a reader found in the body: segments other than literal ones (in any order, the wider of two that
    meet wins), source ranges that the markup says are blocks, and whether lines may be hard-wrapped."""

    segments: tuple[Segment, ...]
    template: Template
    blocks: tuple[MarkedSource, ...] = ()
    wrapped: bool = True
    quotes: bool = False


def template_segments(template: Template) -> list[Segment]:
    """Segments for what templating found: fillers for tags, nothing for steering and unread branches."""
    tags = [Segment(tag.filler, tag.start, tag.end, "tag" if tag.filler else "markup") for tag in template.tags]
    return tags + [Segment("", start, end, "markup") for start, end in template.unread]


def line_end_segments(text: str, start: int) -> list[Segment]:
    """Segments that leave a line feed alone of every line end from `start` on."""
    return [
        Segment("", at.start(), at.start() + 1, "markup")
        if at.end() - at.start() == 2
        else Segment("\n", at.start(), at.end(), "space")
        for at in _CARRIAGE_RETURN.finditer(text, start)
    ]


def fill(text: str, marked: Iterable[Segment], start: int, end: int) -> list[Segment]:
    """`marked` in source order, clipped to `start`..`end` and to each other, with literal runs between them."""
    filled: list[Segment] = []
    at = start
    for segment in sorted(marked, key=lambda s: (s.start, -s.end)):
        if segment.end <= at or segment.start >= end:
            continue
        if segment.start < at or segment.end > end:
            segment = Segment("", max(segment.start, at), min(segment.end, end), "markup")
        if segment.start > at:
            filled.append(Segment(text[at : segment.start], at, segment.start, "literal"))
        filled.append(segment)
        at = segment.end
    if at < end:
        filled.append(Segment(text[at:end], at, end, "literal"))
    return filled


def assemble(source: Source, head: Head, body: Body) -> Draft:
    """The draft of a file with one e-mail."""
    before = _head_segments(source.text, head)
    after = fill(source.text, body.segments, head.body, len(source.text))
    segments = SourceMap([*before, *after])
    begin = sum(len(s.text) for s in before)
    tags = _tags(segments.segments, (*head.subject.tags, *body.template.tags))
    marked = _marked(segments.segments, body.blocks)
    zones, blocks = lay_out(source, segments, begin, tags, marked, wrapped=body.wrapped, quotes=body.quotes)
    return Draft(
        source=source,
        map=segments,
        zones=zones,
        blocks=blocks,
        tags=tags,
        subject="".join(s.text for s in head.subject.segments) or None,
        stage=head.stage,
        profile=head.profile,
        offer_ends=head.offer_ends,
        footer=head.footer,
        meta=head.meta,
        step=head.step,
        typed=source.text,
        readings=max(head.subject.readings, body.template.readings),
    )


def _head_segments(text: str, head: Head) -> list[Segment]:
    """The subject, two line feeds, and markup for all else before the body."""
    subject = head.subject.segments
    if not any(s.text for s in subject):
        return [Segment("", 0, head.body, "markup")] if head.body else []
    first, last = subject[0].start, subject[-1].end
    rest = [Segment("\n\n", last, head.body, "space")] if last < head.body < len(text) else []
    if last < head.body == len(text):
        rest = [Segment("", last, head.body, "markup")]
    return [*([Segment("", 0, first, "markup")] if first else []), *subject, *rest]


def _tags(segments: Sequence[Segment], found: Iterable[FoundTag]) -> tuple[Tag, ...]:
    """The tags that are still to be seen, with their places in the plain text."""
    by_place = {(tag.start, tag.end): tag for tag in found}
    starts = accumulate((len(s.text) for s in segments), initial=0)
    return tuple(
        Tag(tag.source, tag.name, tag.type, start, start + len(segment.text))
        for segment, start in zip(segments, starts, strict=False)
        if segment.kind in ("tag", "markup") and (tag := by_place.get((segment.start, segment.end)))
    )


def _marked(segments: Sequence[Segment], blocks: Sequence[MarkedSource]) -> list[Marked]:
    """Source ranges as plain ranges, in order, without those that nothing is seen of."""
    ends = [segment.end for segment in segments]
    starts = list(accumulate((len(s.text) for s in segments), initial=0))

    def plain(index: int, offset: int) -> int:
        """The plain offset of a source offset in (or at the end of) segment `index`."""
        if index == len(segments):
            return starts[-1]
        segment = segments[index]
        into = max(0, offset - segment.start) if segment.kind == "literal" else 0
        return starts[index] + (len(segment.text) if offset >= segment.end else into)

    spans = (
        (kind, plain(bisect_right(ends, start), start), plain(bisect_left(ends, end), end))
        for kind, start, end in blocks
    )
    return sorted((Marked(*span) for span in spans if span[2] > span[1]), key=lambda mark: (mark.start, mark.end))
