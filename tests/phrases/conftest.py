"""Finding one phrase in a text."""

from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from pushlint.language.words import compiler
from pushlint.phrases import PhraseIndex
from pushlint.phrases.compile import Compiler

Find = Callable[[str, str], list[str]]
VOCABULARIES = {"fruit": ["apple", "passion fruit", "(red|green) grape"], "basket": ["@fruit", "bread"]}


@pytest.fixture(scope="session")
def words_compiler(nlp: Language) -> Compiler:
    """A compiler with the pipeline's words and vocabularies of our own."""
    shipped = compiler(nlp)
    return Compiler(shipped._split, shipped._forms, VOCABULARIES)


@pytest.fixture(scope="session")
def captures(
    parse: Callable[[str], Doc], words_compiler: Compiler
) -> Callable[[str, str], list[tuple[str, dict[str, str]]]]:
    """The words that a phrase finds in a text, and what its classes and vocabularies took."""

    def found(phrase: str, text: str) -> list[tuple[str, dict[str, str]]]:
        doc = parse(text)
        hits = PhraseIndex(words_compiler, [phrase]).find(doc).get(phrase, [])
        return [
            (doc[hit.start : hit.end].text, {name: doc[i:j].text for name, (i, j) in hit.captures.items()})
            for hit in hits
        ]

    return found


@pytest.fixture(scope="session")
def find(captures: Callable[[str, str], list[tuple[str, dict[str, str]]]]) -> Find:
    """The words that a phrase finds in a text."""
    return lambda phrase, text: [words for words, _ in captures(phrase, text)]
