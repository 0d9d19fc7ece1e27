"""One page that needs nothing else: the drafts with the words marked, what is found in them, and what to write instead.

The page works without its script, which adds filters and a card at each mark. Its Content-Security-Policy admits no
style or script but its own, and nothing from elsewhere. Drafts are written to a temporary file as they come, as the
counts that stand above them are known at the end.
"""

import os
from base64 import b64encode
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from hashlib import sha256
from html import escape
from itertools import groupby, pairwise
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import NamedTuple

from pushlint.diagnostic import Diagnostic, Severity
from pushlint.draft import Draft, Segment, ZoneKind
from pushlint.reports.excerpt import visible
from pushlint.reports.findings import merged
from pushlint.reports.options import Options
from pushlint.reports.owners import Owners, read_owners
from pushlint.reports.paths import relative
from pushlint.reports.rule_page import BASIS
from pushlint.reports.text import NOUNS, family, found
from pushlint.result import FileResult, Summary
from pushlint.rulebook import Rule

_IN_MEMORY = 1 << 20  # bytes of the drafts
_CHUNK = 1 << 16
_LEVELS = tuple(NOUNS)


def render(results: Iterable[FileResult], options: Options) -> Iterator[str]:
    """The page, at the end of the results."""
    tally = _Tally(read_owners())
    with SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", errors="surrogatepass", newline="") as drafts:
        for result in results:
            for number, (draft, found_in) in enumerate(result.drafts):
                tally.add(draft, found_in, is_new=not (number and draft.repeats))
                if found_in:
                    drafts.write("".join(_draft(draft, found_in, tally, is_one_of_many=len(result.drafts) > 1)))
            tally.summary.add(result)
            yield ""
        drafts.seek(0)
        yield from _head(tally)
        yield from iter(partial(drafts.read, _CHUNK), "")
    yield from _foot([rule for rule in options.rules() if rule.code in tally.codes])


@dataclass
class _Tally:
    """What the page counts: findings by code, by family and level, and by folder and owner."""

    owners: Owners
    summary: Summary = field(default_factory=Summary)
    codes: Counter[str] = field(default_factory=Counter)
    families: Counter[str] = field(default_factory=Counter)
    folders: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    owned: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, draft: Draft, diagnostics: Sequence[Diagnostic], is_new: bool) -> None:
        """Counts one draft, if it is a `new` one and not the draft before it in another form, and its findings."""
        folder = os.path.dirname(relative(draft.source.path)) or "."
        for counts in (self.folders[folder], self.owned[self.owners.of(draft)]):
            counts["drafts"] += is_new
            counts.update(diagnostic.severity for diagnostic in diagnostics)
        self.codes.update(diagnostic.code for diagnostic in diagnostics)
        self.families.update(family(diagnostic.code) for diagnostic in diagnostics)


def _head(tally: _Tally) -> Iterator[str]:
    style, script = _asset("html.css"), _asset("html.js")
    policy = f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'"
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}; form-action \'none\'">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>pushlint: {_text(found(tally.summary))}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#drafts">Skip to the drafts</a>\n<header>\n<h1>pushlint</h1>\n'
    )
    said = found(tally.summary)
    yield f'<p class="lead">{_text(said[:1].upper() + said[1:])}.</p>\n</header>\n<main>\n'
    yield from _errors(tally.summary)
    yield from _overview(tally)
    yield from _filters(tally)
    yield '<section id="drafts" aria-label="Drafts">\n'


def _foot(rules: Sequence[Rule]) -> Iterator[str]:
    yield "</section>\n"
    if rules:
        yield '<section id="rules">\n<h2>Why</h2>\n'
        yield from map(_rule, rules)
        yield "</section>\n"
    yield f'</main>\n<aside id="card" role="tooltip" hidden></aside>\n<script>{_asset("html.js")}</script>\n'
    yield "</body>\n</html>\n"


def _errors(summary: Summary) -> Iterator[str]:
    if summary.errors:
        items = (f"<li><code>{_text(e.path or '')}</code> {_text(e.message)}</li>\n" for e in summary.errors)
        yield f'<section class="errors">\n<h2>Cannot be used</h2>\n<ul>\n{"".join(items)}</ul>\n</section>\n'


def _overview(tally: _Tally) -> Iterator[str]:
    """The counts by level, by family, by folder and, where one is known, by owner."""
    if not tally.codes:
        return
    yield '<section class="overview" aria-label="Overview">\n'
    yield from _table("Folder", tally.folders)
    if any(tally.owned):
        yield from _table("Owner", {owner or "nobody named": counts for owner, counts in tally.owned.items()})
    yield "</section>\n"


def _table(title: str, rows: dict[str, Counter[str]]) -> Iterator[str]:
    levels = [level for level in _LEVELS if any(counts[level] for counts in rows.values())]
    names = "".join(f'<th scope="col" class="{level}">{NOUNS[level]}s</th>' for level in levels)
    yield f'<table>\n<thead><tr><th scope="col">{title}</th><th scope="col">drafts</th>{names}</tr></thead>\n<tbody>\n'
    for name, counts in sorted(rows.items(), key=lambda row: (-sum(row[1][level] for level in levels), row[0])):
        cells = "".join(f"<td>{_number(counts[column])}</td>" for column in ("drafts", *levels))
        yield f'<tr><th scope="row">{_text(name)}</th>{cells}</tr>\n'
    yield "</tbody>\n</table>\n"


def _number(number: int) -> str:
    return f"{number:,}" if number else '<span class="none">–</span>'


def _filters(tally: _Tally) -> Iterator[str]:
    """Boxes to tick, which the script brings to light."""
    if not tally.codes:
        return
    found = tally.summary.found
    levels = "".join(_box("level", level, f"{NOUNS[level]}s", found[level]) for level in _LEVELS if found[level])
    families = "".join(_box("family", name, name, number) for name, number in tally.families.most_common())
    yield f'<form id="filters" hidden>\n{_boxes("Level", levels)}{_boxes("Family", families)}'
    yield '<p id="shown" role="status"></p>\n</form>\n'


def _boxes(title: str, boxes: str) -> str:
    return f'<div role="group" aria-label="{title}">\n<span>{title}</span>\n<div>\n{boxes}</div>\n</div>\n'


def _box(name: str, value: str, label: str, number: int) -> str:
    box = f'<input type="checkbox" name="{name}" value="{_text(value)}" checked>'
    return f'<label class="{_text(value)}">{box} {_text(label)} <b>{number:,}</b></label>\n'


def _draft(draft: Draft, diagnostics: Sequence[Diagnostic], tally: _Tally, is_one_of_many: bool) -> Iterator[str]:
    """The e-mail as its reader would see it, with tags as typed, and the notes on it."""
    before = tally.codes.total() - len(diagnostics)
    ids = [f"n{before + number}" for number in range(1, len(diagnostics) + 1)]
    step = f"step {draft.step.number}" if draft.step else ""
    line = f"line {_line(draft)}" if is_one_of_many else ""
    about = " · ".join(filter(None, (line, step, draft.stage, tally.owners.of(draft))))
    path = f'<span class="path">{_text(relative(draft.source.path))}</span>'
    yield f'<article>\n<h2>{path}<span class="about">{_text(about)}</span></h2>\n<div class="mail">\n'
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


class _Piece(NamedTuple):
    """A run of the e-mail's text, in one zone, and the numbers of the findings whose words it belongs to."""

    zone: ZoneKind
    text: str
    is_tag: bool
    found: tuple[int, ...]


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


def _words(piece: _Piece) -> str:
    words = "\n".join(_text(line) for line in piece.text.replace("\r\n", "\n").split("\n"))
    return f'<span class="tag">{words}</span>' if piece.is_tag else words


def _run(found: Sequence[int], words: str, diagnostics: Sequence[Diagnostic], ids: Sequence[str]) -> str:
    """Words that the same findings are about, as a link to the first note on them."""
    if not found or words.isspace():
        return words
    gravest = min((diagnostics[i].severity for i in found), key=_LEVELS.index)
    notes = " ".join(ids[i] for i in found)
    return f'<a class="mark {gravest}" href="#{ids[found[0]]}" data-notes="{notes}">{words}</a>'


def _note(diagnostic: Diagnostic, draft: Draft, identity: str) -> str:
    level: Severity = diagnostic.severity
    place = "whole draft" if diagnostic.is_document else f"line {diagnostic.location.row}"
    why = f'<a class="rule" href="#{_text(diagnostic.code)}">{_text(f"{diagnostic.code} {diagnostic.name}")}</a>'
    kind = f'data-level="{level}" data-family="{_text(family(diagnostic.code))}"'
    return (
        f'<li id="{identity}" class="note {level}" {kind}>\n'
        f'<p class="what">{_text(diagnostic.message)}</p>\n{_help(diagnostic, draft)}'
        f'<p class="where"><span class="level">{NOUNS[level]}</span> {why} {place}</p>\n</li>\n'
    )


def _help(diagnostic: Diagnostic, draft: Draft) -> str:
    """The best rewrite."""
    if not diagnostic.fixes:
        return ""
    fix = diagnostic.fixes[0]
    if not fix.edits:
        lead = "" if fix.advice else '<span class="lead">add, for example</span> '
        words = _text(fix.message) if fix.advice else f"<ins>{_text(fix.message)}</ins>"
        return f'<p class="help">{lead}{words}</p>\n'
    edit = merged(fix, draft.source)
    old, new = _text(draft.source.text[edit.start : edit.end].strip()), _text(edit.content.strip())
    change = " ".join([f"<del>{old}</del>"] * bool(old) + [f"<ins>{new}</ins>"] * bool(new))
    return f'<p class="help"><span class="lead">{_text(fix.message)}</span> {change}</p>\n'


def _rule(rule: Rule) -> str:
    paragraphs = "".join(f"<p>{_text(' '.join(part.split()))}</p>\n" for part in rule.why.strip().split("\n\n"))
    title = f"{_text(rule.code)} {_text(rule.name)}"
    basis = f"Basis: {rule.basis} ({BASIS[rule.basis]})."
    return (
        f'<div class="rule" id="{_text(rule.code)}">\n<h3>{title}</h3>\n<p class="summary">{_text(rule.summary)}.</p>\n'
        f'{paragraphs}<p class="basis">{basis}</p>\n</div>\n'
    )


@cache
def _asset(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _hash(asset: str) -> str:
    """The source expression that admits this text and no other."""
    return f"'sha256-{b64encode(sha256(asset.encode()).digest()).decode()}'"


def _text(text: str) -> str:
    return escape(visible(text))
