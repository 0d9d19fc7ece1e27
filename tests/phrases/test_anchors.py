"""A phrase is tried in the sentences that have something of its anchors, in whatever order they are asked about."""

from hypothesis import given
from hypothesis import strategies as st

from pushlint.phrases.anchors import Anchors

WORDS = st.sampled_from(["i", "you", "close", "deal", "<money>", "friday"])
PHRASES = st.lists(st.lists(st.frozensets(WORDS, min_size=1, max_size=3), min_size=1, max_size=3), max_size=6)


@given(phrases=PHRASES, sentences=st.lists(st.frozensets(WORDS)))
def test_a_sentence_may_have_the_phrases_of_which_it_has_something_of_each_anchor(
    phrases: list[list[frozenset[str]]], sentences: list[frozenset[str]]
) -> None:
    anchors = Anchors([phrase[0] for phrase in phrases], lambda number: phrases[number][1:])
    for words in sentences:
        having = [number for number, phrase in enumerate(phrases) if all(words & anchor for anchor in phrase)]
        assert list(anchors.given(words)) == having


@given(more=st.lists(st.frozensets(WORDS, min_size=1), min_size=3), words=st.frozensets(WORDS))
def test_no_place_is_missed_for_a_phrase_of_many_anchors(more: list[frozenset[str]], words: frozenset[str]) -> None:
    anchors = Anchors([more[0]], lambda number: more[1:])
    assert list(anchors.given(words)) == [0] or not all(words & anchor for anchor in more)
