"""Finds links whose words name another web site than the one they lead to."""

from bisect import bisect_left
from collections.abc import Iterator

from pushlint.draft import Link
from pushlint.rulebook import domains
from pushlint.rulebook.context import Context, Match
from pushlint.rulebook.schema import Finder


def find(finder: Finder, context: Context) -> Iterator[Match]:
    """The words of each such link, and its target's host; one with a merge tag in its words is not judged."""
    offsets = context.facts.offsets
    for link in context.draft.links:
        host = _elsewhere(link, context)
        first, last = bisect_left(offsets, link.start), bisect_left(offsets, link.end)
        if host and first < last:
            yield Match(first, last, words={"target": host})


def _elsewhere(link: Link, context: Context) -> str | None:
    """The host that a link leads to, if its words name another."""
    if context.draft.tags_in(link.start, link.end):
        return None
    said, host = domains.named(context.draft.text[link.start : link.end]), domains.led_to(link.target)
    if said is None or host is None or domains.is_same(said, host) or domains.leads_back(link.target, said):
        return None
    return None if domains.is_stand_in(said) or domains.is_stand_in(host) else host
