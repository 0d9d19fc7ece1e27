"""What the helper answers is what the program says alone: each byte of it, the exit code, and what it writes."""

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from serving import DRAFT, PROGRAM, Program

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no helper")
EXAMPLES = str(Path(__file__).parents[2] / "examples")


def both(served: Program, *args: str, **how: Any) -> tuple[object, object]:
    """Exit code and output by the helper, which must have been asked, and without it."""
    before = served.status()
    helped = served("--server", *args, **how)
    after = served.status()
    assert before and after and after["asked"] == before["asked"] + 2  # the second question for its status is one
    alone = served("--no-server", *args, **how)
    return (helped.returncode, helped.stdout, helped.stderr), (alone.returncode, alone.stdout, alone.stderr)


@pytest.mark.parametrize(
    "args",
    [
        ["check", EXAMPLES],
        ["check", "--output-format", "json", EXAMPLES],
        ["check", "--color", "always", "-v", EXAMPLES],
        ["check", "--diff", EXAMPLES],
        ["check", "--isolated", "--statistics", EXAMPLES],
        ["check", "no-such-file.md"],
        ["check", "--select", "CLO999", EXAMPLES],
        ["check", "--no-such-option"],
        ["parse", f"{EXAMPLES}/03-empty-follow-up.txt"],
    ],
    ids=lambda args: " ".join(args).replace(EXAMPLES, "examples"),
)
def test_the_same_bytes_and_exit_code(served: Program, args: list[str]) -> None:
    helped, alone = both(served, *args)
    assert helped == alone


def test_the_same_from_standard_input_in_another_encoding(served: Program) -> None:
    for encoding in ("utf-8", "latin-1"):
        text = DRAFT.replace("Sam", "Zoë 👋").encode()
        helped, alone = both(served, "check", "-", input=text, env={"PYTHONIOENCODING": encoding})
        assert helped == alone


def test_the_same_folder_width_day_and_permissions(served: Program, draft: Path) -> None:
    for number, env in enumerate(
        ({"COLUMNS": "60"}, {"COLUMNS": "100", "NO_COLOR": "1"}, {"TZ": "Pacific/Kiritimati"})
    ):
        told = ["check", "--output", f"json={number}.json", "--output", "full", "draft.md"]
        how = {"cwd": draft.parent, "umask": 0o027}
        helped, alone = both(served, *told, env=env, **how)
        assert helped == alone
        assert (draft.parent / f"{number}.json").stat().st_mode & 0o777 == 0o640


def test_the_same_on_a_terminal(served: Program, draft: Path) -> None:
    seen = [on_terminal(served, flag, "check", str(draft)) for flag in ("--server", "--no-server")]
    assert b"\x1b[" in seen[0]
    assert seen[0] == seen[1]


def on_terminal(program: Program, *args: str) -> bytes:
    """What a terminal gets."""
    ours, theirs = pty.openpty()
    with program.started(*args, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        seen = b""
        try:
            while part := os.read(ours, 65_536):
                seen += part
        except OSError:  # how Linux says that the other end is closed
            pass
        process.wait(60)
    os.close(ours)
    return seen


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full disk")
def test_the_same_on_a_full_disk(served: Program, draft: Path) -> None:
    with open("/dev/full", "w") as full:
        how = {"stdout": full, "stderr": subprocess.PIPE, "capture_output": False}
        helped, alone = both(served, "check", str(draft), **how)
    assert helped == alone
    assert alone == (2, None, b"error: the report cannot be written: No space left on device\n")


def test_the_same_where_the_reader_of_a_pipe_hangs_up(served: Program, tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number}.txt").write_text(DRAFT * 20)
    for flag in ("--server", "--no-server"):
        command = f"{' '.join(PROGRAM)} {flag} check {tmp_path} | head -n 1"
        run = subprocess.run(command, shell=True, capture_output=True, env=served.environment(), timeout=120)
        assert (run.stdout.count(b"\n"), run.stderr) == (1, b"")


def test_files_are_fixed_the_same(served: Program, tmp_path: Path) -> None:
    texts = []
    for flag in ("--server", "--no-server"):
        path = tmp_path / "draft.md"
        path.write_text(DRAFT, encoding="utf-8")
        assert served(flag, "check", "--fix", "--unsafe-fixes", str(path)).returncode in (0, 1)
        texts.append(path.read_text(encoding="utf-8"))
    assert texts[0] == texts[1] != DRAFT


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)])
def test_signals_end_it_the_same(served: Program, number: signal.Signals, code: int) -> None:
    for flag in ("--server", "--no-server"):
        run = served.started(flag, "check", "-", preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        with pytest.raises(subprocess.TimeoutExpired):
            run.wait(4)
        run.send_signal(number)
        run.wait(60)
        out, err = run.communicate()
        assert (run.returncode, out, err.strip()) == (code, b"", b"")


def test_the_program_waits_for_nothing_but_the_helper(served: Program, draft: Path) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "pushlint", "--server", "check", str(draft)]
    served("--server", "check", str(draft))
    told = subprocess.run(command, env=served.environment(), capture_output=True, text=True, timeout=60).stderr
    imported = {line.rpartition("|")[2].strip() for line in told.splitlines() if line.startswith("import time:")}
    assert "pushlint.server.client" in imported
    if served("server", "status").returncode == 0:  # where -X gives a helper of its own, it is started first
        assert not imported & {"click", "spacy", "numpy", "yaml", "msgspec", "pushlint.cli", "pushlint.rulebook"}
