"""What is kept between runs never changes a result, and never stands in the way of one."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pushlint.kept import FOLDER, Kept

DRAFT = "Hi Sam,\n\nI'd love to close this deal before Friday. Plans start at $99 a month.\n"
CHECK = [sys.executable, "-m", "pushlint", "check", "draft.txt"]
CHECK += ["--isolated", "--exit-zero", "--config", "cache=false"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where things are kept."""
    folder = tmp_path / "kept"
    monkeypatch.setenv(FOLDER, str(folder))
    return folder


@pytest.fixture
def check(folder: Path, tmp_path: Path) -> Callable[..., str]:
    """Lints a draft in a process of its own, and tells what was printed."""
    (tmp_path / "draft.txt").write_text(DRAFT)

    def checked(*options: str) -> str:
        done = subprocess.run([*CHECK, *options], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=120)
        assert done.stderr == ""
        return done.stdout

    return checked


def test_values_are_there_again(folder: Path) -> None:
    one: Kept[int] = Kept("numbers", int, [b"a"])
    one.put("seven", 7)
    one.save()
    assert Kept[int]("numbers", int, [b"a"]).get("seven") == 7
    assert Kept[int]("numbers", int, [b"b"]).get("seven") is None
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize("content", [b"", b"\x00" * 500, b"\xff" * 16 + b"\x81\xa1a\x07"])
def test_a_damaged_file_is_as_if_it_were_not_there(folder: Path, content: bytes) -> None:
    one: Kept[int] = Kept("numbers", int)
    one.put("seven", 7)
    one.save()
    (path,) = folder.iterdir()
    path.write_bytes(content)
    two: Kept[int] = Kept("numbers", int)
    assert two.get("seven") is None
    two.put("seven", 8)
    two.save()
    assert Kept[int]("numbers", int).get("seven") == 8


def test_a_value_of_another_kind_is_not_taken(folder: Path) -> None:
    one: Kept[str] = Kept("numbers", str)
    one.put("seven", "seven")
    one.save()
    assert Kept[int]("numbers", int).get("seven") is None


def test_where_nothing_can_be_written_nothing_is_kept(folder: Path) -> None:
    folder.write_text("a file")
    one: Kept[int] = Kept("numbers", int)
    one.put("seven", 7)
    one.save()
    assert one.get("seven") == 7


def test_results_are_the_same_with_and_without(check: Callable[..., str], folder: Path) -> None:
    without = check("--no-cache")
    assert not folder.exists()
    first = check()
    assert sorted(path.name.split("-")[0] for path in folder.iterdir()) == ["phrases", "yaml"]
    kept = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert first == check() == without
    assert kept == {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    for path in kept:
        path.write_bytes(path.read_bytes()[:-100])
    assert check() == without


def test_runs_at_the_same_time_do_not_disturb_each_other(
    check: Callable[..., str], folder: Path, tmp_path: Path
) -> None:
    runs = [subprocess.Popen(CHECK, cwd=tmp_path, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    printed = {run.communicate(timeout=120)[0] for run in runs}
    assert printed == {check()}
    assert all(path.suffix == ".msgpack" for path in folder.iterdir())


def test_an_old_file_is_removed(folder: Path) -> None:
    one: Kept[int] = Kept("numbers", int)
    one.put("seven", 7)
    one.save()
    (old,) = folder.iterdir()
    os.utime(old, (0, 0))
    two: Kept[int] = Kept("numbers", int, [b"newer"])
    two.put("eight", 8)
    two.save()
    assert not old.exists()
    assert len(list(folder.iterdir())) == 1
