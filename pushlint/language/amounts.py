"""What each amount is: the price of our offer, a discount, what the reader gains or loses, a customer's result."""

from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from pushlint.language import clauses, entities
from pushlint.language.facts import Amount, Clause, Role, facts
from pushlint.language.require import require
from pushlint.language.words import phrase_index
from pushlint.vocabulary import load_vocabularies

_LABELS = {"MONEY", "PERCENT"}
# The word lists that decide the role, the surest first.
_CUES: dict[str, Role] = {
    "discount-cue": "discount",
    "funding-cue": "funding",
    "gain-cue": "gain",
    "price-cue": "price",
    "result-cue": "result",
}


NAME = "pushlint_amounts"


@Language.factory(NAME, assigns=["doc._.pushlint", "doc.ents"], requires=["token.dep", "token.lemma"])
def make_amounts(nlp: Language, name: str) -> "Amounts":
    """Makes the component."""
    return Amounts(nlp)


@dataclass(frozen=True, slots=True)
class _Cue:
    """Words that tell a role, at tokens `start`..`end`."""

    start: int
    end: int
    role: Role


class Amounts:
    """Sets `doc._.pushlint.amounts`, and each amount's role as the `id` of its entity."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._index = phrase_index(nlp, [f"@{cue}" for cue in _CUES if cue in load_vocabularies()])

    def __call__(self, doc: Doc) -> Doc:
        require(self._nlp, doc, entities.NAME, clauses.NAME)
        known = facts(doc)
        known.done.add(NAME)
        amounts = [span for span in doc.ents if span.label_ in _LABELS]
        if not amounts:
            return doc
        cues = [
            _Cue(hit.start, hit.end, _CUES[phrase.removeprefix("@")])
            for phrase, hits in self._index.find(doc).items()
            for hit in hits
        ]
        ents = {span.start: span for span in doc.ents}
        for span in amounts:
            role = _role(span, known.clause_of.get(span.root.i), cues)
            known.amounts.append(Amount(span.start, span.end, role))
            ents[span.start] = Span(doc, span.start, span.end, label=span.label_, kb_id=span.kb_id_, span_id=role)
        doc.ents = list(ents.values())
        return doc


def _role(span: Span, clause: Clause | None, cues: list[_Cue]) -> Role:
    """First what the words around it leave no doubt about, then who has it, then the nearest cue."""
    sentence = span.sent
    near = [cue for cue in cues if sentence.start <= cue.start < sentence.end]
    inside = [cue for cue in near if clause is not None and cue.start in clause.tokens] or near
    discounts = [cue for cue in near if cue.role == "discount" and cue.start <= span.end + _RATE_WORDS]
    if any(cue.end >= span.start for cue in discounts):
        return _off_what(span, max(cue.end for cue in discounts), clause)
    if any(cue.role == "funding" for cue in inside) and span.label_ == "MONEY":
        return "funding"
    role = _nearest(span, inside) or _without_cue(span)
    if role == "price":
        return _of_price(span, clause, inside)
    if role == "gain" and clause is not None:
        return _of_gain(span, clause)
    return role


def _off_what(span: Span, after_cue: int, clause: Clause | None) -> Role:
    """A discount, unless it is off somebody's bill: "20% off your fuel bill"."""
    after = span.doc[min(span.end, after_cue) : min(max(span.end, after_cue) + 4, span.sent.end)]
    if any(token.norm_ in ("your", "bill", "spend", "costs") for token in after):
        return "gain"
    if any(token.norm_ in ("its", "their", "his", "her") for token in after):
        return "result" if clause is not None and clause.tense == "past" else "gain"
    if clause is not None and clause.actor == "other" and clause.subject is not None:
        subject = span.doc[clause.subject]
        return "discount" if subject.pos_ == "PRON" or _is_offer(subject) else "other"
    return "discount"


def _of_price(span: Span, clause: Clause | None, cues: list[_Cue]) -> Role:
    """The price of our offer, unless a third party has it or the reader already bears it."""
    if span.label_ == "PERCENT":
        return "price" if clause is not None and clause.actor == "sender" and clause.subject is not None else "other"
    if clause is not None and span.doc[clause.head].lemma_ == "pay" and _names_sender(span.doc, clause):
        return "price"
    if clause is None or clause.subject is None or clause.actor == "sender":
        return "price"
    doc, subject = span.doc, span.doc[clause.subject]
    if clause.actor == "reader":
        bought = doc[clause.head].lemma_ in _BUYING and not clause.negated
        return "price" if bought else "gain" if any(cue.role == "gain" for cue in cues) else "other"
    if _is_offer(subject):
        return "price"
    return "gain" if any(cue.role == "gain" for cue in cues) else "other"


def _names_sender(doc: Doc, clause: Clause) -> bool:
    return any(doc[i].norm_ in ("us", "me") for i in clause.tokens)


def _of_gain(span: Span, clause: Clause) -> Role:
    """What the reader gains, or a result that somebody had."""
    to_reader = any(span.doc[i].norm_ in ("you", "your") for i in clause.tokens)
    if clause.actor == "sender" and not to_reader and span.doc[clause.head].lemma_ == "cost":
        return "price"
    if clause.tense == "past" and clause.actor in ("other", "sender", "nobody") and not to_reader:
        return "result"
    return "gain"


def _is_offer(subject: Token) -> bool:
    """Whether it can be what we offer: it, the plan; not "the council's plan"."""
    owned = any(t.dep_ == "nmod:poss" and t.norm_ not in ("my", "our") for t in subject.children)
    return subject.ent_id_ == "product" or (subject.norm_ in _OFFER_WORDS and not owned)


def _nearest(span: Span, cues: list[_Cue]) -> Role | None:
    if not cues:
        return None
    return min(cues, key=lambda cue: (_distance(span, cue), _ORDER[cue.role])).role


def _without_cue(span: Span) -> Role:
    """A rate ("$9 a month") or an amount that opens its sentence or stands nearly alone is a price."""
    words = [token for token in span.sent if not token.is_punct]
    is_rate = any(token.norm_ in _RATE for token in span) and span.end - span.start > 2
    return (
        "price"
        if span.label_ == "MONEY" and (is_rate or len(words) <= len(span) + 3 or words[0].i >= span.start)
        else "other"
    )


def _distance(span: Span, cue: _Cue) -> int:
    return span.start - cue.end if cue.end <= span.start else max(0, cue.start - span.end)


_RATE = {"/", "per", "a", "an", "each", "every", "monthly", "annually", "yearly", "weekly", "flat"}
_RATE_WORDS = 2  # "$9 per user off"
_ORDER: dict[Role, int] = {"discount": 0, "funding": 1, "price": 2, "gain": 3, "result": 4}
_BUYING = frozenset(load_vocabularies()["buying"])
_OFFER_WORDS = frozenset(load_vocabularies()["offer-noun"])
