"""The line at which a value is set, which the parser does not tell."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushlint.config.toml import line_of, parse
from pushlint.config.values import written
from pushlint.errors import InputError

TEXT = '''\
# select = 1
select = ["ALL"]

ignore = [
  "CLR",
  # "CLO01"
  "CLO01",
]
levels.CLO001 = "error"
levels.CLO002 = "off"
note = """
stage = "reply"
"""
stage = "cold"

[per-file."a/**"]
profile = "cold"
[tags]
industry = ["retail"]
name = {type = "person"}
'''


@pytest.mark.parametrize(
    ("steps", "line"),
    [
        (("select",), 2),
        (("ignore",), 4),
        (("ignore", 0), 5),
        (("ignore", 1), 7),
        (("levels", "CLO001"), 9),
        (("levels", "CLO002"), 10),
        (("stage",), 14),
        (("per-file", "a/**"), 16),
        (("per-file", "a/**", "profile"), 17),
        (("tags", "name", "type"), 20),
        (("tags", "missing"), 18),
        (("missing",), 1),
    ],
)
def test_a_value_is_found_at_its_line(steps: tuple[str | int, ...], line: int) -> None:
    assert line_of(TEXT, steps) == line


VALUES = st.recursive(
    st.booleans() | st.integers(-9, 9) | st.text("ab#=[]\n", max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("xyz"), inner, max_size=2),
    max_leaves=6,
)


@given(st.lists(st.tuples(st.sampled_from(["", "# a = 1", "  "]), VALUES), min_size=1, max_size=8))
def test_every_value_is_found_whatever_stands_before_it(entries: list[tuple[str, Any]]) -> None:
    lines: list[str] = []
    places: dict[str, int] = {}
    for number, (before, value) in enumerate(entries):
        lines.append(before)
        places[f"k{number}"] = len(lines) + 1
        if isinstance(value, list):
            lines += [f"k{number} = [ # x", *(f"  {written(one)}," for one in value), "]"]
        else:
            lines.append(f"k{number} = {written(value)}")
    text = "\n".join(lines)
    parse(text, "x.toml")
    assert {key: line_of(text, (key,)) for key in places} == places


@pytest.mark.parametrize(
    ("text", "place"), [("a = \n", "x.toml:1:5:"), ("b = 1\na = [CLO]\n", "x.toml:2:6:"), ("a = [1,\n", "x.toml:1:")]
)
def test_what_is_no_toml_is_told_with_its_place(text: str, place: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(text, "x.toml")
    assert str(caught.value).startswith(f"{place} is not TOML: ") and caught.value.hint


def test_brackets_without_end_are_an_error_and_no_crash() -> None:
    with pytest.raises(InputError, match="is not TOML"):
        parse("a = " + "[" * 100_000, "x.toml")


@pytest.mark.parametrize("text", ["a = " + "[" * 200_000, f"[{'a.' * 100_000}a]", "a . " * 100_000 + "a = 1"])
def test_what_nests_without_end_is_refused_at_once(text: str) -> None:
    with pytest.raises(InputError, match="nested too deeply"):
        parse(text, "pushlint.toml")


def test_long_words_take_no_time() -> None:
    assert parse(f'a = "{"a" * 500_000}"\nb.c.d = "{"a." * 20}"', "pushlint.toml")["b"]
