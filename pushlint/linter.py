"""Draft in, diagnostics out."""

from collections.abc import Container, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice, tee

from msgspec import UNSET
from spacy.tokens import Doc
from spacy.training.batchers import minibatch_by_words

from pushlint import terms
from pushlint.component import PARTS
from pushlint.diagnostic import Diagnostic
from pushlint.draft import Draft
from pushlint.errors import InputError
from pushlint.judging import Found, candidates, find, new, once, tuned
from pushlint.language import forgetting, load_pipeline, make_doc
from pushlint.language.pieces import LONGEST, joined, pieces
from pushlint.phrases import PhraseError
from pushlint.rulebook import Rule
from pushlint.rulebook.context import Context
from pushlint.rulebook.finders import pattern
from pushlint.rulebook.load import shipped_profiles, shipped_rules
from pushlint.rulebook.phrases import Possible, conditions_of, index_of, phrases_of
from pushlint.rulebook.schema import many
from pushlint.rulebook.steps import Note, judge_sequence, sayings, subject_words
from pushlint.settings import picked

_TOGETHER = 24  # drafts that each component takes before the next does


class Linter:
    """Judges drafts by rules, as on the day `today`. Raises InputError for a rule whose phrase cannot be read."""

    def __init__(self, rules: Sequence[Rule], today: date | None = None) -> None:
        self.rules = tuple(rules)
        self._asked, self._heard = _heard(self.rules)
        self._possible, self._possibly_heard = Possible(self.rules), Possible(self._heard)
        self._possibly_asked = Possible([rule for rule in self.rules if rule.code in self._asked])
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
        """The drafts as Docs with all their facts.

        Each component takes some at once; `nlp.pipe` hands most of them on one by one, for which the processor pays.
        """
        model = [pipe for _, pipe in self._nlp.pipeline if hasattr(pipe, "pipe")]
        ours = [pipe for _, pipe in self._nlp.pipeline if not hasattr(pipe, "pipe")]
        coming = iter(drafts)
        while batch := list(islice(coming, _TOGETHER)):
            docs = [make_doc(self._nlp, draft) for draft in batch]
            parts = [pieces(doc) for doc in docs]
            for some in minibatch_by_words((part for own in parts for part in own), LONGEST):
                for component in model:
                    some = list(component.pipe(some, batch_size=len(some)))
            docs = [joined(doc, own) for doc, own in zip(docs, parts, strict=True)]
            for component in ours:
                docs = [component(doc) for doc in docs]
            yield from docs

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
                judged.add(self._judge(other, next(docs), judged))
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

    def _judge(self, draft: Draft, doc: Doc, known: "_Judged | None" = None) -> "_Judged":
        """What is found in one parsed draft, and, where it is a step of a sequence, what is to be known of it then.

        Of another reading of a draft, it is what is not `known` from those before.
        """
        judged = _Judged()
        if not len(doc):
            return judged
        context = Context(draft, doc, self._index.find(doc), self._today)
        senseless = self._off.get(context.facts.profile or "", frozenset())
        off = senseless | draft.tuning.off
        found = self._but_of_names(self._find(self._possible, off, context), off, context)
        found = once(tuned(found, context))
        judged.found = [one.with_rewrites(context) for one in (new(found, known.found) if known else found)]
        if draft.step and self._sequels and not draft.repeats:
            muted = (draft.tuning.off & self._asked) - senseless
            heard = self._find(self._possibly_heard, senseless, context)
            heard += self._find(self._possibly_asked, self._asked - muted, context)
            heard = tuned(heard, context)
            judged.heard = [one.with_rewrites(context) for one in (new(heard, known.heard) if known else heard)]
            sequels = [rule for rule in self._sequels if rule.code not in off]
            judged.note = Note(
                step=draft.step,
                subject=subject_words(context),
                sayings=sayings(context),
                offer_ends=draft.offer_ends,
                candidates=tuple(candidate for rule in sequels for candidate in candidates(rule, context)),
            )
        return judged

    def _find(self, rules: Possible[Rule], off: Container[str], context: Context) -> list[Found]:
        """What the rules find, without those that are off."""
        return find(((rule, some) for rule, some in rules.given(context.hits) if rule.code not in off), context)

    def _but_of_names(self, found: list[Found], off: Container[str], context: Context) -> list[Found]:
        """The findings, but those that a name among the settings' terms is taken for a word in: they are gone once
        words of no meaning stand there."""
        draft = context.draft
        names = terms.names(draft.tuning.terms, context) if draft.tuning.terms and found else []
        places = [draft.map.span(*name) for name in names]
        doubtful = [
            one
            for one in found
            if not one.said.is_document and any(one.said.start < end and start < one.said.end for start, end in places)
        ]
        if not doubtful:
            return found
        nameless = terms.without(draft, names)
        [doc] = self.parse([nameless])
        still = self._find(self._possible, off, Context(nameless, doc, self._index.find(doc), self._today))
        gone = new(doubtful, [one.said for one in still])
        return [one for one in found if one not in gone]

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


@dataclass
class _Judged:
    """What was found in a draft, what rules found that are only heard, and its note where it is a step."""

    found: list[Diagnostic] = field(default_factory=list)
    heard: list[Diagnostic] = field(default_factory=list)
    note: Note | None = None

    def add(self, other: "_Judged") -> None:
        """Takes into account what is new in another reading of the same draft."""
        self.found += other.found
        self.heard += other.heard
        if self.note and other.note:
            said = dict.fromkeys((*self.note.sayings, *other.note.sayings))
            self.note = replace(self.note, sayings=tuple(said))

    def shown(self, draft: Draft) -> list[Diagnostic]:
        """The findings in their order."""
        kept = (d for d in self.found if not (draft.repeats and d.is_document))
        return sorted(kept, key=lambda diagnostic: diagnostic.order)


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


def _refuse_bad_patterns(rule: Rule) -> None:
    patterns = [str(finder.pattern) for finder in rule.finders if finder.pattern is not UNSET]
    patterns += [text for condition in conditions_of(rule) for text in many(condition.source)]
    for text in patterns:
        try:
            pattern.compiled(text)
        except InputError as error:
            raise InputError(f"{rule.code}: {error.message}", hint=error.hint) from None


def _named(rules: Sequence[Rule], error: str) -> str | None:
    return next((f"in rule {r.code}" for r in rules if any(f'"{p}"' in error for p in phrases_of(r))), None)
