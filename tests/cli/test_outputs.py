"""`--output`, `--statistics`, `--fail-on`, `--max-warnings`: several reports of one run, and when it fails."""

import json
import os
import stat
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

Run = Any


def test_several_reports_of_one_run(check: Run, drafts: Path) -> None:
    (drafts / "out").mkdir()
    result = check("--output", "json=out/a.json", "--output", "concise", "--output", "junit=out/b.xml", ".")
    assert result.exit_code == 1 and "\nloud.md:3:3: TST001" in f"\n{result.stdout}" and "Found" in result.stdout
    assert len(json.loads((drafts / "out" / "a.json").read_text(encoding="utf-8"))) == 3
    suites = ElementTree.parse(drafts / "out" / "b.xml").getroot()
    assert [suite.get("name") for suite in suites] == ["calm.txt", "faint.txt", "loud.md"]


def test_a_report_in_a_file_leaves_the_summary_to_the_terminal(check: Run, drafts: Path) -> None:
    result = check("--output", "sarif=a.sarif", "loud.md")
    assert result.stdout.startswith("Found 2 warnings in 1 draft.") and result.stdout.count("\n") == 1
    assert json.loads((drafts / "a.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert check("-q", "--output", "sarif=a.sarif", "loud.md").stdout == ""


def test_sarif_explains_rules_of_one_s_own(check: Run, drafts: Path) -> None:
    log = json.loads(check("--output", "sarif", "loud.md").stdout)
    [rule] = log["runs"][0]["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"] == "Says zap" and "Because it is loud." in rule["help"]["markdown"]


@pytest.mark.parametrize("output", ["json", "json=-"])
def test_what_a_program_reads_stands_alone_on_standard_output(check: Run, drafts: Path, output: str) -> None:
    assert len(json.loads(check("--output", output, "loud.md").stdout)) == 2


def test_output_format_is_the_short_way(check: Run, drafts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert check("--output-format", "json", "loud.md").stdout == check("--output", "json", "loud.md").stdout
    both = check("--output-format", "concise", "--output", "json=a.json", "loud.md")
    assert both.stdout.startswith("loud.md:3:3: TST001") and (drafts / "a.json").exists()
    monkeypatch.setenv("PUSHLINT_OUTPUT_FORMAT", "json")
    assert json.loads(check("loud.md").stdout)
    assert check("--output", "concise", "loud.md").stdout.startswith("loud.md:3:3: TST001")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--output", "serif"], 'did you mean "sarif"?'),
        (["--output", "zzz"], "there are full, concise,"),
        (["--output", "json="], "names no file"),
        (["--output", "json", "--output", "sarif=-"], "json and sarif cannot both go to standard output"),
        (["--output", "json=a", "--output", "sarif=./a"], "two reports cannot go to one file"),
        (["--output", "json", "--output-format", "full"], "both go to standard output"),
        (["--statistics", "--output", "html"], "--statistics prints text or json, not html"),
        (["--max-warnings", "-1"], "not in the range"),
        (["--fail-on", "note"], "'error', 'warning', 'info', 'never'"),
        (["--watch", "--output", "json=a"], "--watch prints; it writes no files"),
        (["--watch", "-"], "standard input does not change"),
    ],
)
def test_what_cannot_be_is_said(check: Run, drafts: Path, options: list[str], said: str) -> None:
    before = sorted(drafts.iterdir())
    result = check(*options, "loud.md")
    assert result.exit_code == 2 and said in " ".join(result.stderr.split()) and not result.stdout
    assert sorted(drafts.iterdir()) == before


def test_a_folder_that_is_not_there_is_said_before_anything_is_linted(check: Run, drafts: Path) -> None:
    result = check("--output", "json=no/such/a.json", "loud.md")
    assert result.exit_code == 2 and not result.stdout
    assert result.stderr == "error: no/such/a.json: there is no such folder to write to\n  create no/such first\n"
    assert "Is a directory" in check("--output", "json=.", "loud.md").stderr


def test_a_run_that_fails_leaves_the_old_report(check: Run, drafts: Path) -> None:
    report = drafts / "a.json"
    report.write_text("old", encoding="utf-8")
    report.chmod(0o640)
    assert check("--output", "json=a.json", "--ignore", "NOSUCH", "loud.md").exit_code == 2
    assert report.read_text(encoding="utf-8") == "old"
    check("--output", "json=a.json", "loud.md")
    assert json.loads(report.read_text(encoding="utf-8")) and stat.S_IMODE(report.stat().st_mode) == 0o640
    assert not [path for path in drafts.iterdir() if path.suffix == ".tmp"]


def test_a_report_may_go_to_a_link_or_a_device(check: Run, drafts: Path) -> None:
    (drafts / "link.json").symlink_to("real.json")
    check("--output", "json=link.json", "--output", f"sarif={os.devnull}", "loud.md")
    assert (drafts / "link.json").is_symlink() and json.loads((drafts / "real.json").read_text(encoding="utf-8"))
    assert not os.path.isfile(os.devnull)


def test_a_file_that_cannot_be_read_is_in_the_report_and_the_rest_too(check: Run, drafts: Path) -> None:
    result = check("--output", "junit", "loud.md", "gone.md")
    suites = ElementTree.fromstring(result.stdout)
    assert result.exit_code == 2
    assert [(suite.get("name"), suite.get("errors")) for suite in suites] == [("gone.md", "1"), ("loud.md", "0")]


def test_statistics_count_by_rule(check: Run, drafts: Path) -> None:
    result = check("--statistics", ".")
    assert result.stdout.splitlines()[:2] == ["2  TST001  warning  zap-talk", "1  TST002  note     faint-word"]
    assert result.exit_code == 1
    data = json.loads(check("--statistics", "--output-format", "json", ".").stdout)
    assert [(row["code"], row["count"]) for row in data] == [("TST001", 2), ("TST002", 1)]
    check("--statistics", "--output", "json=a.json", "--output", "full", ".")
    assert len(json.loads((drafts / "a.json").read_text(encoding="utf-8"))) == 3


@pytest.mark.parametrize(
    ("options", "loud", "faint"),
    [
        ([], 1, 0),
        (["--fail-on", "error"], 0, 0),
        (["--fail-on", "warning"], 1, 0),
        (["--fail-on", "info"], 1, 1),
        (["--fail-on", "never"], 0, 0),
        (["--max-warnings", "2"], 0, 0),
        (["--max-warnings", "1"], 1, 0),
        (["--max-warnings", "0"], 1, 0),
        (["--max-warnings", "1", "--fail-on", "error"], 1, 0),
        (["--max-warnings", "2", "--fail-on", "info"], 0, 1),
        (["--max-warnings", "0", "--fail-on", "never"], 0, 0),
        (["--exit-zero", "--fail-on", "info"], 0, 0),
    ],
)
def test_what_fails_a_run_is_apart_from_what_is_shown(
    check: Run, drafts: Path, options: list[str], loud: int, faint: int
) -> None:
    runs = [check(*options, path) for path in ("loud.md", "faint.txt")]
    assert [run.exit_code for run in runs] == [loud, faint]
    assert "TST001" in runs[0].stdout and "TST002" in runs[1].stdout


def test_more_warnings_than_allowed_are_said(check: Run, drafts: Path) -> None:
    assert check("--max-warnings", "1", "loud.md").stderr == "More than the 1 warning that --max-warnings allows.\n"
    assert check("--max-warnings", "2", "loud.md").stderr == ""


def test_input_that_cannot_be_used_fails_whatever_is_asked(check: Run, drafts: Path) -> None:
    assert check("--fail-on", "never", "--exit-zero", "gone.md").exit_code == 2
