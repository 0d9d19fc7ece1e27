"""`--watch`, in a process of its own, as one would use it."""

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent otherwise on Windows")


class Watching:
    """A watching process, and what it prints, line by line."""

    def __init__(self, *args: str) -> None:
        run = [sys.executable, "-m", "pushlint", "check", "--watch", "--output-format", "concise", *args]
        self.process = subprocess.Popen(
            run,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # which a run in the background ignores
        )
        self.lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))

    def until(self, start: str) -> list[str]:
        """The lines up to one that begins so."""
        lines: list[str] = []
        while not lines or not lines[-1].startswith(start):
            lines.append(self.lines.get(timeout=60))
        return lines


@pytest.fixture
def watching(rules: Path, drafts: Path) -> Iterator[Watching]:
    process = Watching("--rules", str(rules), "--select", "TST", ".")
    yield process
    process.process.kill()
    process.process.wait()


def test_what_changes_is_linted_again_until_interrupted(watching: Watching, drafts: Path) -> None:
    first = watching.until("Watching")
    assert [line.split()[1] for line in first if ": TST" in line] == ["TST002", "TST001", "TST001"]
    (drafts / "calm.txt").write_text("Hi Sam,\n\nA zap for you.\n\nBest,\nAnn\n", encoding="utf-8")
    changed = watching.until("Found")
    assert changed[0].endswith(" changed: calm.txt")
    assert changed[1:] == [
        'calm.txt:3:3: TST001 "zap" is a loud word',
        "Found 1 warning in 1 draft. 1 can be fixed with --fix --unsafe-fixes. `pushlint rule TST001` explains.",
    ]
    (drafts / "new.md").write_text("Hi Sam,\n\nA nap for you.\n\nBest,\nAnn\n", encoding="utf-8")
    assert watching.until("No pushing")[0].endswith(" changed: new.md")
    (drafts / "new.md").write_text("---\nsubject: x\n", encoding="utf-8")
    assert any("the front matter is not closed" in line for line in watching.until("No drafts"))
    (drafts / "calm.txt").unlink()
    (drafts / "loud.md").write_text("Hi Sam,\n\nA whisper for you.\n\nBest,\nAnn\n", encoding="utf-8")
    assert watching.until("Found")[0].endswith(" changed: loud.md")
    watching.process.send_signal(signal.SIGINT)
    assert watching.process.wait(timeout=30) == 130


def test_all_is_linted_again_when_rules_or_settings_change(watching: Watching, drafts: Path, rules: Path) -> None:
    watching.until("Watching")
    rule = next(rules.glob("*zap-talk.yaml"))
    rule.write_text(rule.read_text(encoding="utf-8").replace("a loud word", "too loud"), encoding="utf-8")
    lines = watching.until("Found")
    assert lines[0].endswith(f"{rule.name}") and sum("is too loud" in line for line in lines) == 2
    (drafts / "pushlint.toml").write_text('levels = {TST001 = "error"}\n', encoding="utf-8")
    lines = watching.until("Found")
    assert lines[0].endswith(" changed: pushlint.toml") and lines[-1].startswith("Found 2 errors and 1 note")
    (drafts / "pushlint.toml").write_text('levels = {TST999 = "error"}\n', encoding="utf-8")
    assert any('there is no rule "TST999"' in line for line in watching.until("No drafts"))
    (drafts / "pushlint.toml").write_text("levels = [\n", encoding="utf-8")
    assert any("pushlint.toml:1: is not TOML" in line for line in watching.until("No drafts"))
    rule.write_text("code: [\n", encoding="utf-8")
    watching.until("No drafts")
    (drafts / "pushlint.toml").unlink()
    assert any("is not YAML" in line for line in watching.until("Found"))


def test_a_new_baseline_holds_from_the_next_change_on(rules: Path, drafts: Path) -> None:
    process = Watching("--rules", str(rules), "--select", "TST", ".")
    try:
        process.until("Watching")
        text = (drafts / "calm.txt").read_text(encoding="utf-8")
        (drafts / "calm.txt").write_text(text + "\nA zap for you.\n", encoding="utf-8")
        assert process.until("Found")[-1].startswith("Found 1 warning")
        config = f"rules=[{str(rules)!r}]"
        command = [sys.executable, "-m", "pushlint", "baseline", "--config", config, "."]
        subprocess.run(command, check=True, capture_output=True)
        (drafts / "calm.txt").write_text(text + "\nOne zap for you.\n", encoding="utf-8")
        assert process.until("Nothing new")
    finally:
        process.process.kill()
        process.process.wait()


def test_the_e_mails_of_a_sequence_are_linted_together(rules: Path, tmp_path: Path) -> None:
    folder = tmp_path / "drafts"
    folder.mkdir()
    for step in (1, 2):
        text = f"---\nsubject: Your page\nstep: {step}\nsequence: spring\n---\nHi Sam,\n\nA zap for you.\n"
        (folder / f"{step}.md").write_text(text, encoding="utf-8")
    (folder / "other.md").write_text("Hi Sam,\n\nA zap for you.\n", encoding="utf-8")
    process = Watching("--rules", str(rules), "--select", "TST", str(folder))
    try:
        process.until("Watching")
        (folder / "2.md").write_text(text.replace("zap", "nap"), encoding="utf-8")
        lines = process.until("Found")
        assert [Path(line.split(":")[0]).name for line in lines[1:-1]] == ["1.md"]
    finally:
        process.process.kill()
        process.process.wait()
