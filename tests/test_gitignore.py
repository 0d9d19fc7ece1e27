"""Patterns of .gitignore: what git takes fits as in git, and nothing in one is a reason to stop."""

import time
import warnings
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushlint.files import discover
from pushlint.gitignore import patterns


@given(st.text("!/*[]\\a -#.?{}", max_size=12), st.text("a/.- ", min_size=1, max_size=20))
def test_no_line_stops_it_or_warns(line: str, path: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        patterns([line]).match_file(path)


@pytest.mark.parametrize("bad", ["!", "\\", "a\\", "/\\", "!\\"])
def test_a_line_that_git_does_not_take_leaves_the_others_as_they_are(bad: str) -> None:
    spec = patterns(["*.tmp", bad, "!keep.tmp", "build/"])
    assert spec.match_file("a.tmp") and spec.match_file("build/a.md")
    assert not spec.match_file("keep.tmp") and not spec.match_file("a.md")


@pytest.mark.parametrize(
    "pattern", ["*a" * 30 + "b", "**/a/" * 30 + "b", "*?*?*?*?*?*?*?*?*?*?*?*?b", "[a]*" * 25 + "b"]
)
def test_no_pattern_runs_for_ever(pattern: str) -> None:
    start = time.process_time()
    assert not patterns([pattern]).match_file("a" * 250)
    assert not patterns([pattern]).match_file("a/" * 120 + "a")
    assert time.process_time() - start < 2


@pytest.mark.parametrize("pattern", ["*.*.*", "**/old/**", "docs/*/build/*/a*b*c", "/*.md", "a/**/b/**/c/**/d.md"])
def test_patterns_that_people_write_are_all_taken(pattern: str) -> None:
    assert len(list(patterns([pattern]).patterns)) == 1


def test_a_folder_with_such_lines_is_walked_as_the_others_say(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("!\n*.tmp.md\n\\\n" + "*a" * 30 + "b\n")
    for name in ("a.md", "b.tmp.md", "a" * 200 + ".md"):
        (tmp_path / name).write_text("Hi Sam,\n\nHow do you plan your week?\n")
    assert [Path(path).name for path in discover([str(tmp_path)]).files] == ["a.md", "a" * 200 + ".md"]
