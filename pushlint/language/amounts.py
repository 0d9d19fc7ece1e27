"""What each amount is: the price of our offer, a discount, what the reader gains or loses, a customer's result."""

from spacy.language import Language
from spacy.tokens import Doc, Span

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
}


NAME = "pushlint_amounts"


@Language.factory(NAME, assigns=["doc._.pushlint", "doc.ents"], requires=["token.dep", "token.lemma"])
def make_amounts(nlp: Language, name: str) -> "Amounts":
    """Makes the component."""
    return Amounts(nlp)


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
            (hit.start, hit.end, _CUES[phrase.removeprefix("@")])
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


def _role(span: Span, clause: Clause | None, cues: list[tuple[int, int, Role]]) -> Role:
    """The role of the nearest cue: inside the amount's words, then in its clause, then in its sentence."""
    sentence = span.sent
    near = [(start, end, role) for start, end, role in cues if sentence.start <= start < sentence.end]
    touching = [c for c in near if c[0] <= span.end and c[1] >= span.start]
    if touching and any(role == "discount" for *_, role in touching):
        return "discount"
    pool = [c for c in near if clause and c[0] in clause.tokens] or near
    role = min(pool, key=lambda c: (_distance(span, c), _ORDER[c[2]]))[2] if pool else _without_cue(span, sentence)
    if role == "price" and (span.label_ == "PERCENT" or not _ours(span.doc, clause)):
        return "other"
    if role == "gain" and clause is not None and clause.tense == "past" and clause.actor in ("other", "sender"):
        return "result"
    return role


def _without_cue(span: Span, sentence: Span) -> Role:
    """A rate ("$9 a month") or an amount that stands nearly alone is a price."""
    words = [token for token in sentence if not token.is_punct]
    is_rate = any(token.norm_ in _RATE for token in span) and span.end - span.start > 2
    return "price" if span.label_ == "MONEY" and (is_rate or len(words) <= len(span) + 3) else "other"


def _ours(doc: Doc, clause: Clause | None) -> bool:
    """Whether what has the price can be our offer: not when a third party sets it, or the reader already bears it."""
    if clause is None or clause.subject is None or clause.actor not in ("other", "reader"):
        return True
    if clause.actor == "reader":
        return not clause.negated and doc[clause.head].lemma_ in ("pay", "get", "start", "invest", "buy", "own", "have")
    return doc[clause.subject].norm_ in _OFFER_WORDS or doc[clause.subject].ent_id_ == "product"


def _distance(span: Span, cue: tuple[int, int, Role]) -> int:
    start, end, _ = cue
    if end <= span.start:
        return span.start - end
    return max(0, start - span.end)


_RATE = {"/", "per", "a", "an", "each", "every", "monthly", "annually", "yearly", "weekly", "flat"}
_ORDER: dict[Role, int] = {"discount": 0, "funding": 1, "price": 2, "gain": 3}
_OFFER_WORDS = frozenset(word for word in load_vocabularies()["offer-noun"])
