"""What each amount is: the price of our offer, a discount, what the reader gains or loses, a customer's result."""

from spacy.language import Language
from spacy.tokens import Doc, Span

from pushlint.language.facts import Amount, Clause, Role, facts
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


@Language.factory("pushlint_amounts")
def make_amounts(nlp: Language, name: str) -> "Amounts":
    """Makes the component."""
    return Amounts(nlp)


class Amounts:
    """Sets `doc._.pushlint.amounts`, and each amount's role as the `id` of its entity."""

    def __init__(self, nlp: Language) -> None:
        self._index = phrase_index(nlp, [f"@{cue}" for cue in _CUES if cue in load_vocabularies()])

    def __call__(self, doc: Doc) -> Doc:
        known = facts(doc)
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
    if span.label_ == "MONEY" and any(t.ent_id_ == "price" or t.norm_ in _RATE for t in span):
        in_clause = [c for c in near if clause and c[0] in clause.tokens]
        return "gain" if any(role == "gain" for *_, role in in_clause) else "price"
    pool = [c for c in near if clause and c[0] in clause.tokens] or near
    if not pool:
        words = [t for t in sentence if not t.is_punct]
        return "price" if span.label_ == "MONEY" and len(words) <= len(span) + 3 else "other"
    order: dict[Role, int] = {"discount": 0, "funding": 1, "gain": 2, "price": 3}
    role = min(pool, key=lambda c: (_distance(span, c), order[c[2]]))[2]
    if span.label_ == "PERCENT" and role == "price":
        return "other"
    if role == "gain" and clause is not None and clause.tense == "past" and clause.actor in ("other", "sender"):
        return "result"
    return role


def _distance(span: Span, cue: tuple[int, int, Role]) -> int:
    start, end, _ = cue
    if end <= span.start:
        return span.start - end
    return max(0, start - span.end)


_RATE = {"/", "per", "monthly", "annually", "yearly", "weekly", "mo", "flat"}
