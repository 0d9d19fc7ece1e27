"""Findings made by hand, so that reports are tested without a linter."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from pushlint.diagnostic import Diagnostic, Edit, Fix, Position, Severity
from pushlint.draft import Draft, Segment, Source, SourceMap
from pushlint.errors import InputError
from pushlint.reports import renderer
from pushlint.reports.options import Options
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

    def everywhere(self, words: str, *, severity: Severity = "warning", code: str = "CLO001") -> list[Diagnostic]:
        """A finding, with a fix, in each place that has the words."""
        found = []
        for place in re.finditer(re.escape(words), self.source.text):
            ends = Position(*self.source.position(place.start())), Position(*self.source.position(place.end()))
            fix = Fix("unsafe", "say instead", (Edit(place.start(), place.end(), "talk", *ends),))
            one = replace(self.finding(words, fix, code=code), start=place.start(), end=place.end(), severity=severity)
            found.append(replace(one, location=ends[0], end_location=ends[1]))
        return found

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


Report = Callable[..., str]


@pytest.fixture
def report() -> Report:
    """Writes a report on files as one text."""

    def written(format: str, results: Sequence[FileResult], **options: object) -> str:
        return "".join(renderer(format, Options(**options))(results))  # type: ignore[arg-type]

    return written


NASTY = (
    "Say \"now\", 'then' & <b>go</b> ]]> 100% off; a|b `tick` ``two`` @all #12 [x](y) {{name}} \\ "
    "::error::no ##vso[x]y "
    "\x00\x07\x1b[31m \x85 \u2028 \u202e \ufdd0 \ufffe 漢字 é 👩‍👧 𐐀 \ud800"
)


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[FileResult]:
    """Files of all that reports stumble over: six findings in three files, one that cannot be used and one clean."""
    work = tmp_path / "a folder"
    work.mkdir()
    monkeypatch.chdir(work)
    one = Maker(f"Hi,\r\n\r\n{NASTY}\r\nsecond line\nclose this deal", "häuser/my draft %20;,:].md")
    over_lines = one.finding(f"{NASTY}\r\nsecond", one.fix(f"{NASTY}\r\nsecond", f"{NASTY}\nx"))
    nasty = replace(over_lines, message=f"{NASTY}\nand more", severity="error", url="https://example.com/CLO001")
    plain = one.finding("this deal", one.fix("close", ""), one.fix("deal", "matter"))
    about = replace(one.about_the_draft(NASTY), severity="info")
    two = Maker("x" * 200_000 + " deal", str(tmp_path / "outside" / "b.md"))
    long = replace(two.finding("x" * 200_000, code="PRI001"), message="x" * 200_000)
    silent = replace(two.finding("deal"), fixes=())
    three = Maker("one deal\n", "c.md")
    display = Fix("display", "fill in", (Edit(4, 8, "______", Position(1, 5), Position(1, 9)),))
    several = FileResult("c.md", (*three.result(three.finding("deal", display)).drafts, *three.result().drafts))
    return [
        one.result(about, nasty, plain),
        two.result(long, silent),
        several,
        FileResult("brö ken.md", error=InputError(f"the front matter is <broken> {NASTY}", "brö ken.md", 3)),
        Maker("Fine.\n", "fine.md").result(),
    ]
