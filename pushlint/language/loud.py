"""Words that shout: ordinary words in capitals, and no acronyms or names.

The word vectors of the shipped model are kept in order of frequency, "free", "Free" and "FREE" each in its place.
A word that English writes in lower case far more often than in capitals, and not mostly with a capital (a name),
is an ordinary word; in capitals it is said loud.
"""

from functools import cache
from typing import Any

import numpy
from spacy.strings import hash_string  # type: ignore[attr-defined]
from spacy.vocab import Vocab

from pushlint.language.loading import word_rows
from pushlint.phrases.classes import LOUD
from pushlint.vocabulary import load_vocabularies

_COMMON = 30_000  # the first so many words; rarer ones are as likely a name
_TIMES = 4  # how much further down in the list the word stands in capitals
_NEVER = 1_000_000


def teach(vocab: Vocab) -> None:
    """Makes the words of `vocab` know whether they are said loud, as a flag that patterns can ask for."""
    if LOUD not in vocab.lex_attr_getters:  # type: ignore[attr-defined]
        vocab.add_flag(is_loud, flag_id=LOUD)


def is_loud(word: str) -> bool:
    """Whether it is an ordinary word in capitals, of three letters or more."""
    return len(word) > 2 and word.isalpha() and word.isupper() and _is_ordinary(word.lower())


def is_acronym(word: str) -> bool:
    """Whether it is written in capitals because it is an acronym."""
    return word.lower() in _acronyms()


@cache
def _is_ordinary(word: str) -> bool:
    if word in _acronyms():
        return False
    lower, capitals, title = (_rank(form) for form in (word, word.upper(), word.title()))
    return lower < _COMMON and lower * _TIMES <= capitals and lower < 2 * title


def _rank(word: str) -> int:
    """The word's place in the list of the most frequent ones."""
    found = numpy.flatnonzero(_frequent_words() == numpy.uint64(hash_string(word)))
    return int(found[0]) if len(found) else _NEVER


@cache
def _frequent_words() -> Any:
    """The hashes of words in an array: few are looked for, and a dictionary of all takes time to make."""
    words = word_rows()
    return numpy.fromiter(words, numpy.uint64, len(words))


@cache
def _acronyms() -> frozenset[str]:
    return frozenset(load_vocabularies()["acronym"])
