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
        return f"{'nothing new' if summary.known else 'no pushing'} found in {count(summary.drafts, 'draft')}"
    kinds = [count(number, noun) for level, noun in NOUNS.items() if (number := summary.found[level])]
    return f"{_joined(kinds)} in {_where(summary)}"


def closing(summary: Summary, unsafe: bool = False, fixing: bool = False) -> str:
    """What was found in how many drafts, and what of it can be fixed, on one line.

    `unsafe`: fixes that are not safe are asked for as well; `fixing`: what could be fixed was.
    """
    if not summary.drafts:
        return "No drafts found." + (" -v says what was passed over, and why." if summary.passed_over else "")
    if not summary.first and not summary.fixed:
        return f"{found(summary).capitalize()}.{_unshown(summary)}"
    said = [_found(summary), _fixable(summary, unsafe, fixing)]
    if summary.first:
        said.append(f"`pushlint rule {summary.first.code}` explains.")
    return " ".join(filter(None, said))


def closing_fixed(summary: Summary, unsafe: bool = False, would: bool = False) -> str:
    """What was fixed, or would be, on one line."""
    if not summary.drafts:
        return closing(summary)
    hidden = 0 if unsafe else summary.fixable["unsafe"]
    number = count(summary.fixed_count, "problem") if summary.fixed else "no problems"
    more = f" ({hidden:,}{' more' if summary.fixed else ''} with --unsafe-fixes)" if hidden else ""
    return f"{'Would fix' if would else 'Fixed'} {number}{more}."


def _found(summary: Summary) -> str:
    if summary.fixed:
        fixed, remaining = summary.fixed_count, summary.remaining
        problems = count(fixed + remaining, "problem")
        return f"Found {problems} ({fixed:,} fixed, {remaining:,} remaining).{_unshown(summary)}"
    return f"Found {found(summary)}.{_unshown(summary)}"


def _fixable(summary: Summary, unsafe: bool, fixing: bool) -> str:
    safe, hidden = summary.fixable["safe"], summary.fixable["unsafe"]
    if fixing:
        return f"{hidden:,} more can be fixed with --unsafe-fixes." if hidden and not unsafe else ""
    if unsafe:
        return f"{safe + hidden:,} can be fixed with --fix." if safe + hidden else ""
    if safe and hidden:
        return f"{safe:,} can be fixed with --fix, {hidden:,} more with --unsafe-fixes."
    if safe:
        return f"{safe:,} can be fixed with --fix."
    return f"{hidden:,} can be fixed with --fix --unsafe-fixes." if hidden else ""


def _unshown(summary: Summary) -> str:
    """How many findings are not shown, and why."""
    reasons = ((summary.suppressed, "suppressed"), (summary.known, "in the baseline"))
    said = [f"{number:,} {why}" for number, why in reasons if number]
    return f" Not shown: {', '.join(said)}." if said else ""


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
