"""What is wrong with suppressions: unused, unknown, expired, sent to the reader, unreadable."""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from pushlint.diagnostic import Diagnostic, Edit, Fix, Position
from pushlint.draft import Source
from pushlint.rulebook.schema import Finder, Rule, SuppressionFault
from pushlint.settings import ALL, Named, closeness
from pushlint.suppression.lines import Lines
from pushlint.suppression.written import UNTIL, Suppression, Word

_SENT_WITH_COMMENTS = ("html", "eml", "salesforce")
_Fault = tuple[SuppressionFault, Word | None, str]


def day_of(one: Suppression) -> date | None:
    """The last day it holds."""
    try:
        return date.fromisoformat(one.until.text.removeprefix(UNTIL)) if one.until else None
    except ValueError:
        return None


def faults(
    suppressions: Iterable[Suppression],
    rules: Sequence[Rule],
    known: Sequence[Rule],
    today: date,
    source: Source,
    lines: Lines,
    format: str | None,
) -> Iterator[Diagnostic]:
    """What is wrong with suppressions, as findings of the rules about that."""
    by_fault = {finder.suppression: (rule, finder) for rule in rules for finder in rule.finders}
    for one in suppressions:
        for fault, word, like in _wrong(one, rules, known, today, lines, format):
            if fault in by_fault:
                start, end = (word.start, word.end) if word else one.place
                yield _diagnostic(*by_fault[fault], one, source, start, end, like)


def _wrong(
    one: Suppression,
    rules: Sequence[Rule],
    known: Sequence[Rule],
    today: date,
    lines: Lines,
    format: str | None,
) -> Iterator[_Fault]:
    """What is wrong with a suppression, at which of its words, and what it should be like."""
    comment = one.comment
    if comment and lines.is_read(comment.start("kind")):
        yield "seen", None, ""
    elif comment and comment["html"] and format in _SENT_WITH_COMMENTS:
        yield "sent", None, ""
    if not one.rules:
        yield ("no-start" if comment and comment["kind"] == "ignore-end" else "no-rule"), None, ""
    day = day_of(one)
    if one.until and day is None:
        yield "no-date", one.until, ""
    if day and day < today:
        yield "expired", one.until, day.isoformat()
        return
    for word in one.rules:
        if word.text == ALL or not any(closeness(word.text, rule) for rule in known):
            yield "unknown", word, _nearest(word.text, known)
        elif word not in one.used and any(closeness(word.text, rule) for rule in rules):
            yield "unused", word, ""


def _nearest(word: str, rules: Sequence[Named]) -> str:
    """The code or name that is likely meant, or a sample of what can be."""
    names = {name.casefold(): name for rule in rules for name in (rule.code, rule.name)}
    near = difflib.get_close_matches(word.casefold(), names, n=1)
    return names[near[0]] if near else "CLO001"


def _diagnostic(
    rule: Rule, finder: Finder, one: Suppression, source: Source, start: int, end: int, like: str
) -> Diagnostic:
    words = source.text[start:end]
    message = (finder.message or rule.message).replace("{match}", words).replace("{like}", like)
    return Diagnostic(
        code=rule.code,
        name=rule.name,
        severity=finder.level or rule.level,
        basis=rule.basis,
        message=" ".join(message.split()),
        path=source.path,
        start=start,
        end=end,
        location=Position(*source.position(start)),
        end_location=Position(*source.position(end)),
        text=words,
        zone="body",
        fixes=tuple(_fixes(finder, rule, one, source, start, end)),
    )


def _fixes(finder: Finder, rule: Rule, one: Suppression, source: Source, start: int, end: int) -> Iterator[Fix]:
    for rewrite in finder.rewrite or rule.rewrite:
        if rewrite.advise:
            yield Fix("display", rewrite.advise, advice=True)
        elif rewrite.cut and one.comment:
            cut = _without(one, source, start, end)
            edit = Edit(*cut, "", Position(*source.position(cut[0])), Position(*source.position(cut[1])))
            yield Fix(rewrite.applicability, rewrite.help or "", (edit,))


def _without(one: Suppression, source: Source, start: int, end: int) -> tuple[int, int]:
    """The source range to cut: the one name of several; else the comment, with its line where it stands alone."""
    text = source.text
    if len(one.rules) > 1:
        before = re.compile(r"[\s,]*\Z").search(text, one.place[0], start)
        return (before.start() if before else start), end
    start, end = one.place
    row = source.position(start)[0] - 1
    first = source.line_starts[row]
    rest = re.compile(r"[ \t]*(?:\r\n|\n|\r|\Z)").match(text, end)
    if text[first:start].strip() or rest is None:
        return start, end
    return first, rest.end()
