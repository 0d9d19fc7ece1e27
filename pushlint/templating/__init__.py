"""Merge tags, choices and bracketed buttons: template text in, the places that are not plain words out.

Nothing is ever executed. `scan` looks at the source before any parser of the format does, because braces and
angle brackets mislead those.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pushlint.draft import NO_HINTS, TagHints
from pushlint.templating.brackets import find_calls
from pushlint.templating.broken import mend
from pushlint.templating.choices import Choices, find_choices
from pushlint.templating.masking import ascii_twin, mask
from pushlint.templating.tags import FoundTag, find_tags, find_translations

__all__ = ["FoundTag", "Template", "ascii_twin", "find_tags", "mask", "scan"]


@dataclass(frozen=True, slots=True)
class Template:
    """What templating says about a text: the tags and the (start, end) ranges not read in this reading, bracketed
    calls, how many readings see every branch, the tags of all readings, and the ranges of what stands in for a value
    that is missing."""

    tags: tuple[FoundTag, ...]
    unread: tuple[tuple[int, int], ...]
    calls: tuple[tuple[int, int], ...]
    readings: int
    every: tuple[FoundTag, ...]
    stand_ins: tuple[tuple[int, int], ...] = ()

    @property
    def unbalanced(self) -> tuple[FoundTag, ...]:
        """The tags that are not closed, or close nothing."""
        return tuple(tag for tag in self.every if tag.broken)


@dataclass(frozen=True, slots=True)
class _Found:
    tags: tuple[FoundTag, ...]
    choices: Choices
    calls: tuple[tuple[int, int], ...]
    unread: tuple[tuple[int, int], ...]
    stand_ins: tuple[tuple[int, int], ...]


def scan(source: str, reading: int = 0, hints: TagHints = NO_HINTS) -> Template:
    """Finds tags, the branches that are not read in a reading, and calls such as `[Book a call]`, in source order.

    `hints` is what is known of the tags beforehand.
    """
    found = _find(source, hints)
    unread = _disjoint([*found.choices.unread(reading), *found.unread])
    starts = [start for start, _ in unread]
    read = [tag for tag in found.tags if not _within(tag, unread, bisect_right(starts, tag.start) - 1)]
    return Template(tuple(read), tuple(unread), found.calls, found.choices.readings, found.tags, found.stand_ins)


@lru_cache(maxsize=8)
def _find(source: str, hints: TagHints) -> _Found:
    """What all readings of a text have in common."""
    tags = find_tags(source, hints)
    tags = mend(source, _masked(source, tags), tags)
    masked = _masked(source, tags)
    choices = find_choices(masked, tags)
    calls = find_calls(masked)
    brackets = [edge for call in calls for edge in ((call.start, call.first), (call.last, call.end))]
    unread = (*find_translations(source), *brackets)
    fallbacks = [(tag.start + tag.fallback[0], tag.start + tag.fallback[1]) for tag in tags if tag.fallback]
    stand_ins = tuple(_disjoint([*choices.otherwise, *fallbacks]))
    spans = tuple((call.start, call.end) for call in calls)
    return _Found(tuple(_marked(tags, choices)), choices, spans, unread, stand_ins)


def _masked(source: str, tags: Iterable[FoundTag]) -> str:
    return mask(source, ((tag.start, tag.end) for tag in tags))


def _marked(tags: Iterable[FoundTag], choices: Choices) -> Iterator[FoundTag]:
    """The tags, those without a partner and those within a condition marked."""
    lonely = set(choices.unbalanced)
    conditions = _disjoint(list(choices.conditions))
    starts = [start for start, _ in conditions]
    for tag in tags:
        guarded = _within(tag, conditions, bisect_right(starts, tag.start) - 1)
        broken = tag.broken or tag in lonely
        yield replace(tag, broken=broken, guarded=guarded) if broken or guarded else tag


def _within(tag: FoundTag, ranges: Sequence[tuple[int, int]], index: int) -> bool:
    """Whether a tag begins in a range; where its fallback is read the tag itself is not."""
    return index >= 0 and tag.start < ranges[index][1]


def _disjoint(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ranges in order, joined where they overlap, without empty ones."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        elif start < end:
            joined.append((start, end))
    return joined
