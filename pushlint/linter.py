"""Draft in, diagnostics out."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import tee

from msgspec import UNSET
from spacy.tokens import Doc

from pushlint.component import PARTS
from pushlint.diagnostic import Diagnostic, Position
from pushlint.draft import Draft, ZoneKind
from pushlint.errors import InputError
from pushlint.language import load_pipeline, make_doc
from pushlint.language.words import phrase_index
from pushlint.phrases import PhraseError
from pushlint.rulebook import Rule, finders, rewriting
from pushlint.rulebook.conditions import allowed, allowed_draft
from pushlint.rulebook.context import Context, Match
from pushlint.rulebook.finders import pattern
from pushlint.rulebook.load import shipped_profiles
from pushlint.rulebook.phrases import conditions_of, phrases_of
from pushlint.rulebook.schema import Finder, many
from pushlint.settings import picked


class Linter:
    """Judges drafts by rules, as on the day `today`. Raises InputError for a rule whose phrase cannot be read."""

    def __init__(self, rules: Sequence[Rule], today: date | None = None) -> None:
        self.rules = tuple(rules)
        self._today = today or date.today()
        self._nlp = load_pipeline()
        for component in PARTS:
            if component not in self._nlp.pipe_names:
                self._nlp.add_pipe(component)
        try:
            self._index = phrase_index(self._nlp, phrases_of(self.rules))
        except PhraseError as error:
            raise InputError(str(error), hint=_named(self.rules, str(error))) from None
        self._off = {
            profile.name: {rule.code for rule in picked(profile.without, self.rules)} for profile in shipped_profiles()
        }
        for rule in self.rules:
            _refuse_bad_patterns(rule)

    def parse(self, drafts: Iterable[Draft]) -> Iterator[Doc]:
        """The drafts as Docs with all their facts."""
        return self._nlp.pipe((make_doc(self._nlp, draft) for draft in drafts), batch_size=64)

    def lint(self, drafts: Iterable[Draft]) -> Iterator[tuple[Draft, list[Diagnostic]]]:
        """Each draft with its diagnostics, in their order.

        What is said of a draft as a whole is said of its first reading, and not again of the same e-mail in another
        form; a place is named once, whatever reading comes upon it.
        """
        kept, copies = tee(drafts)
        docs = self.parse(reading for draft in copies for reading in (draft, *draft.others))
        for draft in kept:
            found = self.judge(draft, next(docs))
            for other in draft.others:
                found += _new(self.judge(other, next(docs)), found)
            kept_findings = (d for d in found if not (draft.repeats and d.is_document))
            yield draft, sorted(kept_findings, key=lambda diagnostic: diagnostic.order)

    def judge(self, draft: Draft, doc: Doc) -> list[Diagnostic]:
        """The diagnostics of one parsed draft."""
        if not len(doc):
            return []
        context = Context(draft, doc, self._index.find(doc), self._today)
        off = self._off.get(context.facts.profile or "", ())
        found = [diagnostic for rule in self.rules if rule.code not in off for diagnostic in _judge(rule, context)]
        return sorted(found, key=lambda diagnostic: diagnostic.order)


def _new(found: Iterable[Diagnostic], known: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The findings at places where the same is not known yet."""
    places = [(d.code, d.start, d.end) for d in known if not d.is_document]
    return [
        d
        for d in found
        if not d.is_document
        and not any(code == d.code and start < d.end and d.start < end for code, start, end in places)
    ]


def _refuse_bad_patterns(rule: Rule) -> None:
    patterns = [str(finder.pattern) for finder in rule.finders if finder.pattern is not UNSET]
    patterns += [text for condition in conditions_of(rule) for text in many(condition.source)]
    for text in patterns:
        try:
            pattern.compiled(text)
        except InputError as error:
            raise InputError(f"{rule.code}: {error.message}", hint=error.hint) from None


def _judge(rule: Rule, context: Context) -> Iterator[Diagnostic]:
    """The rule's findings: one for the draft, or one for each place, the longest where several overlap."""
    if not allowed_draft(context, rule.when, rule.unless) and any(f.is_document for f in rule.finders):
        return
    marked: set[object] = set()
    for finder, match in sorted(_matches(rule, context), key=lambda found: found[1].start - found[1].end):
        tokens = range(*rewriting.scope_tokens(finder.mark, match, context))
        spots = tokens if match.tag is None else [match.tag.place]
        if marked.isdisjoint(spots):
            marked.update(spots)
            yield _finding(rule, finder, match, context)


def _matches(rule: Rule, context: Context) -> Iterator[tuple[Finder, Match]]:
    """What the finders find, as far as their conditions and the rule's allow it."""
    for finder in rule.finders:
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


def _finding(rule: Rule, finder: Finder, match: Match, context: Context) -> Diagnostic:
    source = context.draft.source
    start, end, zone = _place(finder, match, context)
    return Diagnostic(
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
        fixes=rewriting.fixes(finder.rewrite or rule.rewrite, match, context),
    )


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


def _named(rules: Sequence[Rule], error: str) -> str | None:
    return next((f"in rule {r.code}" for r in rules if any(f'"{p}"' in error for p in phrases_of([r]))), None)
