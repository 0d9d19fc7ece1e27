"""Flat spintax, `{Hi|Hello|Hey}`: the first branch is read, the others are not."""

import re

_GROUP = re.compile(r"\{([^{}|\n]{0,300})\|[^{}\n]{0,1000}\}")


def find_unread_branches(masked: str) -> list[tuple[int, int]]:
    """The (start, end) ranges of braces and later branches; tags in `masked` are already overwritten."""
    unread: list[tuple[int, int]] = []
    for group in _GROUP.finditer(masked):
        unread += (group.start(), group.start(1)), (group.end(1), group.end())
    return unread
