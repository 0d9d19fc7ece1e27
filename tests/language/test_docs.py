"""The Doc of a draft: loaded offline, sentences inside blocks, every token at its place in the file."""

import re
import socket
from collections.abc import Callable
from typing import NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

import pushlint
from pushlint.errors import InputError
from pushlint.language import load_pipeline, make_doc
from pushlint.language.facts import facts
from pushlint.language.pipeline import LONGEST_SENTENCE
from pushlint.readers import read

Parse = Callable[..., Doc]


def refuse(*args: object) -> NoReturn:
    raise AssertionError("the network was asked")


def test_the_pipeline_loads_without_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    nlp = load_pipeline.__wrapped__()
    assert isinstance(nlp, Language)
    doc = nlp("We close the deal.")
    assert [token.dep_ for token in doc][:2] == ["nsubj", "ROOT"]


def test_the_pipeline_is_loaded_once() -> None:
    assert pushlint.load_pipeline() is pushlint.load_pipeline()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("draft.txt", "Hi Sam,\n\nWe close\n\nthe deal\n\n- by Friday\n- or later\n\nBest,\nDana\n"),
        ("draft.md", "# We close\n\nthe deal\n\n* by Friday\n* or later\n"),
        ("draft.html", "<h1>We close</h1><p>the deal</p><ul><li>by Friday<li>or later</ul>"),
    ],
)
def test_no_sentence_crosses_a_block(parse: Parse, name: str, text: str) -> None:
    doc = parse(text, name)
    blocks = facts(doc).draft.blocks
    assert len(blocks) >= 4
    for sentence in doc.sents:
        start, end = facts(doc).span(doc, sentence.start, sentence.end)
        assert any(block.start <= start and end <= block.end for block in blocks)


@pytest.mark.parametrize(
    ("tag", "label", "type_"),
    [
        ("{{first_name}}", "PERSON", "person"),
        ("*|COMPANY|*", "ORG", "company"),
        ("[Company]", "ORG", "company"),
        ("{{renewal_date}}", "DATE", "date"),
        ("{city}", "GPE", "place"),
        ("{{product_name}}", "PRODUCT", "product"),
        ("{{sender_name}}", "PERSON", "sender"),
    ],
)
def test_a_merge_tag_is_an_entity_of_its_type(parse: Parse, tag: str, label: str, type_: str) -> None:
    doc = parse(f"We wrote about {tag} again.")
    (entity,) = doc.ents
    assert (entity.label_, entity.kb_id_, entity.id_) == (label, "tag", type_)
    place = facts(doc).span(doc, entity.start, entity.end)
    assert facts(doc).draft.source_text(*place) == tag


def test_a_sign_beside_a_tag_makes_it_an_amount(parse: Parse) -> None:
    doc = parse("It is ${{price}} with {{pct}}% off.")
    assert [(e.text, e.label_) for e in doc.ents] == [("$100", "MONEY"), ("10%", "PERCENT")]


def test_text_without_end_marks_is_no_endless_sentence(parse: Parse) -> None:
    doc = parse("a price, a name, a place, " * 1000)
    assert max(len(sentence) for sentence in doc.sents) <= LONGEST_SENTENCE + 1
    short = parse("We close the deal. " * 400)
    assert len(list(short.sents)) == 400


PIECES = [
    "We close this deal", "by Friday", "for $99", "{{first_name}}", "[Company]", "*|NAME|*", "&amp;", "&#8217;", "**",
    "it's", "don’t", "\n", "\n\n", "\r\n", "- ", "> ", "Subject: x\n", "Hi Sam,\n\n", "\u00a0", "é", "e\u0301", "👍🏽",
    "\t", "<b>", "</b>", "https://a.b/c", "...", "?!", "(", ")", "“", "”", "\u200b", "P.S. ", "日本",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), min_size=1, max_size=25).map(" ".join)


def straight(text: str) -> str:
    """The parser is given straight apostrophes; the places are those of the words as typed."""
    return text.replace("’", "'")


@given(text=texts, name=st.sampled_from(["draft.txt", "draft.md", "draft.html"]))
@settings(max_examples=200, deadline=None)
def test_every_token_stands_where_it_says(nlp: Language, text: str, name: str) -> None:
    try:
        (draft,) = read(name, text.encode())
    except InputError:
        return
    doc = make_doc(nlp, draft)
    known = facts(doc)
    assert known.offsets == sorted(set(known.offsets))
    for token in doc:
        start, end = known.span(doc, token.i, token.i + 1)
        assert straight(draft.text[start:end]) == straight(token.text)
        assert not re.search(r"\s", token.text)
        first, last = draft.map.span(start, end)
        if draft.map.kinds(first, last) == {"literal"}:
            assert straight(draft.source_text(start, end)) == straight(token.text)
    read_words = "".join(
        "".join(draft.text[b.start : b.end].split()) for b in draft.blocks if draft.zone_at(b.start) != "quoted"
    )
    assert straight("".join(token.text for token in doc)) == straight(read_words)
