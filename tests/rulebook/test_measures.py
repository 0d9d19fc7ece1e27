"""What is measured of a draft, and of each of its parts, is what a reader would count."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from pushlint.diagnostic import Diagnostic
from pushlint.errors import InputError
from pushlint.linter import Linter
from pushlint.readers import read
from pushlint.rulebook.context import Context
from pushlint.rulebook.finders.measure import MEASURES, PARTS
from pushlint.rulebook.schema import Rule

Lint = Callable[..., list[Diagnostic]]
Measured = Callable[..., Any]
PIECES = [
    "Hi Sam,\n\n", "Subject: A zap?\n\n", "{{first_name}}", "{{icebreaker}}", "{% if x %}", "{% endif %}", "\n\n", "\n",
    "- ", "> ", "P.S. ", "\n\nBest,\nDana\n", "word", "don’t", "15-minute", "$9,000", "e.g.", "http://a.b/c", "me@a.b",
    ". ", "? ", "!", "…", " — ", "`code`", "On Monday, Sam wrote:\n", "👍", "é", "considerable", "administrative",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=2), max_size=30).map(" ".join)


@pytest.fixture(scope="session")
def measured(nlp: Language) -> Measured:
    """A figure of a draft, or those of its parts."""
    linter = Linter([])

    def figure(of: Any, text: str, name: str = "draft.txt") -> Any:
        (draft,) = read(name, text.encode())
        (doc,) = linter.parse([draft])
        context = Context(draft, doc, {})
        return [value for *_, value in PARTS[of](context)] if of in PARTS else MEASURES[of](context)

    return figure


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("One two three.", 3),
        ("Don't send a 15-minute follow-up, or one for $9,000.", 9),
        ("A word—and another … and more.", 6),
        ("Hi Sam,\n\nOne two.\n\nBest,\nDana Smith\n", 2),
        ("Subject: One two\n\nHi Sam,\n\nThree.\n\nP.S. Four five.\n", 4),
        ("See https://example.com/a-b?c=d or write to me@example.com or www.example.com", 5),
        ("How is {{company}} these days, {{first_name}}?", 6),
        ("{% if x %}One{% else %}Two{% endif %} three.", 2),
        ("One two.\n\nOn Mon, 3 May 2027, Sam wrote:\n> Three four five.\n", 2),
    ],
)
def test_words_are_those_of_the_prose(measured: Measured, text: str, words: int) -> None:
    assert measured("words", text) == words


def test_markup_and_code_are_no_words(measured: Measured) -> None:
    text = "One **two** [three](https://example.com/four).\n\n```\nfive = six\n```\n\nSeven <!-- eight --> nine.\n"
    assert measured("words", text, "draft.md") == 5


def test_sentences_and_paragraphs_are_counted_apart(measured: Measured) -> None:
    text = "Hi Sam,\n\nWe met in May. It was late, and we had to go.\n\nYou had a plan.\n\nBest,\nDana\n"
    assert measured("sentence-words", text) == [4, 8, 4]
    assert measured("paragraph-words", text) == [12, 4]


def test_a_subject_is_as_long_as_it_will_be_with_its_tags_filled(measured: Measured) -> None:
    assert measured("subject-characters", "Subject: A zap\n\nIt is on.") == [5]
    assert measured("subject-characters", "Subject: {{company_name_from_crm}} zap\n\nIt is on.") == [len("Acme zap")]
    assert measured("subject-characters", "It is on.") == []


def test_questions_have_a_verb_and_are_not_those_of_the_thread(measured: Measured) -> None:
    assert measured("questions", "How do you do it? By hand? With a tool?") == 1
    assert measured("questions", "Who counts? “Is it right?” It is.") == 2
    assert measured("questions", "It is.\n\nOn Mon, 3 May 2027, Sam wrote:\n> Is it?\n> Are you?\n") == 0


def test_names_in_a_list_do_not_make_a_draft_hard_to_read(measured: Measured) -> None:
    assert measured("grade", "We have\n\n- Administrative complexity\n- Environmental qualification\n") == 0
    assert measured("grade", "Administrative complexity necessitates environmental qualification.") > 12


@given(text=texts)
@settings(max_examples=60, deadline=None)
def test_any_draft_can_be_measured(measured: Measured, text: str) -> None:
    try:
        figures = {of: measured(of, text) for of in (*MEASURES, *PARTS)}
    except InputError:
        return  # an empty or binary file
    assert all(figures[of] >= 0 for of in MEASURES if of != "sender-share")
    assert sum(figures["sentence-words"]) == sum(figures["paragraph-words"]) == figures["words"]
    assert figures["questions"] <= len(figures["sentence-words"])
    assert all(value > 0 for of in PARTS for value in figures[of])


@pytest.mark.parametrize(
    "text", ["", "\n", "Zap", "{{first_name}}", "{{body}}", "{% if x %}{% endif %}", "> a\n", "!!!"]
)
def test_a_draft_of_next_to_nothing_is_measured(lint: Lint, text: str) -> None:
    for of in (*MEASURES, *PARTS):
        find = [{"measure": {"of": of, "over": 50}}]
        try:
            assert lint(text, find=find) == []
        except InputError:
            assert not text.strip()


def test_a_part_is_marked_where_it_stands(lint: Lint) -> None:
    text = "Subject: A big red zap\n\nHi Sam,\n\nOne two three four. Five.\n\nSix seven.\n"
    for of, over, words in (
        ("sentence-words", 3, ["One two three four."]),
        ("paragraph-words", 4, ["One two three four"]),
        ("paragraph-words", 1, ["One two three four", "Six seven"]),
        ("subject-characters", 8, ["A big red zap"]),
        ("subject-characters", 13, []),
    ):
        mark = "sentence" if of == "sentence-words" else "match"
        found = lint(text, find=[{"measure": {"of": of, "over": over}, "mark": mark}])
        assert [d.text for d in found] == words
        assert not any(d.is_document for d in found)


def test_a_finder_may_have_a_level_and_a_message_of_its_own_and_the_first_counts(lint: Lint) -> None:
    find = [
        {"measure": {"of": "words", "over": 4}, "level": "error", "message": "{value} are far too many"},
        {"measure": {"of": "words", "under": 2, "over": 3}},
    ]
    texts = ["One.", "One two.", "One two three four.", "One two three four five."]
    found = [[(d.severity, d.message) for d in lint(t, find=find, level="info", message="{value}")] for t in texts]
    assert found == [[("info", "1")], [], [("info", "4")], [("error", "5 are far too many")]]


def test_a_draft_with_a_tag_for_a_text_is_not_called_short(lint: Lint) -> None:
    find = [{"measure": {"of": "words", "under": 5}}]
    assert len(lint("Hi {{first_name}}, {{company}} it is.", find=find)) == 1
    assert lint("Hi {{first_name}}, {{icebreaker}} It is.", find=find) == []
    assert len(lint("{% if x %}One{% endif %} two.", find=find)) == 1


def test_a_measure_without_a_band_is_refused(rule: Callable[..., Rule]) -> None:
    with pytest.raises(ValueError, match="a measure has over, under or both"):
        rule(find=[{"measure": {"of": "words"}}])
