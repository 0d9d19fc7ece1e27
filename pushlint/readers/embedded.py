"""An e-mail that stands within a file of another kind: in a string of JSON, a part of a mail, a cell of a table.

What decodes the carrier gives a `SourceMap` of the text, each character with its place in the file. The text is then
read like a file of its own, and the draft's places are turned into places in the file that carries it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from pushlint.draft import Draft, Encode, Hidden, Segment, Source, SourceMap
from pushlint.readers.assembly import Head
from pushlint.readers.subject import read_subject

Reader = Callable[[Source, Head], Draft]
# A choice with more branches than this is read as far as that.
_MOST_READINGS = 100


def read_embedded(source: Source, body: SourceMap, reader: Reader, subject: SourceMap | None, head: Head) -> Draft:
    """The draft in `body`, read by `reader`; `subject` may stand elsewhere in the file. `head` tells the rest."""
    place = _joined(subject, body) if subject else body
    inner = Source(source.path, place.text, hints=head.hints)
    start = len(place.text) - len(body.text)
    characters = [Segment(place.text[at], at, at + 1, "literal") for at in range(len(subject.text) if subject else 0)]

    def reading(number: int) -> Draft:
        read = read_subject(characters, number, head.hints)
        draft = reader(inner, replace(head, body=start, subject=read, reading=number))
        return replace(
            draft,
            source=source,
            encode=_by_part(draft.encode, body, start),
            map=_rebased(draft.map, source, place, [subject, body]),
            hidden=tuple(_moved(words, place) for words in draft.hidden),
            tags=tuple(replace(tag, place=place.span(*tag.place)) for tag in draft.tags),
            stand_ins=tuple(place.span(*span) for span in draft.stand_ins),
        )

    return every_reading(reading)


def _by_part(encode: Encode, body: SourceMap, start: int) -> Encode:
    """How the text's reader writes words, asked by where they stand in the file: `start` is where the body begins in
    the text, and that is told from the subject."""
    first, last = _extent(body) if body.segments else (0, -1)
    return lambda words, at, end: encode(words, *((start, start) if first <= at <= last else (0, 0)))


def every_reading(read: Callable[[int], Draft]) -> Draft:
    """The first reading of a template, with the `others` that see its other branches."""
    first = read(0)
    return replace(first, others=tuple(read(number) for number in range(1, min(first.readings, _MOST_READINGS))))


def _joined(subject: SourceMap, body: SourceMap) -> SourceMap:
    """Both texts, and a line end for what stands between them, or after a subject that follows the body."""
    last = max((segment.end for segment in subject.segments), default=0)
    first = min((segment.start for segment in body.segments), default=last)
    gap = Segment("\n", last, first if last < first else last + 1, "space")
    return SourceMap([*subject.segments, gap, *body.segments])


def _rebased(inner: SourceMap, source: Source, place: SourceMap, texts: Sequence[SourceMap | None]) -> SourceMap:
    segments = [outer for segment in inner.segments for outer in _outer(segment, place)]
    extents = [_extent(text) for text in texts if text and text.segments]
    layout = {s.start: s.end for text in texts if text for s in text.segments if s.kind == "space" and not s.text}
    all_segments = [*segments, *_gaps(segments, extents, layout, len(source.text))]
    in_order = all(one.start <= two.start for one, two in pairwise(segments))
    return SourceMap(sorted(all_segments, key=lambda s: (s.start, s.end)) if in_order else all_segments)


def _moved(words: Hidden, place: SourceMap) -> Hidden:
    start, end = place.span(words.start, words.end)
    return replace(words, start=start, end=end)


def _outer(segment: Segment, place: SourceMap) -> Iterator[Segment]:
    """A segment of the text as segments of the file."""
    if segment.kind != "literal":
        yield Segment(segment.text, *place.span(segment.start, segment.end), segment.kind)
        return
    at = segment.start
    for outer, part in place.seen(segment.start, segment.end):
        yield Segment(part, *place.span(at, at + len(part)), outer.kind)
        at += len(part)


def _extent(text: SourceMap) -> tuple[int, int]:
    return text.by_source[0].start, max(segment.end for segment in text.segments)


def _gaps(
    segments: Sequence[Segment], extents: Sequence[tuple[int, int]], layout: Mapping[int, int], end: int
) -> Iterator[Segment]:
    """Segments for all of the file that the draft does not come from: within its texts markup, or space where that is
    `layout` (by its start, its end), as indentation is; else the carrier's."""
    edges = [(0, 0), *sorted((segment.start, segment.end) for segment in segments), (end, end)]
    reached = 0
    for (_, stop), (start, _) in pairwise(edges):
        reached = max(reached, stop)
        if reached < start:
            inside = any(first <= reached and start <= last for first, last in extents)
            at = reached
            while at < start:
                at = layout.get(at, end + 1)
            yield Segment("", reached, start, "space" if at == start else "markup" if inside else "carrier")
