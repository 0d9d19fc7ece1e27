"""From what a reader marked in the source to a `Draft`: segments without gaps, tags, zones and blocks."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate

from pushlint.draft import (
    NO_HINTS,
    BlockKind,
    Draft,
    Hidden,
    KnownTag,
    Link,
    Segment,
    Source,
    SourceMap,
    Step,
    Tag,
    TagHints,
)
from pushlint.readers.layout import Marked, lay_out
from pushlint.readers.subject import Subject
from pushlint.templating import FoundTag, Template
from pushlint.templating.dialects import read_tag, spoken

MarkedSource = tuple[BlockKind, int, int]
"""A source range that the markup says is a block of some kind."""
MarkedLink = tuple[str, int, int]
"""Where a link leads, and the source range of its words."""

_CARRIAGE_RETURN = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before the body: the subject, and where in the source the body begins.

    `title` is the source range, the mark that ends it included, of a subject that stands in the body.
    `reading` is the number of the reading, of those that see every branch of a template.
    """

    body: int = 0
    subject: Subject = field(default_factory=Subject)
    title: tuple[int, int] | None = None
    reading: int = 0
    meta: dict[str, object] = field(default_factory=dict)
    stage: str | None = None
    profile: str | None = None
    offer_ends: date | None = None
    footer: str | None = None
    step: Step | None = None
    hints: TagHints = NO_HINTS
    known_tags: Mapping[str, KnownTag] | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """What a reader found in the body: segments other than literal ones (in any order, the wider of two that
    meet wins), source ranges that the markup says are blocks, are links or are the preheader, text that is hidden,
    and whether lines may be hard-wrapped."""

    segments: tuple[Segment, ...]
    template: Template
    blocks: tuple[MarkedSource, ...] = ()
    links: tuple[MarkedLink, ...] = ()
    preheader: tuple[int, int] | None = None
    hidden: tuple[Hidden, ...] = ()
    wrapped: bool = True
    quotes: bool = False


def template_segments(template: Template) -> list[Segment]:
    """Segments for what templating found: fillers for tags, nothing for steering and unread branches."""
    tags = [Segment(tag.filler, tag.start, tag.end, "tag" if tag.filler else "markup") for tag in template.tags]
    return tags + [Segment("", start, end, "markup") for start, end in template.unread]


def line_end_segments(text: str, start: int) -> list[Segment]:
    """Segments that make a line feed of every line end with a carriage return, from `start` on."""
    return [Segment("\n", at.start(), at.end(), "space") for at in _CARRIAGE_RETURN.finditer(text, start)]


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
    before, after = _parts(source.text, head, body)
    segments = SourceMap([*before, *after])
    begin = sum(len(s.text) for s in before)
    every = (*head.subject.every, *body.template.every)
    said = spoken((tag.source for tag in every if not tag.broken or tag.type == "block"), head.hints.dialect)
    foreign = next((tag for tag in every if tag.source in said.foreign), None)
    tags = _tags(segments.segments, (*head.subject.tags, *body.template.tags), foreign)
    places = _Places(after, begin)
    marked = [Marked(kind, *span) for kind, start, end in body.blocks if (span := places.plain(start, end))]
    marked.sort(key=lambda mark: (mark.start, mark.end))
    links = [Link(target, *span) for target, start, end in body.links if (span := places.plain(start, end))]
    preheader = places.plain(*body.preheader) if body.preheader else None
    zones, blocks = lay_out(
        source, segments, begin, tags, marked, preheader=preheader, wrapped=body.wrapped, quotes=body.quotes
    )
    return Draft(
        source=source,
        map=segments,
        zones=zones,
        blocks=blocks,
        tags=tags,
        links=tuple(links),
        hidden=body.hidden,
        subject="".join(s.text for s in head.subject.segments) or None,
        stage=head.stage,
        profile=head.profile,
        offer_ends=head.offer_ends,
        footer=head.footer,
        meta=head.meta,
        step=head.step,
        typed=source.text,
        readings=max(head.subject.readings, body.template.readings),
        dialects=said.dialects,
        known_tags=head.known_tags,
        stand_ins=body.template.stand_ins,
    )


def _parts(text: str, head: Head, body: Body) -> tuple[list[Segment], list[Segment]]:
    """The segments up to the end of the subject, and the others, both in the order of the source."""
    if head.title is None:
        return _head_segments(text, head), fill(text, body.segments, head.body, len(text))
    start, end = head.title
    last = head.subject.segments[-1].end
    subject = [*head.subject.segments, Segment("\n\n", last, end, "space")]
    above = [Segment("", 0, head.body, "markup")] if head.body else []
    above += fill(text, body.segments, head.body, start)
    below = fill(text, body.segments, end, len(text))
    if any(segment.text for segment in above):
        return subject, [*above, *below]
    return [*above, *subject], below


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


def _tags(segments: Sequence[Segment], found: Iterable[FoundTag], foreign: FoundTag | None) -> tuple[Tag, ...]:
    """The tags that are still to be seen, with their places in the plain text."""
    by_place = {(tag.start, tag.end): tag for tag in found}
    starts = accumulate((len(s.text) for s in segments), initial=0)
    return tuple(
        Tag(
            source=tag.source,
            name=tag.name,
            type=tag.type,
            start=start,
            end=start + len(segment.text),
            variable=tag.variable,
            fallback=tag.source[slice(*tag.fallback)] if tag.fallback else None,
            dialects=read_tag(tag.source).dialects,
            place=(tag.start, tag.end),
            broken=tag.broken,
            foreign=foreign is not None and (tag.start, tag.source) == (foreign.start, foreign.source),
            guarded=tag.guarded,
        )
        for segment, start in zip(segments, starts, strict=False)
        if segment.kind in ("tag", "markup") and (tag := by_place.get((segment.start, segment.end)))
    )


class _Places:
    """Source ranges of a body as plain ranges; `begin` is where the body begins."""

    def __init__(self, segments: Sequence[Segment], begin: int) -> None:
        self._segments = segments
        self._ends = [segment.end for segment in segments]
        self._starts = list(accumulate((len(s.text) for s in segments), initial=begin))

    def plain(self, start: int, end: int) -> tuple[int, int] | None:
        """The plain range of a source range; None where nothing is seen of it."""
        first = self._offset(bisect_right(self._ends, start), start)
        last = self._offset(bisect_left(self._ends, end), end)
        return (first, last) if first < last else None

    def _offset(self, index: int, offset: int) -> int:
        """The plain offset of a source offset in (or at the end of) segment `index`."""
        if index == len(self._segments):
            return self._starts[-1]
        segment = self._segments[index]
        into = max(0, offset - segment.start) if segment.kind == "literal" else 0
        return self._starts[index] + (len(segment.text) if offset >= segment.end else into)
