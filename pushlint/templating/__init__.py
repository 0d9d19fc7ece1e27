"""Merge tags, spintax and bracketed buttons: template text in, the places that are not plain words out.

Nothing is ever executed. `scan` looks at the source before any parser of the format does, because braces and
angle brackets mislead those.
"""

from dataclasses import dataclass

from pushlint.templating.brackets import find_calls
from pushlint.templating.masking import ascii_twin, mask
from pushlint.templating.spintax import find_unread_branches
from pushlint.templating.tags import FoundTag, find_tags, find_translations

__all__ = ["FoundTag", "Template", "ascii_twin", "find_tags", "mask", "scan"]


@dataclass(frozen=True, slots=True)
class Template:
    """What templating says about a text: its tags, the (start, end) ranges never read, and bracketed calls."""

    tags: tuple[FoundTag, ...]
    unread: tuple[tuple[int, int], ...]
    calls: tuple[tuple[int, int], ...]


def scan(source: str) -> Template:
    """Finds tags, the parts of spintax that are not read, and calls such as `[Book a call]`, in source order."""
    tags = find_tags(source)
    masked = mask(source, ((tag.start, tag.end) for tag in tags))
    calls = find_calls(masked)
    brackets = [edge for start, end in calls for edge in ((start, start + 1), (end - 1, end))]
    unread = sorted(find_unread_branches(masked) + find_translations(source) + brackets)
    return Template(tuple(tags), tuple(unread), tuple(calls))
