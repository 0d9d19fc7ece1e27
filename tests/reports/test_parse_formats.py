"""What `pushlint parse` shows, from facts set by hand, so that no change of the model or of a rule is felt here."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from html.parser import HTMLParser
from typing import Any

import click
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from pushlint.language.facts import Amount, Ask, Clause, Deadline, Facts
from pushlint.language.pipeline import make_doc
from pushlint.readers import read
from pushlint.reports import parse_html, parse_json, parse_text
from pushlint.reports.parse_data import FACTS, Data, as_data

NLP = spacy.blank("en")
DRAFT = """\
Hi {{first_name}},

It is $9 <b>, "so if you
like", reply by Friday.
{% if a %}No rush.{% endif %}
"""


def doc_of(text: str, path: str = "a.txt") -> Doc:
    """The words of a draft, without facts."""
    [draft] = read(path, text.encode())
    doc = make_doc(NLP, draft)
    for token in doc:
        token.is_sent_start = token.is_sent_start or False  # a sentence a block
    return doc


@pytest.fixture
def data() -> Data:
    """The draft above with some facts."""
    doc = doc_of(DRAFT)
    known: Facts = doc._.pushlint
    at = {token.text: token.i for token in doc}
    doc.ents = [doc.char_span(3, 7, label="PERSON")]
    main = (at["It"], at["is"], at["$"], at["9"], at["reply"], at["by"], at["Friday"])
    condition = tuple(range(at["so"], at["like"] + 1))
    known.clauses = [
        Clause(at["is"], at["It"], main, "other", "statement", "present", negated=True, modal="would"),
        Clause(at["like"], at["you"], condition, "reader", "statement", "present", conditional=True),
    ]
    known.amounts = [Amount(at["$"], at["9"] + 1, "price")]
    known.deadlines = [Deadline(at["by"], at["Friday"] + 1, "sender")]
    known.asks = [Ask(at["reply"], at["reply"] + 1, "time", 15)]
    known.moves = {at["It"]: {"teaches", "asks-time"}}
    known.quoted = set(condition)
    return as_data(doc)


def items(data: Any) -> Iterator[Data]:
    """Every item of a draft that has words and a place."""
    for value in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from items(value)
    if isinstance(data, dict) and "words" in data:
        yield data


def test_every_fact_there_is_is_shown() -> None:
    shown = {*FACTS, "clauses", "moves", "quoted", "stage", "profile"}
    means = {"offsets", "draft", "clause_of", "done"}
    assert {field.name for field in fields(Facts)} == shown | means


def test_text_is_aligned_and_leaves_nothing_out(data: Data) -> None:
    text = click.unstyle("".join(parse_text.render([data])))
    assert (
        text
        == """\
a.txt  stage: unknown, profile: unknown

greeting, paragraph
  1:1     Hi Alex,
          entity    PERSON                       Alex  (tag, person)

body, paragraph
  3:1     It is $9 <b>, "so if you like", reply by Friday.
          moves     asks-time, teaches
          clause    other   statement   present  It is $9 … reply by Friday  (negated, would)
          clause    reader  statement   present  so if you like  (conditional, quoted)
          amount    price                        $9
          deadline  sender                       by Friday
          ask       time, 15 minutes             reply
          quoted                                 so if you like

body, paragraph
  5:11    No rush.

merge tags
  1:4     {{first_name}}  person, read as "Alex"
  5:1     {% if a %}  steers, stands for no words
  5:19    {% endif %}  steers, stands for no words

"""
    )


@pytest.mark.parametrize("width", [40, 60, 100])
def test_text_keeps_to_the_width_and_cannot_steer_the_terminal(width: int) -> None:
    lines = (
        "Hi Sam,\n\nThis \x1b[31mred\x07 word stands in a long line of words that goes on and on and on, as such do.\n"
    )
    data = as_data(doc_of(lines, path="a\x1b[2J.txt"))
    text = click.unstyle("".join(parse_text.render([data], width)))
    assert "\x1b" not in text and "\x07" not in text
    assert max(map(len, text.splitlines()[1:])) <= width


def test_json_is_one_list_and_an_empty_one_without_drafts(data: Data) -> None:
    assert json.loads("".join(parse_json.render([data, data]))) == [data, data]
    assert json.loads("".join(parse_json.render([]))) == []


@given(
    text=st.text(alphabet=st.sampled_from("Hi Sam,.\n\r\tß👍🏽\u200b-*>$9\"'"), max_size=200),
    path=st.sampled_from("tm"),
)
def test_words_stand_where_they_are_said_to_stand(text: str, path: str) -> None:
    data = as_data(doc_of(f"Hi,\n{text}", {"t": "a.txt", "m": "a.md"}[path]))
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", f"Hi,\n{text}")
    starts = [sum(map(len, lines[:row])) for row in range(len(lines) + 1)]
    for item in items(data):
        start, end = (starts[item[key]["row"] - 1] + item[key]["column"] - 1 for key in ("location", "end_location"))
        there = f"Hi,\n{text}"[start:end]
        assert re.sub(r"\s", " ", data["text"][item["start"] : item["end"]]) == item["words"]
        assert [c for c in item["words"] if c.isalnum()] == [c for c in there if c.isalnum()]


def test_a_tag_is_placed_as_it_was_typed(data: Data) -> None:
    sources = [item["source"] for item in data["tags"]]
    columns = [(item["location"]["column"], item["end_location"]["column"]) for item in data["tags"]]
    assert sources == ["{{first_name}}", "{% if a %}", "{% endif %}"]
    assert columns == [(4, 18), (1, 11), (19, 30)]


class Tags(HTMLParser):
    """Checks that every tag is closed, and notes what the page would load or run."""

    VOID = frozenset({"meta", "br"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.loads: list[str] = []
        self.text = ""
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.open += [] if tag in self.VOID else [tag]
        self.loads += [f"{name}={value}" for name, value in attributes if name in ("src", "href") or name[:2] == "on"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_is_whole_and_needs_nothing_else(data: Data) -> None:
    page = "".join(parse_html.render([data, data]))
    tags = Tags(page)
    assert not {"script", "link", "img", "iframe", "b"} & set(tags.seen)
    assert tags.loads == [] and "url(" not in page and "@import" not in page
    assert tags.seen.count("svg") == 6 and len(set(re.findall(r'<svg[^>]* id="([^"]+)"', page))) == 6
    assert "<b>" in tags.text and "teaches" in tags.text and "MONEY" not in tags.text
    assert "prefers-color-scheme: dark" in page


def test_the_page_marks_entities_at_their_words(data: Data) -> None:
    page = "".join(parse_html.render([data]))
    [mark] = re.findall(r"<mark.*?>\s*(\S+)\s*<span.*?>(.*?)</span>", page, re.DOTALL)
    assert mark == ("Alex", "PERSON person")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "Hi &amp; <img src=x onerror=y>", "\x1b]0;x\x07 & so"])
def test_words_of_a_draft_stay_words_on_the_page(text: str) -> None:
    data = as_data(doc_of(f"Hi Sam,\n\n{text}\n", path=f"{text}.txt"))
    tags = Tags("".join(parse_html.render([data])))
    assert not {"script", "img"} & set(tags.seen) and tags.loads == [] and "\x1b" not in tags.text
