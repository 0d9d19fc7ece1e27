"""Blocks: hard-wrapped lines are one paragraph, lines broken on purpose and list items are not."""

from collections.abc import Callable

import pytest

from pushlint.draft import Draft

ReadText = Callable[..., Draft]
Pairs = Callable[[Draft], list[tuple[str, str]]]


def body(draft: Draft) -> list[str]:
    return [draft.text[b.start : b.end] for b in draft.blocks if draft.zone_at(b.start) == "body"]


def test_hard_wrapped_lines_are_one_paragraph(read_text: ReadText) -> None:
    paragraph = (
        "The report that you published last week about the state of software\n"
        "testing in small companies made me think of something that the team at\n"
        "Acme found when it measured how long a release takes from the first\n"
        "commit to the day that customers see it."
    )
    assert body(read_text(f"Hi Sam,\n\n{paragraph}\n\nShall I send it?\n\nBest,\nKim\n")) == [
        paragraph,
        "Shall I send it?",
    ]


def test_a_short_line_in_wrapped_text_was_broken_on_purpose(read_text: ReadText) -> None:
    text = (
        "Hi Sam,\n\nThe report that you published last week about the state of software\n"
        "testing made me think of this:\nThe release takes a week, although the work of it takes a day, and\n"
        "nobody knows why that is so.\n"
    )
    assert len(body(read_text(text))) == 2


def test_lines_of_an_unwrapped_draft_are_blocks(read_text: ReadText) -> None:
    lines = [
        "Option 1: a smaller scope at half the price",
        "Option 2: the whole of it, in two phases of a month",
        "Option 3: none",
    ]
    long = "No program wrapped this line, for it is far longer than any width that a program would wrap it to."
    assert body(read_text("Hi Sam,\n\n" + "\n".join(lines) + f"\n\n{long}\n")) == [*lines, long]


def test_a_sentence_that_runs_on_is_not_broken(read_text: ReadText) -> None:
    assert body(read_text("Hi Sam,\n\nI read your report\nand liked it.\nShall I send ours?\n")) == [
        "I read your report\nand liked it.",
        "Shall I send ours?",
    ]


@pytest.mark.parametrize("marker", ["-", "*", "•", "–", "✅", "✓", "→", "1.", "2)", "(a)", "🔹"])
def test_list_items_without_their_markers(read_text: ReadText, blocks: Pairs, marker: str) -> None:
    draft = read_text(f"Hi Sam,\n\nYou get:\n{marker} tests that run\n{marker} a report\n\nShall I send it?\n")
    assert blocks(draft)[2:4] == [("list-item", "tests that run"), ("list-item", "a report")]


def test_a_list_item_goes_on_where_it_is_indented(read_text: ReadText, blocks: Pairs) -> None:
    draft = read_text("Hi Sam,\n\nYou get:\n\n- tests that run\n  Every day.\n- a report\n")
    assert blocks(draft)[2:] == [("list-item", "tests that run\n  Every day."), ("list-item", "a report")]


def test_one_emoji_is_no_list(read_text: ReadText, blocks: Pairs) -> None:
    assert blocks(read_text("Hi Sam,\n\n🎉 It is ready.\n\nShall I send it?\n"))[1] == ("paragraph", "🎉 It is ready.")


def test_sign_off_lines_are_blocks(read_text: ReadText, blocks: Pairs) -> None:
    draft = read_text("Hi Sam,\n\nIt is ready. Shall I send it?\n\nBest,\nKim Lee\nhead of testing at Acme\n")
    assert [words for _, words in blocks(draft)[-3:]] == ["Best,", "Kim Lee", "head of testing at Acme"]


def test_a_rule_of_signs_is_no_block(read_text: ReadText) -> None:
    assert body(read_text("Hi Sam,\n\nIt is ready.\n\n* * *\n\nShall I send it?\n")) == [
        "It is ready.",
        "Shall I send it?",
    ]


def test_an_author_without_capitals_breaks_lines_on_purpose(read_text: ReadText) -> None:
    text = "hi sam,\n\nsaw the new site\nlooks good\n\nwant a list of what to test?\n\nkim\n"
    assert body(read_text(text))[:2] == ["saw the new site", "looks good"]
