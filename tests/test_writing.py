"""A file is written whole or not at all, and stays what it was but for its contents."""

import errno
import multiprocessing
import os
import random
import resource
import signal
import stat
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from pushlint import writing
from pushlint.errors import InputError
from pushlint.writing import write

OLD, NEW = b"Hi Sam,\r\n\nold words\n", b"\xef\xbb\xbfHi Sam,\r\n\nnew words\n" * 3


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.md"
    path.write_bytes(OLD)
    return path


def names(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.parent.iterdir())


def test_mode_owner_and_attributes_stay_and_no_other_file_does(draft: Path) -> None:
    draft.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(draft, 1234, 4321)
    before = draft.stat()
    write(str(draft), NEW, OLD)
    after = draft.stat()
    assert draft.read_bytes() == NEW
    assert (stat.S_IMODE(after.st_mode), after.st_uid, after.st_gid) == (0o640, before.st_uid, before.st_gid)
    assert after.st_mtime > before.st_mtime - 1 and names(draft) == ["draft.md"]


def test_the_target_of_a_link_is_written_and_the_link_kept(draft: Path, tmp_path: Path) -> None:
    folder = tmp_path / "links"
    folder.mkdir()
    link = folder / "link.md"
    link.symlink_to("../draft.md")
    write(str(link), NEW, OLD)
    assert link.is_symlink() and draft.read_bytes() == NEW and names(link) == ["link.md"]


def test_another_hard_link_keeps_what_it_had(draft: Path) -> None:
    other = draft.with_name("other.md")
    os.link(draft, other)
    write(str(draft), NEW, OLD)
    assert (draft.read_bytes(), other.read_bytes()) == (NEW, OLD)


def refused(path: Path, data: bytes = NEW, old: bytes = OLD) -> str:
    before = path.read_bytes(), names(path)
    with pytest.raises(InputError) as caught:
        write(str(path), data, old)
    assert (path.read_bytes(), names(path)) == before
    assert caught.value.path == str(path)
    return str(caught.value)


def test_a_read_only_file_is_left_alone(draft: Path) -> None:
    draft.chmod(0o444)
    assert "read-only" in refused(draft)


def test_a_file_in_a_read_only_folder_is_left_alone(draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: not os.path.isdir(path))
    assert "in a folder that cannot be written to" in refused(draft)


def test_a_file_that_changed_meanwhile_is_left_alone(draft: Path) -> None:
    draft.write_bytes(b"something else")
    assert "changed since it was read" in refused(draft)


def test_a_file_that_is_gone_is_told(draft: Path) -> None:
    draft.unlink()
    with pytest.raises(InputError, match="cannot be written: No such file"):
        write(str(draft), NEW, OLD)


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_is_told_and_nothing_lost(draft: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, step, full)
    assert "No space left on device" in refused(draft)


def test_an_interrupt_leaves_nothing_behind(draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(writing, "_dress", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(str(draft), NEW, OLD)
    assert draft.read_bytes() == OLD and names(draft) == ["draft.md"]


def child(run: Callable[[], None]) -> multiprocessing.Process:
    process = multiprocessing.get_context("fork").Process(target=run)
    process.start()
    return process


def test_what_the_system_itself_refuses_half_way_is_told(draft: Path, tmp_path: Path) -> None:
    said = tmp_path / "said"

    def run() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        try:
            write(str(draft), NEW * 1000, OLD)
        except InputError as error:
            said.write_text(str(error))

    child(run).join()
    assert "cannot be written: File too large" in said.read_text()
    assert draft.read_bytes() == OLD and names(draft) == ["draft.md", "said"]


def test_killed_100_times_it_is_the_old_file_or_the_new_one(draft: Path) -> None:
    contents = [letter * 200_000 for letter in (b"a", b"b")]
    draft.write_bytes(contents[0])

    def run() -> None:
        now = draft.read_bytes()
        for turn in count(contents.index(now) + 1):
            write(str(draft), contents[turn % 2], contents[(turn + 1) % 2])

    luck, most, seen = random.Random(0), 0, set()
    for _ in range(100):
        process = child(run)
        time.sleep(luck.uniform(0.002, 0.02))
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
        assert draft.read_bytes() in contents
        seen.add(draft.read_bytes())
        most = max(most, len(names(draft)))
    assert len(seen) == 2 and most == 2, "the kills must hit the writing, and leave one temporary file at most"
    now = draft.read_bytes()
    write(str(draft), NEW, now)
    assert names(draft) == ["draft.md"]


def test_what_another_run_is_writing_is_left_to_it(draft: Path) -> None:
    prefix = writing._prefix(str(draft))
    at_work, left = (draft.with_name(f"{prefix}{name}{writing._LEFT}") for name in "ab")
    left.touch()
    with at_work.open("wb") as file:
        writing._lock(file)
        write(str(draft), NEW, OLD)
        assert names(draft) == [at_work.name, "draft.md"]
