"""The tokens of a Doc as plain lists: spaCy makes an object of a token each time that it is asked for one."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, starmap

from spacy.attrs import (  # type: ignore[import-not-found]
    DEP,
    ENT_ID,
    ENT_KB_ID,
    ENT_TYPE,
    HEAD,
    LEMMA,
    MORPH,
    NORM,
    ORTH,
    POS,
    SENT_START,
)
from spacy.tokens import Doc

_STRINGS = [ORTH, NORM, LEMMA, POS, DEP, MORPH, ENT_TYPE, ENT_ID, ENT_KB_ID]


@dataclass(frozen=True, slots=True)
class Columns:
    """The words, the parse and the entities of a Doc as they stand, each list by token index.

    `heads` and `children`, in order, are token indices, `sentences` those of each sentence. `parts` are the parts of
    speech, `morphs` as "Tense=Past|VerbForm=Fin"; `labels`, `ids` and `kb_ids` are those of the entities.
    """

    heads: list[int]
    children: list[list[int]]
    sentences: list[range]
    texts: list[str]
    norms: list[str]
    lemmas: list[str]
    parts: list[str]
    deps: list[str]
    morphs: list[str]
    labels: list[str]
    ids: list[str]
    kb_ids: list[str]

    def lefts(self, token: int) -> list[int]:
        """The children before a token."""
        return [child for child in self.children[token] if child < token]

    def ancestors(self, token: int) -> Iterator[int]:
        """The head of a token, the head of that, and so on."""
        while (head := self.heads[token]) != token:
            yield head
            token = head

    def ends_with(self, mark: str, sentence: range, closing: str | None = None) -> bool:
        """Whether a sentence ends with a mark, whatever `closing` characters (white space) come after it."""
        for token in reversed(sentence):
            if kept := self.texts[token].rstrip(closing):
                return kept.endswith(mark)
        return False


def columns(doc: Doc) -> Columns:
    """The columns of a parsed Doc."""
    count, strings = len(doc), doc.vocab.strings
    rows = doc.to_array([*_STRINGS, HEAD, SENT_START])
    offsets, starts = rows[:, -2:].astype("int64").T.tolist()  # spaCy gives them as unsigned numbers
    heads = [token + offset for token, offset in enumerate(offsets)]
    children: list[list[int]] = [[] for _ in range(count)]
    for token, head in enumerate(heads):
        if head != token:
            children[head].append(token)
    first = [token for token, start in enumerate(starts) if token and start == 1]
    named = []
    for column in rows[:, :-2].T.tolist():
        known = {number: strings[number] for number in set(column)}
        named.append([known[number] for number in column])
    sentences = list(starmap(range, pairwise([0, *first, count])))
    return Columns(heads, children, sentences, *named)
