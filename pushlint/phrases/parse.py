"""Reads a phrase: `(close|seal) (the|this)? "deal" ... <money> @resource`.

A word stands for all its forms, `"word"` for itself alone, `word:verb` or `(word|word):verb` for its forms as that
part of speech;
`(a|b)` chooses, `?` makes the item before it optional, `...` skips up to five words (a hyphen counts as one),
`<name>` is a class of tokens, `@name` a vocabulary, `^` and `$` are the first and last word of the sentence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache


class PhraseError(ValueError):
    """A phrase that cannot be read; the message says where and what to do."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word; `exact` when only this form counts, `pos` when it must be that part of speech (a UD label)."""

    text: str
    exact: bool = False
    pos: str | None = None


@dataclass(frozen=True, slots=True)
class Class:
    """A class of tokens, as `<money>`."""

    name: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A named list of phrases, as `@resource`."""

    name: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A few words of any kind, without punctuation."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences; an empty one makes the choice optional."""

    options: "tuple[tuple[Item, ...], ...]"


Item = Word | Class | Vocabulary | Gap | Choice


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sequence of items, perhaps bound to the start or the end of the sentence."""

    items: tuple[Item, ...]
    at_start: bool = False
    at_end: bool = False


_TOKEN = re.compile(
    r"""\s*(?:(?P<gap>\.\.\.)|(?P<mark>\)(?::[a-z]+)?|[(|?]|^\^|\$\s*$)|"(?P<exact>[^"]+)"|<(?P<class>[a-z-]+)>|@(?P<vocabulary>[a-z-]+)"""
    r"""|(?P<word>[^\s()|?"<>@:]+)(?::(?P<pos>[a-z]+))?)"""
)


@cache
def parse(text: str) -> Phrase:
    """The phrase written as `text`. Raises PhraseError."""
    tokens = list(_tokens(text))
    at_start = bool(tokens) and tokens[0] == "^"
    at_end = bool(tokens) and tokens[-1] == "$"
    tokens = tokens[at_start : len(tokens) - at_end]
    items, rest = _sequence(tokens, text)
    if rest:
        raise PhraseError(f'unexpected "{rest[0]}" in the phrase "{text}"')
    if not items:
        raise PhraseError(f'the phrase "{text}" is empty')
    return Phrase(items, at_start, at_end)


def _tokens(text: str) -> Iterator[str | Item]:
    at = 0
    while text[at:].strip():
        found = _TOKEN.match(text, at)
        if not found:
            raise PhraseError(f'cannot read "{text[at:].strip()}" in the phrase "{text}"')
        at = found.end()
        if found["gap"]:
            yield Gap()
        elif found["mark"]:
            yield found["mark"].strip()
        elif found["exact"]:
            yield Word(found["exact"], exact=True)
        elif found["class"]:
            yield Class(found["class"])
        elif found["vocabulary"]:
            yield Vocabulary(found["vocabulary"])
        else:
            yield Word(found["word"], pos=found["pos"] and found["pos"].upper())


def _sequence(tokens: list[str | Item], text: str) -> tuple[tuple[Item, ...], list[str | Item]]:
    """Items up to `|`, `)` or the end, and what is left."""
    items: list[Item] = []
    while tokens and tokens[0] != "|" and not _closes(tokens[0]):
        head, tokens = tokens[0], tokens[1:]
        if head == "(":
            item, tokens = _choice(tokens, text)
        elif isinstance(head, str):
            raise PhraseError(f'unexpected "{head}" in the phrase "{text}"')
        else:
            item = head
        if tokens and tokens[0] == "?":
            item, tokens = Choice(((item,), ())), tokens[1:]
        items.append(item)
    return tuple(items), tokens


def _choice(tokens: list[str | Item], text: str) -> tuple[Item, list[str | Item]]:
    options = []
    while True:
        items, tokens = _sequence(tokens, text)
        options.append(items)
        if not tokens:
            raise PhraseError(f'a ")" is missing in the phrase "{text}"')
        head, tokens = tokens[0], tokens[1:]
        if _closes(head):
            return Choice(tuple(_as(options, str(head)[2:]))), tokens


def _closes(token: str | Item) -> bool:
    return isinstance(token, str) and token.startswith(")")


def _as(options: list[tuple[Item, ...]], pos: str) -> Iterator[tuple[Item, ...]]:
    """The options with their first words as that part of speech, if one is named: `(save|cut):verb`."""
    for items in options:
        first = items[0] if items else None
        yield (replace(first, pos=pos.upper()), *items[1:]) if pos and isinstance(first, Word) else items
