"""Findings that the writer has looked at and lets stand: `<!-- pushlint: ignore CLO001 because the fair is real -->`.

A suppression stands in a comment of HTML, Markdown, YAML or the template's own, or in the front matter. It names rules
by code, family or name, and may have a last day, `until=2031-12-31`, and a reason. `ignore` holds for the line it
stands on, or for the next line with words where it has a line of its own; `ignore-start` to `ignore-end` for a block;
`ignore-file`, and the front matter, for the file.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from pushlint.diagnostic import Diagnostic
from pushlint.draft import Draft
from pushlint.result import Suppressed
from pushlint.rulebook.schema import Rule
from pushlint.settings import ALL, closeness
from pushlint.suppression.faults import day_of, faults
from pushlint.suppression.lines import Lines
from pushlint.suppression.written import Suppression, in_comments, in_front_matter

Linted = Sequence[tuple[Draft, Sequence[Diagnostic]]]


def suppress(
    linted: Linted, rules: Sequence[Rule], known: Sequence[Rule], today: date, format: str | None = None
) -> tuple[list[tuple[Draft, list[Diagnostic]]], list[Suppressed]]:
    """The drafts of one file with the findings that are not suppressed, and those that are.

    Of the `rules`, those of the `known` that are on, the ones about suppressions add what is wrong with these.
    """
    kept = [(draft, list(found)) for draft, found in linted]
    if not kept or "pushlint" not in (source := kept[0][0].source).text:
        return kept, []
    drafts = [draft for draft, _ in kept]
    lines = Lines(source, drafts)
    suppressions = [*in_front_matter(source), *in_comments(source, lines)]
    active = [one for one in suppressions if (day := day_of(one)) is None or today <= day]
    silenced: list[Suppressed] = []
    for _, found in kept:
        for diagnostic in list(found):
            if by := _suppressing(diagnostic, active):
                found.remove(diagnostic)
                silenced.append(Suppressed(diagnostic, by.reason))
    begins = [draft.map.by_source[0].start if draft.map.by_source else 0 for draft in drafts]
    for diagnostic in faults(suppressions, rules, known, today, source, lines, format):
        last = max((number for number, start in enumerate(begins) if start <= diagnostic.start), default=0)
        _, found = kept[last]  # of the draft that begins last before it
        found.append(diagnostic)
        found.sort(key=lambda d: d.order)
    return kept, silenced


def _suppressing(diagnostic: Diagnostic, active: Iterable[Suppression]) -> Suppression | None:
    """The suppression that a finding is silenced by; all that mean it count as used."""
    by: Suppression | None = None
    for one in active:
        start, end = one.scope
        if diagnostic.start < end and start <= max(diagnostic.start, diagnostic.end - 1):
            meant = [word for word in one.rules if word.text != ALL and closeness(word.text, diagnostic)]
            one.used.update(meant)
            by = by or (one if meant else None)
    return by
