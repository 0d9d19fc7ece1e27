"""Which words of a sentence are somebody's, in quotation marks."""

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

_CLOSED_BY = {'"': '"', "“": "”", "«": "»", "‘": "’", "'": "'"}


def quoted(doc: Doc) -> set[int]:
    """The tokens that stand between quotation marks within one sentence."""
    return {i for sentence in doc.sents for i in _quoted_in(sentence)}


def _quoted_in(sentence: Span) -> Iterator[int]:
    opened: tuple[int, str] | None = None
    for token in sentence:
        if opened is None and token.text in _CLOSED_BY and _may_open(token, sentence):
            opened = token.i, _CLOSED_BY[token.text]
        elif opened is not None and token.text == opened[1]:
            yield from range(opened[0] + 1, token.i)
            opened = None


def _may_open(token: Token, sentence: Span) -> bool:
    """Not after a letter or digit: that is an inch, a foot or an apostrophe."""
    before = token.nbor(-1) if token.i > sentence.start else None
    return before is None or bool(before.whitespace_) or before.is_punct
