"""What an e-mail says in its own words, as its reader would count them: its sentences and paragraphs.

Only the body and the postscript; no subject, greeting, sign-off, footer, thread below. A merge tag counts as the word
that stands for it; addresses on the web and of e-mail, and marks, count for nothing.
"""

from dataclasses import dataclass
from itertools import groupby

from spacy.tokens import Doc, Span

from pushlint.draft import Draft
from pushlint.language.facts import facts

_ZONES = ("body", "postscript")
_END_MARKS = (".", "!", "?", "…", ":")
_LABEL = 8  # words: fewer without an end mark are a label or a row of a table
_BREAKS = {"—", "–", "--", "---", "…", "..."}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the prose, its words without marks ("dont", "15minute"), and where its block starts."""

    span: Span
    words: tuple[str, ...]
    block: int

    @property
    def text(self) -> str:
        """The sentence as it stands."""
        return self.span.text.rstrip(" \"'”’)]*_")

    @property
    def is_label(self) -> bool:
        """Whether it is a heading, a row of a table or an item of a list rather than a sentence."""
        return len(self.words) < _LABEL and not self.text.endswith(_END_MARKS)

    @property
    def asks(self) -> bool:
        """Whether it is a question; "Budget? Timing?" are choices of one."""
        return self.text.endswith("?") and any("VerbForm=Fin" in str(token.morph) for token in self.span)


def prose(doc: Doc) -> list[Sentence]:
    """The sentences of the prose that have words, in order."""
    known = facts(doc)
    draft = known.draft
    if draft is None:
        return []
    found = (
        Sentence(span, tuple(words_of(span)), _block_start(known.offsets[span.start], draft))
        for span in doc.sents
        if draft.zone_at(known.offsets[span.start]) in _ZONES
    )
    return [sentence for sentence in found if sentence.words]


def paragraphs(sentences: list[Sentence]) -> list[list[Sentence]]:
    """The sentences of each block."""
    return [list(block) for _, block in groupby(sentences, lambda sentence: sentence.block)]


def words_of(span: Span) -> list[str]:
    """The words as they are written, from space to space or dash: "don't" and "15-minute" are one each."""
    words, word, counts = [], "", True
    for token in span:
        breaks = token.text in _BREAKS
        if not breaks:
            word += token.text if token.is_alpha else "".join(filter(str.isalnum, token.text))
            counts = counts and not (token.like_url or token.like_email)
        if token.whitespace_ or breaks or token.i == span.end - 1:
            if word and counts:
                words.append(word)
            word, counts = "", True
    return words


def _block_start(offset: int, draft: Draft) -> int:
    block = draft.block_at(offset)
    return -1 if block is None else block.start
