"""Patterns for paths are those of .gitignore, and none takes long."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from pushlint.globs import Glob, fault

PATTERNS = st.lists(st.sampled_from(["a", "*", "**", "x.md", "*.md", "a*", "?", "[ab]", "b"]), min_size=1, max_size=4)
PATHS = st.lists(st.sampled_from(["a", "b", "ab", "x.md", "y.md", ".c"]), min_size=1, max_size=4)


@given(PATTERNS, PATHS)
def test_they_fit_what_git_would_ignore(pattern: list[str], path: list[str]) -> None:
    glob = Glob("/".join(pattern), "/top")
    ignored = GitIgnoreSpec.from_lines([glob.pattern]).match_file("/".join(path))
    assert glob.matches("/top/" + "/".join(path)) is ignored
    above = ["/top/" + "/".join(path[: end + 1]) for end in range(len(path))]
    assert any(glob.names(place) for place in above) is ignored


def test_outside_of_its_folder_only_a_name_counts() -> None:
    assert Glob("*.md", "/top").matches("/else/a.md")
    assert not Glob("else", "/top").matches("/else/a.md")
    assert not Glob("else/*.md", "/top").matches("/else/a.md")
    assert Glob("a.md", "/").matches("/else/a.md")


@pytest.mark.parametrize(
    ("pattern", "path"), [("*a" * 50 + "b", "a" * 5000), ("**/a/" * 40 + "b", "a/" * 1000), ("**/*a*a*a*b", "a" * 4000)]
)
def test_none_keeps_a_path_waiting(pattern: str, path: str) -> None:
    start = time.process_time()
    assert not Glob(pattern, "/top").matches(f"/top/{path}")
    assert time.process_time() - start < 2


@pytest.mark.parametrize("pattern", ["", "/", "!a", "/a", "../a", "a/../b", "~/a", "C:/a", "*.{md,txt}", "a\\b"])
def test_what_would_mean_nothing_is_refused(pattern: str) -> None:
    assert fault(pattern)


def test_what_means_something_is_not() -> None:
    assert not any(map(fault, ["*.md", "a/", "./a/*.md", "**/x", "[ab]*", "a:b.md"]))
