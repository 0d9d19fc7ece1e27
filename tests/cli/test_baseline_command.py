"""`pushlint baseline` and `check` with it, and `--diff-base`: a team sees what is new."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from pushlint.books import Book
from pushlint.kept import FOLDER

Run = Callable[..., Result]
PUSH = "Buy now, and the boxes are yours."


@pytest.fixture(autouse=True)
def drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b"):
        Path(f"{name}.md").write_text(f"Hi Sam,\n\n{PUSH}\n")
    Path("pushlint.toml").write_text('select = ["CLO", "URG"]\n')
    return tmp_path


def test_from_a_full_baseline_to_an_empty_one(pushlint: Run) -> None:
    made = pushlint("baseline")
    assert made.exit_code == 0 and "2 findings in 2 files" in made.stdout
    silent = pushlint("check")
    assert silent.exit_code == 0 and "Not shown: 2 in the baseline." in silent.stdout
    Path("b.md").write_text(f"Hi Sam,\n\nThe rain has stopped.\n\n{PUSH}\n\nHurry, the boxes are going fast.\n")
    new = pushlint("check", "--output-format", "concise")
    assert new.exit_code == 1 and "b.md:7:" in new.stdout and "b.md:5:" not in new.stdout
    Path("a.md").write_text("Hi Sam,\n\nHow are the boxes?\n")
    assert "1 finding of the baseline is gone" in pushlint("check").stderr
    stale = pushlint("baseline", "--check")
    assert stale.exit_code == 1 and "gone: a.md: CLO002" in stale.stdout
    assert pushlint("baseline", "--update").exit_code == 0
    assert list(json.loads(Path(".pushlint-baseline.json").read_text())["files"]) == ["b.md"]
    assert pushlint("baseline", "--check").exit_code == 0
    assert "b.md:5:" in pushlint("check", "--no-baseline", "--output-format", "concise").stdout


def test_it_is_not_written_over(pushlint: Run) -> None:
    assert pushlint("baseline").exit_code == 0
    again = pushlint("baseline")
    assert again.exit_code == 2 and "--update takes out what is gone" in again.stderr


def test_nothing_is_written_down_where_nothing_could_be_looked_at(pushlint: Run) -> None:
    Path("pushlint.toml").write_text("selct = []\n")
    made = pushlint("baseline")
    assert (made.exit_code, made.stdout) == (2, "") and 'did you mean "select"?' in made.stderr
    assert not Path(".pushlint-baseline.json").exists()


def test_one_file_that_cannot_be_read_does_not_keep_the_others_out(pushlint: Run) -> None:
    Path("bad.md").write_bytes(b"Hi Sam,\n\n\xff\n")
    made = pushlint("baseline")
    assert made.exit_code == 2 and "2 findings in 2 files" in made.stdout
    assert "bad.md:3: " in made.stderr and "What cannot be used is not in it" in made.stderr


def test_a_changed_line_needs_a_commit_to_differ_from(pushlint: Run) -> None:
    lost = pushlint("check", "--diff-base", "")
    assert lost.exit_code == 2 and "git" in lost.stderr


def test_what_cannot_be_used_is_said(pushlint: Run) -> None:
    Path(".pushlint-baseline.json").write_text("{")
    broken = pushlint("check")
    assert broken.exit_code == 2 and "this is no baseline" in broken.stderr
    assert pushlint("check", "--no-baseline").exit_code == 1
    assert pushlint("check", "--baseline", "nowhere.json").exit_code == 2


def test_only_changed_lines(pushlint: Run) -> None:
    for command in ("init -q", "add -A", "-c user.name=S -c user.email=s@example.org commit -qm one"):
        subprocess.run(["git", *command.split()], check=True)
    assert pushlint("check", "--diff-base", "HEAD").exit_code == 0
    Path("a.md").write_text(f"Hi Sam,\n\n{PUSH}\n\nHurry, the boxes are going fast.\n")
    changed = pushlint("check", "--diff-base", "HEAD", "--output-format", "concise")
    assert changed.exit_code == 1 and "a.md:5:" in changed.stdout and "a.md:3:" not in changed.stdout
    lost = pushlint("check", "--diff-base", "nowhere")
    assert lost.exit_code == 2 and 'git knows no "nowhere"' in lost.stderr


def test_what_check_knows_is_not_linted_again(pushlint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER, str(Path.cwd() / "kept"))
    linted: list[str] = []
    lint = Book.lint
    monkeypatch.setattr(Book, "lint", lambda self, files: (linted.extend(f.path for f in files), lint(self, files))[1])
    pushlint("check")
    assert sorted(linted) == ["a.md", "b.md"]
    linted.clear()
    assert "2 findings in 2 files" in pushlint("baseline").stdout
    assert linted == []
    Path("a.md").write_text("Hi Sam,\n\nHow are the boxes?\n")
    assert pushlint("baseline", "--check").exit_code == 1
    assert linted == ["a.md"]
    linted.clear()
    assert pushlint("baseline", "--check").exit_code == 1
    assert linted == []
    assert pushlint("baseline", "--update", "--no-cache").exit_code == 0
    assert linted == ["a.md", "b.md"]


def test_a_baseline_of_what_is_known_imports_no_language(tmp_path: Path) -> None:
    env = os.environ | {FOLDER: str(tmp_path / "kept")}
    run = [sys.executable, "-X", "importtime", "-m", "pushlint"]
    subprocess.run([*run, "check", "--exit-zero"], env=env, capture_output=True, check=True)
    made = subprocess.run([*run, "baseline"], env=env, capture_output=True, text=True, check=True)
    names = {line.rpartition("|")[2].strip() for line in made.stderr.splitlines() if line.startswith("import time:")}
    assert "pushlint.cache" in names and "2 findings in 2 files" in made.stdout
    assert not names & {"spacy", "numpy", "pushlint.readers", "pushlint.rulebook"}
