"""The one kind of finding that feeds every report, the fixer, the editor server and the Python API."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, get_args

Severity = Literal["error", "warning", "info"]  # the gravest first
Basis = Literal["policy", "evidence", "style"]
Applicability = Literal["safe", "unsafe", "display"]

SAFE: frozenset[Applicability] = frozenset({"safe"})
UNSAFE: frozenset[Applicability] = frozenset({"safe", "unsafe"})


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file: row and column from 1, columns in Unicode code points."""

    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Edit:
    """Replaces source code points `start`..`end` by `content`; the two positions say the same for people."""

    start: int
    end: int
    content: str
    location: Position
    end_location: Position


@dataclass(frozen=True, slots=True)
class Fix:
    """A suggested rewrite.

    `safe` fixes cannot change the meaning, `unsafe` ones re-cast the offer, `display` ones are for a person to
    read and fill in. A fix may have no edits: `message` then holds the sentence to add, and `place` says where, or,
    where it is `advice`, what the writer can do.
    """

    applicability: Applicability
    message: str
    edits: tuple[Edit, ...] = ()
    advice: bool = False
    place: str = ""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: which rule, where exactly, in which words, and what to write instead.

    `start`..`end` are source code points, `text` the words there. A document finding stands at the draft's
    first word with an empty text.
    """

    code: str
    name: str
    severity: Severity
    basis: Basis
    message: str
    path: str
    start: int
    end: int
    location: Position
    end_location: Position
    text: str
    zone: str | None
    fixes: tuple[Fix, ...] = ()
    url: str | None = None

    @property
    def is_document(self) -> bool:
        """Whether the finding is about the draft as a whole."""
        return self.zone is None

    @property
    def order(self) -> tuple[bool, int, int, int, str]:
        """What to sort the findings of a draft by: those about the whole draft, the gravest first; then by place."""
        gravity = get_args(Severity).index(self.severity)
        if self.is_document:
            return False, gravity, 0, 0, self.code
        return True, self.start, gravity, self.end, self.code


def applicable(diagnostic: Diagnostic, allowed: Collection[Applicability]) -> list[Fix]:
    """The fixes of a finding that may be applied, best first."""
    return [fix for fix in diagnostic.fixes if fix.edits and fix.applicability in allowed]
