"""Runs the examples of rule files, which are their tests."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice

from msgspec import UNSET

from pushlint.diagnostic import Diagnostic
from pushlint.draft import Draft
from pushlint.language.facts import Facts, facts
from pushlint.linter import Linter
from pushlint.readers import format_of, read
from pushlint.rulebook.load import shipped_rules
from pushlint.rulebook.schema import Earlier, Example, Move, Rule
from pushlint.suppression import suppress

TODAY = date(2031, 3, 10)
"""The day that examples are judged on."""

_KEYS = ("stage", "profile", "footer", "offer_ends", "day", "dialect", "tags")
_SUFFIXES = {"plain": ".txt", "markdown": ".md", "html": ".html"}
_MARK = re.compile(r"(?<!\[)\[(?!\[)([^\[\]]*(?:\[\[[^\[\]]*\]\][^\[\]]*)*)\](?!\])")


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that does not hold: its rule, its number in the file (from 1), its text, and what was amiss."""

    code: str
    number: int
    text: str
    message: str


def check(rules: Iterable[Rule]) -> Iterator[Failure]:
    """The failing examples of the rules, each rule judged alone; one about suppressions, with all those shipped."""
    for rule in rules:
        drafts = (d for number, e in enumerate(rule.examples) for d in _drafts(e, f"{rule.code}-{number}"))
        linted = _suppressing(rule, drafts) if _is_about_suppressions(rule) else Linter([rule], TODAY).lint(drafts)
        for number, example in enumerate(rule.examples, 1):
            before = [found for _, found in islice(linted, len(example.steps))]
            message = _amiss(example, *next(linted)) or _amiss_before(before)
            if message and example.gap is None:
                yield Failure(rule.code, number, _text(example), message)


def _is_about_suppressions(rule: Rule) -> bool:
    return any(finder.suppression is not UNSET for finder in rule.finders)


def _suppressing(rule: Rule, drafts: Iterable[Draft]) -> Iterator[tuple[Draft, list[Diagnostic]]]:
    """Each draft with what the rule says of the suppressions in it."""
    rules = [*(other for other in shipped_rules() if other.code != rule.code), rule]
    for draft, found in _linter_of_all().lint(drafts):
        format = format_of(draft.source.path)
        ((_, left),), _ = suppress([(draft, found)], rules, rules, TODAY, format)
        yield draft, [diagnostic for diagnostic in left if diagnostic.code == rule.code]


@cache
def _linter_of_all() -> Linter:
    return Linter(shipped_rules(), TODAY)


def check_moves(moves: Iterable[Move], folder: str) -> Iterator[Failure]:
    """The failing examples of the files in the folder of moves, asks, stages or profiles: the bad ones are one."""
    linter = Linter([])
    for move in moves:
        drafts = [_draft(example, move.name) for example in move.examples]
        for number, (example, doc) in enumerate(zip(move.examples, linter.parse(drafts), strict=True), 1):
            made = _made(facts(doc), folder)
            if example.gap is None and (move.name in made) is not (example.bad is not None):
                message = f"found {sorted(made)}, expected {'' if example.bad else 'not '}{move.name}"
                yield Failure(move.name, number, _text(example), message)


def _made(known: Facts, folder: str) -> set[str]:
    if folder == "asks":
        return {ask.what for ask in known.asks}
    if folder == "stages":
        return {known.stage} if known.stage else set()
    if folder == "profiles":
        return {known.profile} if known.profile else set()
    return set().union(*known.moves.values())


def _text(example: Example) -> str:
    return example.bad or example.good or example.gap or ""


def _head(example: Example | Earlier, step: int | None = None) -> str:
    lines = [] if step is None else [f"step: {step}"]
    if example.subject is not None:
        text = (
            (example.subject if getattr(example, "finds", None) else _MARK.sub(r"\1", example.subject))
            .replace("\\", "\\\\")
            .replace('"', '\\"')
        )
        lines.append(f'subject: "{text}"')
    lines += [f"{key}: {value}" for key in _KEYS if (value := getattr(example, key, None)) is not None]
    return "---\n" + "\n".join(lines) + "\n---\n" if lines else ""


def _drafts(example: Example, name: str) -> Iterator[Draft]:
    """The e-mail of an example, after those before it in its sequence."""
    if not example.steps:
        yield _draft(example, name)
        return
    for number, step in enumerate(example.steps, 1):
        earlier = Earlier(text=step) if isinstance(step, str) else step
        yield _read(_head(earlier, number) + earlier.text, name, example)
    yield _draft(example, name, len(example.steps) + 1)


def _draft(example: Example, name: str, step: int | None = None) -> Draft:
    body = _MARK.sub(r"\1", _text(example)) if example.bad and not example.finds else _text(example)
    return _read(_head(example, step) + body, name, example)


def _read(text: str, name: str, example: Example) -> Draft:
    """An e-mail of an example, in its format, in a folder of that name."""
    return read(f"{name}/draft{_SUFFIXES[example.format]}", text.encode())[0]


def _amiss(example: Example, draft: Draft, found: list[Diagnostic]) -> str | None:
    if example.gap is not None:
        return None
    words = [d.text for d in found]
    if example.good is not None:
        return f"found {words}, expected nothing" if found else None
    marked = example.finds or _MARK.findall(_text(example)) + _MARK.findall(example.subject or "")
    if not found:
        return f"found nothing, expected {marked or 'a finding'}"
    for expected in marked:
        if not any(_same(expected, word) for word in words):
            return f"found {words}, expected {[expected]}"
    if marked and len(found) > len(marked):
        return f"found {words}, expected {marked}"
    if example.adds is not None and (line := _line(found[0])) != example.adds:
        return f"the first line to add is {line!r}, expected {example.adds!r}"
    if example.fixed is not None and (fixed := _fixed(draft, found[0], example)) != example.fixed.strip():
        return f"the first rewrite gives {fixed!r}, expected {example.fixed.strip()!r}"
    return None


def _line(diagnostic: Diagnostic) -> str | None:
    """The line that a finding proposes first, or its advice, with its place."""
    fix = next((fix for fix in diagnostic.fixes if not fix.edits), None)
    return f"{fix.message} ({fix.place})" if fix and fix.place else fix.message if fix else None


def _amiss_before(found: Sequence[list[Diagnostic]]) -> str | None:
    early = next((number for number, diagnostics in enumerate(found, 1) if diagnostics), None)
    return None if early is None else f"found in step {early} already"


def _same(expected: str, found: str) -> bool:
    """Whether the words found are the expected ones, but for the space around them."""
    return " ".join(expected.split()) == " ".join(found.split())


def _fixed(draft: Draft, diagnostic: Diagnostic, example: Example) -> str | None:
    """The example's body after the first rewrite of its first finding."""
    if not diagnostic.fixes or not diagnostic.fixes[0].edits:
        return None
    text = draft.source.text
    for edit in sorted(diagnostic.fixes[0].edits, key=lambda e: e.start, reverse=True):
        text = text[: edit.start] + edit.content + text[edit.end :]
    return text.removeprefix(_head(example, len(example.steps) + 1 if example.steps else None)).strip()
