"""Long Docs in pieces, for the model: what it works out for every token at once would fill the memory."""

from collections.abc import Sequence
from typing import Any

import numpy
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS, SENT_START, TAG  # type: ignore[import-not-found]
from spacy.tokens import Doc

LONGEST = 3_000
"""Tokens of a piece: the numbers of more do not fit into the memory near the processor."""
_PARSED = [TAG, POS, MORPH, LEMMA, DEP, HEAD]  # heads as offsets from their tokens


def pieces(doc: Doc) -> list[Doc]:
    """A Doc that is not parsed yet; of a long one Docs of its words, that begin where a sentence is known to."""
    if len(doc) <= LONGEST:
        return [doc]
    words, spaces = [token.text for token in doc], [bool(token.whitespace_) for token in doc]
    starts: list[int] = doc.to_array(SENT_START).astype("int64").tolist()
    made, first = [], 0
    while first < len(doc):
        last = min(first + LONGEST, len(doc))
        if last < len(doc):
            last = next((at for at in range(last, first, -1) if starts[at] == 1), last)
        made.append(Doc(doc.vocab, words[first:last], spaces[first:last], sent_starts=[1, *starts[first + 1 : last]]))
        first = last
    return made


def joined(doc: Doc, parsed: Sequence[Doc]) -> Doc:
    """The Doc with the parse of its pieces."""
    if len(parsed) == 1:
        return parsed[0]
    rows: Any = numpy.concatenate([piece.to_array(_PARSED) for piece in parsed])
    return doc.from_array(_PARSED, rows)
