"""Logging commands, read back as GitHub's runner and Azure's agent read them."""

import re
import subprocess
from pathlib import Path
from typing import Any

import click
import pytest

from pushlint.reports.excerpt import visible
from pushlint.reports.github import MOST
from pushlint.result import FileResult


def github_commands(log: str) -> list[tuple[str, dict[str, str], str]]:
    """The commands in a log: of each line that begins with two colons the command, its properties, its message."""
    commands = []
    for line in re.split(r"\r\n|\r|\n", log):
        found = re.fullmatch(r"\s*::([a-z]+)(?: (.*?))?::(.*)", line, re.DOTALL)
        if found:
            pairs = (pair.partition("=")[::2] for pair in (found[2] or "").split(","))
            commands.append((found[1], {key: _github(value) for key, value in pairs}, _github(found[3])))
    return commands


def _github(text: str) -> str:
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, character)
    return text


def azure_commands(log: str) -> list[tuple[dict[str, str], str]]:
    """The logissue commands: wherever in a line ##vso[ stands, as the agent finds it."""
    commands = []
    for line in re.split(r"\r\n|\r|\n", log):
        start = line.find("##vso[")
        if start >= 0:
            name, _, rest = line[start + 6 :].partition(" ")
            assert name == "task.logissue"
            said, _, message = rest.partition("]")
            pairs = (pair.partition("=")[::2] for pair in said.split(";") if pair)
            commands.append(({key: _azure(value) for key, value in pairs}, _azure(message)))
    return commands


def _azure(text: str) -> str:
    codes = (("%3B", ";"), ("%0D", "\r"), ("%0A", "\n"), ("%5D", "]"), ("%AZP25", "%"))
    for code, character in codes:
        text = text.replace(code, character)
    return text


@pytest.fixture(autouse=True)
def summary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """GitHub's file for the job summary, which has something in it already."""
    path = tmp_path / "summary.md"
    path.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))
    for name in ("GITHUB_WORKSPACE", "GITHUB_BASE_REF"):
        monkeypatch.delenv(name, raising=False)
    return path


def test_github_has_an_annotation_for_each_finding_by_level(hostile: list[FileResult], report: Any) -> None:
    commands = github_commands(report("github", hostile))
    assert [level for level, _, _ in commands] == ["error"] * 2 + ["warning"] * 4 + ["notice"]
    nasty = next(d for d in hostile[0].diagnostics if d.severity == "error")
    _, said, message = commands[0]
    assert message.startswith(f"{visible(nasty.message)}\nhelp: ")
    assert said == {
        "title": "CLO001 close-talk",
        "file": "häuser/my draft %20;,:].md",
        "line": "3",
        "endLine": str(nasty.end_location.row),
    }
    assert commands[1][1]["file"] == "brö ken.md" and commands[1][1]["line"] == "3"
    assert commands[2][1]["col"] == "7" and commands[2][1]["endColumn"] == "16"


def test_github_gets_ten_of_a_level_and_the_job_summary_the_rest(maker: Any, report: Any, summary: Path) -> None:
    made = maker("one deal\n" * 25 + "sale\n")
    warnings, [error] = made.everywhere("deal"), made.everywhere("sale", severity="error", code="POL001")
    log = report("github", [made.result(*warnings, error)])
    commands = github_commands(log)
    assert [level for level, _, _ in commands] == ["error"] + ["warning"] * MOST
    assert [said["line"] for _, said, _ in commands[1:]] == [str(line) for line in range(1, MOST + 1)]
    assert log.splitlines()[-1] == "15 more findings: GitHub annotates 10 of a level. The job summary has them."
    text = summary.read_text(encoding="utf-8")
    assert text.startswith("before\n### pushlint: 15 more findings than are annotated\n")
    assert text.count("| 🟠 warning |") == 15 and "`drafts/acme.md:11`" in text and "acme.md:10`" not in text


def test_github_annotates_what_a_pull_request_changes_before_the_rest(
    maker: Any, report: Any, summary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone = tmp_path / "clone"
    clone.mkdir()
    monkeypatch.chdir(clone)
    git = ["git", "-c", "user.name=Ann", "-c", "user.email=ann@example.com"]
    text = "one deal\n" * 25
    Path("a.md").write_text(text, encoding="utf-8")
    for words in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-qm", "x"]):
        subprocess.run([*git, *words], check=True)
    subprocess.run([*git, "update-ref", "refs/remotes/origin/main", "HEAD"], check=True)
    lines = text.splitlines(keepends=True)
    Path("a.md").write_text("".join([*lines[:19], "the deal\n", *lines[20:24], "a deal\n"]), encoding="utf-8")
    made = maker(Path("a.md").read_text(encoding="utf-8"), "a.md")
    found = [made.result(*made.everywhere("deal"))]

    def annotated(branch: str) -> list[int]:
        monkeypatch.setenv("GITHUB_BASE_REF", branch)
        return [int(said["line"]) for _, said, _ in github_commands(report("github", found))]

    assert annotated("main") == [20, 25, *range(1, 9)]
    text = summary.read_text(encoding="utf-8")
    assert text.count("| 🟠 warning |") == 15 and "a.md:9`" in text and "a.md:20`" not in text
    assert annotated("nowhere") == annotated("") == list(range(1, 11))


def test_without_a_job_summary_github_s_log_says_how_many_are_missing(
    maker: Any, report: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY")
    made = maker("one deal\n" * 12)
    log = report("github", [made.result(*made.everywhere("deal"))])
    assert log.splitlines()[-1] == "2 more findings: GitHub annotates 10 of a level."


def test_a_job_summary_stays_within_a_mebibyte(maker: Any, report: Any, summary: Path) -> None:
    made = maker("漢字 deal\n" * 12_000)
    report("github", [made.result(*made.everywhere("deal"))])
    assert 200_000 < summary.stat().st_size < 1 << 20
    assert "more findings had no room here" in summary.read_text(encoding="utf-8")


def test_github_counts_paths_from_the_workspace(
    maker: Any, report: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mail").mkdir()
    monkeypatch.chdir(tmp_path / "mail")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    made = maker("one deal", "a.md")
    [(_, said, _)] = github_commands(report("github", [made.result(made.finding("deal"))]))
    assert said["file"] == "mail/a.md"


def test_azure_has_a_command_for_each_warning_and_error(hostile: list[FileResult], report: Any) -> None:
    log = click.unstyle(report("azure", hostile))
    commands = azure_commands(log)
    assert [said["type"] for said, _ in commands] == ["error", "warning", "warning", "warning", "warning", "error"]
    nasty = next(d for d in hostile[0].diagnostics if d.severity == "error")
    said, message = commands[0]
    assert message.startswith(f"{visible(nasty.message)}\nhelp: ")
    assert said == {
        "type": "error",
        "sourcepath": "häuser/my draft %20;,:].md",
        "linenumber": "3",
        "columnnumber": "1",
        "code": "CLO001",
    }
    assert not set(log) & set("\x00\x07\u202e")
    assert commands[-1][0] == {"type": "error", "sourcepath": "brö ken.md", "linenumber": "3"}


def test_a_note_gives_azure_no_commands(maker: Any, report: Any) -> None:
    made = maker("##vso[task.setvariable variable=a]b")
    [note] = made.everywhere("##vso[task.setvariable variable=a]b", severity="info")
    object.__setattr__(note, "message", note.text)
    log = click.unstyle(report("azure", [made.result(note)]))
    assert azure_commands(log) == [] and log.startswith("drafts/acme.md:1:1: CLO001 ")
