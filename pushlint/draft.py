"""The nouns of reading: a draft, its zones and blocks, and where every character of it stands in the file.

All offsets are Unicode code points. *Source* offsets count in the file's text as decoded (a byte-order mark
is not part of it, carriage returns are); *plain* offsets count in `Draft.text`, the words the reader of the
e-mail would see, in which each merge tag is replaced by a filler word of its type.
"""

import os
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any, Literal, TypeAlias, get_args

from pushlint.diagnostic import Severity

ZoneKind = Literal["subject", "preheader", "greeting", "body", "sign-off", "postscript", "footer", "quoted"]
BlockKind = Literal["paragraph", "list-item", "heading", "button"]
SegmentKind = Literal["literal", "tag", "entity", "space", "markup", "carrier"]
TagType = Literal[
    "person", "company", "sender", "role", "place", "date", "money", "number", "url", "product", "text", "block"
]

_LINE_END = re.compile(r"\r\n|\n|\r")

STAGES = ("first-touch", "follow-up", "breakup", "reply", "promo", "nurture", "transactional", "other")
PROFILES = ("cold", "follow-up", "reply", "newsletter", "promo", "transactional")
FOOTERS = ("written", "injected")
TAG_TYPES = tuple(type for type in get_args(TagType) if type != "block")
"""What a merge tag can be filled with."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of plain text and the source it came from.

    `literal`: the same characters in both. `tag`: a filler word for a merge tag. `entity`: a decoded
    character reference or escape. `space`: white space we put in or folded. `markup`: source that is not
    read at all (its `text` is empty). `carrier`: the same, of the file that an e-mail is embedded in.
    """

    text: str
    start: int
    end: int
    kind: SegmentKind


@dataclass(frozen=True, slots=True)
class Tag:
    """A merge tag: `source` as typed, `name` its words in lower case, plain span `start`..`end` of its filler.

    `variable` is the name as typed, `fallback` the text that is sent where the value is missing, `dialects` those that
    have such tags, `place` its span in the source. `broken`: not closed, or closing nothing. `foreign`: the first tag
    that is not of the draft's dialects. `guarded`: within a condition.
    """

    source: str
    name: str
    type: TagType
    start: int
    end: int
    variable: str = ""
    fallback: str | None = None
    dialects: tuple[str, ...] = ()
    place: tuple[int, int] = (0, 0)
    broken: bool = False
    foreign: bool = False
    guarded: bool = False


@dataclass(frozen=True, slots=True)
class KnownTag:
    """A merge tag that the user has: sample values, what it is filled with, and whether the value may be missing."""

    samples: tuple[str, ...] = ()
    type: TagType | None = None
    may_be_empty: bool = True


@dataclass(frozen=True, slots=True)
class TagHints:
    """What is known of a file's merge tags before it is read: their dialect, and the types of tags by name.

    `firm`: the dialect holds whatever the draft says of itself.
    """

    dialect: str = ""
    types: tuple[tuple[str, TagType], ...] = ()
    firm: bool = False

    def with_said(self, dialect: str | None, known: Mapping[str, KnownTag] | None) -> "TagHints":
        """The hints, with what a draft says of itself."""
        types = self.types if known is None else types_of(known)
        return replace(self, dialect=dialect if dialect and not self.firm else self.dialect, types=types)


NO_HINTS = TagHints()


def types_of(known: Mapping[str, KnownTag]) -> tuple[tuple[str, TagType], ...]:
    """The types of the tags that have one, by name."""
    return tuple((name, tag.type) for name, tag in known.items() if tag.type)


@dataclass(frozen=True, slots=True)
class Tuning:
    """How the user tunes the rules for a draft: codes that are `off`, levels by code, `terms` never to be flagged."""

    off: frozenset[str] = frozenset()
    levels: tuple[tuple[str, Severity], ...] = ()
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of an e-mail with a role of its own; plain span `start`..`end`."""

    kind: ZoneKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item, heading or button; no sentence runs across two. Plain span `start`..`end`."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link: plain span `start`..`end` of its words, and where it leads, as typed, entities decoded."""

    target: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hidden:
    """Words that styling hides, merge tags left out, and where they stand in the source. `revealed`: a style for some
    screens may show them."""

    text: str
    start: int
    end: int
    revealed: bool = False


class SourceMap:
    """Maps plain offsets to source offsets, exactly, by bisecting the segments.

    Built from segments in reading order; their texts joined are the plain text. `by_source` has them in the
    order of the source, which is another one where a file gives the subject after the body.
    """

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.segments = tuple(segments)
        self.by_source = tuple(sorted(segments, key=attrgetter("start", "end")))
        self.text = "".join(s.text for s in segments)
        self._seen = [s for s in segments if s.text]
        self._sources = [s.start for s in self.by_source]
        self._starts: list[int] = []
        at = 0
        for segment in self._seen:
            self._starts.append(at)
            at += len(segment.text)

    def _place(self, offset: int) -> tuple[Segment, int]:
        index = bisect_right(self._starts, offset) - 1
        return self._seen[index], offset - self._starts[index]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source span of plain `start`..`end` (`start` < `end`); it takes in whole tags and entities."""
        first, into = self._place(start)
        last, upto = self._place(end - 1)
        return (
            first.start + into if first.kind == "literal" else first.start,
            last.start + upto + 1 if last.kind == "literal" else last.end,
        )

    def kinds(self, start: int, end: int) -> set[SegmentKind]:
        """The kinds of the segments that an edit of source `start`..`end` would touch."""
        return {s.kind for s in self.by_source[self.index(start) : bisect_left(self._sources, end)] if s.end > start}

    def within(self, start: int, end: int) -> Iterator[Segment]:
        """The segments that stand whole in source `start`..`end`, in the order of the source."""
        some = self.by_source[bisect_left(self._sources, start) : bisect_right(self._sources, end)]
        return (segment for segment in some if segment.end <= end)

    def index(self, start: int) -> int:
        """The number, in `by_source`, of the segment that source offset `start` stands in."""
        return max(0, bisect_right(self._sources, start) - 1)

    def seen(self, start: int, end: int) -> Iterator[tuple[Segment, str]]:
        """The segments of plain `start`..`end`, each with its part of the plain text."""
        for number in range(bisect_right(self._starts, start) - 1, bisect_left(self._starts, end)):
            segment, at = self._seen[number], self._starts[number]
            yield segment, segment.text[max(start - at, 0) : end - at]


@dataclass(frozen=True)
class Source:
    """A file as read: its path as the user gave it, its text, what that was decoded from, its lines, and what
    the user tells of its merge tags."""

    path: str
    text: str
    bom: bool = False
    charset: str = "utf-8"
    hints: TagHints = NO_HINTS

    @cached_property
    def line_starts(self) -> list[int]:
        """The source offset at which each line starts."""
        return [0, *(end.end() for end in _LINE_END.finditer(self.text))]

    def position(self, offset: int) -> tuple[int, int]:
        """Row and column of a source offset, both from 1, columns in code points."""
        row = bisect_right(self.line_starts, offset)
        return row, offset - self.line_starts[row - 1] + 1

    def line(self, row: int) -> str:
        """The text of line `row` (from 1) without its line end."""
        start = self.line_starts[row - 1]
        end = self.line_starts[row] if row < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")


@dataclass(frozen=True, slots=True)
class Step:
    """The place of an e-mail in the sequence it belongs to.

    The sequence's name within its file or folder, the number from 1, the day counted from the first e-mail's (None
    where the file does not say), and the variant's name if any. `across`: the sequence goes over the files of a folder.
    """

    sequence: str
    number: int
    day: float | None = None
    variant: str | None = None
    across: bool = False


def sequence_key(path: str, step: Step) -> tuple[str, str]:
    """What tells the sequence of a step in a file from all others: the file or folder that holds it, and its name."""
    return os.path.dirname(path) if step.across else path, step.sequence


Encode: TypeAlias = Callable[[str, int, int], str | None]
"""Writes new words, in place of source `start`..`end`, as the file wants them. None: they cannot stand there so."""


def _as_it_is(words: str, start: int, end: int) -> str:
    return words


@dataclass(frozen=True)
class Draft:
    """One e-mail to lint. A file holds one or many.

    `offer_ends` is the last day of the offer it speaks of. `footer` tells whether the small print is written in the
    draft or injected by the tool that sends it; None: it is not said. `typed` is the draft as it was typed, with markup
    and merge tags. `encode` writes new words as the file wants them, where that is not as they read: in a string of
    JSON, say. `links` are known where the format has them; `hidden` is text that is in the file and that nobody sees.
    `repeats`: it is the e-mail before it in another form, or its subject alone. A template that chooses its words
    takes several `readings` to see them all: `others` are those after the first. `dialects` are those that its tags
    may be of, one where it is told; `known_tags`, where they are given, the tags that it may have, by name.
    `stand_ins` are the source spans of what is sent where a value is missing: fallbacks, and the other branches of
    conditions. `tuning` is how the user tunes the rules for it.
    """

    source: Source
    map: SourceMap
    zones: tuple[Zone, ...] = ()
    blocks: tuple[Block, ...] = ()
    tags: tuple[Tag, ...] = ()
    links: tuple[Link, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    subject: str | None = None
    stage: str | None = None
    profile: str | None = None
    offer_ends: date | None = None
    footer: str | None = None
    typed: str = ""
    meta: Mapping[str, object] = field(default_factory=dict)
    step: Step | None = None
    encode: Encode = _as_it_is
    repeats: bool = False
    readings: int = 1
    others: tuple["Draft", ...] = ()
    dialects: tuple[str, ...] = ()
    known_tags: Mapping[str, KnownTag] | None = None
    tuning: Tuning = Tuning()
    stand_ins: tuple[tuple[int, int], ...] = ()

    def with_all(self, **changes: Any) -> "Draft":
        """The draft with other values in its fields, in all its readings."""
        return replace(self, **changes, others=tuple(other.with_all(**changes) for other in self.others))

    def carried(self, encode: Encode) -> "Draft":
        """The draft within a file that writes it by `encode`, in all its readings."""

        def written(words: str, start: int, end: int) -> str | None:
            own = self.encode(words, start, end)
            return None if own is None else encode(own, start, end)

        return replace(self, encode=written, others=tuple(other.carried(encode) for other in self.others))

    @property
    def sequence(self) -> tuple[str, str] | None:
        """What tells the sequence it belongs to from all others."""
        return None if self.step is None else sequence_key(self.source.path, self.step)

    @property
    def text(self) -> str:
        """The plain text: what the e-mail's reader would see, tags replaced by fillers."""
        return self.map.text

    def zone_at(self, offset: int) -> ZoneKind:
        """The zone that a plain offset stands in."""
        number = bisect_right(self._zone_starts, offset) - 1
        return self.zones[number].kind if number >= 0 and offset < self.zones[number].end else "body"

    def block_at(self, offset: int) -> Block | None:
        """The block that a plain offset stands in."""
        number = bisect_right(self._block_starts, offset) - 1
        return self.blocks[number] if number >= 0 and offset < self.blocks[number].end else None

    def block_before(self, block: Block) -> Block | None:
        """The block before one of the draft."""
        number = bisect_left(self._block_starts, block.start)
        return self.blocks[number - 1] if number else None

    def block_start(self, offset: int) -> int:
        """Where the last block that starts up to a plain offset does; 0 before the first."""
        number = bisect_right(self._block_starts, offset) - 1
        return self._block_starts[number] if number >= 0 else 0

    def tags_in(self, start: int, end: int) -> tuple[Tag, ...]:
        """The merge tags that plain `start`..`end` touches; those that an offset is inside of, where both are it."""
        return self.tags[bisect_right(self._tag_ends, start) : bisect_left(self._tag_starts, end)]

    def has_tag_at(self, offset: int) -> bool:
        """Whether a merge tag starts at a plain offset."""
        number = bisect_left(self._tag_starts, offset)
        return number < len(self.tags) and self._tag_starts[number] == offset

    @cached_property
    def _tag_starts(self) -> list[int]:
        return [tag.start for tag in self.tags]

    @cached_property
    def _tag_ends(self) -> list[int]:
        return [tag.end for tag in self.tags]

    @cached_property
    def _zone_starts(self) -> list[int]:
        return [zone.start for zone in self.zones]

    @cached_property
    def _block_starts(self) -> list[int]:
        return [block.start for block in self.blocks]

    def source_text(self, start: int, end: int) -> str:
        """The source slice of plain `start`..`end`: tags as they were typed, markup inside kept."""
        first, last = self.map.span(start, end)
        return self.source.text[first:last]
