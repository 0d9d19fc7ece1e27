"""A parsed draft as plain data: what `pushlint parse` shows, whatever the format.

Every item has its plain `words` (merge tags replaced by their fillers), their offsets `start` and `end` in the plain
text of the draft, and where they stand in the file: `location` and `end_location`, rows and columns from 1, columns in
code points. `docs/language.md` documents the keys.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pushlint.draft import Block, Draft

if TYPE_CHECKING:  # spaCy takes time to load, and whoever has a Doc has loaded it
    from spacy.tokens import Doc, Span, Token

    from pushlint.language.facts import Clause, Facts

Data = dict[str, Any]

FACTS = ("amounts", "deadlines", "scarcities", "asks")
"""The lists of `Facts` whose items are a span with its properties."""

GAP = " … "
_WHITE_SPACE = re.compile(r"\s")


def as_data(doc: "Doc") -> Data:
    """The draft of a Doc with its zones, their blocks, the sentences in them, and the facts of each sentence."""
    view = _View(doc)
    draft = view.draft
    return {
        "path": draft.source.path,
        "subject": draft.subject,
        "stage": view.facts.stage or draft.stage,
        "stage_told": draft.stage is not None,
        "profile": view.facts.profile or draft.profile,
        "profile_told": draft.profile is not None,
        "text": draft.text,
        "zones": list(view.zones()),
        "tags": list(_tags(draft)),
    }


class _View:
    """Turns the parts of one Doc into data."""

    def __init__(self, doc: "Doc") -> None:
        self.doc = doc
        self.facts: Facts = doc._.pushlint
        self.draft: Draft = doc._.pushlint.draft

    def zones(self) -> Iterator[Data]:
        """The zones that hold words."""
        for zone in self.draft.zones:
            blocks = [block for block in self.draft.blocks if zone.start <= block.start < zone.end]
            if blocks:
                piece = self._plain(blocks[0].start, blocks[-1].end)
                yield {"kind": zone.kind, **piece, "blocks": [self._block(block) for block in blocks]}

    def _block(self, block: Block) -> Data:
        sentences = (s for s in self.doc.sents if block.start <= self.facts.offsets[s.start] < block.end)
        piece = self._plain(block.start, block.end)
        return {"kind": block.kind, **piece, "sentences": [self._sentence(sentence) for sentence in sentences]}

    def _sentence(self, sentence: "Span") -> Data:
        within = range(sentence.start, sentence.end)
        return {
            **self._tokens(sentence.start, sentence.end),
            "moves": sorted(self.facts.moves.get(sentence.start, ())),
            "clauses": [self._clause(clause) for clause in self.facts.clauses if clause.start in within],
            "entities": [self._entity(span) for span in sentence.ents],
            **{key: [self._fact(fact) for fact in getattr(self.facts, key) if fact.start in within] for key in FACTS},
            "quoted": [self._tokens(*run) for run in _runs(i for i in within if i in self.facts.quoted)],
            "tokens": [self._token(token, sentence.start) for token in sentence],
        }

    def _clause(self, clause: "Clause") -> Data:
        runs = [self._tokens(*run)["words"].strip(" ,;") for run in _runs(clause.tokens)]
        return {
            **self._tokens(clause.start, clause.end),
            "words": GAP.join([run for run in runs if any(map(str.isalnum, run))] or runs),
            "head": self.doc[clause.head].text,
            "subject": None if clause.subject is None else self.doc[clause.subject].text,
            **_properties(clause, "head", "subject", "tokens"),
            "quoted": clause.head in self.facts.quoted,
        }

    def _entity(self, span: "Span") -> Data:
        tag = next((t.type for t in self.draft.tags if t.start < t.end and self._holds(span, t.start)), None)
        return {**self._tokens(span.start, span.end), "label": span.label_, "tag": tag}

    def _holds(self, span: "Span", offset: int) -> bool:
        start, end = self.facts.span(self.doc, span.start, span.end)
        return start <= offset < end

    def _fact(self, fact: Any) -> Data:
        said = {**self._tokens(fact.start, fact.end), **_properties(fact, "start", "end")}
        if said.get("reason"):
            said["reason"] = self._tokens(*said["reason"])["words"]
        return said

    def _token(self, token: "Token", first: int) -> Data:
        """A word with its place in the tree: `head` is the index in the sentence of the word it hangs on."""
        return {
            **self._tokens(token.i, token.i + 1),
            "lemma": token.lemma_,
            "norm": token.norm_,
            "pos": token.pos_,
            "dep": token.dep_,
            "head": token.head.i - first,
        }

    def _tokens(self, start: int, end: int) -> Data:
        return self._plain(*self.facts.span(self.doc, start, end))

    def _plain(self, start: int, end: int) -> Data:
        return _piece(self.draft, (start, end), self.draft.map.span(start, end))


def _tags(draft: Draft) -> Iterator[Data]:
    """The merge tags. Those that only steer stand for no words, so their places are found by going along the map."""
    tags = iter(draft.tags)
    tag = next(tags, None)
    at = 0
    for segment in draft.map.segments:
        if tag and tag.start == at and draft.source.text[segment.start : segment.end] == tag.source:
            piece = _piece(draft, (tag.start, tag.end), (segment.start, segment.end))
            yield {**piece, "source": tag.source, "type": tag.type}
            tag = next(tags, None)
        at += len(segment.text)


def _piece(draft: Draft, plain: tuple[int, int], source: tuple[int, int]) -> Data:
    """The words of a plain span, on one line, and the places of its source span."""
    start, end = plain
    row_and_column = ("row", "column")
    return {
        "words": _WHITE_SPACE.sub(" ", draft.text[start:end]),
        "start": start,
        "end": end,
        "location": dict(zip(row_and_column, draft.source.position(source[0]), strict=True)),
        "end_location": dict(zip(row_and_column, draft.source.position(source[1]), strict=True)),
    }


def _properties(fact: Any, *indexes: str) -> Data:
    """What a fact says, without the token `indexes` that say where."""
    return {field.name: getattr(fact, field.name) for field in fields(fact) if field.name not in indexes}


def _runs(indexes: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Ascending indexes as ranges without gaps."""
    for _, group in groupby(enumerate(indexes), key=lambda pair: pair[1] - pair[0]):
        run = [index for _, index in group]
        yield run[0], run[-1] + 1
