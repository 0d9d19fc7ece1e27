"""What the components found, in words."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from pushlint.language.facts import Clause, facts


@pytest.fixture(scope="session")
def roles(parse: Callable[[str], Doc]) -> Callable[[str], list[tuple[str, str]]]:
    """The amounts in a text, with what each is."""

    def found(text: str) -> list[tuple[str, str]]:
        doc = parse(text)
        return [(doc[a.start : a.end].text, a.role) for a in facts(doc).amounts]

    return found


@pytest.fixture(scope="session")
def owners(parse: Callable[[str], Doc]) -> Callable[[str], list[str]]:
    """Whose clock each deadline in a text is."""
    return lambda text: [deadline.owner for deadline in facts(parse(text)).deadlines]


@pytest.fixture(scope="session")
def clause(parse: Callable[[str], Doc]) -> Callable[[str, str], Clause]:
    """The clause of a word in a text."""

    def found(text: str, word: str) -> Clause:
        doc = parse(text)
        token = next(token for token in doc if token.text == word)
        return facts(doc).clause_of[token.i]

    return found
