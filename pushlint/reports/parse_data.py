"""A parsed draft as plain data: what `pushlint parse` shows, whatever the format.

Every item has its plain `words` (merge tags replaced by their fillers) and where they stand in the file: `location`
and `end_location`, rows and columns from 1, columns in code points. The keys are documented in `docs/language.md`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pushlint.draft import Draft

if TYPE_CHECKING:  # spaCy takes time to load, and whoever has a Doc has loaded it
    from spacy.tokens import Doc, Span, Token

    from pushlint.language.facts import Clause

Data = dict[str, Any]

FACTS = ("amounts", "deadlines", "asks")
"""The lists of `Facts` whose items are a span with its properties."""

GAP = " … "


def as_data(doc: "Doc") -> Data:
    """The draft of a Doc with its zones, their blocks, the sentences in them, and the facts of each sentence."""
    draft: Draft = doc._.pushlint.draft
    view = _View(doc)
    return {
        "path": draft.source.path,
        "subject": draft.subject,
        "stage": draft.stage,
        "profile": draft.profile,
        "zones": list(view.zones()),
        "tags": list(_tags(draft)),
    }


class _View:
    """Turns the parts of one Doc into data."""

    def __init__(self, doc: "Doc") -> None:
        self.doc = doc
        self.facts = doc._.pushlint
        self.draft: Draft = self.facts.draft

    def zones(self) -> Iterator[Data]:
        """The zones that hold words."""
        for zone in self.draft.zones:
            blocks = [block for block in self.draft.blocks if zone.start <= block.start < zone.end]
            if blocks:
                held = self._piece(blocks[0].start, blocks[-1].end)
                yield {"kind": zone.kind, **held, "blocks": [self._block(b.kind, b.start, b.end) for b in blocks]}

    def _block(self, kind: str, start: int, end: int) -> Data:
        sentences = [s for s in self.doc.sents if start <= self.facts.offsets[s.start] < end]
        return {"kind": kind, **self._piece(start, end), "sentences": [self._sentence(s) for s in sentences]}

    def _sentence(self, sentence: "Span") -> Data:
        within = range(sentence.start, sentence.end)
        return {
            **self._tokens(sentence.start, sentence.end),
            "moves": sorted(self.facts.moves.get(sentence.start, ())),
            "clauses": [self._clause(clause) for clause in self.facts.clauses if clause.start in within],
            "entities": [self._entity(span) for span in sentence.ents],
            **{
                name: [self._fact(fact) for fact in getattr(self.facts, name) if fact.start in within] for name in FACTS
            },
            "quoted": [self._tokens(*run) for run in _runs(i for i in within if i in self.facts.quoted)],
            "tokens": [self._token(token, sentence.start) for token in sentence],
        }

    def _clause(self, clause: "Clause") -> Data:
        runs = [self._tokens(*run)["words"] for run in _runs(clause.tokens)]
        return {
            **self._tokens(clause.start, clause.end),
            "words": GAP.join([run for run in runs if any(map(str.isalnum, run))] or runs),
            "head": self.doc[clause.head].text,
            "subject": None if clause.subject is None else self.doc[clause.subject].text,
            **_properties(clause, "head", "subject", "tokens"),
            "quoted": clause.head in self.facts.quoted,
        }

    def _entity(self, span: "Span") -> Data:
        tag = span.id_ if span.kb_id_ == "tag" else None
        return {**self._tokens(span.start, span.end), "label": span.label_, "tag": tag}

    def _fact(self, fact: Any) -> Data:
        return {**self._tokens(fact.start, fact.end), **_properties(fact, "start", "end")}

    def _token(self, token: "Token", first: int) -> Data:
        """A word with its place in the tree; `head` is the index in the sentence of the word it hangs on."""
        return {
            **self._tokens(token.i, token.i + 1),
            "lemma": token.lemma_,
            "norm": token.norm_,
            "pos": token.pos_,
            "dep": token.dep_,
            "head": token.head.i - first,
        }

    def _tokens(self, start: int, end: int) -> Data:
        return self._piece(*self.facts.span(self.doc, start, end))

    def _piece(self, start: int, end: int) -> Data:
        return {
            "words": " ".join(self.draft.text[start:end].split()),
            **_places(self.draft, *self.draft.map.span(start, end)),
        }


def _tags(draft: Draft) -> Iterator[Data]:
    """The merge tags. Those that only steer stand for no words, so their places are found by going along the map."""
    tags = iter(draft.tags)
    tag = next(tags, None)
    at = 0
    for segment in draft.map.segments:
        if tag is None:
            return
        if tag.start == at and draft.source.text[segment.start : segment.end] == tag.source:
            yield {
                "words": segment.text,
                **_places(draft, segment.start, segment.end),
                "source": tag.source,
                "type": tag.type,
            }
            tag = next(tags, None)
        at += len(segment.text)


def _places(draft: Draft, start: int, end: int) -> Data:
    """The places of a source span."""
    keys = ("row", "column")
    return {
        "location": dict(zip(keys, draft.source.position(start), strict=True)),
        "end_location": dict(zip(keys, draft.source.position(end), strict=True)),
    }


def _properties(fact: Any, *indexes: str) -> Data:
    """What a fact says, without the token `indexes` that say where."""
    return {field.name: getattr(fact, field.name) for field in fields(fact) if field.name not in indexes}


def _runs(indexes: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Ascending indexes as ranges without gaps."""
    for _, group in groupby(enumerate(indexes), key=lambda pair: pair[1] - pair[0]):
        run = [index for _, index in group]
        yield run[0], run[-1] + 1
