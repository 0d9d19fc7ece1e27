"""The columns of a Doc say what its tokens say."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from pushlint.language.columns import columns

WORDS = st.sampled_from(
    [
        "We",
        "close",
        "the",
        "deals",
        "you",
        "'d",
        "had",
        "by",
        "Friday",
        "$99",
        "not",
        "{{name}}",
        "if",
        ".",
        "?",
        "\n\n",
    ]
)


@given(words=st.lists(WORDS, max_size=20))
@settings(max_examples=50, deadline=None)
def test_columns_are_what_the_tokens_are(parse: Callable[[str], Doc], words: list[str]) -> None:
    doc = parse(" ".join(["Hello", *words]))
    found = columns(doc)
    for token in doc:
        named = (found.texts, found.norms, found.lemmas, found.parts, found.deps, found.labels, found.ids, found.kb_ids)
        assert [column[token.i] for column in named] == [
            token.text, token.norm_, token.lemma_, token.pos_, token.dep_,
            token.ent_type_, token.ent_id_, token.ent_kb_id_,
        ]  # fmt: skip
        assert found.morphs[token.i] in (str(token.morph), "_")
        assert found.heads[token.i] == token.head.i
        assert found.children[token.i] == [child.i for child in token.children]
        assert found.lefts(token.i) == [child.i for child in token.lefts]
        assert list(found.ancestors(token.i)) == [ancestor.i for ancestor in token.ancestors]
    assert [(sentence.start, sentence.stop) for sentence in found.sentences if sentence] == [
        (sentence.start, sentence.end) for sentence in doc.sents
    ]


@pytest.mark.parametrize(
    ("text", "asks", "asks_before_marks"),
    [
        ("Is it so?", True, True),
        ('"Is it so?"', False, True),
        ("(Is it so?)", False, True),
        ("It is so.", False, False),
    ],
)
def test_the_mark_at_the_end_may_stand_before_others(
    nlp: Language, text: str, asks: bool, asks_before_marks: bool
) -> None:
    found = columns(nlp(text))
    (sentence,) = found.sentences
    assert found.ends_with("?", sentence) is asks
    assert found.ends_with("?", sentence, closing=' ")') is asks_before_marks
