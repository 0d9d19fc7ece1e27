"""The bar on a terminal, as the installed command draws it."""

import os
import shutil
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pushlint.cli.progress import AFTER, Progress
from pushlint.result import FileResult

pty = pytest.importorskip("pty")

PUSHY = "Hi Sam,\n\nI'd love to close this deal by Friday, because that is when our quarter closes.\n\nAnn\n"
ERASED = "\r\x1b[K"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(3):
        (tmp_path / f"{number}.md").write_text(PUSHY)
    (tmp_path / "README.md").write_text("Not to lint, and not to count.\n")
    return tmp_path


def check(folder: Path, stdout: int, stderr: int, **env: str) -> subprocess.Popen[bytes]:
    """A run that has files to lint, and waits longer than the bar does for the one on standard input."""
    command = shutil.which("pushlint", path=sysconfig.get_path("scripts"))
    assert command
    process = subprocess.Popen(
        [command, "check", "--isolated", "--no-cache", "-", "."],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=stdout,
        stderr=stderr,
        env={name: value for name, value in os.environ.items() if name != "CI"} | {"COLUMNS": "100"} | env,
    )
    time.sleep(AFTER + 0.5)
    given, process.stdin = process.stdin, None
    assert given
    with given:
        given.write(PUSHY.encode())
    return process


def on_terminal(folder: Path, stdout: int | None = None, **env: str) -> str:
    """What a terminal shows of the run, standard output being it too where it is no other."""
    ours, theirs = pty.openpty()
    process = check(folder, theirs if stdout is None else stdout, theirs, **env)
    os.close(theirs)
    shown = b"".join(_read(ours))
    process.communicate()
    assert process.returncode == 1
    return shown.decode()


def _read(terminal: int) -> Iterator[bytes]:
    try:
        while piece := os.read(terminal, 4096):
            yield piece
    except OSError:  # its other end is closed
        pass
    finally:
        os.close(terminal)


def test_it_shows_how_far_a_long_run_is(folder: Path) -> None:
    shown = on_terminal(folder)
    assert "1/4   25%" in shown
    left = "".join(part.split("%")[-1] if "%" in part else part for part in shown.split(ERASED))
    assert shown.count(ERASED) >= 2
    assert "%" not in left
    assert left.count("CLO002") + left.count("CLO001") >= 4
    assert "in all 4 drafts" in left


def test_it_stands_beside_a_report_that_goes_to_a_file(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    report = tmp_path_factory.mktemp("reports") / "report.txt"
    with open(report, "wb") as file:
        shown = on_terminal(folder, file.fileno())
    assert "1/4   25%" in shown
    assert shown.endswith(ERASED)
    assert b"%" not in report.read_bytes()
    assert b"in all 4 drafts" in report.read_bytes()


def test_no_bar_where_output_is_piped_or_in_ci(folder: Path) -> None:
    assert on_terminal(folder, subprocess.PIPE) == ""
    assert "%" not in on_terminal(folder, CI="true")
    out, err = check(folder, subprocess.PIPE, subprocess.PIPE).communicate()
    assert b"in all 4 drafts" in out
    assert b"%" not in out
    assert err == b""


def test_no_bar_for_a_moments_work(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    now = iter((0.0, AFTER / 2, AFTER, AFTER + 0.5, AFTER + 0.5))
    monkeypatch.setattr(time, "monotonic", lambda: next(now))
    bar = Progress()
    bar.expect(3)
    results = iter(bar.over([FileResult(f"{number}.md", passed_over="no draft") for number in range(3)]))
    next(results)
    next(results)
    next(results)
    assert capsys.readouterr().err == ""
    assert list(results) == []
    assert "3/3" in capsys.readouterr().err
