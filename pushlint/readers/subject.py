"""The subject line: from the characters of its value to segments and tags."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pushlint.draft import NO_HINTS, Segment, TagHints
from pushlint.templating import FoundTag, scan


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject's segments and tags, how many readings see all its branches, and the tags of all readings."""

    segments: tuple[Segment, ...] = ()
    tags: tuple[FoundTag, ...] = ()
    readings: int = 1
    every: tuple[FoundTag, ...] = ()


def read_subject(characters: Sequence[Segment], reading: int, hints: TagHints = NO_HINTS) -> Subject:
    """Joins single decoded characters to segments, with tags read as everywhere and line ends as spaces.

    White space around the subject is not read; of a subject without words nothing is left.
    """
    decoded = "".join(c.text for c in characters)
    seen = [i for i, c in enumerate(characters) if c.text.strip()]
    if not seen:
        return Subject()
    owners = [i for i, c in enumerate(characters) for _ in c.text]
    template = scan(decoded, reading, hints)
    replaced: dict[int, Segment] = {}
    inside: set[int] = set()
    tags: list[FoundTag] = []
    for start, end, tag in [*((t.start, t.end, t) for t in template.tags), *((s, e, None) for s, e in template.unread)]:
        first, last = owners[start], owners[end - 1]
        place = characters[first].start, characters[last].end
        replaced[first] = Segment(tag.filler, *place, "tag") if tag and tag.filler else Segment("", *place, "markup")
        inside.update(range(first, last + 1))
        tags += [replace(tag, start=place[0], end=place[1])] if tag else []
    kept = [
        replaced.get(i) or _one_line(c, seen[0] <= i <= seen[-1])
        for i, c in enumerate(characters)
        if i in replaced or i not in inside
    ]
    every = (replace(t, start=characters[owners[t.start]].start) for t in template.every)
    return Subject(tuple(_join(kept)), tuple(tags), template.readings, tuple(every))


def _one_line(character: Segment, within: bool) -> Segment:
    if not within:
        return Segment("", character.start, character.end, "markup")
    if "\n" in character.text or "\r" in character.text:
        return Segment(" ", character.start, character.end, "space")
    return character


def _join(segments: Sequence[Segment]) -> list[Segment]:
    """Neighbouring literal characters as one segment each."""
    joined: list[Segment] = []
    for kind, group in groupby(segments, key=lambda s: s.kind):
        run = list(group)
        if kind == "literal":
            run = [Segment("".join(s.text for s in run), run[0].start, run[-1].end, kind)]
        joined += run
    return joined
