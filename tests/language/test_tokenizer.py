"""A tokenizer that has yet to learn its contractions cuts as one that knows them."""

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pushlint.language.tokenizer import ContractionTokenizer
from pushlint.resources import MODEL

FILE = MODEL / "tokenizer"
SAVED = Tokenizer(Vocab()).from_disk(FILE, exclude=["vocab"])
AROUND = (
    "",
    " ",
    "\n",
    "'",
    "’",
    "'s",
    "’S",
    '"',
    "(",
    ")",
    ".",
    ",",
    "-",
    "/",
    "_",
    "*",
    "$",
    "US$",
    "5",
    "km",
    "é",
    "x",
)
TEXTS = st.lists(st.tuples(*map(st.sampled_from, (AROUND, sorted(SAVED.rules), AROUND))), max_size=4).map(
    lambda parts: "".join(map("".join, parts))
)


def fresh() -> ContractionTokenizer:
    return ContractionTokenizer(SAVED.vocab).from_disk(FILE, exclude=["vocab"])


def cuts(doc: Doc) -> list[tuple[int, str, str, str]]:
    return [(token.idx, token.text, token.whitespace_, token.norm_) for token in doc]


@pytest.mark.slow
@given(TEXTS, TEXTS)
@settings(deadline=None)
def test_what_it_has_read_before_changes_nothing(before: str, text: str) -> None:
    tokenizer = fresh()
    assert cuts(tokenizer(before)) == cuts(SAVED(before))
    assert cuts(tokenizer(text)) == cuts(SAVED(text))


def test_most_rules_wait_and_all_are_told(nlp: Language) -> None:
    tokenizer = fresh()
    assert tokenizer.rules == SAVED.rules
    assert len(tokenizer._unlearnt) > 900
    assert [token.norm_ for token in tokenizer("We cant, that’d's “shouldn't”")][1:3] == ["can", "not"]
    assert tokenizer.explain("I'd") == SAVED.explain("I'd")


def test_it_is_saved_and_sent_to_other_processes_whole() -> None:
    assert fresh().to_bytes(exclude=["vocab"]) == SAVED.to_bytes(exclude=["vocab"])
    sent = pickle.loads(pickle.dumps(fresh()))
    assert sent.rules == SAVED.rules
    assert cuts(sent("They'd've")) == cuts(SAVED("They'd've"))


def test_a_case_that_is_added_counts() -> None:
    tokenizer = fresh()
    tokenizer.add_special_case("gimme", [{"ORTH": "gim"}, {"ORTH": "me"}])
    assert [token.text for token in tokenizer("gimme")] == ["gim", "me"]
    assert "gimme" in tokenizer.rules
