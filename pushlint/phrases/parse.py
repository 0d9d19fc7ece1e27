"""Reads a phrase: `(close|seal) (the|this)? "deal" ... <money> @resource`.

A word stands for all its forms, `"word"` for itself alone, `word:verb` or `(word|word):verb` for its forms as that
part of speech;
`(a|b)` chooses, `?` makes the item before it optional, `...` skips up to five words (a hyphen counts as one),
`<name>` is a class of tokens, `@name` a vocabulary, `^` and `$` are the first and last word of the sentence.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_DEEPEST = 50  # brackets in brackets


class PhraseError(ValueError):
    """A phrase that cannot be read; the message says where and what to do."""


class Word(NamedTuple):
    """A word; `exact` when only this form counts, `pos` when it must be that part of speech (a UD label)."""

    text: str
    exact: bool = False
    pos: str | None = None


class Class(NamedTuple):
    """A class of tokens, as `<money>`."""

    name: str


class Vocabulary(NamedTuple):
    """A named list of phrases, as `@resource`."""

    name: str


class Gap(NamedTuple):
    """A few words of any kind, without punctuation."""


class Choice(NamedTuple):
    """One of several sequences; an empty one makes the choice optional."""

    options: "tuple[tuple[Item, ...], ...]"


Item = Word | Class | Vocabulary | Gap | Choice


class Phrase(NamedTuple):
    """A sequence of items, perhaps bound to the start or the end of the sentence."""

    items: tuple[Item, ...]
    at_start: bool = False
    at_end: bool = False


_TOKEN = re.compile(
    r"""\s*(?:(?P<gap>\.\.\.)|(?P<mark>\)(?::[a-z]+)?|[(|?]|^\^|\$\s*$)|"(?P<exact>[^"]+)"|<(?P<class>[a-z-]+)>|@(?P<vocabulary>[a-z-]+)"""
    r"""|(?P<word>[^\s()|?"<>@:]+)(?::(?P<pos>[a-z]+))?)"""
)


def parse(text: str) -> Phrase:
    """The phrase written as `text`. Raises PhraseError."""
    tokens = list(_tokens(text))
    at_start = bool(tokens) and tokens[0] == "^"
    at_end = bool(tokens) and tokens[-1] == "$"
    items = _items(tokens[at_start : len(tokens) - at_end], text)
    if not items:
        raise PhraseError(f'the phrase "{text}" is empty')
    return Phrase(items, at_start, at_end)


def _tokens(text: str) -> Iterator[str | Item]:
    at, end = 0, len(text.rstrip())
    while at < end:
        found = _TOKEN.match(text, at)
        if not found:
            raise PhraseError(f'cannot read "{text[at:].strip()}" in the phrase "{text}"')
        at = found.end()
        match found.lastgroup:
            case "gap":
                yield Gap()
            case "mark":
                yield found["mark"].strip()
            case "exact":
                yield Word(found["exact"], exact=True)
            case "class":
                yield Class(found["class"])
            case "vocabulary":
                yield Vocabulary(found["vocabulary"])
            case _:
                yield Word(found["word"], pos=found["pos"] and found["pos"].upper())


def _items(tokens: list[str | Item], text: str) -> tuple[Item, ...]:
    """The items of all tokens. Around the innermost open bracket, which is read, are those that are open still."""
    around: list[list[list[Item]]] = []
    options: list[list[Item]] = [[]]
    repeatable = False  # whether a "?" may follow
    for token in tokens:
        if not isinstance(token, str):
            options[-1].append(token)
        elif token == "(" and len(around) < _DEEPEST:
            around.append(options)
            options = [[]]
        elif token == "?" and repeatable:
            options[-1].append(Choice(((options[-1].pop(),), ())))
        elif token == "|" and around:
            options.append([])
        elif token.startswith(")") and around:
            choice = Choice(tuple(_as(options, token[2:])))
            options = around.pop()
            options[-1].append(choice)
        else:
            raise PhraseError(f'unexpected "{token}" in the phrase "{text}"')
        repeatable = not isinstance(token, str) or token.startswith(")")
    if around:
        raise PhraseError(f'a ")" is missing in the phrase "{text}"')
    return tuple(options[0])


def _as(options: list[list[Item]], pos: str) -> Iterator[tuple[Item, ...]]:
    """The options with their first words as that part of speech, if one is named: `(save|cut):verb`."""
    for items in options:
        first = items[0] if items else None
        yield (first._replace(pos=pos.upper()), *items[1:]) if pos and isinstance(first, Word) else tuple(items)
