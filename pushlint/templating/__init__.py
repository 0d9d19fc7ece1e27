"""Merge tags, choices and bracketed buttons: template text in, the places that are not plain words out.

Nothing is ever executed. `scan` looks at the source before any parser of the format does, because braces and
angle brackets mislead those.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from pushlint.templating.brackets import find_calls
from pushlint.templating.choices import find_choices
from pushlint.templating.masking import ascii_twin, mask
from pushlint.templating.tags import FoundTag, find_tags, find_translations

__all__ = ["FoundTag", "Template", "ascii_twin", "find_tags", "mask", "scan"]


@dataclass(frozen=True, slots=True)
class Template:
    """What templating says about a text: its tags, the (start, end) ranges not read in this reading, bracketed
    calls, how many readings see every branch, and the steering tags that have no partner."""

    tags: tuple[FoundTag, ...]
    unread: tuple[tuple[int, int], ...]
    calls: tuple[tuple[int, int], ...]
    readings: int
    unbalanced: tuple[FoundTag, ...]


def scan(source: str, reading: int = 0) -> Template:
    """Finds tags, the branches that are not read in a reading, and calls such as `[Book a call]`, in source order."""
    tags = find_tags(source)
    masked = mask(source, ((tag.start, tag.end) for tag in tags))
    choices = find_choices(masked, tags)
    calls = find_calls(masked)
    brackets = [edge for start, end in calls for edge in ((start, start + 1), (end - 1, end))]
    unread = _disjoint([*choices.unread(reading), *find_translations(source), *brackets])
    starts = [start for start, _ in unread]
    read = [tag for tag in tags if not _within(tag, unread, bisect_right(starts, tag.start) - 1)]
    return Template(tuple(read), tuple(unread), tuple(calls), choices.readings, choices.unbalanced)


def _within(tag: FoundTag, ranges: Sequence[tuple[int, int]], index: int) -> bool:
    return index >= 0 and tag.end <= ranges[index][1]


def _disjoint(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ranges in order, joined where they overlap, without empty ones."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        elif start < end:
            joined.append((start, end))
    return joined
