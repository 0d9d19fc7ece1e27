"""Keeps one ask of several, and takes the others out where each stands in words of its own."""

from collections.abc import Callable
from itertools import pairwise

from pushlint.diagnostic import Applicability, Edit, Fix
from pushlint.rulebook.context import Context, Match

CutOut = Callable[[Match], Fix | None]
"""How to take out what a match is about, and nothing that hangs on it."""


_TWO = 2


def unstack(match: Match, context: Context, cut_out: CutOut, applicability: Applicability) -> Fix | None:
    """The fix that leaves the ask to keep, told in the writer's words; None where another could not go alone."""
    edits: list[Edit] = []
    for start, end in match.others:
        ask = Match(start, end)
        fix = cut_out(ask) if _in_paragraph(ask, context) else None
        if fix is None or fix.applicability == "display":
            return None
        edits += [edit for edit in fix.edits if edit not in edits]
    edits.sort(key=lambda edit: edit.start)
    if match.value != _TWO or any(one.end > two.start for one, two in pairwise(edits)):
        return None  # of three, which are steps of one thing and which are not is for the writer to tell
    message = f'keep "{match.words["kept"]}" and leave "{match.words["others"]}" for a later e-mail'
    return Fix(applicability, message, tuple(edits), advice=True)


def _in_paragraph(ask: Match, context: Context) -> bool:
    """Whether it stands in prose; an item of a list is a step between others."""
    block = context.block(ask)
    return block is not None and block.kind == "paragraph"
