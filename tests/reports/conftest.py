"""Findings made by hand, so that reports are tested without a linter."""

from dataclasses import replace

import pytest

from pushlint.diagnostic import Diagnostic, Edit, Fix, Position
from pushlint.draft import Draft, Segment, Source, SourceMap
from pushlint.result import FileResult


class Maker:
    """Makes findings in one text."""

    def __init__(self, text: str, path: str = "drafts/acme.md") -> None:
        self.source = Source(path, text)

    def fix(self, words: str, content: str, message: str = "say instead") -> Fix:
        """A fix that replaces the words."""
        start = self.source.text.index(words)
        end = start + len(words)
        places = Position(*self.source.position(start)), Position(*self.source.position(end))
        return Fix("unsafe", message, (Edit(start, end, content, *places),))

    def finding(self, words: str, *fixes: Fix, code: str = "CLO001") -> Diagnostic:
        """A finding in the words."""
        start = self.source.text.index(words)
        end = start + len(words)
        return Diagnostic(
            code,
            "close-talk",
            "warning",
            "style",
            "This is the seller's word",
            self.source.path,
            start,
            end,
            Position(*self.source.position(start)),
            Position(*self.source.position(end)),
            words,
            "body",
            fixes,
        )

    def about_the_draft(self, *sentences: str) -> Diagnostic:
        """A document finding with sentences to add."""
        finding = self.finding(self.source.text[:1], *(Fix("display", sentence) for sentence in sentences))
        return replace(finding, code="VAL002", end=finding.start, end_location=finding.location, text="", zone=None)

    def result(self, *findings: Diagnostic) -> FileResult:
        """The file with these findings."""
        draft = Draft(self.source, SourceMap([Segment(self.source.text, 0, len(self.source.text), "literal")]))
        return FileResult(self.source.path, ((draft, findings),))


@pytest.fixture
def maker() -> type[Maker]:
    return Maker
