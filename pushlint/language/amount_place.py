"""Where an amount stands: what it measures, the verb that governs it, of what it is said, and the words near it."""

from bisect import bisect_left
from dataclasses import dataclass
from operator import attrgetter

from spacy.tokens import Doc, Span, Token

from pushlint.language.facts import Actor, Clause, Role
from pushlint.phrases import PhraseIndex

# The word lists that tell the role; of two that stand equally near the first in the list.
CUES: dict[str, Role] = {
    "discount-cue": "discount",
    "funding-cue": "funding",
    "plain-cue": "other",
    "gain-cue": "gain",
    "result-cue": "result",
    "gained-cue": "gain",
    "asked-cue": "price",
    "price-cue": "price",
}
_SURE = {"@asked-cue", "@gained-cue"}
_ORDER: dict[Role, int] = {role: i for i, role in enumerate(dict.fromkeys(CUES.values()))}
_NOUN_WORDS = 5  # "$40k a year marketing salary"
_ROUGHLY = {
    "up", "to", "about", "around", "over", "just", "only", "nearly", "roughly", "at", "least", "under", "a", "some",
}  # fmt: skip
_start = attrgetter("start")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that tell a role, at tokens `start`..`end`."""

    start: int
    end: int
    role: Role
    sure: bool

    def distance(self, span: Span) -> int:
        """How many words stand between it and an amount."""
        return span.start - self.end if self.end <= span.start else max(0, self.start - span.end)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an amount stands: its clause, the words of the noun it measures ("$4M round", "fee of $20"), the verb that
    governs it, the subject of which it is said ("the fee is $20"), and all the cues of its sentence, nearest first."""

    span: Span
    clause: Clause | None
    measured: range
    verb: Token | None
    subject: Token | None
    cues: list[Cue]

    @property
    def doc(self) -> Doc:
        """The document."""
        return self.span.doc

    @property
    def words(self) -> list[Token]:
        """The words of the clause; of the sentence where there is none."""
        return [self.doc[i] for i in self.clause.tokens] if self.clause else list(self.span.sent)

    def says(self, *norms: str) -> bool:
        """Whether one of the words stands in the clause."""
        return any(token.norm_ in norms for token in self.words)

    @property
    def actor(self) -> Actor:
        """Who acts in the clause."""
        return self.clause.actor if self.clause else "nobody"

    @property
    def is_past(self) -> bool:
        """Whether the clause, or the one that it completes ("we helped a firm recover"), tells of what was."""
        if self.clause is None:
            return False
        head = self.doc[self.clause.head]
        told = {head.tag_, head.head.tag_} if head.dep_ == "xcomp" else {head.tag_}
        return self.clause.tense == "past" or (self.clause.modal is None and not told.isdisjoint(("VBD", "VBN")))


def find_cues(doc: Doc, index: PhraseIndex) -> list[Cue]:
    """The cues of a document, in their order."""
    cues = [
        Cue(hit.start, hit.end, CUES[phrase.removeprefix("@")], phrase in _SURE)
        for phrase, hits in index.find(doc).items()
        for hit in hits
    ]
    return sorted(cues, key=_start)


def place_of(span: Span, clause: Clause | None, cues: list[Cue]) -> Place:
    """Where the amount stands, in its clause, among all the cues of the document."""
    measured, verb = _measured(span), _governor(span)
    first = _line_start(span)
    subject = _subject(span, clause, verb)

    def nearness(cue: Cue) -> tuple[int, int, int]:
        covered = range(cue.start, cue.end)
        about = subject is not None and subject.i in covered
        if (about and cue.role == "other") or any(i in measured for i in covered):
            grade = 0
        elif cue.sure or (verb is not None and verb.i in covered) or (about and verb is None):
            grade = 1
        else:
            grade = 2 if clause is not None and cue.start in clause.tokens else 3
        return grade, cue.distance(span), _ORDER[cue.role]

    around = cues[bisect_left(cues, first, key=_start) : bisect_left(cues, span.sent.end, key=_start)]
    return Place(span, clause, measured, verb, subject, sorted(around, key=nearness))


def _line_start(span: Span) -> int:
    """The first word of its sentence, or of the one that leads up to it with a colon: "Cost to fix: $6,500"."""
    first = span.sent.start
    return span.doc[first - 1].sent.start if first and span.doc[first - 1].text == ":" else first


def _subject(span: Span, clause: Clause | None, verb: Token | None) -> Token | None:
    """Of what it is said: the subject of its clause, or the noun that the clause describes ("packages from $9")."""
    own = (child for token in span for child in token.children if child.dep_.startswith("nsubj"))
    if verb is None and (subject := next(own, None)):
        return subject
    if clause is None:
        return None
    if clause.subject is not None:
        subject = span.doc[clause.subject]
        if span.root in subject.subtree and not is_in_brackets(span):
            return None
        return None if subject.dep_.startswith("csubj") else subject
    head = span.doc[clause.head]
    return head.head if head.dep_ == "acl" else None


def is_in_brackets(span: Span) -> bool:
    """ "The gold package (€400) has a table"."""
    return span.start > span.sent.start and span.doc[span.start - 1].text == "("


def _measured(span: Span) -> range:
    """The words up to the noun after it that it measures, or the noun of which it is said with "of"."""
    doc, head, end = span.doc, span.root.head, span.sent.end
    if span.end <= head.i < span.end + _NOUN_WORDS and head.pos_ in ("NOUN", "PROPN", "ADJ", "ADV"):
        return range(span.end, head.i + 1)
    if span.end < end and doc[span.end].pos_ in ("NOUN", "ADJ"):
        return range(span.end, span.end + 1)
    before = span.start - 1
    while before > span.sent.start and doc[before].norm_ in _ROUGHLY:
        before -= 1
    is_of = before > span.sent.start and doc[before].norm_ == "of"
    return range(before - 1, before) if is_of else range(0)


def _governor(span: Span) -> Token | None:
    """The verb that it belongs to, unless it is itself what is said of a subject."""
    if span.root.dep_ == "ROOT" or any(t.dep_ == "cop" for t in span.root.children):
        return None
    return next((t for t in span.root.ancestors if t.pos_ == "VERB"), None)
