"""Which words of a sentence are somebody's, in quotation marks."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from pushlint.language.columns import Columns

_CLOSED_BY = {'"': '"', "“": "”", "«": "»", "‘": "’", "'": "'"}


def quoted(doc: Doc, words: Columns) -> set[int]:
    """The tokens that stand between quotation marks within one sentence."""
    return {i for sentence in words.sentences for i in _quoted_in(sentence, words.texts, doc)}


def _quoted_in(sentence: range, texts: list[str], doc: Doc) -> Iterator[int]:
    opened: tuple[int, str] | None = None
    for token in sentence:
        text = texts[token]
        if opened is None and text in _CLOSED_BY and (token == sentence.start or _may_open_after(doc[token - 1])):
            opened = token, _CLOSED_BY[text]
        elif opened is not None and text == opened[1]:
            yield from range(opened[0] + 1, token)
            opened = None


def _may_open_after(token: Token) -> bool:
    """Not after a letter or digit: that is an inch, a foot or an apostrophe."""
    return bool(token.whitespace_) or token.is_punct
