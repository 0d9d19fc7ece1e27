"""What each amount is: the price of our offer, a discount, what the reader gains or loses, a customer's result."""

import re

from spacy.attrs import LOWER  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from pushlint.language import clauses, entities
from pushlint.language.amount_place import CUES, find_cues, place_of
from pushlint.language.amount_role import role_of
from pushlint.language.facts import Amount, facts
from pushlint.language.require import require
from pushlint.language.words import phrase_index

NAME = "pushlint_amounts"
_LABELS = {"MONEY", "PERCENT"}
_THOUSANDS = re.compile(r"\d[\d.,]*k$")
_MONEY_VERBS = {"save", "cost", "earn", "make", "spend", "pay", "raise", "charge", "lose", "recover", "gain", "win"}


@Language.factory(NAME, assigns=["doc._.pushlint", "doc.ents"], requires=["token.dep", "token.lemma"])
def make_amounts(nlp: Language, name: str) -> "Amounts":
    """Makes the component."""
    return Amounts(nlp)


class Amounts:
    """Sets `doc._.pushlint.amounts`, and each amount's role as the `id` of its entity."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._index = phrase_index(nlp, [f"@{cue}" for cue in CUES])

    def __call__(self, doc: Doc) -> Doc:
        require(self._nlp, doc, entities.NAME, clauses.NAME)
        known = facts(doc)
        known.done.add(NAME)
        doc.ents = [*doc.ents, *_bare_thousands(doc)]
        amounts = [span for span in doc.ents if span.label_ in _LABELS]
        if not amounts:
            return doc
        cues = find_cues(doc, self._index)
        ents = {span.start: span for span in doc.ents}
        for span in amounts:
            role = role_of(place_of(span, known.clause_of.get(span.root.i), cues))
            known.amounts.append(Amount(span.start, span.end, role))
            ents[span.start] = Span(doc, span.start, span.end, label=span.label_, kb_id=span.kb_id_, span_id=role)
        doc.ents = list(ents.values())
        return doc


def _bare_thousands(doc: Doc) -> list[Span]:
    """ "Saved Meyer's 14k": money without its sign, after a verb of money and before no noun that it could count."""
    lowers = doc.to_array(LOWER).tolist()
    thousands = {lower for lower in set(lowers) if _THOUSANDS.match(doc.vocab.strings[lower])}
    return [
        Span(doc, number, number + 1, label="MONEY")
        for number, lower in enumerate(lowers)
        if lower in thousands and not doc[number].ent_type_ and _is_money(doc[number])
    ]


def _is_money(token: Token) -> bool:
    after = token.nbor() if token.i + 1 < len(token.doc) else None
    counts = after is not None and after.pos_ in ("NOUN", "PROPN", "ADJ")
    return not counts and any(
        t.lemma_ in _MONEY_VERBS for t in (*token.ancestors, *token.sent[: token.i - token.sent.start])
    )
