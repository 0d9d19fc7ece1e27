"""JSON: sequences as tools export them, every character at its place, and clear words for what is broken."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushlint.draft import Draft, Step
from pushlint.errors import InputError, NoEmails
from pushlint.linter import Linter
from pushlint.readers import read

SMARTLEAD = {
    "sequences": [
        {
            "seq_number": 1,
            "seq_delay_details": {"delay_in_days": 0},
            "seq_variants": [
                {"variant_label": "A", "subject": "One", "email_body": "<p>Hi Sam,</p><p>First \u201cnote\u201d.</p>"},
                {"variant_label": "B", "email_body": "Hi Sam,\n\nOther note.", "subject": "Two \U0001f600"},
            ],
        },
        {"seq_number": 2, "seq_delay_details": {"delay_in_days": 3}, "subject": "", "email_body": "And another thing."},
    ]
}
INSTANTLY = {
    "sequences": [
        {
            "steps": [
                {"type": "email", "delay": 2, "variants": [{"subject": "One", "body": "<div>A first note.</div>"}]},
                {"type": "email", "delay": 3, "variants": [{"subject": "", "body": "<div>A second note.</div>"}]},
            ]
        }
    ]
}


def drafts(data: Any, conforms: Callable[..., None], **dump: Any) -> list[Draft]:
    found = read("sequence.json", json.dumps(data, **dump).encode())
    for draft in found:
        conforms(draft, embedded=True)
    return found


@pytest.mark.parametrize("ascii_only", [True, False])
def test_a_sequence_is_read_step_by_step_and_variant_by_variant(
    conforms: Callable[..., None], ascii_only: bool
) -> None:
    one, two, three = drafts(SMARTLEAD, conforms, ensure_ascii=ascii_only, indent=2)
    assert [d.subject for d in (one, two, three)] == ["One", "Two \U0001f600", None]
    assert one.text == "One\n\nHi Sam,\n\nFirst \u201cnote\u201d." and three.text == "And another thing."
    assert [d.step for d in (one, two)] == [Step("/sequences", 1, 0, "A"), Step("/sequences", 1, 0, "B")]
    assert three.step == Step("/sequences", 2, 3) and (one.stage, three.stage) == ("first-touch", "follow-up")


def test_steps_with_variants_inside_are_numbered_by_their_place(conforms: Callable[..., None]) -> None:
    steps = [draft.step for draft in drafts(INSTANTLY, conforms)]
    assert steps == [Step("/sequences/0/steps", 1, 0, "A"), Step("/sequences/0/steps", 2, 2, "A")]


def test_what_is_no_email_is_left_alone(conforms: Callable[..., None]) -> None:
    with pytest.raises(NoEmails, match="no e-mails in this JSON file"):
        drafts({"name": "app", "scripts": {"test": "run all the tests"}, "message": "hello to you all"}, conforms)


def test_a_finding_stands_on_its_words_in_the_file_and_its_rewrite_is_json(linter: Linter) -> None:
    text = json.dumps({"subject": "A", "body": 'Hi Sam,\n\nWe \u201creally\u201d want to close this deal with "you".'})
    ((_, found),) = linter.lint(read("a.json", text.encode()))
    (close,) = [d for d in found if d.code == "CLO001"]
    assert close.text == "close this deal" == text[close.start : close.end]
    for fix in close.fixes:
        (edit,) = fix.edits
        assert json.loads(text[: edit.start] + edit.content + text[edit.end :])["subject"] == "A"


@given(subject=st.text(), body=st.text(min_size=1), ascii_only=st.booleans())
def test_every_character_has_its_place(
    conforms: Callable[..., None], subject: str, body: str, ascii_only: bool
) -> None:
    mail = {"body": f"Hi there Sam. {body} Bye.", "subject": subject}
    try:
        drafts([mail], conforms, ensure_ascii=ascii_only)
    except UnicodeEncodeError:
        assert not ascii_only  # half an emoji cannot be written as UTF-8


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"subject": "a",\n "body": "Hi', 2),
        ('{"a": 1,}\n', 1),
        ("[1, 2", 1),
        ('{"a": 1} {"b": 2}', 1),
        ("[" * 10_000, 1),
    ],
)
def test_broken_json_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(InputError) as error:
        read("a.json", text.encode())
    assert error.value.line == line and "JSON" in error.value.message


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(InputError, match="nested too deeply"):
        read("a.json", ("[" * 10_000 + "]" * 10_000).encode())
