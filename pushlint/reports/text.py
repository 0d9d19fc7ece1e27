"""Words for people: numbers with their nouns, and the line that closes a run."""

from collections.abc import Sequence

from pushlint.diagnostic import Severity
from pushlint.result import Summary

NOUNS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}


def count(number: int, noun: str) -> str:
    """A number with its noun in the singular or plural."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def closing(summary: Summary) -> str:
    """What was found in how many drafts, on one line."""
    if not summary.drafts:
        return "No drafts found." + (" -v says what was passed over, and why." if summary.passed_over else "")
    if not summary.first:
        return f"No pushing found in {count(summary.drafts, 'draft')}.{_unshown(summary)}"
    kinds = [count(number, noun) for level, noun in NOUNS.items() if (number := summary.found[level])]
    explains = f"`pushlint rule {summary.first.code}` explains."
    return f"Found {_joined(kinds)} in {_where(summary)}.{_unshown(summary)} {explains}"


def _unshown(summary: Summary) -> str:
    """How many findings are not shown, and why."""
    reasons = ((summary.suppressed, "suppressed"), (summary.known, "in the baseline"))
    said = [f"{number:,} {why}" for number, why in reasons if number]
    return f" Not shown: {', '.join(said)}." if said else ""


def _where(summary: Summary) -> str:
    if summary.drafts_found_in < summary.drafts:
        return f"{summary.drafts_found_in:,} of {count(summary.drafts, 'draft')}"
    return {1: "1 draft", 2: "both drafts"}.get(summary.drafts, f"all {summary.drafts:,} drafts")


def _joined(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
