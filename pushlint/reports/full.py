"""A finding with its line, the words underlined, and how the line would read after the suggested rewrite.

What a draft lacks as a whole stands before the rest, as one piece of advice.

URG001 The deadline is yours, not the reader's
 --> drafts/acme-1.md:9:24
  |
9 | I can hold this until our quarter closes.
  |                       ^^^^^^^^^^^^^^^^^^
help: give the reader's clock, or none
  |
9 | I can hold this for as long as you need to look at it.
  |
"""

import textwrap
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pushlint.diagnostic import Applicability, Diagnostic, Edit, Fix
from pushlint.draft import Source
from pushlint.reports.excerpt import excerpt, visible
from pushlint.reports.options import Options
from pushlint.reports.style import accent, code, path, suggestion
from pushlint.result import FileResult

MOST_LINES = 4
INDENT = " " * len("help: ")
GONE = "(take this line out)"


@dataclass(frozen=True, slots=True)
class _Line:
    """A line to show: its number, its text, and which of its code points are meant."""

    row: int
    text: str
    start: int
    end: int


def render(results: Iterable[FileResult], options: Options) -> Iterator[str]:
    """A block for what each draft lacks and one for each finding, with its best fix or with all of them; marked
    where one of them is asked for."""
    width, all_fixes, fixable = options.width, options.all_fixes, options.fixable
    for result in results:
        for draft, diagnostics in result.drafts:
            about_draft = [diagnostic for diagnostic in diagnostics if diagnostic.is_document]
            if about_draft:
                yield "\n".join([*advice(about_draft, width, all_fixes, len(result.drafts) > 1), "", ""])
            for diagnostic in diagnostics[len(about_draft) :]:
                fixes = diagnostic.fixes if all_fixes else diagnostic.fixes[:1]
                yield "\n".join([*block(diagnostic, draft.source, width, fixes, fixable), "", ""])


def advice(diagnostics: Sequence[Diagnostic], width: int, all_fixes: bool, is_one_of_many: bool) -> Iterator[str]:
    """What is said of the draft as a whole, then the lines that could be added."""
    first = diagnostics[0]
    row = f":{first.location.row}:{first.location.column}" if is_one_of_many else ""
    for diagnostic in diagnostics:
        yield f"{code(diagnostic)} {visible(diagnostic.message)}"
    yield f" {accent('-->')} {path(first.path)}{row}"
    fixes = [fix for diagnostic in diagnostics for fix in diagnostic.fixes[: None if all_fixes else 1]]
    for fix in fixes:
        if fix.advice:
            yield f"{suggestion('help:')} {visible(fix.message)}"
    lines = [f"{fix.message} ({fix.place})" if fix.place else fix.message for fix in fixes if not fix.advice]
    if lines:
        yield f"{suggestion('help:')} add, for example"
    for line in lines:
        yield _indented(line, width)


def block(
    diagnostic: Diagnostic,
    source: Source,
    width: int,
    fixes: Sequence[Fix],
    fixable: Collection[Applicability] = (),
) -> Iterator[str]:
    """The lines that show a finding in its place, and what some fixes make of it."""
    yield f"{code(diagnostic, fixable)} {visible(diagnostic.message)}"
    last = max([diagnostic.end_location.row, *(edit.end_location.row for fix in fixes for edit in fix.edits)])
    gutter = len(str(last))
    place = f"{path(diagnostic.path)}:{diagnostic.location.row}:{diagnostic.location.column}"
    yield f"{' ' * gutter}{accent('-->')} {place}"
    yield from _quote(_lines(source, diagnostic.start, diagnostic.end), gutter, width, "^")
    for number, fix in enumerate(fixes):
        yield from _help("  or:" if number else "help:", fix, source, gutter, width)


def _indented(text: str, width: int) -> str:
    text = visible(text)
    if len(INDENT) + len(text) <= width:
        return INDENT + text  # most are this short, and to wrap takes its time
    return textwrap.fill(text, width, initial_indent=INDENT, subsequent_indent=INDENT)


def _help(lead: str, fix: Fix, source: Source, gutter: int, width: int) -> Iterator[str]:
    if not fix.edits and not fix.advice:
        yield f"{suggestion(lead)} add, for example"
        yield _indented(fix.message, width)
        return
    yield f"{suggestion(lead)} {visible(fix.message)}"
    if not fix.edits:
        return
    edits = sorted(fix.edits, key=lambda edit: edit.start)
    yield from _quote(_rewritten(source, edits), gutter, width, None)


def _rewritten(source: Source, edits: Sequence[Edit]) -> list[_Line]:
    """The lines that the edits touch, as they would read, with the new words marked."""
    first, last = edits[0].location.row, edits[-1].end_location.row
    done = begin = source.line_starts[first - 1]
    pieces = []
    for edit in edits:
        pieces += [source.text[done : edit.start], edit.content]
        done = edit.end
    head = "".join(pieces)
    rest = source.text[done : source.line_starts[last - 1] + len(source.line(last))]
    return _lines(Source(source.path, head + rest), edits[0].start - begin, len(head), first - 1)


def _lines(source: Source, start: int, end: int, above: int = 0) -> list[_Line]:
    """The lines of source `start`..`end`. `above` is the number of lines of the file before `source`."""
    first, last = source.position(start), source.position(end)
    lines = []
    for row in range(first[0], last[0] + 1):
        text = source.line(row)
        begin = first[1] - 1 if row == first[0] else len(text) - len(text.lstrip())
        finish = last[1] - 1 if row == last[0] else len(text.rstrip())
        if row == first[0] or begin < finish:
            lines.append(_Line(row + above, text, begin, finish))
    return lines


def _quote(lines: Sequence[_Line], gutter: int, width: int, mark: str | None) -> Iterator[str]:
    """The lines behind a gutter, the first two and the last of many, the words underlined with `mark` or green."""
    bar = " " * gutter + accent(" |")
    room = width - gutter - 3
    yield bar
    for index, line in enumerate(lines):
        if len(lines) > MOST_LINES and 2 <= index < len(lines) - 1:
            if index == 2:
                yield accent("...")
            continue
        number = accent(f"{line.row:>{gutter}} |")
        if not line.text.strip():
            yield number if mark else f"{number} {GONE}"
            continue
        part = excerpt(line.text.rstrip(), line.start, line.end, room)
        yield f"{number} {part.before}{part.words if mark else suggestion(part.words)}{part.after}"
        if mark:
            yield f"{bar} {' ' * part.indent}{accent(mark * part.width)}"
    if not mark:
        yield bar
