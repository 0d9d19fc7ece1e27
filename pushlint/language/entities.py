"""Dates, times, spans of time, amounts and merge tags as entities of the Doc, with spaCy's labels."""

from bisect import bisect_left, bisect_right

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from pushlint.language import words
from pushlint.language.facts import facts
from pushlint.language.require import require
from pushlint.language.words import phrase_index
from pushlint.vocabulary import load_entities

_TAG_LABELS = {
    "person": "PERSON",
    "sender": "PERSON",
    "company": "ORG",
    "date": "DATE",
    "money": "MONEY",
    "number": "CARDINAL",
    "place": "GPE",
    "product": "PRODUCT",
}


NAME = "pushlint_entities"


@Language.factory(NAME, assigns=["doc.ents"], requires=["token.pos"])
def make_entities(nlp: Language, name: str) -> "Entities":
    """Makes the component."""
    return Entities(nlp)


class Entities:
    """Sets `doc.ents`: label as spaCy's, `kb_id` "tag" and `id` the tag's type for merge tags."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._labels = {phrase: label for label, phrases in load_entities().items() for phrase in phrases}
        self._index = phrase_index(nlp, self._labels)

    def __call__(self, doc: Doc) -> Doc:
        require(self._nlp, doc, words.NAME)
        facts(doc).done.add(NAME)
        found = [
            Span(doc, hit.start, hit.end, label=self._labels[phrase])
            for phrase, hits in self._index.find(doc).items()
            for hit in hits
            if not (hit.end < len(doc) and doc[hit.end].text == "%")  # "at 15%" is no time of the day
        ]
        tags = _tags(doc)
        tagged = {token.i for tag in tags for token in tag}
        kept = [span for span in filter_spans(found) if not any(token.i in tagged for token in span)]
        doc.ents = [*tags, *kept]
        return doc


def _tags(doc: Doc) -> list[Span]:
    known = facts(doc)
    if known.draft is None:
        return []
    spans = []
    for tag in known.draft.tags:
        first = max(0, bisect_right(known.offsets, tag.start) - 1)
        last = bisect_left(known.offsets, tag.end)
        if first < last and known.offsets[first] + len(doc[first]) > tag.start:
            label = _TAG_LABELS.get(tag.type, "MISC")
            if label == "CARDINAL" and last < len(doc) and doc[last].text == "%":
                label, last = "PERCENT", last + 1
            signed = first and doc[first - 1].is_currency and not doc[first].is_sent_start
            if label in ("MONEY", "CARDINAL") and signed:
                label, first = "MONEY", first - 1
            spans.append(Span(doc, first, last, label=label, kb_id="tag", span_id=tag.type))
    return filter_spans(spans)
