import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from pushlint.reports.excerpt import MORE, excerpt, visible

LINES = st.text(alphabet=st.sampled_from("ab \té漢字ー👍🏽́\u200d👩‍👧\x1b\x07\u202e"), max_size=60)


def shown(line: str, words: str, room: int = 100) -> str:
    """The excerpt over its underline."""
    start = line.index(words)
    part = excerpt(line, start, start + len(words), room)
    return f"{part.before}{part.words}{part.after}\n{' ' * part.indent}{'^' * part.width}"


@pytest.mark.parametrize(
    ("line", "words", "expected"),
    [
        ("close the deal now", "the deal", "close the deal now\n      ^^^^^^^^"),
        ("\tclose\tthe deal", "the", "    close    the deal\n             ^^^"),
        ("価格は close です", "close", "価格は close です\n       ^^^^^"),
        ("👍🏽 close this", "close", "👍🏽 close this\n   ^^^^^"),
        ("Zoe\u0308 close", "close", "Zoe\u0308 close\n    ^^^^^"),
        ("ask 価格 now", "価格", "ask 価格 now\n    ^^^^"),
    ],
)
def test_the_underline_stands_under_exactly_the_words(line: str, words: str, expected: str) -> None:
    assert shown(line, words) == expected


def test_a_long_line_is_cut_between_words_around_the_finding() -> None:
    line = "one two three four five six seven close the deal eight nine ten eleven twelve"
    assert shown(line, "close the deal", 40) == "…six seven close the deal eight nine…\n           ^^^^^^^^^^^^^^"
    assert shown(line, "one two", 40) == "one two three four five six seven…\n^^^^^^^"
    assert shown(line, "eleven twelve", 40).startswith(MORE)


def test_a_finding_longer_than_the_room_shows_how_it_begins() -> None:
    text = excerpt("word " * 100, 0, 500, 40)
    assert text.words.startswith("word word") and text.words.endswith(MORE)
    assert text.width <= 40


@given(line=LINES, ends=st.tuples(st.integers(0, 60), st.integers(0, 60)), room=st.integers(20, 120))
def test_what_is_shown_fits_and_cannot_steer_the_terminal(line: str, ends: tuple[int, int], room: int) -> None:
    start, end = sorted(min(offset, len(line)) for offset in ends)
    part = excerpt(line, start, end, room)
    text = part.before + part.words + part.after
    assert not any(character in text for character in "\x1b\x07\t\n\u202e")
    assert part.indent + part.width <= max(room, 1) + 1
    pieces = (visible(line[:start]), visible(line[start:end]), visible(line[end:]))
    if MORE not in text:
        assert (part.before, part.words, part.after) == pieces


@given(line=st.text(alphabet="ab c漢", max_size=200), start=st.integers(0, 200), room=st.integers(20, 120))
def test_the_excerpt_is_never_wider_than_its_room(line: str, start: int, room: int) -> None:
    start = min(start, len(line))
    part = excerpt(line, start, min(start + 5, len(line)), room)
    assert wcswidth(part.before + part.words + part.after) <= room
