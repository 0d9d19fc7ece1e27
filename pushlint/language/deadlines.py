"""By when something is to happen, and whose clock that is: the sender's, the reader's, someone else's."""

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Span

from pushlint.language.facts import Actor, Clause, Deadline, facts
from pushlint.language.words import phrase_index

_DEADLINE = "(by|before|until|till|end|expire|close|through) (on|at|the|my|our|your)? <when>"
_CLOCK = "@clock"
_SENDER = {"i", "we", "me", "us", "my", "our"}
_READER = {"you", "your"}


@Language.factory("pushlint_deadlines")
def make_deadlines(nlp: Language, name: str) -> "Deadlines":
    """Makes the component."""
    return Deadlines(nlp)


class Deadlines:
    """Sets `doc._.pushlint.deadlines`."""

    def __init__(self, nlp: Language) -> None:
        self._index = phrase_index(nlp, [_DEADLINE, _CLOCK])

    def __call__(self, doc: Doc) -> Doc:
        known = facts(doc)
        for hits in self._index.find(doc).values():
            for hit in hits:
                known.deadlines.append(Deadline(hit.start, hit.end, _owner(doc[hit.start : hit.end])))
        known.deadlines = [_inherited(d, known.deadlines, doc) for d in sorted(known.deadlines, key=lambda d: d.start)]
        return doc


def _inherited(deadline: Deadline, all_of_them: list[Deadline], doc: Doc) -> Deadline:
    """A deadline without an owner has that of a clock named in its sentence: "by Friday, when our quarter ends"."""
    if deadline.owner != "nobody":
        return deadline
    sentence = doc[deadline.start].sent
    owners = {d.owner for d in all_of_them if sentence.start <= d.start < sentence.end} - {"nobody"}
    return replace(deadline, owner=owners.pop()) if len(owners) == 1 else deadline


def _owner(span: Span) -> Actor:
    """The possessor in or right before the words; else the one who needs, wants or has the deadline."""
    doc = span.doc
    first = max(span.sent.start, span.start - 2)
    for token in reversed(doc[first : span.end]):
        if token.norm_ in ("my", "our"):
            return "sender"
        if token.norm_ == "your":
            return "reader"
    for clause in _around(span):
        if clause is not None:
            words = {doc[i].norm_ for i in clause.tokens}
            if clause.actor == "sender" and words & {"need", "have", "must", "want", "close", "fill", "hit", "finish"}:
                return "sender"
            if clause.actor == "reader" and doc[clause.head].lemma_ in ("renew", "launch", "open", "start", "expire"):
                return "reader"
    return "nobody"


def _around(span: Span) -> list[Clause | None]:
    known = facts(span.doc)
    clause = known.clause_of.get(span.root.i)
    parent = known.clause_of.get(span.doc[clause.head].head.i) if clause else None
    return [clause, parent]
