"""A long draft is parsed in pieces that join into the same draft; no sentence is torn where one fits into a piece."""

import pytest
from spacy.tokens import Token

from pushlint.language import load_pipeline, make_doc, pieces
from pushlint.linter import Linter
from pushlint.readers import read

PARAGRAPHS = [
    "I read how your vans are loaded, and wrote down three checks that take ten minutes each.",
    "Let's close this deal by Friday, because that is when our quarter closes. Do you plan by hand?",
    "Plans start at $99 a month. What do you do when a parcel is late?",
    "- the list\n- the map\n- a page of questions that drivers ask us",
]
TEXT = "Hi Sam,\n\n" + "\n\n".join(PARAGRAPHS * 3) + "\n\nBest,\nAda\n"


def _parse(token: Token) -> tuple[str, str, str, int]:
    return token.tag_, token.lemma_, token.dep_, token.head.i


@pytest.mark.parametrize("longest", [1, 64, 128])
def test_a_draft_in_pieces_is_the_same_draft(longest: int, linter: Linter, monkeypatch: pytest.MonkeyPatch) -> None:
    [draft] = read("draft.txt", TEXT.encode())
    [whole] = linter.parse([draft])
    found = linter.judge(draft, whole)
    assert found
    monkeypatch.setattr(pieces, "LONGEST", longest)
    [doc] = linter.parse([draft])
    assert [token.text_with_ws for token in doc] == [token.text_with_ws for token in whole]
    assert all(token.sent == token.head.sent for token in doc)
    if longest > 1:  # no sentence is torn
        same = [_parse(a) == _parse(b) for a, b in zip(doc, whole, strict=True)]
        assert sum(same) > 0.9 * len(whole)
        assert [(d.code, d.start, d.end) for d in linter.judge(draft, doc)] == [(d.code, d.start, d.end) for d in found]


def test_pieces_begin_where_sentences_are_known_to(linter: Linter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "LONGEST", 40)
    [draft] = read("draft.txt", TEXT.encode())
    some = pieces.pieces(make_doc(load_pipeline(), draft))
    assert len(some) > 3
    assert {part[0].text for part in some} <= {"Hi", "I", "Let", "Plans", "the", "a", "Best", "What", "Do", "-"}
    assert max(map(len, some)) <= 40
