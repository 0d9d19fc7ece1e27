"""Each way to find a fault finds it, and nothing else."""

from collections.abc import Callable

import pytest

from pushlint.diagnostic import Diagnostic
from pushlint.errors import InputError
from pushlint.linter import Linter
from pushlint.readers import read
from pushlint.rulebook import Rule
from pushlint.rulebook.finders import pattern
from pushlint.rulebook.finders.measure import MEASURES, PARTS
from pushlint.rulebook.schema import Figure

Words = Callable[..., list[str]]
Lint = Callable[..., list[Diagnostic]]
VALUE = "It cuts your invoice work by half."
NO_VALUE = "We are a full-service agency with two offices in town."


def test_every_measure_of_the_schema_is_one() -> None:
    assert {*MEASURES, *PARTS} == set(Figure.__args__)
    assert not set(MEASURES) & set(PARTS)


def test_phrase_finds_each_place(words: Words) -> None:
    assert words("A zap here, zaps there.\n\nNo nap.") == ["zap", "zaps"]
    assert words("A zap.", find=[{"phrase": ["nap", "zap"]}]) == ["zap"]


def test_one_rule_marks_no_words_twice(words: Words) -> None:
    assert words("A big zap.", find=["zap", "big zap", "a big"]) == ["big zap"]


def test_mark_widens_to_clause_or_sentence_once(words: Words) -> None:
    text = "We zap it and zap it again. Then we nap."
    assert words(text, find=[{"phrase": "zap", "mark": "sentence"}]) == ["We zap it and zap it again."]
    assert words("If we zap it, you nap.", find=[{"phrase": "zap", "mark": "clause"}]) == ["If we zap it"]


def test_pattern_marks_the_words_it_touches(words: Words) -> None:
    assert words("Hear this: WOW!!! And on.", find=[{"pattern": "!{2,}"}]) == ["!!!"]
    assert words("It is the OFFER of the year.", find=[{"pattern": r"\b[A-Z]{4,}\b"}]) == ["OFFER"]
    assert words("An offering.", find=[{"pattern": "ffer"}]) == ["offering"]
    assert words("Nothing.", find=[{"pattern": "x*"}]) == []


def test_pattern_maps_back_through_markup_and_tags(words: Words) -> None:
    found = words("Hi **{{first_name}}**, it is GREAT &amp; GOOD.", "draft.md", find=[{"pattern": "GREAT & GOOD"}])
    assert found == ["GREAT &amp; GOOD"]


def test_pattern_that_never_ends_is_stopped(lint: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pattern, "SECONDS", 0.05)
    with pytest.raises(InputError, match=r"took over 0\.05 s on this draft") as raised:
        lint("Hi Sam,\n\n" + "a" * 60, find=[{"pattern": "(a|aa|aaa)+$(?<=b)"}])
    assert raised.value.path == "draft.txt"


def test_absence_speaks_once_of_the_draft(lint: Lint) -> None:
    (found,) = lint(f"Hi Sam,\n\n{NO_VALUE}\n", find=[{"absence": ["gives-value", "teaches"]}], message="None")
    assert (found.is_document, found.text, found.zone, found.message) == (True, "", None, "None")
    assert (found.location.row, found.location.column) == (1, 1)
    assert lint(f"Hi Sam,\n\n{VALUE}\n", find=[{"absence": ["gives-value", "teaches"]}]) == []


def test_order_finds_what_comes_before_a_move(words: Words) -> None:
    find = [{"order": {"phrase": "zap", "before": "gives-value"}}]
    assert words(f"A zap. {VALUE} Another zap.", find=find) == ["zap"]
    assert words(f"{VALUE} A zap.", find=find) == []
    assert words("A zap. Another zap.", find=find) == ["zap", "zap"]


@pytest.mark.parametrize(
    ("measure", "few", "many"),
    [
        ({"of": "words", "over": 5}, "Five words are not many.", "Six words are one too many."),
        ({"of": "questions", "over": 1}, "How is it? And why?", "How is it? And why is it?"),
        ({"of": "sender-share", "over": 0.4}, "Your plan helps our town.", "We are proud of our plan, and we love it."),
    ],
)
def test_measure_over(lint: Lint, measure: dict[str, object], few: str, many: str) -> None:
    assert lint(few, find=[{"measure": measure}]) == []
    assert [found.is_document for found in lint(many, find=[{"measure": measure}])] == [True]


STACKED = {"asks": ["time", "purchase", "task"], "unless": [{"earlier": "or"}]}


@pytest.mark.parametrize(
    ("text", "stacked"),
    [
        ("Could we talk on Tuesday? Please follow us on LinkedIn.", True),
        ("Please follow us on LinkedIn. Please fill in the form.", True),
        ("Could we talk on Tuesday? Could we talk on Friday?", False),
        ("Could we talk on Tuesday? Shall I send you the checklist?", False),
        ("Could we talk on Tuesday, or would you follow us on LinkedIn?", False),
    ],
)
def test_stacked_finds_different_asks(lint: Lint, text: str, stacked: bool) -> None:
    assert bool(lint(text, find=[{"stacked": STACKED}])) is stacked


def test_measure_under(lint: Lint) -> None:
    assert len(lint("Two words.", find=[{"measure": {"of": "words", "under": 3}}])) == 1
    assert lint("Now three words.", find=[{"measure": {"of": "words", "under": 3}}]) == []


def test_ask_finds_what_is_asked_for(lint: Lint) -> None:
    assert len(lint("Do you have 15 minutes on Tuesday?", find=[{"ask": "time"}])) == 1
    assert lint("We had a call with the vendor last week.", find=[{"ask": "time"}]) == []


def test_message_is_filled_or_falls_back(lint: Lint) -> None:
    find = ["zap ... <money>"]
    (found,) = lint("A zap for $99.", find=find, message="{money} for a {rest|zap}")
    assert found.message == "$99 for a for"
    (found,) = lint("A zap for $99.", find=find, message="by {date}")
    assert found.message == "Says zap"
    (found,) = lint("Hi {{first_name}}, zap.", message="{name|they} and {company|their team}")
    assert found.message == "{{first_name}} and their team"


def test_hidden_stands_where_the_words_are(lint: Lint) -> None:
    page = "<p>Hi Sam,</p>\n<p hidden>a <b>big</b> zap</p><p style='display:none'>one</p>"
    (found,) = lint(page, "draft.html", find=[{"hidden": {"words": 2}}], message="{hidden}")
    assert (found.text, found.message, found.location.row) == ("a <b>big</b> zap", "a big zap", 2)
    assert not found.is_document


def test_hidden_text_is_found_in_the_second_part_of_a_mail(rule: Callable[..., Rule]) -> None:
    mail = (
        "Subject: x\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\nHi Sam\n"
        "--b\nContent-Type: text/html\n\n<p>Hi Sam</p><p hidden>big zap</p>\n--b--\n"
    )
    linter = Linter([rule(find=[{"hidden": {}}])])
    assert [d.text for _, found in linter.lint(read("draft.eml", mail.encode())) for d in found] == ["big zap"]


def test_link_says_where_it_leads(lint: Lint) -> None:
    find = {"find": [{"link": "other-domain"}], "message": "{match} {target}"}
    (found,) = lint("See [ovens.example](https://lamps.example/x) and [this](https://a.example).", "draft.md", **find)
    assert (found.text, found.message) == ("ovens.example", "ovens.example lamps.example")
    assert lint("See [{{site}}](https://lamps.example/x).", "draft.md", **find) == []
