"""Small rules to judge drafts by."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from pushlint.diagnostic import Diagnostic
from pushlint.linter import Linter
from pushlint.readers import read
from pushlint.rulebook import Rule

BASE: dict[str, Any] = {
    "code": "TST001",
    "name": "zap-talk",
    "level": "warning",
    "basis": "style",
    "summary": "Says zap",
    "message": "{match}",
    "why": "It is loud.",
    "find": ["zap"],
    "examples": [{"bad": "A [zap]."}, {"good": "A nap."}],
}


@pytest.fixture(scope="session")
def rule() -> Callable[..., Rule]:
    """A rule with the keys given, as its file would say them."""
    return lambda **keys: msgspec.convert({**BASE, **keys}, Rule)


@pytest.fixture(scope="session")
def lint(rule: Callable[..., Rule]) -> Callable[..., list[Diagnostic]]:
    """The findings of one rule in the text of a file."""

    def found(text: str, name: str = "draft.txt", **keys: Any) -> list[Diagnostic]:
        ((_, diagnostics),) = Linter([rule(**keys)]).lint(read(name, text.encode()))
        return diagnostics

    return found


@pytest.fixture(scope="session")
def words(lint: Callable[..., list[Diagnostic]]) -> Callable[..., list[str]]:
    """The words that the findings of one rule mark."""
    return lambda text, name="draft.txt", **keys: [found.text for found in lint(text, name, **keys)]


@pytest.fixture(scope="session")
def rewritten(lint: Callable[..., list[Diagnostic]]) -> Callable[..., str | None]:
    """The file after the first rewrite of the first finding; None where there is no rewrite."""

    def applied(text: str, *rewrites: dict[str, Any], name: str = "draft.txt", **keys: Any) -> str | None:
        (first, *_) = lint(text, name, rewrite=list(rewrites), **keys)
        if not first.fixes:
            return None
        for edit in sorted(first.fixes[0].edits, key=lambda e: e.start, reverse=True):
            text = text[: edit.start] + edit.content + text[edit.end :]
        return text

    return applied
