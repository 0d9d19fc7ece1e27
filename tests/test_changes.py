"""Findings on changed lines, in real repositories."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pushlint.changes import changes_since
from pushlint.errors import InputError
from pushlint.run import Inputs, run
from pushlint.settings import Settings

PUSH = "Buy now, and the boxes are yours."
Git = Callable[..., str]


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    monkeypatch.chdir(tmp_path)
    who = {f"GIT_{role}_{what}": "sam@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}

    def call(*words: str) -> str:
        clean = {**os.environ, **who, "GIT_CONFIG_GLOBAL": os.devnull}
        return subprocess.run(["git", *words], check=True, capture_output=True, text=True, env=clean).stdout

    call("init", "-q", "-b", "main")
    return call


def _commit(git: Git, message: str = "a change") -> None:
    git("add", "-A")
    git("commit", "-q", "-m", message)


def _found(ref: str, *select: str) -> list[tuple[str, str, int]]:
    changes = changes_since(ref)
    results = map(changes.only, run(Inputs(["."], Settings(isolated=True, select=select or ("CLO002",)))))
    return [(result.path, d.code, d.location.row) for result in results for d in result.diagnostics]


def test_only_changed_lines_count(git: Git) -> None:
    draft = Path("a.md")
    draft.write_text(f"Hi Sam,\n\n{PUSH}\n\nHow are the boxes?\n")
    _commit(git)
    assert _found("HEAD") == []
    draft.write_text(f"Hi Sam,\n\n{PUSH}\n\nHow are the boxes? {PUSH}\n")
    assert _found("HEAD") == [("a.md", "CLO002", 5)]


def test_a_branch_is_held_against_where_it_left_the_other(git: Git) -> None:
    Path("a.md").write_text("Hi Sam,\n\nHow are the boxes?\n")
    _commit(git)
    git("checkout", "-q", "-b", "mine")
    Path("b.md").write_text(f"Hi Sam,\n\n{PUSH}\n")
    _commit(git)
    git("checkout", "-q", "main")
    Path("a.md").write_text(f"Hi Sam,\n\n{PUSH}\n")
    _commit(git)
    git("checkout", "-q", "mine")
    assert _found("main") == [("b.md", "CLO002", 3)]


def test_a_file_that_git_does_not_know_is_new(git: Git) -> None:
    Path("a.md").write_text(f"Hi Sam,\n\n{PUSH}\n")
    _commit(git)
    Path("new.md").write_text(f"Hi Sam,\n\n{PUSH}\n")
    assert _found("HEAD") == [("new.md", "CLO002", 3)]


def test_a_file_that_only_moved_has_not_changed(git: Git) -> None:
    Path("a.md").write_text(f"Hi Sam,\n\n{PUSH}\n\nHow are the boxes in the hall?\n")
    _commit(git)
    git("mv", "a.md", "b.md")
    assert _found("HEAD") == []


@pytest.mark.parametrize("name", ["with space.md", "tab\there.md", "größe.md", 'a"quote.md', "back\\slash.md", "新.md"])
def test_any_name_of_a_file(name: str, git: Git) -> None:
    Path(name).write_text("Hi Sam,\n\nHow are the boxes?\n")
    _commit(git)
    Path(name).write_text(f"Hi Sam,\n\nHow are the boxes?\n\n{PUSH}\n")
    assert _found("HEAD") == [(name, "CLO002", 5)]


def test_findings_about_a_whole_email_count_where_that_email_changed(git: Git) -> None:
    one = "# Email {}\n\nSubject: Boxes\n\nHi Sam,\n\nWe make boxes. Our boxes are strong.\n\nCan we talk at 9?\n\n"
    Path("a.md").write_text(one.format(1) + one.format(2))
    _commit(git)
    Path("a.md").write_text(one.format(1) + one.format(2).replace("at 9", "at 10"))
    assert {row for _, _, row in _found("HEAD", "VAL001")} == {13}


def test_work_from_a_folder_below_the_root(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("drafts").mkdir()
    Path("drafts/a.md").write_text("Hi Sam,\n")
    _commit(git)
    Path("drafts/a.md").write_text(f"Hi Sam,\n\n{PUSH}\n")
    monkeypatch.chdir("drafts")
    assert _found("HEAD") == [("a.md", "CLO002", 3)]


def test_what_cannot_be_compared_is_said(git: Git, tmp_path_factory: pytest.TempPathFactory) -> None:
    Path("a.md").write_text("Hi Sam,\n")
    _commit(git)
    with pytest.raises(InputError, match='git knows no "nowhere"'):
        changes_since("nowhere")
    with pytest.raises(InputError, match="names no commit"):
        changes_since("")
    with pytest.raises(InputError, match="is no commit"):
        changes_since("--output=x")
    git("checkout", "-q", "--orphan", "other")
    _commit(git, "another beginning")
    with pytest.raises(InputError, match="no common history"):
        changes_since("main")
    with pytest.raises(InputError, match="not a git repository"):
        changes_since("HEAD", str(tmp_path_factory.mktemp("elsewhere")))


def test_without_git_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(InputError, match="git is not installed"):
        changes_since("HEAD")
