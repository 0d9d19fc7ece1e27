"""Front matter and `Subject:` lines: the subject's exact place, the stage, and errors that say what to do."""

from collections.abc import Callable
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pushlint.draft import Draft
from pushlint.errors import InputError
from pushlint.readers import read

ReadText = Callable[..., Draft]


def refused(text: str) -> InputError:
    with pytest.raises(InputError) as caught:
        read("draft.md", text.encode())
    return caught.value


@pytest.mark.parametrize(
    ("value", "subject"),
    [
        ("A question", "A question"),
        ("'Sam''s idea'", "Sam's idea"),
        ('"Caf\\u00e9 \\"Luna\\""', 'Café "Luna"'),
        ('"one\\ttab"', "one\ttab"),
        ('"folded\n  here"', "folded here"),
        ('"joined \\\n  here"', "joined here"),
        (">-\n  folded\n  here", "folded here"),
        ("|\n  literal\n  here\n", "literal here"),
        ("plain over\n  two lines", "plain over two lines"),
        ("42", "42"),
    ],
)
def test_a_subject_in_any_style(read_text: ReadText, value: str, subject: str) -> None:
    draft = read_text(f"---\nsubject: {value}\nstage: follow-up\n---\nHi Sam,\n\nGood news.\n", "draft.md")
    assert draft.subject == subject
    assert draft.text.startswith(subject + "\n\nHi Sam,")
    assert (draft.zones[0].kind, draft.zones[0].start, draft.zones[0].end) == ("subject", 0, len(subject) + 2)


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1),
    st.sampled_from(["'", '"', None]),
)
def test_a_dumped_subject_comes_back(read_text: ReadText, subject: str, style: str | None) -> None:
    dumped = yaml.safe_dump({"subject": subject}, default_style=style, allow_unicode=True, width=30)
    draft = read_text(f"---\n{dumped}---\nHi Sam,\n\nGood news.\n", "draft.md")
    if "{" not in subject and "[" not in subject and not draft.tags:
        assert (draft.subject or "") == str(yaml.safe_load(dumped)["subject"]).strip()


def test_an_escape_is_an_entity_and_what_surrounds_it_is_literal(read_text: ReadText) -> None:
    text = '---\nsubject: "Caf\\u00e9 news"\n---\nHi Sam,\n'
    draft = read_text(text, "draft.md")
    news = draft.text.index("news")
    start, end = draft.map.span(news, news + 4)
    assert text[start:end] == "news"
    accent = draft.text.index("é")
    assert draft.source_text(accent, accent + 1) == "\\u00e9"


def test_tags_in_a_subject(read_text: ReadText) -> None:
    draft = read_text('---\nsubject: "{{company}} and [Your Company]"\n---\nHi {{name}},\n', "draft.md")
    assert draft.subject == "Acme and Northwind"
    assert [(tag.type, draft.text[tag.start : tag.end]) for tag in draft.tags] == [
        ("company", "Acme"),
        ("sender", "Northwind"),
        ("person", "Alex"),
    ]


def test_stage_profile_and_free_keys(read_text: ReadText) -> None:
    draft = read_text("---\nstage: breakup\nprofile: cold\nowner: Kim\nstep: 3\n---\nHi Sam,\n", "draft.md")
    assert (draft.subject, draft.stage, draft.profile) == (None, "breakup", "cold")
    assert draft.meta == {"stage": "breakup", "profile": "cold", "owner": "Kim", "step": 3}
    assert draft.text == "Hi Sam,\n"


@pytest.mark.parametrize("value", ["2031-03-28", '"2031-03-28"', "2031-03-28 18:00:00", "2031-03-28T18:00:00Z"])
def test_the_last_day_of_the_offer(read_text: ReadText, value: str) -> None:
    assert read_text(f"---\noffer_ends: {value}\n---\nHi Sam,\n", "draft.md").offer_ends == date(2031, 3, 28)


@pytest.mark.parametrize("value", ["", "~", '""'])
def test_no_last_day_and_no_word_on_the_footer(read_text: ReadText, value: str) -> None:
    draft = read_text(f"---\noffer_ends: {value}\nfooter: {value}\n---\nHi Sam,\n", "draft.md")
    assert (draft.offer_ends, draft.footer) == (None, None)
    assert read_text("---\nfooter: injected\n---\nHi Sam,\n", "draft.md").footer == "injected"


@pytest.mark.parametrize("value", ["soon", "2031-02-30", "28.03.2031", "2031-3-28", '"{{end}}"', "[2031-03-28]", "31"])
def test_a_last_day_that_is_no_date_says_how_to_write_it(value: str) -> None:
    error = refused(f"---\nsubject: x\noffer_ends: {value}\n---\nHi\n")
    assert (error.path, error.line) == ("draft.md", 3)
    assert error.message.startswith("offer_ends ") and error.message.endswith("is not a date")
    assert "year-month-day, as in offer_ends: 2031-03-28" in (error.hint or "")


def test_an_unknown_footer_names_the_nearest() -> None:
    error = refused("---\nfooter: inject\n---\nHi\n")
    assert (error.message, error.line, error.hint) == ("unknown footer 'inject'", 2, "did you mean 'injected'?")


def test_an_unknown_stage_names_the_nearest() -> None:
    error = refused("---\nsubject: x\nstage: First touch\n---\nHi\n")
    assert (error.message, error.line, error.hint) == ("unknown stage 'First touch'", 3, "did you mean 'first-touch'?")
    assert "first-touch, follow-up" in (refused("---\nstage: zzz\n---\nHi\n").hint or "")
    assert refused("---\nprofile: [a]\n---\nHi\n").line == 2


@pytest.mark.parametrize(
    "value", ["{{first_name}}", "{{first_name}}, hello", "[Company] + us", "Quick question: price", "*|FNAME|*"]
)
def test_a_subject_may_stand_without_quotes_that_yaml_would_ask_for(read_text: ReadText, value: str) -> None:
    draft = read_text(f"---\nstage: reply\nsubject: {value}\n---\nHi\n", "draft.md")
    assert draft.stage == "reply" and draft.meta["subject"] == value
    assert draft.source_text(0, len(draft.subject or "")) == value


def test_another_value_without_its_quotes_is_told_to_be_quoted() -> None:
    error = refused("---\nstage: reply\nowner: {{first_name}}, sales\n---\nHi\n")
    assert error.line == 3
    assert "put the value in quotes" in (error.hint or "")


def test_escaped_emoji_are_joined_and_half_a_one_does_no_harm(read_text: ReadText) -> None:
    draft = read_text('---\nsubject: "Hello \\ud83d\\udc4b \\ud83d!"\n---\nHi\n', "draft.md")
    assert draft.subject == "Hello 👋 \ufffd!"
    assert draft.source_text(6, 7) == "\\ud83d\\udc4b"


def test_a_broken_front_matter_is_refused_with_its_line() -> None:
    assert refused("---\nsubject: x\nHi Sam,\n").message == "the front matter is not closed"
    assert refused("---\n- a\n- b\n---\nHi\n").line == 2
    assert refused('---\nstage: reply\nsubject: "open\n---\nHi\n').path == "draft.md"


def test_rules_that_are_no_front_matter(read_text: ReadText) -> None:
    assert read_text("---\n\nHi Sam,\n\nGood news.\n", "draft.md").subject is None
    assert read_text("Hi Sam,\n\n---\nsubject: x\n---\n", "draft.md").subject is None


@pytest.mark.parametrize(
    ("head", "subject"),
    [
        ("Subject: A question\n\n", "A question"),
        ("subject:A question\n", "A question"),
        ("Subject line: A question\r\n\r\n", "A question"),
        ("**Subject:** A question\n\n", "A question"),
        (
            "From: Sam <sam@example.com>\nTo: Kim\nSubject: A question\n  in two lines\nDate: today\n\n",
            "A question in two lines",
        ),
        ("From: Sam\nTo: Kim\n\n", None),
    ],
)
def test_header_lines(read_text: ReadText, head: str, subject: str | None) -> None:
    draft = read_text(head + "Hi Kim,\n\nGood news.\n", "draft.txt")
    assert draft.subject == subject
    assert draft.text.endswith("Hi Kim,\n\nGood news.\n")
    assert "sam@example" not in draft.text


def test_a_subject_alone(read_text: ReadText) -> None:
    assert read_text("Subject: only this").text == "only this"
    assert read_text("---\nsubject: only this\n---\n", "draft.md").text == "only this"


def test_a_label_in_a_subject_is_no_tag(read_text: ReadText) -> None:
    assert read_text("Subject: [Webinar] Three ways to test\n\nHi Sam,\n").subject == "[Webinar] Three ways to test"
    assert read_text("Subject: [Company] in spring\n\nHi Sam,\n").subject == "Acme in spring"


def test_a_subject_line_after_a_front_matter_without_one(read_text: ReadText) -> None:
    draft = read_text("---\nstage: reply\n---\nSubject: A question\n\nHi Kim,\n", "draft.md")
    assert (draft.subject, draft.stage) == ("A question", "reply")
    assert draft.text == "A question\n\nHi Kim,\n"
