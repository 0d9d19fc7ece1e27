"""What rules find in one draft, as its Doc tells it; the rewrites are made last, as much that is found is dropped."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from pushlint import terms
from pushlint.diagnostic import Diagnostic, Position, Severity
from pushlint.draft import ZoneKind
from pushlint.errors import InputError
from pushlint.rulebook import Rule, finders, rewriting
from pushlint.rulebook.conditions import allowed, allowed_draft
from pushlint.rulebook.context import Context, Match
from pushlint.rulebook.schema import Finder, InSequence
from pushlint.rulebook.steps import Candidate


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A finding without its rewrites, and what they are made for."""

    said: Diagnostic
    rule: Rule
    finder: Finder
    match: Match

    def with_rewrites(self, context: Context) -> Diagnostic:
        """The finding with its rewrites. Raises InputError for a rule that takes too long."""
        with _named(self.rule):
            fixes = rewriting.fixes(self.finder.rewrite or self.rule.rewrite, self.match, context)
        return replace(self.said, fixes=fixes)


def find(rules: Iterable[tuple[Rule, Sequence[Finder]]], context: Context) -> list[Found]:
    """What some finders of the rules find. Raises InputError for one that takes too long."""
    found: list[Found] = []
    for rule, some in rules:
        with _named(rule):
            found += _found(rule, some, context)
    return found


def tuned(found: Iterable[Found], context: Context) -> list[Found]:
    """The findings, at the levels that the settings say, without those within a term."""
    draft = context.draft
    levels = dict(draft.tuning.levels)
    found = [replace(one, said=_levelled(one.said, levels)) if levels else one for one in found]
    places = terms.places(draft.tuning.terms, draft) if draft.tuning.terms and found else []
    return [
        one
        for one in found
        if one.said.is_document or not any(a <= one.said.start and one.said.end <= b for a, b in places)
    ]


def once(found: Sequence[Found]) -> list[Found]:
    """The findings, of those of a family that find the same words only the gravest, or else the first."""
    by_words = sorted(
        (one for one in found if not one.said.is_document),
        key=lambda one: (one.said.order[2], one.said.code),
        reverse=True,
    )
    told = {_words(one.said): one for one in by_words}
    return [one for one in found if one.said.is_document or told[_words(one.said)] is one]


def new(found: Iterable[Found], known: Iterable[Diagnostic]) -> list[Found]:
    """The findings at places where the same is not known yet, but those about the draft as a whole."""
    places = defaultdict[str, list[tuple[int, int]]](list)
    for diagnostic in known:
        if not diagnostic.is_document:
            places[diagnostic.code].append((diagnostic.start, diagnostic.end))
    return [
        one
        for one in found
        if not one.said.is_document
        and not any(start < one.said.end and one.said.start < end for start, end in places[one.said.code])
    ]


def candidates(rule: Rule, context: Context) -> Iterator[Candidate]:
    """What the rule would say of the draft, by its place in a sequence; of two finders, the first counts."""
    if not allowed_draft(context, rule.when, rule.unless):
        return
    for finder in rule.finders:
        if isinstance(finder.sequence, InSequence) and allowed_draft(context, finder.when, finder.unless):
            found = _finding(rule, finder, Match(0, len(context.doc)), context)
            said = _levelled(found.with_rewrites(context), dict(context.draft.tuning.levels))
            message = " ".join((finder.message or rule.message).split())
            yield Candidate(finder.sequence, replace(said, message=message))


@contextmanager
def _named(rule: Rule) -> Iterator[None]:
    """Names the rule in an error."""
    try:
        yield
    except InputError as error:
        raise InputError(f"{rule.code}: {error.message}", error.path, hint=error.hint) from None


def _levelled(found: Diagnostic, levels: Mapping[str, Severity]) -> Diagnostic:
    level = levels.get(found.code)
    return replace(found, severity=level) if level else found


def _words(found: Diagnostic) -> tuple[str, int, int]:
    """The family of a finding, and the place of its words."""
    return found.code[:3], found.start, found.end


def _found(rule: Rule, some: Sequence[Finder], context: Context) -> Iterator[Found]:
    """The rule's findings: one for the draft, or one for each place, the longest where several overlap."""
    if rule.is_document and not allowed_draft(context, rule.when, rule.unless):
        return
    marked: set[object] = set()
    for finder, match in sorted(_matches(rule, some, context), key=lambda found: found[1].start - found[1].end):
        tokens = range(*rewriting.scope_tokens(finder.mark, match, context))
        spots = tokens if match.tag is None else [match.tag.place]
        if marked.isdisjoint(spots):
            marked.update(spots)
            yield _finding(rule, finder, match, context)


def _matches(rule: Rule, some: Sequence[Finder], context: Context) -> Iterator[tuple[Finder, Match]]:
    """What the finders find, as far as their conditions and the rule's allow it."""
    for finder in some:
        for match in finders.find(finder, context):
            if finder.is_document or match.unseen:
                if allowed_draft(context, finder.when, finder.unless):
                    yield finder, match
            elif (
                context.zone(match) != "quoted"
                and allowed(match, context, finder.when, finder.unless)
                and allowed(match, context, rule.when, rule.unless)
            ):
                yield finder, match


def _finding(rule: Rule, finder: Finder, match: Match, context: Context) -> Found:
    source = context.draft.source
    start, end, zone = _place(finder, match, context)
    said = Diagnostic(
        code=rule.code,
        name=rule.name,
        severity=finder.level or rule.level,
        basis=rule.basis,
        message=_message(rule, finder, match, context),
        path=source.path,
        start=start,
        end=end,
        location=Position(*source.position(start)),
        end_location=Position(*source.position(end)),
        text=source.text[start:end],
        zone=zone,
    )
    return Found(said, rule, finder, match)


def _place(finder: Finder, match: Match, context: Context) -> tuple[int, int, ZoneKind | None]:
    """The span in the file and the zone; a finding about the whole draft stands at its first word."""
    draft = context.draft
    if match.unseen:
        return *match.unseen, "body"
    if finder.is_document:
        words = (segment for segment in draft.map.segments if segment.text.strip())
        start = next((s.start + len(s.text) - len(s.text.lstrip()) for s in words), 0)
        return start, start, None
    if match.tag:
        return *match.tag.place, draft.zone_at(match.tag.start)
    plain = rewriting.scope_span(finder.mark, match, context)
    return *draft.map.span(*plain), draft.zone_at(plain[0])


def _message(rule: Rule, finder: Finder, match: Match, context: Context) -> str:
    try:
        return " ".join(rewriting.fill(finder.message or rule.message, match, context, finder.mark).split())
    except ValueError:
        return rule.summary
