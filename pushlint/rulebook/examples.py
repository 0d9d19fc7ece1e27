"""Runs the examples of rule files, which are their tests."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pushlint.diagnostic import Diagnostic
from pushlint.draft import Draft
from pushlint.linter import Linter
from pushlint.readers import read
from pushlint.rulebook.schema import Example, Rule

_MARK = re.compile(r"(?<!\[)\[(?!\[)([^\[\]]*(?:\[\[[^\[\]]*\]\][^\[\]]*)*)\](?!\])")


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that does not hold: its rule, its number in the file (from 1), its text, and what was amiss."""

    code: str
    number: int
    text: str
    message: str


def check(rules: Iterable[Rule]) -> Iterator[Failure]:
    """The failing examples of the rules, each rule judged alone."""
    for rule in rules:
        linter = Linter([rule])
        drafts = [_draft(example, rule) for example in rule.examples]
        for number, (example, (draft, found)) in enumerate(zip(rule.examples, linter.lint(drafts), strict=True), 1):
            message = _amiss(example, draft, found)
            if message:
                yield Failure(rule.code, number, example.bad or example.good or example.gap or "", message)


def _text(example: Example) -> str:
    return example.bad or example.good or example.gap or ""


def _head(example: Example) -> str:
    lines = []
    if example.subject is not None:
        text = _MARK.sub(r"\1", example.subject).replace("\\", "\\\\").replace('"', '\\"')
        lines.append(f'subject: "{text}"')
    lines += [f"{key}: {value}" for key in ("stage", "profile") if (value := getattr(example, key))]
    return "---\n" + "\n".join(lines) + "\n---\n" if lines else ""


def _draft(example: Example, rule: Rule) -> Draft:
    body = _MARK.sub(r"\1", _text(example)) if example.bad else _text(example)
    return read(f"{rule.code}.txt", (_head(example) + body).encode())[0]


def _amiss(example: Example, draft: Draft, found: list[Diagnostic]) -> str | None:
    if example.gap is not None:
        return None
    words = [d.text for d in found]
    if example.good is not None:
        return f"found {words}, expected nothing" if found else None
    marked = _MARK.findall(_text(example)) + _MARK.findall(example.subject or "")
    if not found:
        return f"found nothing, expected {marked or 'a finding'}"
    for expected in marked:
        if not any(_same(expected, word) for word in words):
            return f"found {words}, expected {[expected]}"
    if marked and len(found) > len(marked):
        return f"found {words}, expected {marked}"
    if example.fixed is not None and (fixed := _fixed(draft, found[0], example)) != example.fixed.strip():
        return f"the first rewrite gives {fixed!r}, expected {example.fixed.strip()!r}"
    return None


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
    return text.removeprefix(_head(example)).strip()
