"""Which line breaks an author meant, and which a program made to keep lines short."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pushlint.readers.lines import NARROW, Line

_WIDE = 100
_ADDRESS = re.compile(r"[/@]|\.\w")


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How the lines of a draft were broken: at which column by a program (None: by none), and whether a small
    letter at the start of a line tells that a sentence runs on (not where the author writes no capitals)."""

    width: int | None
    capitals: bool

    def meant(self, line: Line, following: Line) -> bool:
        """Whether the author meant the break between two lines: the next word would still have fitted."""
        if line.hard:
            return True
        if self._runs_on(line, following):
            return False
        return self.width is None or line.columns + 1 + following.first_word <= self.width

    def _runs_on(self, line: Line, following: Line) -> bool:
        return line.flowed or (self.capitals and _goes_on(line, following))


def find_wrapping(lines: Sequence[Line]) -> Wrapping:
    """How `lines` look broken.

    They look hard-wrapped when none is long, and of those that another follows most (and more than one, or one
    and a sentence that runs on) were too full for the next word.
    """
    pairs = [(line, after) for line, after in pairwise(lines) if line.paragraph == after.paragraph]
    wrapped = [(line, after) for line, after in pairs if " " in line.text]
    longest = max((line.columns for line, _ in wrapped), default=0)
    capitals = _has_capitals(lines)
    if longest < NARROW or any(line.columns >= _WIDE for line in lines if " " in line.text):
        return Wrapping(None, capitals)
    full = sum(line.columns + 1 + after.first_word > longest for line, after in wrapped)
    goes_on = any(line.flowed or (capitals and _goes_on(line, after)) for line, after in wrapped)
    return Wrapping(longest if goes_on or (full > 1 and 2 * full >= len(wrapped)) else None, capitals)


def _has_capitals(lines: Sequence[Line]) -> bool:
    """Whether most paragraphs begin with a capital."""
    firsts = [line for at, line in enumerate(lines) if not at or lines[at - 1].paragraph != line.paragraph]
    return 2 * sum(line.text[0].islower() for line in firsts) <= len(firsts)


def _goes_on(line: Line, following: Line) -> bool:
    """No end of a sentence before the break, a small letter after it."""
    word = following.text.split(maxsplit=1)[0]
    open_ended = line.text[-1].isalnum() or line.text[-1] in ",;&"
    return open_ended and word[0].islower() and not _ADDRESS.search(word)
