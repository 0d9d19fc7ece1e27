"""Any text with any tags: the places are exact, and the work grows with the text and no faster."""

import re._constants as constants
import re._parser as parser
import sys
from itertools import pairwise
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushlint.draft import TagHints
from pushlint.resources import dialect_names
from pushlint.templating import broken, scan, tags

MAILS = Path(__file__).parent.parent / "fixtures" / "dialects"
TAGS = sorted(
    {tag.source for path in MAILS.glob("*/*.txt") for tag in tags.find_tags(path.read_text(encoding="utf-8"))}
)
MARKS = [
    "{",
    "}",
    "{{",
    "}}",
    "{%",
    "%}",
    "[",
    "]",
    "[[",
    "<",
    ">",
    "<%=",
    "%>",
    "*|",
    "|*",
    "|",
    "%%",
    "##",
    "${",
    "(",
    "\n",
]
WORDS = ["Hi", " ", "there", "é🙂", ",", "first_name", "RANDOM", "if", "a=b", "\r\n", '"', "'"]


@given(st.lists(st.sampled_from([*TAGS, *MARKS, *WORDS]), max_size=30), st.sampled_from(["", *dialect_names()]))
def test_tags_are_disjoint_in_order_and_exact(pieces: list[str], dialect: str) -> None:
    text = "".join(pieces)
    hints = TagHints(dialect)
    first = scan(text, 0, hints)
    for reading in range(first.readings):
        template = scan(text, reading, hints)
        for found in (template.tags, template.every):
            assert all(one.end <= two.start for one, two in pairwise(found))
            assert all(text[tag.start : tag.end] == tag.source != "" for tag in found)
        assert all(one[1] <= two[0] for one, two in pairwise(template.unread))
        assert all(0 <= start < end <= len(text) for start, end in template.unread)
        assert set(template.tags) <= set(template.every) == set(first.every)
        assert all(
            tag.fallback is None or 0 <= tag.fallback[0] <= tag.fallback[1] < len(tag.source) for tag in first.every
        )


@given(st.lists(st.sampled_from([*TAGS, *WORDS]), max_size=12))
def test_each_fallback_is_read_in_some_reading(pieces: list[str]) -> None:
    text = " ".join([*pieces, "{{first_name|ZEBRA}}", "x"])
    where = text.rindex("ZEBRA")
    template = scan(text)
    own = [tag for tag in template.every if tag.start < where < tag.end]
    if [tag.source for tag in own] != ["{{first_name|ZEBRA}}"]:
        return  # what stands before it begins a tag that takes it in
    seen = [not any(a <= where < b for a, b in scan(text, r).unread) for r in range(template.readings)]
    as_tag = [any(tag.start < where < tag.end for tag in scan(text, r).tags) for r in range(template.readings)]
    assert any(as_tag) and any(read and not tag for read, tag in zip(seen, as_tag, strict=True))


HOSTILE = [
    "{", "}", "[", "]", "{{", "}}", "{[<", "{%", "%}", "<%", "*|", "|*", "{|", "{a|", "|}", "[a", "[[", "<<a", "%a",
    "##a.", "${a", "{{a", "{{a|b}}", "{a|b}", "{{RANDOM | a | {{b}} }}", "{% if a %}", "{% endfor %}",
    "{% if a %}{% endfor %}", "{spin}{variation}", "{{#a}}", "{{else}}", "*|IF:A|*", "{{ a | default: '", "[a [b] ",
    "{a", "{{{", "{{{{", "{{ ${a}", "${a}", "{first_name ", "a_", "<a b ",
]  # fmt: skip


def calls_of(text: str) -> int:
    """How many functions, of Python and of C, are called to scan a text."""
    count = 0

    def counting(frame: FrameType, event: str, arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counting)
    try:
        template = scan(text)
        scan(text, template.readings - 1)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_work_is_in_proportion_to_the_text(piece: str) -> None:
    """Twice the text takes about twice the calls, up to 100 kB; what one call may look at is bounded below."""
    scan("warm up {{x|y}}")
    small, large = (calls_of(piece * (size // len(piece))) for size in (6_000, 12_000))
    assert large <= 2.5 * small + 200


def test_a_large_file_of_nothing_but_marks_is_read() -> None:
    text = "".join(HOSTILE)
    text *= 100_000 // len(text)
    template = scan(text)
    assert all(one.end <= two.start for one, two in pairwise(template.every))


SEARCHES = [
    tags._FORMS,
    tags._STATEMENT,
    broken._NAMED,
    broken._STEERING,
    broken._ONE_BRACE,
    broken._CHOICE,
    broken._STARRED,
]


@pytest.mark.parametrize("number", range(len(SEARCHES)))
def test_no_search_looks_further_than_a_bound(number: int) -> None:
    """A search takes at most so many characters from where it starts: all of them take a multiple of the text."""
    pattern = SEARCHES[number]
    tree = parser.parse(pattern.pattern, pattern.flags & ~constants.SRE_FLAG_UNICODE)
    assert tree.getwidth()[1] <= 40_000


def test_forty_spin_groups_take_as_many_readings_as_the_widest_has_branches() -> None:
    groups = " ".join(f"{{a{n}|b{n}{'|c' * (n == 7)}}}" for n in range(40))
    assert scan(groups).readings == 3
    assert scan(groups + " {{name|there}}" * 40).readings == 3
