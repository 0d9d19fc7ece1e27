"""Words for people: numbers with their nouns, and the line that closes a run."""

from collections.abc import Sequence
from functools import cache

from pushlint.diagnostic import Severity
from pushlint.resources import RULES
from pushlint.result import Summary

NOUNS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}


def count(number: int, noun: str) -> str:
    """A number with its noun in the singular or plural."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def found(summary: Summary) -> str:
    """What was found in how many drafts: "2 warnings and 1 note in 3 of 5 drafts"."""
    if not summary.drafts:
        return "no drafts found"
    if not summary.first:
        return f"no pushing found in {count(summary.drafts, 'draft')}"
    kinds = [count(number, noun) for level, noun in NOUNS.items() if (number := summary.found[level])]
    return f"{_joined(kinds)} in {_where(summary)}"


def closing(summary: Summary) -> str:
    """What was found, and how to know more, on one line."""
    said = found(summary)
    if summary.first:
        return f"Found {said}. `pushlint rule {summary.first.code}` explains."
    more = " -v says what was passed over, and why." if summary.passed_over and not summary.drafts else ""
    return f"{said.capitalize()}.{more}"


def family(code: str) -> str:
    """The name of the family that a rule's code begins with, or those letters where the catalogue has none such."""
    letters = code.rstrip("0123456789")
    return _families().get(letters, letters)


@cache
def _families() -> dict[str, str]:
    """The families of the catalogue, as their folders are named: `CLO-closing`."""
    names = (folder.name.partition("-") for folder in RULES.iterdir())
    return {letters: name for letters, _, name in names if name}


def _where(summary: Summary) -> str:
    if summary.drafts_found_in < summary.drafts:
        return f"{summary.drafts_found_in:,} of {count(summary.drafts, 'draft')}"
    return {1: "1 draft", 2: "both drafts"}.get(summary.drafts, f"all {summary.drafts:,} drafts")


def _joined(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
