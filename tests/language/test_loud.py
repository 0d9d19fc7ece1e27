"""Words in capitals for volume are told from acronyms and names."""

import pytest

from pushlint.language.loud import is_loud


@pytest.mark.parametrize("word", ["FREE", "NOW", "NEVER", "TWICE", "UNBEATABLE", "THIS", "READ", "YES"])
def test_an_ordinary_word_in_capitals_is_loud(word: str) -> None:
    assert is_loud(word)


@pytest.mark.parametrize("word", ["NASA", "CRM", "SEO", "VAT", "ASAP", "JOHN", "LEEDS", "BMW", "PDF", "SAAS"])
def test_acronyms_and_names_are_not(word: str) -> None:
    assert not is_loud(word)


@pytest.mark.parametrize("word", ["WHO", "PIN"])
def test_a_word_that_is_an_acronym_too_is_not(word: str) -> None:
    assert not is_loud(word)


@pytest.mark.parametrize("word", ["free", "Free", "NO", "FREE2"])
def test_only_whole_words_of_three_capitals_or_more_are(word: str) -> None:
    assert not is_loud(word)
