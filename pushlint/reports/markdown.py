"""A comment for a pull request: what was found, a table of it, and the rewrites, within what GitHub takes.

The most of a comment is 65,536 characters. Findings come in the order of the results until the room is used up; the
others are counted.
"""

import re
from collections.abc import Iterable, Iterator

from pushlint.diagnostic import Severity
from pushlint.errors import InputError
from pushlint.reports.excerpt import excerpt, visible
from pushlint.reports.findings import Finding, findings, in_words, merged, whole_lines
from pushlint.reports.options import Options
from pushlint.reports.paths import relative
from pushlint.reports.text import NOUNS, count, found
from pushlint.result import FileResult, Summary

MOST = 65_536
_FRAME = 2_048  # characters kept for what stands around the findings
_LONGEST_LINE = 1_000
_LONGEST_WORDS = 2_000
_LIVE = re.compile(r"([\\`*_{}\[\]<>()#+!|~&$-])")
_MARKS: dict[Severity, str] = {"error": "🔴", "warning": "🟠", "info": "🔵"}


def render(results: Iterable[FileResult], options: Options) -> Iterator[str]:
    """The comment, at the end of the results."""
    page = Page(MOST)
    summary = Summary()
    for result in results:
        summary.add(result)
        page.add_error(result.error)
        for finding in findings(result):
            page.add(finding)
        yield ""
    yield page.text(found(summary))


class Page:
    """Collects findings until their text would be longer than `most` characters, and counts the others."""

    def __init__(self, most: int) -> None:
        self._room = most - _FRAME
        self._errors: list[str] = []
        self._rows: list[str] = []
        self._rewrites: list[str] = []
        self._left_out = 0

    def add(self, finding: Finding) -> None:
        """A finding, where there is room."""
        if self._left_out or not self._takes(self._rows, _row(finding)):
            self._left_out += 1
        else:
            self._takes(self._rewrites, _rewrite(finding))

    def add_error(self, error: InputError | None) -> None:
        """A file that cannot be used, where there is room."""
        if error:
            self._takes(self._errors, f"- {code(error.path or '')}: {plain(error.message)}\n")

    def _takes(self, parts: list[str], text: str) -> bool:
        fits = len(text) <= self._room
        if fits and text:
            self._room -= len(text)
            parts.append(text)
        return fits

    def text(self, title: str) -> str:
        """All that was collected, under a title."""
        parts = [f"### pushlint: {plain(title)}\n"]
        if self._errors:
            parts += ["\nCannot be used:\n\n", *self._errors]
        if self._rows:
            parts += ["\n| | where | rule | what |\n|---|---|---|---|\n", *self._rows]
        if self._left_out:
            parts.append(f"\n{count(self._left_out, 'more finding')} had no room here.\n")
        if self._rewrites:
            title = count(len(self._rewrites), "suggested rewrite")
            parts += [f"\n<details>\n<summary>{title}</summary>\n\n", *self._rewrites, "</details>\n"]
        return "".join(parts)


def _row(finding: Finding) -> str:
    diagnostic = finding.diagnostic
    place = code(_place(finding)).replace("|", "\\|")
    rule = f"{diagnostic.code} {diagnostic.name}"
    if diagnostic.url:
        rule = f"[{rule}]({diagnostic.url})"
    mark = f"{_MARKS[diagnostic.severity]} {NOUNS[diagnostic.severity]}"
    return f"| {mark} | {place} | {rule} | {plain(diagnostic.message[:_LONGEST_WORDS])} |\n"


def _rewrite(finding: Finding) -> str:
    """The best fix: its lines before and after, or what to add."""
    diagnostic, source = finding.diagnostic, finding.draft.source
    if not diagnostic.fixes:
        return ""
    fix = diagnostic.fixes[0]
    lead = f"{code(_place(finding))} {diagnostic.code}"
    if not fix.edits:
        return f"{lead}: {plain(in_words(fix, source)[:_LONGEST_WORDS])}\n\n"
    old, new = (text.splitlines() for text in whole_lines(merged(fix, source), source))
    lines = [f"- {_shown(line)}" for line in old] + [f"+ {_shown(line)}" for line in new if line.strip()]
    return f"{lead}: {plain(fix.message)}\n\n{_fenced(lines)}\n\n"


def _place(finding: Finding) -> str:
    diagnostic = finding.diagnostic
    return f"{relative(diagnostic.path)}:{diagnostic.location.row}"


def _shown(line: str) -> str:
    part = excerpt(line, 0, 0, _LONGEST_LINE)
    return part.before + part.words + part.after


def _fenced(lines: list[str]) -> str:
    text = "\n".join(lines)
    fence = "`" * max(3, _longest_run(text) + 1)
    return f"{fence}diff\n{text}\n{fence}"


def code(text: str) -> str:
    """The text as a span of code, whatever backticks it has."""
    text = visible(text)
    fence = "`" * (_longest_run(text) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)


def plain(text: str) -> str:
    """The text with nothing in it that would be Markdown, HTML, or a mention of a person or an issue."""
    escaped = _LIVE.sub(r"\\\1", visible(text))
    return re.sub(r"(\\#|@)(?=\w)", r"\1<!-- -->", escaped)
