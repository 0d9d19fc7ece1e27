"""Edits tried on a file: what it would be then, or why they are not to be applied."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TypeAlias

from pushlint.diagnostic import Diagnostic, Edit
from pushlint.fixer.edits import Shift, edited, encoded
from pushlint.fixer.harm import ALL, Troubles, harm
from pushlint.result import FileResult

Lint: TypeAlias = Callable[[bytes], FileResult]
"""Reads and lints a file with other contents."""


def attempt(
    file: FileResult, lint: Lint, edits: Sequence[Edit], cured: Sequence[Diagnostic] = (), by_hand: bool = False
) -> FileResult | Troubles:
    """The file with the edits applied and linted anew, or why they are not to be applied.

    `cured` are the findings that must be gone then; where edits are made `by_hand`, merge tags may be added or go with
    the words around them, and findings may come.
    """
    try:
        data = encoded(file.source, edited(file.source.text, edits))
    except UnicodeEncodeError:
        return {ALL: f"its words cannot be written in {file.source.charset}"}
    after = lint(data)
    shift = Shift(edits)
    return harm(file, after, shift, by_hand) or (not by_hand and _amiss(file, after, shift, cured)) or after


def _amiss(before: FileResult, after: FileResult, shift: Shift, cured: Sequence[Diagnostic]) -> Troubles:
    """What linting finds in which e-mail that was not there before, or should be there no more."""
    new = set(compared(before, after, shift, cured)[1])
    firsts = [next((one for one in found if one in new), None) for _, found in after.drafts]
    return {number: _told(first, shift, cured) for number, first in enumerate(firsts) if first}


def _told(new: Diagnostic, shift: Shift, cured: Sequence[Diagnostic]) -> str:
    if any(new.code == one.code and (_words(new) == _words(one) or shift.meets(one, new)) for one in cured):
        return f"{new.code} would be found there all the same"
    words = f' in "{_words(new)}"' if new.text else ""
    return f"it would bring in {new.code} ({new.name}){words}"


def compared(
    before: FileResult, after: FileResult, shift: Shift, cured: Sequence[Diagnostic]
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """The findings that are gone, those `cured` first, and those that are new.

    A finding is still the same where it is of the same rule and in the same words, or else at the same place.
    """
    gone = set(cured)
    known = [one for one in before.diagnostics if one not in gone]
    left, found = _unpaired(known, after.diagnostics, lambda one: (one.code, _words(one)), lambda one, two: True)
    left, found = _unpaired(left, found, lambda one: (one.code, ""), shift.meets)
    return [*cured, *left], found


def _unpaired(
    ones: Sequence[Diagnostic],
    others: Sequence[Diagnostic],
    key: Callable[[Diagnostic], tuple[str, str]],
    same: Callable[[Diagnostic, Diagnostic], bool],
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """Those of two lists of findings that have no twin in the other: of one key, and the `same`."""
    by_key = defaultdict[tuple[str, str], list[Diagnostic]](list)
    for one in ones:
        by_key[key(one)].append(one)
    alone: list[Diagnostic] = []
    for other in others:
        twins = by_key[key(other)]
        twin = next((number for number, one in enumerate(twins) if same(one, other)), None)
        if twin is None:
            alone.append(other)
        else:
            del twins[twin]
    return [one for twins in by_key.values() for one in twins], alone


def _words(diagnostic: Diagnostic) -> str:
    return " ".join(diagnostic.text.split())
