"""A phrase is tried in a sentence that has something of all its anchors, whenever they were first met."""

from hypothesis import given
from hypothesis import strategies as st

from pushlint.phrases.anchors import Anchors

WORDS = st.sampled_from(["i", "you", "close", "deal", "<money>", "friday"])
ANCHORS = st.lists(st.frozensets(WORDS, min_size=1, max_size=3), min_size=1, max_size=6)


@given(before=ANCHORS, after=ANCHORS, words=st.frozensets(WORDS))
def test_a_sentence_has_an_anchor_where_it_has_one_of_its_words(
    before: list[frozenset[str]], after: list[frozenset[str]], words: frozenset[str]
) -> None:
    known = Anchors()
    known.bits(before)
    since = known.count
    there = known.given(words)
    known.bits(after)
    there |= known.given(words, since)

    for anchor in [*before, *after]:
        assert bool(there & known.bits([anchor])) is bool(anchor & words)
    assert there == known.given(words)
