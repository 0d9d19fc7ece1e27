"""One page that needs nothing else: the drafts with the words marked, what is found in them, and what to write instead.

The page works without its script, which adds filters and a card at each mark. Its Content-Security-Policy admits no
style or script but its own, and nothing from elsewhere. Drafts are written to a temporary file as they come, as the
counts that stand above them are known at the end.
"""

import os
from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from tempfile import SpooledTemporaryFile

from pushlint.diagnostic import Diagnostic
from pushlint.draft import Draft
from pushlint.reports.excerpt import shown
from pushlint.reports.html_draft import article
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
                if found_in:
                    first, owner = tally.codes.total() + 1, tally.owners.of(draft)
                    drafts.write("".join(article(draft, found_in, first, owner, is_one=len(result.drafts) > 1)))
                tally.add(draft, found_in, is_new=not (number and draft.repeats))
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
        f"<title>pushlint: {shown(found(tally.summary))}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#drafts">Skip to the drafts</a>\n<header>\n<h1>pushlint</h1>\n'
    )
    said = found(tally.summary)
    yield f'<p class="lead">{shown(said[:1].upper() + said[1:])}.</p>\n</header>\n<main>\n'
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
        items = (f"<li><code>{shown(e.path or '')}</code> {shown(e.message)}</li>\n" for e in summary.errors)
        yield f'<section class="errors">\n<h2>Cannot be used</h2>\n<ul>\n{"".join(items)}</ul>\n</section>\n'


def _overview(tally: _Tally) -> Iterator[str]:
    """The counts by folder and, where one is known, by owner."""
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
        yield f'<tr><th scope="row">{shown(name)}</th>{cells}</tr>\n'
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
    box = f'<input type="checkbox" name="{name}" value="{shown(value)}" checked>'
    return f'<label class="{shown(value)}">{box} {shown(label)} <b>{number:,}</b></label>\n'


def _rule(rule: Rule) -> str:
    paragraphs = "".join(f"<p>{shown(' '.join(part.split()))}</p>\n" for part in rule.why.strip().split("\n\n"))
    title = f"{shown(rule.code)} {shown(rule.name)}"
    basis = f"Basis: {rule.basis} ({BASIS[rule.basis]})."
    return (
        f'<div class="rule" id="{shown(rule.code)}">\n<h3>{title}</h3>\n<p class="summary">{shown(rule.summary)}.</p>\n'
        f'{paragraphs}<p class="basis">{basis}</p>\n</div>\n'
    )


@cache
def _asset(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _hash(asset: str) -> str:
    """The source expression that admits this text and no other."""
    return f"'sha256-{b64encode(sha256(asset.encode()).digest()).decode()}'"
