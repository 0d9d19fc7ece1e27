"""By when something is to happen and what is said to be short, whose clock or stock that is, and for what reason."""

from bisect import bisect_left
from dataclasses import replace
from operator import attrgetter

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from pushlint.language import clauses, entities
from pushlint.language.columns import Columns, columns
from pushlint.language.facts import Actor, Clause, Deadline, Scarcity, facts
from pushlint.language.require import require
from pushlint.language.words import phrase_index
from pushlint.vocabulary import load_vocabularies

# By, before, until a time; the clock of a business; an occasion that is somebody's.
_PHRASES = (
    "(by|before|until|till|no later than|latest|through|over|due|up) (on|at|in|by|the|my|our|your)? <when>",
    "(end|expire|close|finish|run out|start|kick in|begin|lapse|disappear|shut|die|stop|on) (on|at|in|the)? <when>",
    "@clock",
    "(by|before|until|till|ahead of|in time for) (my|our|your|the|their|<company>) (<word>)? <noun> ((on|in) <when>)?",
    "(my|our|your|their|<company>) (<word>)? @occasion (on|in|at)? <when>?",
)
_SCARCITY = "@scarcity"
_REASONS = {"because", "since", "as"}
_POSSESSORS: dict[str, Actor] = {
    "my": "sender",
    "our": "sender",
    "your": "reader",
    "their": "other",
    "his": "other",
    "her": "other",
    "its": "other",
}

NAME = "pushlint_deadlines"


@Language.factory(NAME, assigns=["doc._.pushlint"], requires=["token.dep", "token.lemma"])
def make_deadlines(nlp: Language, name: str) -> "Deadlines":
    """Makes the component."""
    return Deadlines(nlp)


class Deadlines:
    """Sets `deadlines` and `scarcities` of `doc._.pushlint`."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._index = phrase_index(nlp, [*_PHRASES, _SCARCITY])

    def __call__(self, doc: Doc) -> Doc:
        require(self._nlp, doc, entities.NAME, clauses.NAME)
        known = facts(doc)
        known.done.add(NAME)
        found = self._index.find(doc)
        if not found:
            return doc
        words = columns(doc)
        for hit in found.pop(_SCARCITY, ()):
            span = doc[hit.start : hit.end]
            known.scarcities.append(Scarcity(span.start, span.end, _owner(span, words), _reason(span)))
        for span in filter_spans([doc[hit.start : hit.end] for hits in found.values() for hit in hits]):
            known.deadlines.append(Deadline(span.start, span.end, _owner(span, words), _reason(span)))
        known.deadlines.sort(key=_start)
        known.deadlines = [_inherited(d, known.deadlines, doc) for d in known.deadlines]
        return doc


def _inherited(deadline: Deadline, in_order: list[Deadline], doc: Doc) -> Deadline:
    """A deadline without an owner has that of a clock named in its sentence: "by Friday, when our quarter ends"."""
    if deadline.owner != "nobody":
        return deadline
    sentence = doc[deadline.start].sent
    first, last = (bisect_left(in_order, at, key=_start) for at in (sentence.start, sentence.end))
    owners = {d.owner for d in in_order[first:last]} - {"nobody"}
    return replace(deadline, owner=owners.pop()) if len(owners) == 1 else deadline


_start = attrgetter("start")


def _owner(span: Span, words: Columns) -> Actor:
    """The possessor in the words, or of a word in them; else the one who has, needs or bears the deadline."""
    possessors = [t for t in span.sent if t.i in range(span.start, span.end) or t.head.i in range(span.start, span.end)]
    for token in possessors:
        if token.norm_ in _POSSESSORS:
            return _POSSESSORS[token.norm_]
        if token.ent_kb_id_ == "tag" and token.ent_id_ == "company":
            return "reader"
    for clause in _around(span):
        if clause is not None:
            owner = _bearer(clause, span.doc, words)
            if owner != "nobody":
                return owner
    return "nobody"


def _bearer(clause: Clause, doc: Doc, words: Columns) -> Actor:
    """Whose time it is when the clause's subject has something to do by then, or has a thing that ends."""
    if clause.mood != "statement" or clause.negated:
        return "nobody"
    subject = doc[clause.subject] if clause.subject is not None else None
    if clause.actor in ("sender", "reader"):
        return clause.actor
    if subject is not None and subject.dep_ == "nsubj:pass":
        return owner if (owner := clauses.whose(subject.i, words)) in ("sender", "reader") else "nobody"
    if clause.actor == "other" and subject is not None and subject.pos_ in ("NOUN", "PROPN"):
        return (
            "nobody"
            if subject.lemma_.lower() in load_vocabularies()["on-offer"] or subject.ent_type_ == "DATE"
            else "other"
        )
    return "nobody"


def _reason(span: Span) -> tuple[int, int] | None:
    """The clause of the sentence that says why: "because our quarter closes", "as my manager is asking"."""
    known, sentence = facts(span.doc).clauses, span.sent
    first, last = (bisect_left(known, at, key=attrgetter("head")) for at in (sentence.start, sentence.end))
    for clause in known[first:last]:
        if any(t.norm_ in _REASONS and t.dep_ == "mark" for t in span.doc[clause.head].children):
            return clause.start, clause.end
    return None


def _around(span: Span) -> list[Clause | None]:
    known = facts(span.doc)
    clause = known.clause_of.get(span.root.i)
    parent = known.clause_of.get(span.doc[clause.head].head.i) if clause else None
    return [clause, parent]
