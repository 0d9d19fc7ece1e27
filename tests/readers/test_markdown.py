"""Markdown: what is markup is not read, what is text keeps its place."""

from collections.abc import Callable

import pytest

from pushlint.draft import Draft

ReadText = Callable[..., Draft]
Pairs = Callable[[Draft], list[tuple[str, str]]]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("A *b* **c** _d_ __e__ ~~f~~ `g`", "A b c d e f g"),
        ("See [the guide](https://example.com/{{id}} 'title') now", "See the guide now"),
        (
            "See [the guide][1] and [more].\n\n[1]: http://example.com\n[more]: http://example.com",
            "See the guide and more.",
        ),
        ("![logo](logo.png) Hello", " Hello"),
        ("Tom &amp; Jerry &#8212; &copy; &nosuch;", "Tom & Jerry — © &nosuch;"),
        (r"2 \* 3 \_x\_", "2 * 3 _x_"),
        ("<https://example.com> and <b>bold</b>", "https://example.com and bold"),
        ("# Title #", " Title"),
        ("Title\n=====", "Title\n"),
        ("See footnote [1] and 50 [%]", "See footnote [1] and 50 [%]"),
        ("snake_case_word and $5 to $9 *each*", "snake_case_word and $5 to $9 each"),
        ("“Über” *naïve* 👍🏽 **日本**", "“Über” naïve 👍🏽 日本"),
        ("**{{first_name}}** and *[Company]*", "Alex and Acme"),
        ("{Hi|Hello} **there**", "Hello there"),
        ("one\n\n```\ncode\n```\n\ntwo", "one\n\n\n\ntwo"),
        ("> quoted\n> words", "quoted\nwords"),
        ("one\\\ntwo", "one  \ntwo"),
        ("one<br>two", "one  \ntwo"),
    ],
)
def test_what_is_read(read_text: ReadText, source: str, text: str) -> None:
    assert read_text(source, "draft.md").text.rstrip("\n") == text.rstrip("\n")


def test_lists_headings_and_buttons(read_text: ReadText, blocks: Pairs) -> None:
    draft = read_text(
        "## Why now\n\n- one\n- [x] two\n  goes on\n\n1. first\n2) second\n\n**What you get:**\n* a\n\n"
        "[Read the guide](https://example.com)\n\n👉 **[See it](https://example.com)**\n\nRead [it](https://example.com).\n",
        "draft.md",
    )
    assert blocks(draft) == [
        ("heading", "Why now"),
        ("list-item", "one"),
        ("list-item", "two\n  goes on"),
        ("list-item", "first"),
        ("list-item", "second"),
        ("heading", "What you get:"),
        ("list-item", "a"),
        ("button", "Read the guide"),
        ("button", "👉 See it"),
        ("paragraph", "Read it."),
    ]


def test_table_cells_are_blocks_of_their_own(read_text: ReadText, blocks: Pairs) -> None:
    draft = read_text("| Plan | Price |\n|------|------:|\n| Solo | $9 a month |\n", "draft.md")
    assert blocks(draft) == [("paragraph", words) for words in ("Plan", "Price", "Solo", "$9 a month")]


def test_a_signature_rule_makes_no_heading(read_text: ReadText, blocks: Pairs) -> None:
    draft = read_text("Hi Sam,\n\nIt is ready.\n\nBest,\nKim\n--\nAcme\n", "draft.md")
    assert "heading" not in [kind for kind, _ in blocks(draft)]


def test_a_tag_in_a_destination_is_not_seen(read_text: ReadText) -> None:
    assert read_text("[Book]({{calendar_link}})", "draft.md").tags == ()


def test_positions_after_wide_characters(read_text: ReadText) -> None:
    source = "Hi Zoë 👩‍💻,\n\nThe **naïve** plan for {{company}}.\n"
    draft = read_text(source, "draft.md")
    for word in ("naïve", "plan"):
        at = draft.text.index(word)
        assert draft.map.span(at, at + len(word)) == (source.index(word), source.index(word) + len(word))


def test_steering_tags_on_lines_of_their_own(read_text: ReadText, blocks: Pairs) -> None:
    draft = read_text("Hi Sam,\n\n{% if demo %}\nYour demo is ready.\n{% endif %}\n- a\n- b\n", "draft.md")
    assert blocks(draft)[1:] == [("paragraph", "Your demo is ready."), ("list-item", "a"), ("list-item", "b")]
