"""What the formats share: findings with their drafts and fingerprints, fixes as one edit, and fixes in words."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from pushlint.diagnostic import Diagnostic, Edit, Fix
from pushlint.draft import Draft, Source
from pushlint.fingerprint import fingerprints
from pushlint.reports.excerpt import visible
from pushlint.result import FileResult


class Finding(NamedTuple):
    """A finding, the draft it is in, and what it is known by among those of its file."""

    diagnostic: Diagnostic
    draft: Draft
    fingerprint: str


def findings(result: FileResult) -> Iterator[Finding]:
    """The findings of a file in their order."""
    prints = fingerprints(result.diagnostics)
    for draft, diagnostics in result.drafts:
        for diagnostic in diagnostics:
            yield Finding(diagnostic, draft, next(prints))


def applicable(diagnostic: Diagnostic) -> list[Fix]:
    """The fixes that another program may apply as they are: those that leave nothing for a person to fill in."""
    return [fix for fix in diagnostic.fixes if fix.edits and fix.applicability != "display"]


def merged(fix: Fix, source: Source) -> Edit:
    """A fix with edits as one edit, which has the text between them in it."""
    edits = sorted(fix.edits, key=lambda edit: edit.start)
    pieces = [edits[0].content]
    for before, edit in pairwise(edits):
        pieces += [source.text[before.end : edit.start], edit.content]
    return Edit(edits[0].start, edits[-1].end, "".join(pieces), edits[0].location, edits[-1].end_location)


def whole_lines(edit: Edit, source: Source) -> tuple[str, str]:
    """The lines that an edit touches, as they are and as they would be."""
    first, last = edit.location.row, edit.end_location.row
    start, end = source.line_starts[first - 1], source.line_starts[last - 1] + len(source.line(last))
    text = source.text
    return text[start:end], text[start : edit.start] + edit.content + text[edit.end : end]


def in_words(fix: Fix, source: Source) -> str:
    """A fix as one would say it: "say instead: see whether this fits"."""
    if not fix.edits and not fix.advice:
        return f"add, for example: {fix.message}"
    if fix.advice or any(edit.start == edit.end for edit in fix.edits):
        return fix.message  # what moves is shown where it stands
    edit = merged(fix, source)
    content = edit.content.strip()
    cuts = edit.content[-1:].isalnum() and source.text[edit.end : edit.end + 1].isalnum()  # a capital for what is left
    return f"{fix.message}: {content}" if content and not cuts else fix.message


def with_help(finding: Finding) -> str:
    """The message on a line, and on another the best fix in words; no sign in them steers a terminal."""
    diagnostic = finding.diagnostic
    message = visible(diagnostic.message)
    if not diagnostic.fixes:
        return message
    return f"{message}\nhelp: {visible(in_words(diagnostic.fixes[0], finding.draft.source))}"
