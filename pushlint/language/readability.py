"""How hard a text is to read."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from pushlint.kept import Kept, module_text

# Two words or fewer are no sentence, but a label or what is left of one.
_FEWEST = 3


def grade(sentences: Iterable[Sequence[str]]) -> float:
    """The Flesch-Kincaid grade of sentences of words without marks; 0 where there is nothing to measure.

    It is the figure of textstat, which tells sentences by their end marks, also those of "e.g." and "3.5", and finds
    none in a list: so the sentences and words are those that the pipeline knows.
    """
    counted = [words for words in sentences if len(words) >= _FEWEST]
    words = [word for sentence in counted for word in sentence]
    if not words:
        return 0.0
    syllables = sum(map(_syllables, words))
    return max(0.0, 0.39 * (len(words) / len(counted)) + 11.8 * (syllables / len(words)) - 15.59)


@cache
def _syllables(word: str) -> int:
    """The syllables of a word, told by hyphenation. The patterns take time to load: what they said of words is kept."""
    word = word.lower()
    known = _kept().get(word)
    if known is None:
        known = len(hyphenation().positions(word)) + 1
        _kept().put(word, known)
    return known


@cache
def _kept() -> Kept[int]:
    return Kept("syllables", int, [module_text("pyphen")])


@cache
def hyphenation() -> Any:
    """The patterns by which words are parted."""
    from pyphen import Pyphen

    return Pyphen(lang="en_US")
