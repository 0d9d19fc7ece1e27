"""Whatever is written, every character that is read has one place, and reading ends."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pushlint.draft import Draft
from pushlint.errors import InputError
from pushlint.readers import looks_like_draft, read

ReadText = Callable[..., Draft]

NAMES = ["draft.txt", "draft.md", "draft.html", "draft.mjml", "draft.eml"]
PIECES = [
    "Hi",
    "Sam",
    "{{first_name}}",
    "[Company]",
    "<Name>",
    "*|FNAME|*",
    "{% if x %}",
    "{% endif %}",
    "{Hi|Hello}",
    "**",
    "*",
    "_",
    "`",
    "[",
    "](http://a.b)",
    "]",
    "<b>",
    "</b>",
    "<br>",
    "<p>",
    "</p>",
    "<!--",
    "-->",
    "&amp;",
    "&nbsp;",
    "&#128077;",
    "&bogus;",
    "\\*",
    "\\\n",
    "  \n",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "- ",
    "1. ",
    "> ",
    "# ",
    "```\n",
    "| a | b |\n|---|---|\n",
    "---\n",
    "===\n",
    "P.S.",
    "Best,",
    "On Monday Sam wrote:\n",
    "Subject: x\n",
    "é",
    "e\u0301",
    "👍🏽",
    "👩‍💻",
    "\u00a0",
    "\u2028",
    "’",
    "…",
    "日本",
    "{",
    "}",
    "$",
    "%",
    "<",
    "100",
    ".",
    ",",
]
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), min_size=1, max_size=40).map("".join)


@pytest.mark.parametrize("name", NAMES)
@given(text=texts)
@settings(max_examples=150, deadline=None)
def test_every_character_has_its_place(read_text: ReadText, name: str, text: str) -> None:
    try:
        read_text("Hi " + text, name)
    except InputError:
        assert "\0" in text


@given(text=texts, style=st.sampled_from(['"', "'", "|", ">", ""]))
@settings(max_examples=150, deadline=None)
def test_any_file_with_a_front_matter_is_read_or_refused(read_text: ReadText, text: str, style: str) -> None:
    try:
        read_text(f"---\nsubject: {style}{text}{style}\n---\nHi Sam,\n\nGood news.\n", "draft.md")
    except InputError as error:
        assert error.path == "draft.md"


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    looks_like_draft(data, "markdown")
    try:
        read("draft.md", data)
    except InputError as error:
        assert str(error).startswith("draft.md")


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("deep.html", "<div>" * 10_000 + "x"),
        ("deep.md", "> " * 5_000 + "x"),
        ("open.md", "*a " * 20_000),
        ("open.txt", "[a" * 50_000),
        ("open.txt", "{" * 100_000 + "x"),
        ("deep.md", "---\nsubject: x\nkey: " + "[" * 5_000 + "\n---\n"),
    ],
)
def test_hostile_files_end_soon(name: str, text: str) -> None:
    try:
        read(name, text.encode())
    except InputError as error:
        assert error.message.startswith(("broken front matter", "elements nested"))
