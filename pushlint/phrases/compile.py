"""Turns a parsed phrase into spaCy token patterns, each with the words it cannot do without."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from typing import Any

from pushlint.phrases.forms import CLOSED
from pushlint.phrases.parse import Choice, Class, Gap, Item, Phrase, PhraseError, Vocabulary, Word, parse

MOST_PATTERNS = 2000
LOUD = 63  # a flag that spaCy leaves free: the word is said loud
PARTS_OF_SPEECH = (
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "SCONJ", "SYM",
    "VERB", "X",
)  # fmt: skip

# What each class of tokens is to spaCy's Matcher. Amounts, times and typed merge tags are entities of the Doc.
CLASSES: Mapping[str, dict[str, Any]] = {
    "money": {"ENT_TYPE": "MONEY", "OP": "+"},
    "price": {"ENT_TYPE": "MONEY", "ENT_ID": "price", "OP": "+"},
    "discount": {"ENT_ID": "discount", "OP": "+"},
    "percent": {"ENT_TYPE": "PERCENT", "OP": "+"},
    "date": {"ENT_TYPE": "DATE", "OP": "+"},
    "time": {"ENT_TYPE": "TIME", "OP": "+"},
    "when": {"ENT_TYPE": {"IN": ["DATE", "TIME"]}, "OP": "+"},
    "duration": {"ENT_TYPE": "DURATION", "OP": "+"},
    # "first" and "2nd" are like numbers to spaCy.
    "number": {"LIKE_NUM": True, "LOWER": {"REGEX": r"^(?!.*(first|second|third|th|\d(st|nd|rd))$)"}},
    "person": {"ENT_TYPE": "PERSON", "OP": "+"},
    "company": {"ENT_TYPE": "ORG", "OP": "+"},
    "tag": {"ENT_KB_ID": "tag", "OP": "+"},
    "sender": {"NORM": {"IN": ["i", "we", "me", "us"]}},
    "reader": {"NORM": {"IN": ["you", "ya", "u"]}},
    "my": {"NORM": {"IN": ["my", "our"]}},
    "your": {"NORM": {"IN": ["your", "ur"]}},
    "the": {"NORM": {"IN": ["the", "a", "an", "this", "that", "these", "those", "my", "our", "your", "any", "some"]}},
    "adjective": {"POS": "ADJ"},
    "adverb": {"POS": "ADV"},
    "noun": {"POS": {"IN": ["NOUN", "PROPN"]}},
    "verb": {"POS": "VERB"},
    "plural": {"TAG": {"IN": ["NNS", "NNPS"]}},
    "name": {"POS": "PROPN", "OP": "{1,4}"},
    "np": {"POS": {"IN": ["DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"]}, "OP": "{1,5}"},
    "word": {"IS_PUNCT": False, "IS_SPACE": False},
    "capitals": {"IS_UPPER": True, "LENGTH": {">=": 3}, "IS_ALPHA": True},
    "loud": {f"FLAG{LOUD}": True, "OP": "{1,10}"},
    "digits": {"TEXT": {"REGEX": r"^\d[\d.,]*(k|K|m|M|bn|B)?\+?$"}},
    # "$300pm", "£450+VAT", "Rs 500/-": the tokenizer keeps what follows on the number.
    "rated-digits": {"TEXT": {"REGEX": r"(?i)^\d[\d.,]*(pm|pcm|pa|pp|ph|\+vat|\+gst|/-|,-|/[a-z]+)$"}},
    "ordinal": {"TEXT": {"REGEX": r"^\d{1,2}(st|nd|rd|th)$"}},
    "year": {"TEXT": {"REGEX": r"^(19|20)\d\d$"}},
    "slash-date": {"TEXT": {"REGEX": r"^\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}$"}},
    "clock-time": {"TEXT": {"REGEX": r"^\d{1,2}[:.]\d\d$"}},
}
# What a sentence must hold for a pattern that has no word of its own: such an entity, or a digit.
_CLASS_ANCHORS = {
    **{name: f"<{name}>" for name in ("money", "price", "discount", "percent", "date", "time", "when", "duration")},
    **{name: f"<{name}>" for name in ("person", "company", "tag")},
    "number": "<number>",
    **dict.fromkeys(("capitals", "loud"), "<capitals>"),
    **dict.fromkeys(("digits", "rated-digits", "ordinal", "year", "slash-date", "clock-time"), "<digits>"),
}
# Hyphens inside words are tokens of their own, and may be part of what is skipped.
_STOPS = [",", ".", ";", ":", "!", "?", "(", ")", "[", "]", "–", "—", "…", '"', "“", "”"]
_GAP: dict[str, Any] = {"TEXT": {"NOT_IN": _STOPS}, "OP": "{0,5}"}


@dataclass(frozen=True, slots=True)
class Piece:
    """One token pattern: the words it takes (None: any that `spec` allows), and the name of what it captures."""

    words: frozenset[str] | None
    spec: Mapping[str, Any]
    name: str | None = None
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A run of pieces. It is tried in a sentence that holds one of its `anchors`, its rarest words, and a word
    of each of its `needs`; `opening` are the words it can begin with where it must open the sentence."""

    pieces: tuple[Piece, ...]
    anchors: frozenset[str]
    needs: tuple[frozenset[str], ...]
    at_start: bool
    at_end: bool
    opening: frozenset[str] | None


class Compiler:
    """Compiles phrases, given how words are split and inflected and which vocabularies there are."""

    def __init__(
        self,
        split: Callable[[str], list[str]],
        forms: Callable[[str], set[str]],
        vocabularies: Mapping[str, list[str]],
    ) -> None:
        self._split = cache(split)
        self._forms = cache(forms)
        self._vocabularies = vocabularies
        self._words: dict[Word, tuple[Piece, ...]] = {}
        self._known: dict[str, list[tuple[Piece, ...]]] = {}

    def compile(self, text: str) -> list[Pattern]:
        """The patterns of the phrase `text`. Raises PhraseError."""
        phrase = parse(text)
        sequences = self._sequence(phrase.items, text)
        return [_pattern(pieces, phrase, text) for pieces in sequences]

    def _sequence(self, items: Iterable[Item], text: str) -> list[tuple[Piece, ...]]:
        choices = [self._item(item, text) for item in items]
        count = 1
        for choice in choices:
            count *= len(choice)
        if count > MOST_PATTERNS:
            raise PhraseError(f'the phrase "{text}" stands for {count} patterns, over {MOST_PATTERNS}: split it')
        return [tuple(piece for part in parts for piece in part) for parts in product(*choices)]

    def _item(self, item: Item, text: str) -> list[tuple[Piece, ...]]:
        match item:
            case Word():
                return [self._word(item, text)]
            case Gap():
                return [(Piece(None, _GAP, "..."),)]
            case Class(name):
                if name not in CLASSES:
                    raise PhraseError(f'no class "<{name}>" in the phrase "{text}"; there are: {", ".join(CLASSES)}')
                words = CLASSES[name].get("NORM")
                anchor = _CLASS_ANCHORS.get(name)
                return [(Piece(frozenset(words["IN"]) if words else None, CLASSES[name], name, anchor),)]
            case Vocabulary(name):
                return self._vocabulary(name, text)
            case Choice(options):
                return _merge([pieces for option in options for pieces in self._sequence(option, text)])

    def _word(self, word: Word, text: str) -> tuple[Piece, ...]:
        if word.pos and word.pos not in PARTS_OF_SPEECH:
            known = ", ".join(PARTS_OF_SPEECH).lower()
            raise PhraseError(f'no part of speech ":{word.pos.lower()}" in the phrase "{text}"; there are: {known}')
        if word in self._words:
            return self._words[word]
        parts = self._split(word.text)
        extra = {"POS": {"IN": ["VERB", "AUX"]} if word.pos == "VERB" else word.pos} if word.pos else {}
        fixed = word.exact or len(parts) > 1
        pieces = tuple(Piece(frozenset({part} if fixed else self._forms(part)), extra) for part in parts)
        self._words[word] = pieces
        return pieces

    def _vocabulary(self, name: str, text: str) -> list[tuple[Piece, ...]]:
        if name not in self._vocabularies:
            raise PhraseError(f'no vocabulary "@{name}" for the phrase "{text}"')
        if name not in self._known:
            self._known[name] = []  # a vocabulary that names itself finds nothing there, and ends
            entries = [
                pieces for entry in self._vocabularies[name] for pieces in self._sequence(parse(entry).items, entry)
            ]
            self._known[name] = [
                tuple(Piece(p.words, p.spec, name, p.anchor) for p in pieces) for pieces in _merge(entries)
            ]
        return self._known[name]


def _merge(sequences: list[tuple[Piece, ...]]) -> list[tuple[Piece, ...]]:
    """One-word alternatives become one piece, so that `(a|b)? (c|d)` is one pattern and not six."""
    merged: list[tuple[Piece, ...]] = []
    same: dict[str, set[str]] = {}
    specs: dict[str, Mapping[str, Any]] = {}
    for pieces in sequences:
        if len(pieces) == 1 and pieces[0].words is not None and not pieces[0].name and "OP" not in pieces[0].spec:
            kind = repr(pieces[0].spec)
            specs[kind] = pieces[0].spec
            same[kind] = same.get(kind, set()) | pieces[0].words
        else:
            merged.append(pieces)
    merged = [*((Piece(frozenset(words), specs[kind]),) for kind, words in same.items()), *merged]
    return _optional(merged)


def _optional(options: list[tuple[Piece, ...]]) -> list[tuple[Piece, ...]]:
    """A single piece or nothing is one piece that may be missing."""
    full = [pieces for pieces in options if pieces]
    if len(full) == 1 < len(options) and len(full[0]) == 1 and "OP" not in full[0][0].spec:
        piece = full[0][0]
        return [(replace(piece, spec={**piece.spec, "OP": "?"}),)]
    return options


def _pattern(pieces: tuple[Piece, ...], phrase: Phrase, text: str) -> Pattern:
    """Its anchors are the words of the piece that is likely the rarest: open-class, long, few."""
    needs = [p.words for p in pieces if p.words and p.spec.get("OP", "1") == "1"]
    needs.sort(key=lambda words: (not words & CLOSED, min(map(len, words)), -len(words)), reverse=True)
    needs += [frozenset({p.anchor}) for p in pieces if p.anchor and p.spec.get("OP") != "?"]
    if not needs:
        raise PhraseError(f'the phrase "{text}" needs at least one word, vocabulary or entity class that must be there')
    opening = _opening(pieces) if phrase.at_start else None
    return Pattern(pieces, needs[0], tuple(needs[1:]), phrase.at_start, phrase.at_end, opening)


def _opening(pieces: tuple[Piece, ...]) -> frozenset[str] | None:
    """The words that the first piece can be, or one after it where it may be missing; None if that is any word."""
    words: set[str] = set()
    for piece in pieces:
        if piece.words is None:
            return None
        words |= piece.words
        if piece.spec.get("OP", "1") == "1":
            return frozenset(words)
    return None
