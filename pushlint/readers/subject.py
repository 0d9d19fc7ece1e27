"""The subject line: from the characters of its value to segments and tags."""

from collections.abc import Sequence
from itertools import groupby

from pushlint.draft import Segment
from pushlint.templating import FoundTag, scan


def subject_segments(characters: Sequence[Segment]) -> tuple[list[Segment], list[FoundTag]]:
    """Joins single decoded characters to segments, with tags read as everywhere and line ends as spaces."""
    seen = [c for c in characters if c.text]
    decoded = "".join(c.text for c in seen)
    owners = [i for i, c in enumerate(characters) for _ in c.text]
    template = scan(decoded)
    whole: dict[int, Segment] = {}
    taken: set[int] = set()
    tags: list[FoundTag] = []
    pieces = [(tag.start, tag.end, tag) for tag in template.tags] + [(s, e, None) for s, e in template.unread]
    for start, end, tag in pieces:
        first, last = owners[start], owners[end - 1]
        place = characters[first].start, characters[last].end
        filler = tag.filler if tag else ""
        whole[first] = Segment(filler, *place, "tag" if filler else "markup")
        taken.update(range(first, last + 1))
        if tag:
            tags.append(FoundTag(*place, tag.source, tag.name, tag.type, tag.filler))
    kept = [whole.get(i) or _one_line(c) for i, c in enumerate(characters) if i in whole or i not in taken]
    return _join(kept), tags


def _one_line(character: Segment) -> Segment:
    if "\n" in character.text or "\r" in character.text:
        return Segment(" ", character.start, character.end, "space")
    return character


def _join(segments: Sequence[Segment]) -> list[Segment]:
    """Neighbouring literal characters, and neighbouring markup, as one segment each."""
    joined: list[Segment] = []
    for kind, group in groupby(segments, key=lambda s: s.kind):
        run = list(group)
        if kind in ("literal", "markup"):
            joined.append(Segment("".join(s.text for s in run), run[0].start, run[-1].end, kind))
        else:
            joined += run
    return joined
