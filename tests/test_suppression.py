"""What a writer lets stand: where a suppression stands, what it means, and what is wrong with it."""

import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from pushlint.diagnostic import Diagnostic
from pushlint.draft import Draft
from pushlint.readers import read
from pushlint.result import FileResult
from pushlint.rulebook import load_rules
from pushlint.run import Inputs, run
from pushlint.settings import Settings
from pushlint.suppression import suppress

TODAY = date(2031, 3, 10)
PUSH = "Buy now, and the boxes are yours."
HURRY = "Hurry, the boxes are going fast."


def _lint(folder: Path, name: str, text: str, **settings: object) -> FileResult:
    path = folder / name
    path.write_text(text)
    chosen: dict[str, object] = {"isolated": True, "select": ("CLO002", "SUP"), "today": TODAY, **settings}
    return next(iter(run(Inputs([str(path)], Settings(**chosen)))))  # type: ignore[arg-type]


def _codes(found: Sequence[Diagnostic]) -> list[str]:
    return [diagnostic.code for diagnostic in found]


COMMENTS = [
    "<!-- pushlint: ignore CLO002 because the fair -->",
    "[//]: # (pushlint: ignore CLO002 because the fair)",
    "{# pushlint: ignore CLO002 because the fair #}",
    "{#- pushlint: ignore CLO002 because the fair -#}",
    "{%- # pushlint: ignore CLO002 because the fair -%}",
    "{% comment %} pushlint: ignore CLO002 because the fair {% endcomment %}",
    "{{! pushlint: ignore CLO002 because the fair }}",
    "{{!-- pushlint: ignore CLO002 because the fair --}}",
    "{{/* pushlint: ignore CLO002 because the fair */}}",
    "<%# pushlint: ignore CLO002 because the fair %>",
]


@pytest.mark.parametrize("comment", COMMENTS)
def test_every_kind_of_comment_silences_the_next_line_and_no_more(comment: str, tmp_path: Path) -> None:
    result = _lint(tmp_path, "a.md", f"Hi Sam,\n\n{comment}\n\n{PUSH}\n\n{PUSH}\n")
    assert _codes(result.diagnostics) == ["CLO002"]
    assert result.diagnostics[0].location.row == 7
    (suppressed,) = result.suppressed
    assert suppressed.diagnostic.location.row == 5
    assert suppressed.reason == "the fair"


@pytest.mark.parametrize("comment", [comment for comment in COMMENTS if not comment.startswith("[//]")])
def test_a_comment_beside_words_means_its_own_line(comment: str, tmp_path: Path) -> None:
    result = _lint(tmp_path, "a.md", f"Hi Sam,\n\n{PUSH} {comment}\n\n{PUSH}\n")
    assert [d.location.row for d in result.diagnostics] == [5]


def test_lines_of_markup_alone_are_passed_over(tmp_path: Path) -> None:
    table = f"<table>\n <tr><td>\n  {PUSH}\n </td></tr></table>"
    text = f"<p>Hi Sam,</p>\n{{# pushlint: ignore CLO002 #}}\n{table}\n<p>{PUSH}</p>\n"
    result = _lint(tmp_path, "a.html", text)
    assert [d.location.row for d in result.diagnostics] == [7]


def test_a_block_reaches_to_its_end_and_blocks_nest(tmp_path: Path) -> None:
    text = (
        f"Hi Sam,\n\n{{# pushlint: ignore-start CLO002 #}}\n{PUSH}\n\n{{# pushlint: ignore-start hurry #}}\n{HURRY}\n"
        f"{{# pushlint: ignore-end #}}\n{PUSH} {HURRY}\n{{# pushlint: ignore-end CLO002 #}}\n\n{PUSH}\n"
    )
    result = _lint(tmp_path, "a.md", text, select=("CLO002", "URG003", "SUP"))
    assert [(d.code, d.location.row) for d in result.diagnostics] == [("URG003", 9), ("CLO002", 12)]


def test_a_block_that_is_not_closed_reaches_to_the_end(tmp_path: Path) -> None:
    result = _lint(tmp_path, "a.md", f"Hi Sam,\n\n{{# pushlint: ignore-start CLO #}}\n{PUSH}\n\n{PUSH}\n")
    assert result.diagnostics == [] and len(result.suppressed) == 2


@pytest.mark.parametrize(
    "head",
    [
        "pushlint: {ignore: [CLO002]}",
        "pushlint:\n  ignore:\n    - hard-close because the fair",
        'pushlint: {ignore: ["CLO until=2031-03-10 because the fair"]}',
        "pushlint: {ignore: CLO002}",
    ],
)
def test_front_matter_speaks_of_the_file(head: str, tmp_path: Path) -> None:
    result = _lint(tmp_path, "a.md", f"---\nsubject: Boxes\n{head}\n---\nHi Sam,\n\n{PUSH}\n")
    assert result.diagnostics == [] and len(result.suppressed) == 1


def test_a_finding_about_the_whole_draft_can_be_silenced(tmp_path: Path) -> None:
    text = "Hi Sam,\n\nWe make boxes. Our boxes are strong.\n\nCan we talk on Monday at 9?\n"
    loud = _lint(tmp_path, "a.md", text, select=("VAL",), stage="first-touch")
    assert "VAL001" in _codes(loud.diagnostics)
    for comment in ("{# pushlint: ignore VAL #}\n", "{# pushlint: ignore-file VAL #}\n"):
        assert _lint(tmp_path, "a.md", comment + text, select=("VAL",), stage="first-touch").diagnostics == []


def test_a_comment_in_yaml_means_the_key_below_with_all_that_is_under_it(tmp_path: Path) -> None:
    text = (
        "steps:\n  - day: 1\n    subject: Boxes\n    # pushlint: ignore CLO002 because the fair\n"
        f"    body: |\n      Hi Sam,\n\n      {PUSH}\n"
        f"  - day: 4\n    subject: Boxes\n    body: |\n      Hi Sam,\n\n      {PUSH}\n"
    )
    result = _lint(tmp_path, "a.yaml", text)
    assert [(d.code, d.location.row) for d in result.diagnostics] == [("CLO002", 14)]


def test_rules_that_are_not_named_are_not_silenced(tmp_path: Path) -> None:
    result = _lint(tmp_path, "a.md", f"Hi Sam,\n\n{{# pushlint: ignore URG #}}\n{PUSH}\n", select=("CLO002",))
    assert _codes(result.diagnostics) == ["CLO002"]


def test_an_expired_one_silences_nothing_and_says_so(tmp_path: Path) -> None:
    text = f"Hi Sam,\n\n{{# pushlint: ignore CLO002 until=2031-03-09 #}}\n{PUSH}\n"
    assert _codes(_lint(tmp_path, "a.md", text).diagnostics) == ["SUP003", "CLO002"]


def test_unused_is_said_only_of_rules_that_are_on(tmp_path: Path) -> None:
    text = "Hi Sam,\n\n{# pushlint: ignore CLO002, URG003 #}\nHow are the boxes?\n"
    assert [d.text for d in _lint(tmp_path, "a.md", text).diagnostics] == ["CLO002"]


def test_what_is_wrong_with_a_suppression_can_be_left_out(tmp_path: Path) -> None:
    text = f"Hi Sam,\n\n{{# pushlint: ignore CLOO2 #}}\n{PUSH}\n"
    assert _codes(_lint(tmp_path, "a.md", text).diagnostics) == ["SUP002", "CLO002"]
    assert _codes(_lint(tmp_path, "a.md", text, ignore=("SUP",)).diagnostics) == ["CLO002"]


def test_the_nearest_rule_is_named(tmp_path: Path) -> None:
    result = _lint(tmp_path, "a.md", f"Hi Sam,\n\n{{# pushlint: ignore hard-clsoe #}}\n{PUSH}\n")
    assert 'did you mean "hard-close"?' in result.diagnostics[0].message


def test_several_emails_in_a_file_each_have_their_own(tmp_path: Path) -> None:
    text = (
        f"# Email 1\n\nSubject: Boxes\n\nHi Sam,\n\n<!-- pushlint: ignore CLO002 -->\n{PUSH}\n\n"
        f"# Email 2\n\nSubject: More boxes\n\nHi Sam,\n\n{PUSH}\n\n<!-- pushlint: ignore hurry -->\nHow are they?\n"
    )
    result = _lint(tmp_path, "a.md", text, select=("CLO002", "URG003", "SUP"))
    assert [_codes(found) for _, found in result.drafts] == [[], ["CLO002", "SUP001"]]


def test_carriage_returns_and_a_byte_order_mark_do_not_mislead(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes("\ufeff".encode() + f"Hi Sam,\r\n\r\n{{# pushlint: ignore CLO002 #}}\r\n{PUSH}\r\n".encode())
    (result,) = run(Inputs([str(path)], Settings(isolated=True, select=("CLO002", "SUP"))))
    assert result.diagnostics == [] and len(result.suppressed) == 1


def test_many_comments_in_a_file_of_many_emails_take_no_time() -> None:
    def seconds(emails: int) -> float:
        text = "".join(
            f"## Email {n}\n\nSubject: The boxes\n\nHi Sam,\n\n<!-- pushlint: ignore CLO001 -->\nLine {n} is it.\n\n"
            for n in range(1, emails)
        )
        drafts: list[tuple[Draft, list[Diagnostic]]] = [
            (draft, []) for draft in read("a.md", text.encode(), "markdown")
        ]
        assert len(drafts) == emails - 1
        rules = load_rules()
        start = time.process_time()
        kept, _ = suppress(drafts, rules, rules, date(2031, 1, 1), "markdown")
        assert [d.code for _, found in kept for d in found] == ["SUP001"] * (emails - 1)
        return time.process_time() - start

    seconds(20)
    assert seconds(1_000) < 3  # and not the square of a hundredth of a second for each
