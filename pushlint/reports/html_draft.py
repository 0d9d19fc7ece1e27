"""One draft of the HTML page: the e-mail with the words marked that something is found in, and the notes on it."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from pushlint.diagnostic import Diagnostic, Severity
from pushlint.draft import Draft, Segment, ZoneKind
from pushlint.reports.excerpt import shown
from pushlint.reports.findings import merged
from pushlint.reports.paths import relative
from pushlint.reports.text import NOUNS, family

_LEVELS = tuple(NOUNS)


class _Piece(NamedTuple):
    """A run of the e-mail's text, in one zone, and the numbers of the findings whose words it belongs to."""

    zone: ZoneKind
    text: str
    is_tag: bool
    found: tuple[int, ...]


def article(draft: Draft, diagnostics: Sequence[Diagnostic], first: int, owner: str, is_one: bool) -> Iterator[str]:
    """The e-mail as its reader would see it, with tags as typed, and the notes on it, numbered from `first`.

    `owner`: who answers for it, if that is known; `is_one`: of several in its file.
    """
    ids = [f"n{first + number}" for number in range(len(diagnostics))]
    step = f"step {draft.step.number}" if draft.step else ""
    line = f"line {_line(draft)}" if is_one else ""
    about = " · ".join(filter(None, (line, step, draft.stage, owner)))
    path = f'<span class="path">{shown(relative(draft.source.path))}</span>'
    yield f'<article>\n<h2>{path}<span class="about">{shown(about)}</span></h2>\n<div class="mail">\n'
    for zone, pieces in groupby(_pieces(draft, diagnostics), key=lambda piece: piece.zone):
        runs = groupby(pieces, key=lambda piece: piece.found)
        inside = "".join(_run(found, "".join(map(_words, run)), diagnostics, ids) for found, run in runs).strip("\n")
        element = "h3" if zone == "subject" else "div"
        yield f'<{element} class="zone {zone}">{inside}</{element}>\n'
    yield "</div>\n"
    notes = [(one.is_document, _note(one, draft, name)) for one, name in zip(diagnostics, ids, strict=True)]
    for place, of_draft in (("whole", True), ("words", False)):
        inside = "".join(note for is_document, note in notes if is_document is of_draft)
        yield f'<ol class="notes {place}">\n{inside}</ol>\n' if inside else ""
    yield "</article>\n"


def _line(draft: Draft) -> int:
    """The line that a draft begins on."""
    first = min((segment.start for segment in draft.map.segments if segment.text), default=0)
    return draft.source.position(first)[0]


def _run(found: Sequence[int], words: str, diagnostics: Sequence[Diagnostic], ids: Sequence[str]) -> str:
    """Words that the same findings are about, as a link to the first note on them."""
    if not found or words.isspace():
        return words
    gravest = min((diagnostics[i].severity for i in found), key=_LEVELS.index)
    notes = " ".join(ids[i] for i in found)
    return f'<a class="mark {gravest}" href="#{ids[found[0]]}" data-notes="{notes}">{words}</a>'


def _words(piece: _Piece) -> str:
    words = "\n".join(shown(line) for line in piece.text.replace("\r\n", "\n").split("\n"))
    return f'<span class="tag">{words}</span>' if piece.is_tag else words


def _note(diagnostic: Diagnostic, draft: Draft, identity: str) -> str:
    level: Severity = diagnostic.severity
    place = "whole draft" if diagnostic.is_document else f"line {diagnostic.location.row}"
    why = f'<a class="rule" href="#{shown(diagnostic.code)}">{shown(f"{diagnostic.code} {diagnostic.name}")}</a>'
    kind = f'data-level="{level}" data-family="{shown(family(diagnostic.code))}"'
    return (
        f'<li id="{identity}" class="note {level}" {kind}>\n'
        f'<p class="what">{shown(diagnostic.message)}</p>\n{_help(diagnostic, draft)}'
        f'<p class="where"><span class="level">{NOUNS[level]}</span> {why} {place}</p>\n</li>\n'
    )


def _help(diagnostic: Diagnostic, draft: Draft) -> str:
    """The best rewrite."""
    if not diagnostic.fixes:
        return ""
    fix = diagnostic.fixes[0]
    if not fix.edits:
        lead = "" if fix.advice else '<span class="lead">add, for example</span> '
        words = shown(fix.message) if fix.advice else f"<ins>{shown(fix.message)}</ins>"
        return f'<p class="help">{lead}{words}</p>\n'
    edit = merged(fix, draft.source)
    old, new = shown(draft.source.text[edit.start : edit.end].strip()), shown(edit.content.strip())
    change = " ".join([f"<del>{old}</del>"] * bool(old) + [f"<ins>{new}</ins>"] * bool(new))
    return f'<p class="help"><span class="lead">{shown(fix.message)}</span> {change}</p>\n'


def _pieces(draft: Draft, diagnostics: Sequence[Diagnostic]) -> Iterator[_Piece]:
    """The text of a draft in reading order, cut where a zone or the words of a finding begin or end."""
    marks = _Marks(diagnostics)
    zones = [zone.start for zone in draft.zones]
    at = 0
    for segment in draft.map.segments:
        length = len(segment.text)
        inside = marks.touching(segment)
        cuts = {0, length}
        if segment.kind != "tag":
            cuts |= {start - at for start in zones if at < start < at + length}
        if segment.kind == "literal":
            edges = (edge - segment.start for i in inside for edge in (diagnostics[i].start, diagnostics[i].end))
            cuts |= {edge for edge in edges if 0 < edge < length}
        for begin, end in pairwise(sorted(cuts)):
            found = tuple(inside)
            if segment.kind == "literal":
                place = segment.start + begin
                found = tuple(i for i in inside if diagnostics[i].start <= place < diagnostics[i].end)
            is_tag = segment.kind == "tag"
            text = draft.source.text[segment.start : segment.end] if is_tag else segment.text[begin:end]
            yield _Piece(draft.zone_at(at + begin), text, is_tag, found)
        at += length


class _Marks:
    """The findings of a draft, to be looked up by place."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        marked = [(d.start, d.end, number) for number, d in enumerate(diagnostics) if d.end > d.start]
        self._spans = sorted(marked)
        self._longest = max((end - start for start, end, _ in marked), default=0)

    def touching(self, segment: Segment) -> list[int]:
        """The numbers of the findings that have words in a segment; of white space, those that it is all within."""
        first = bisect_left(self._spans, (segment.start - self._longest,))
        last = bisect_left(self._spans, (segment.end,))
        spans = self._spans[first:last]
        if segment.kind == "space":
            return [number for start, end, number in spans if start <= segment.start and segment.end <= end]
        return [number for _, end, number in spans if end > segment.start]
