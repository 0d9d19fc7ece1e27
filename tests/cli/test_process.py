"""What only shows in a process of its own: what is imported, pipes, signals, completion."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-m", "pushlint"]


def pushlint(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*PROGRAM, *args], capture_output=True, text=True, env=os.environ | env, timeout=120)


@pytest.mark.parametrize(
    ("args", "unwanted"),
    [
        (["--help"], {"spacy", "yaml", "msgspec", "tree_sitter", "regex"}),
        (["--version"], {"spacy", "yaml", "msgspec", "tree_sitter", "regex"}),
        (["check", "--help"], {"spacy", "tree_sitter", "wcwidth"}),
        (["rule", "CLO001"], {"pushlint.readers", "spacy", "numpy", "tree_sitter", "regex", "wcwidth"}),
        (["check", "missing.txt"], {"spacy", "numpy", "tree_sitter", "wcwidth"}),
    ],
)
def test_what_needs_no_language_does_not_wait_for_it(args: list[str], unwanted: set[str], tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "pushlint", *args], capture_output=True, text=True, timeout=60
    )
    imported = {line.rpartition("|")[2].strip() for line in run.stderr.splitlines() if line.startswith("import time:")}
    assert "pushlint.cli" in imported
    assert not imported & unwanted


def test_a_reader_that_hangs_up_is_no_trouble(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number}.txt").write_text("Hi Sam,\n\nI'd love to close this deal.\n" * 20)
    command = f"{' '.join(PROGRAM)} check {tmp_path} | head -n 1"
    run = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=120)
    assert run.stdout.count("\n") == 1
    assert run.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full disk")
@pytest.mark.parametrize("command", ["check", "parse", "rule"])
def test_a_full_disk_is_an_error(command: str, tmp_path: Path) -> None:
    draft = tmp_path / "a.txt"
    draft.write_text("Hi Sam,\n\nI'd love to close this deal.\n")
    with open("/dev/full", "w") as full:
        args = [*PROGRAM, command, "--all" if command == "rule" else str(draft)]
        run = subprocess.run(args, stdout=full, stderr=subprocess.PIPE, text=True, timeout=120)
    assert (run.returncode, run.stderr) == (2, "error: the report cannot be written: No space left on device\n")


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_ends_quietly() -> None:
    waiting = subprocess.Popen(
        [*PROGRAM, "check", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # which a run in the background ignores
    )
    with pytest.raises(subprocess.TimeoutExpired):
        waiting.wait(4)
    waiting.send_signal(signal.SIGINT)
    out, err = waiting.communicate(timeout=60)
    assert (waiting.returncode, out, err.strip()) == (130, "", "")


def test_json_is_utf_8_whatever_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Hi Zoë 👋,\n\nI'd love to close this deal “now”.\n", encoding="utf-8")
    command = [*PROGRAM, "check", "--select", "CLO001", str(tmp_path)]
    for style in ("json", "full"):
        env = os.environ | {"PYTHONIOENCODING": "latin-1"}
        run = subprocess.run([*command, "--output-format", style], capture_output=True, env=env, timeout=120)
        assert run.returncode == 1, run.stderr
        assert (b"\\u201c" in run.stdout) == (style == "full")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are Unicode there")
def test_a_file_name_that_is_no_text_is_no_trouble(tmp_path: Path) -> None:
    name = os.fsdecode(b"a\xff.txt")
    (tmp_path / name).write_text("Hi Sam,\n\nI'd love to close this deal.\n")
    data = pushlint("check", "--select", "CLO001", "--output-format", "json", str(tmp_path)).stdout
    assert [Path(finding["path"]).name for finding in json.loads(data)] == [name]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_completes_commands_and_options(shell: str) -> None:
    script = pushlint(_PUSHLINT_COMPLETE=f"{shell}_source").stdout
    assert "_PUSHLINT_COMPLETE" in script
    line = pushlint(_PUSHLINT_COMPLETE="bash_complete", COMP_WORDS="pushlint check --sel", COMP_CWORD="2").stdout
    assert "--select" in line
