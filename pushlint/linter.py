"""Draft in, diagnostics out."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import tee

from msgspec import UNSET
from spacy.tokens import Doc

from pushlint import terms
from pushlint.component import PARTS
from pushlint.diagnostic import Diagnostic, Position, Severity
from pushlint.draft import Draft, ZoneKind
from pushlint.errors import InputError
from pushlint.language import forgetting, load_pipeline, make_doc
from pushlint.phrases import PhraseError
from pushlint.rulebook import Rule, finders, rewriting
from pushlint.rulebook.conditions import allowed, allowed_draft
from pushlint.rulebook.context import Context, Match
from pushlint.rulebook.finders import pattern
from pushlint.rulebook.load import shipped_profiles, shipped_rules
from pushlint.rulebook.phrases import Possible, conditions_of, index_of, phrases_of
from pushlint.rulebook.schema import Finder, InSequence, many
from pushlint.rulebook.steps import Candidate, Note, judge_sequence, sayings, subject_words
from pushlint.settings import picked


class Linter:
    """Judges drafts by rules, as on the day `today`. Raises InputError for a rule whose phrase cannot be read."""

    def __init__(self, rules: Sequence[Rule], today: date | None = None) -> None:
        self.rules = tuple(rules)
        self._asked, self._heard = _heard(self.rules)
        self._possible, self._possibly_heard = Possible(self.rules), Possible(self._heard)
        self._sequels = [rule for rule in self.rules if any(f.sequence is not UNSET for f in rule.finders)]
        every = (*self.rules, *self._heard)
        self._today = today or date.today()
        self._nlp = load_pipeline()
        for component in PARTS:
            if component not in self._nlp.pipe_names:
                self._nlp.add_pipe(component)
        try:
            self._index = index_of(self._nlp, every)
        except PhraseError as error:
            raise InputError(str(error), hint=_named(every, str(error))) from None
        self._off = {
            profile.name: frozenset(rule.code for rule in picked(profile.without, every))
            for profile in shipped_profiles()
        }
        for rule in self.rules:
            _refuse_bad_patterns(rule)

    def as_on(self, today: date | None) -> "Linter":
        """The same, judging as on a day; today where it is None."""
        other = copy(self)
        other._today = today or date.today()
        return other

    def parse(self, drafts: Iterable[Draft]) -> Iterator[Doc]:
        """The drafts as Docs with all their facts."""
        return self._nlp.pipe((make_doc(self._nlp, draft) for draft in drafts), batch_size=64)

    def lint(self, drafts: Iterable[Draft]) -> Iterator[tuple[Draft, list[Diagnostic]]]:
        """Each draft with its diagnostics, in their order.

        What is said of a draft as a whole is said of its first reading, and not again of the same e-mail in another
        form; a place is named once, whatever reading comes upon it. From the first e-mail of a sequence on they wait
        until all drafts are judged.
        """
        kept, copies = tee(drafts)
        docs = self.parse(reading for draft in copies for reading in (draft, *draft.others))
        waiting: list[tuple[Draft, _Judged]] = []
        for draft in kept:
            judged = self._judge(draft, next(docs))
            for other in draft.others:
                judged.add(self._judge(other, next(docs)))
            if waiting or (draft.step and self._sequels):
                waiting.append((draft, judged))
            else:
                yield draft, judged.shown(draft)
        self._judge_sequences(waiting)
        for draft, judged in waiting:
            yield draft, judged.shown(draft)

    def lint_batch(self, drafts: Iterable[Draft]) -> list[tuple[Draft, list[Diagnostic]]]:
        """The same, all at once: of any number of batches no more words are remembered than of some."""
        with forgetting(self._nlp):
            return list(self.lint(drafts))

    def judge(self, draft: Draft, doc: Doc) -> list[Diagnostic]:
        """The diagnostics of one parsed draft, in this one reading and by itself."""
        return self._judge(draft, doc).shown(draft)

    def _judge(self, draft: Draft, doc: Doc) -> "_Judged":
        """What is found in one parsed draft, and, where it is a step of a sequence, what is to be known of it then."""
        if not len(doc):
            return _Judged()
        context = Context(draft, doc, self._index.find(doc), self._today)
        senseless = self._off.get(context.facts.profile or "", frozenset())
        off = senseless | draft.tuning.off
        found = self._but_of_names(_found(self._possible, off, context), off, context)
        judged = _Judged(_once(_tuned(found, context)))
        if draft.step and self._sequels and not draft.repeats:
            muted = (draft.tuning.off & self._asked) - senseless
            heard = [d for rule in self.rules if rule.code in muted for d in _findings(rule, context)]
            judged.heard = _tuned([*_found(self._possibly_heard, senseless, context), *heard], context)
            sequels = [rule for rule in self._sequels if rule.code not in off]
            judged.note = Note(
                step=draft.step,
                subject=subject_words(context),
                sayings=sayings(context),
                offer_ends=draft.offer_ends,
                candidates=tuple(candidate for rule in sequels for candidate in _candidates(rule, context)),
            )
        return judged

    def _but_of_names(self, found: list[Diagnostic], off: Container[str], context: Context) -> list[Diagnostic]:
        """The findings, but those that a name among the settings' terms is taken for a word in: they are gone once
        words of no meaning stand there."""
        draft = context.draft
        names = terms.names(draft.tuning.terms, context) if draft.tuning.terms and found else []
        places = [draft.map.span(*name) for name in names]
        doubtful = [
            d for d in found if not d.is_document and any(d.start < end and start < d.end for start, end in places)
        ]
        if not doubtful:
            return found
        nameless = terms.without(draft, names)
        [doc] = self.parse([nameless])
        still = _found(self._possible, off, Context(nameless, doc, self._index.find(doc), self._today))
        gone = _new(doubtful, still)
        return [d for d in found if d not in gone]

    def _judge_sequences(self, judged: Sequence[tuple[Draft, "_Judged"]]) -> None:
        """Adds what is found in the e-mails of each sequence, seen together."""
        sequences: dict[object, list[Note]] = {}
        for number, (draft, one) in enumerate(judged):
            if one.note:
                note = replace(one.note, number=number, found=(*one.found, *one.heard))
                sequences.setdefault(draft.sequence, []).append(note)
        for notes in sequences.values():
            for verdict in judge_sequence(notes, self._today):
                found = judged[verdict.number][1].found
                found[:] = [d for d in found if d not in verdict.replaced]
                found.append(verdict.diagnostic)


def _once(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The findings, of those of a family that find the same words only the gravest, or else the first."""
    by_words = sorted((d for d in found if not d.is_document), key=lambda d: (d.order[2], d.code), reverse=True)
    told = {(d.code[:3], d.start, d.end): d for d in by_words}
    return [d for d in found if d.is_document or told[d.code[:3], d.start, d.end] is d]


@dataclass
class _Judged:
    """What was found in a draft, what rules found that are only heard, and its note where it is a step."""

    found: list[Diagnostic] = field(default_factory=list)
    heard: list[Diagnostic] = field(default_factory=list)
    note: Note | None = None

    def add(self, other: "_Judged") -> None:
        """Takes another reading of the same draft into account."""
        self.found += _new(other.found, self.found)
        self.heard += _new(other.heard, self.heard)
        if self.note and other.note:
            said = dict.fromkeys((*self.note.sayings, *other.note.sayings))
            self.note = replace(self.note, sayings=tuple(said))

    def shown(self, draft: Draft) -> list[Diagnostic]:
        """The findings in their order."""
        kept = (d for d in self.found if not (draft.repeats and d.is_document))
        return sorted(kept, key=lambda diagnostic: diagnostic.order)


def _tuned(found: Sequence[Diagnostic], context: Context) -> list[Diagnostic]:
    """The findings, at the levels that the settings say, without those within a term."""
    draft = context.draft
    levels = dict(draft.tuning.levels)
    found = [_levelled(d, levels) for d in found]
    places = terms.places(draft.tuning.terms, draft) if draft.tuning.terms and found else []
    return [d for d in found if d.is_document or not any(a <= d.start and d.end <= b for a, b in places)]


def _levelled(found: Diagnostic, levels: Mapping[str, Severity]) -> Diagnostic:
    level = levels.get(found.code)
    return replace(found, severity=level) if level else found


def _heard(rules: Sequence[Rule]) -> tuple[frozenset[str], tuple[Rule, ...]]:
    """The codes of the rules that others must know the findings of; and those of the rules that are not asked for.

    Raises InputError for a selector that means no rule.
    """
    known = {rule.code: rule for rule in (*shipped_rules(), *rules)}
    codes = set[str]()
    for rule in rules:
        for selector in rule.heard:
            meant = picked([selector], known.values())
            if not meant:
                raise InputError(f'{rule.code}: there is no rule "{selector}"')
            codes.update(other.code for other in meant)
    return frozenset(codes), tuple(known[code] for code in sorted(codes - {rule.code for rule in rules}))


def _candidates(rule: Rule, context: Context) -> Iterator[Candidate]:
    """What the rule would say of the draft, by its place in a sequence; of two finders, the first counts."""
    if not allowed_draft(context, rule.when, rule.unless):
        return
    for finder in rule.finders:
        if isinstance(finder.sequence, InSequence) and allowed_draft(context, finder.when, finder.unless):
            match = Match(0, len(context.doc))
            message = " ".join((finder.message or rule.message).split())
            finding = _levelled(_finding(rule, finder, match, context), dict(context.draft.tuning.levels))
            yield Candidate(finder.sequence, replace(finding, message=message))


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


def _found(rules: Possible[Rule], off: Container[str], context: Context) -> list[Diagnostic]:
    """What the rules find, without those that are off. Raises InputError for one that takes too long."""
    found: list[Diagnostic] = []
    for rule in (rule for rule in rules.given(context.hits) if rule.code not in off):
        try:
            found += _findings(rule, context)
        except InputError as error:
            raise InputError(f"{rule.code}: {error.message}", error.path, hint=error.hint) from None
    return found


def _findings(rule: Rule, context: Context) -> Iterator[Diagnostic]:
    """The rule's findings: one for the draft, or one for each place, the longest where several overlap."""
    if any(f.is_document for f in rule.finders) and not allowed_draft(context, rule.when, rule.unless):
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
        if finder.sequence is not UNSET or finder.suppression is not UNSET:
            continue  # waits for the others of the sequence, or for all the findings of the file
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
    return next((f"in rule {r.code}" for r in rules if any(f'"{p}"' in error for p in phrases_of(r))), None)
