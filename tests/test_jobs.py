"""Several processes: the same findings in the same order, whatever happens to a file or to a process."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from operator import itemgetter
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from pushlint.cache import Cache
from pushlint.cli import main
from pushlint.draft import Draft
from pushlint.jobs import pieces, processes, spread
from pushlint.linter import Linter
from pushlint.run import Inputs, run
from pushlint.settings import Settings

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is one process")
DRAFT = (
    "---\nsubject: Week {number}\n---\nHi Sam,\n\nI'd love to close this deal by week {number}.\n{more}\nBest,\nAnn\n"
)
STEP = "---\nsubject: Step {step}\nsequence: late\nstep: {step}\n---\nHi Sam,\n\nJust checking in.\n\nAnn\n"
SETTINGS = Settings(isolated=True)


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    """Drafts of many sizes, the steps of a sequence far apart, and files that cannot be used."""
    folder = tmp_path / "drafts"
    folder.mkdir()
    for number in range(30):
        more = "We count parcels. " * (number * 37 % 61)
        (folder / f"{number:02}.md").write_text(DRAFT.format(number=number, more=more), encoding="utf-8")
    for step in (1, 2, 3):
        (folder / f"{step * 9:02}-step.md").write_text(STEP.format(step=step), encoding="utf-8")
    (folder / "20-bytes.txt").write_bytes(b"Subject: a\n\n\x00\x01\xff")
    (folder / "30-open.md").write_text("---\nsubject: x\n", encoding="utf-8")
    (folder / "40.json").write_text('{"subject": "a", "body": ', encoding="utf-8")
    return folder


@pytest.mark.parametrize("style", ["full", "json"])
def test_the_report_is_the_same(drafts: Path, style: str) -> None:
    command = ["check", "--isolated", "--no-cache", "--output-format", style, str(drafts)]
    alone, spread_out = (CliRunner().invoke(main, [*command, "--jobs", jobs]) for jobs in ("1", "3"))
    assert (alone.exit_code, alone.stdout, alone.stderr) == (2, spread_out.stdout, spread_out.stderr)
    assert spread_out.exit_code == 2
    assert "30-open.md" in alone.stderr


def test_findings_come_from_other_processes_in_order_of_path(drafts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def parse_elsewhere(self: Linter, drafts: Iterable[Draft]) -> Iterator[Doc]:
        assert os.getpid() != here, "it was linted here"
        return parse(self, drafts)

    here, parse = os.getpid(), Linter.parse
    monkeypatch.setattr(Linter, "parse", parse_elsewhere)
    results = list(run(Inputs([str(drafts)], replace(SETTINGS, jobs=2))))
    linted = [result.path for result in results if result.drafts]
    assert linted == sorted(linted)
    assert len(linted) == 33


def test_only_what_the_cache_has_not_is_linted_again(drafts: Path, tmp_path: Path) -> None:
    inputs = Inputs([str(drafts)], replace(SETTINGS, jobs=2))
    first = list(run(inputs, cache=Cache(tmp_path / "kept")))
    (drafts / "07.md").write_text(DRAFT.format(number=1_007, more="I'd love to close this deal."), encoding="utf-8")
    again = list(run(inputs, cache=Cache(tmp_path / "kept")))
    differing = [one.path for one, two in zip(first, again, strict=True) if one.diagnostics != two.diagnostics]
    assert differing == [str(drafts / "07.md")]


def test_standard_input_is_read_by_this_process(drafts: Path) -> None:
    command = ["check", "--isolated", "--no-cache", "--output-format", "concise", "-", str(drafts)]
    text = "Hi Sam,\n\nI'd love to close this deal.\n"
    alone, spread_out = (CliRunner().invoke(main, [*command, "--jobs", jobs], input=text) for jobs in ("1", "2"))
    assert alone.stdout == spread_out.stdout
    assert alone.stdout.startswith("-:1:")


@pytest.mark.parametrize("jobs", ["0", "-1", "many", "1.5"])
def test_a_number_that_is_none_is_refused(jobs: str) -> None:
    refused = CliRunner().invoke(main, ["check", "--jobs", jobs])
    assert refused.exit_code == 2
    assert "neither a number from 1 on nor auto" in refused.stderr


def test_auto_takes_more_than_one_where_there_is_enough_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pushlint.jobs._processors", lambda: 4)
    assert [processes("auto", size) for size in (0, 50_000, 250_000, 10_000_000)] == [1, 1, 2, 4]
    assert processes(3, 0) == 3


@given(st.lists(st.integers(0, 300_000)), st.integers(1, 16))
def test_pieces_are_all_things_once_in_their_order(sizes: list[int], number: int) -> None:
    parts = pieces(sizes, number)
    assert [at for part in parts for at in part] == list(range(len(sizes)))
    assert all(part and len(part) <= 64 for part in parts)
    assert all(sum(sizes[at] for at in part[:-1]) < 64_000 for part in parts)


def test_what_is_large_goes_first_and_nothing_comes_long_before_its_turn() -> None:
    sizes = [3, 9, 1, 5, 2, 2, 8, 4, 7, 6]
    started = sorted(spread(lambda task: time.monotonic(), range(10), sizes, 1), key=itemgetter(1))
    assert [task for task, _ in started] == [1, 3, 0, 2, 6, 7, 4, 5, 8, 9]


def test_where_a_process_is_killed_the_rest_is_done_here() -> None:
    here = os.getpid()

    def work(task: int) -> int:
        if task == 5 and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return task * 2

    assert sorted(spread(work, range(20), [1] * 20, 2)) == [(task, task * 2) for task in range(20)]


def test_a_fault_in_the_work_is_no_silence() -> None:
    with pytest.raises(ZeroDivisionError):
        list(spread(lambda task: 1 // task, [1, 0, 2], [1, 1, 1], 2))


def test_processes_end_with_the_iterator() -> None:
    came: Iterator[tuple[int, int]] = spread(lambda task: time.sleep(task) or os.getpid(), [0, 60, 60], [2, 1, 1], 2)
    _, pid = next(came)
    came.close()  # type: ignore[attr-defined]
    until(lambda: not is_alive(pid))


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)])
def test_processes_end_with_the_program(tmp_path: Path, number: signal.Signals, code: int) -> None:
    for name in range(400):
        (tmp_path / f"{name}.md").write_text(DRAFT.format(number=name, more="We count parcels. " * 200))
    command = [sys.executable, "-m", "pushlint", "check", "--isolated", "--no-cache", "--jobs", "2", str(tmp_path)]
    run = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    until(lambda: len(children(run.pid)) == 2)
    workers = children(run.pid)
    run.send_signal(number)
    _, err = run.communicate(timeout=60)
    assert (run.returncode, err) == (code, b"")
    until(lambda: not any(map(is_alive, workers)))


def children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


def until(condition: Callable[[], object]) -> None:
    """Waits until something holds."""
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.02)
