"""The classes of tokens that phrases name: `<money>`, `<noun>`, `<sender>`."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from spacy.lexeme import Lexeme

LOUD = 63  # a flag that spaCy leaves free: the word is said loud


class Entity(NamedTuple):
    """An entity of the Doc, as which amounts, times and typed merge tags stand: its labels, or its id, or both; or the
    id of the knowledge base, which is that of merge tags."""

    labels: tuple[str, ...] = ()
    id: str = ""
    kb_id: str = ""

    def is_at(self, label: str, entity_id: str, kb_id: str) -> bool:
        """Whether a token with this label and these ids is of such an entity."""
        return (
            (not self.labels or label in self.labels)
            and self.id in ("", entity_id)
            and self.kb_id in ("", kb_id)
        )  # fmt: skip


ENTITIES: Mapping[str, Entity] = {
    "money": Entity(("MONEY",)),
    "price": Entity(("MONEY",), id="price"),
    "discount": Entity(id="discount"),
    "percent": Entity(("PERCENT",)),
    "date": Entity(("DATE",)),
    "time": Entity(("TIME",)),
    "when": Entity(("DATE", "TIME")),
    "duration": Entity(("DURATION",)),
    "person": Entity(("PERSON",)),
    "company": Entity(("ORG",)),
    "tag": Entity(kb_id="tag"),
}
WORDS: Mapping[str, frozenset[str]] = {
    "sender": frozenset({"i", "we", "me", "us"}),
    "reader": frozenset({"you", "ya", "u"}),
    "my": frozenset({"my", "our"}),
    "your": frozenset({"your", "ur"}),
    "the": frozenset({"the", "a", "an", "this", "that", "these", "those", "my", "our", "your", "any", "some"}),
}
PARTS: Mapping[str, frozenset[str]] = {
    "adjective": frozenset({"ADJ"}),
    "adverb": frozenset({"ADV"}),
    "noun": frozenset({"NOUN", "PROPN"}),
    "verb": frozenset({"VERB"}),
    "name": frozenset({"PROPN"}),
    "np": frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"}),
}
TAGS: Mapping[str, frozenset[str]] = {"plural": frozenset({"NNS", "NNPS"})}

# "first" and "2nd" are like numbers to spaCy.
_NO_NUMBER = re.compile(r".*(first|second|third|th|\d(st|nd|rd))$")
# Hyphens inside words are tokens of their own, and may be part of what a gap skips.
_STOPS = frozenset(',.;:!?()[]–—…"“”')


def _like(pattern: str) -> Callable[[Lexeme], bool]:
    compiled = re.compile(pattern)
    return lambda lexeme: compiled.match(lexeme.text) is not None


SPELLINGS: Mapping[str, Callable[[Lexeme], bool]] = {
    "number": lambda lexeme: lexeme.like_num and not _NO_NUMBER.match(lexeme.lower_),
    "word": lambda lexeme: not (lexeme.is_punct or lexeme.is_space),
    "capitals": lambda lexeme: lexeme.is_upper and lexeme.is_alpha and len(lexeme.text) > 2,
    "loud": lambda lexeme: lexeme.check_flag(LOUD),
    "digits": _like(r"^\d[\d.,]*(k|K|m|M|bn|B)?\+?$"),
    # "$300pm", "£450+VAT", "Rs 500/-": the tokenizer keeps what follows on the number.
    "rated-digits": _like(r"(?i)^\d[\d.,]*(pm|pcm|pa|pp|ph|\+vat|\+gst|/-|,-|/[a-z]+)$"),
    "ordinal": _like(r"^\d{1,2}(st|nd|rd|th)$"),
    "year": _like(r"^(19|20)\d\d$"),
    "slash-date": _like(r"^\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}$"),
    "clock-time": _like(r"^\d{1,2}[:.]\d\d$"),
}
CLASSES = (*ENTITIES, *WORDS, *PARTS, *TAGS, *SPELLINGS)
# A sentence with such a class is rare enough for a phrase to be looked for there that has no word of its own.
ANCHORS = frozenset((*ENTITIES, *SPELLINGS)) - {"word"}
MOST = {"name": 4, "np": 5, "loud": 10}  # tokens; other classes that are no entities take one

# Not for phrases to name: what a gap skips, how many of them at most, and what is no mark.
GAP = "..."
GAP_WORDS = 5
ANYTHING = (GAP, "word")
NO_MARK = "no-mark"
_MORE_SPELLINGS: Mapping[str, Callable[[Lexeme], bool]] = {
    GAP: lambda lexeme: lexeme.text not in _STOPS,
    NO_MARK: lambda lexeme: is_word(lexeme.text),
}


def spellings(lexeme: Lexeme) -> tuple[str, ...]:
    """The classes that a word is of by its spelling, whatever stands around it."""
    return tuple(name for name, test in {**SPELLINGS, **_MORE_SPELLINGS}.items() if test(lexeme))


def is_word(text: str) -> bool:
    """Whether it is a word or number, or a part of one such as "n't"."""
    return any(map(str.isalnum, text))
