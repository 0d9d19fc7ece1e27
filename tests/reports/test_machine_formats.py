import json
from pathlib import Path
from typing import Any

import click
import pytest
from jsonschema import Draft202012Validator

from pushlint.fingerprint import fingerprints
from pushlint.reports import FOR_PEOPLE, FORMATS, statistics
from pushlint.reports.paths import relative, uri
from pushlint.result import FileResult

SCHEMAS = Path(__file__).parent / "schemas"
KEYS = ["code", "name", "severity", "basis", "message", "path", "location", "end_location", "text", "zone", "fixes"]
KEYS += ["url"]


def validate(data: object, schema: str) -> None:
    Draft202012Validator(json.loads((SCHEMAS / schema).read_text(encoding="utf-8"))).validate(data)


def test_json_has_exactly_the_keys_that_tools_rely_on(maker: Any, report: Any) -> None:
    made = maker("Hi 👋\nclose this deal\n")
    finding = made.finding("this deal", made.fix("this deal", "it"))
    [data] = json.loads(report("json", [made.result(finding)]))
    assert list(data) == KEYS
    assert data["location"] == {"row": 2, "column": 7} and data["end_location"] == {"row": 2, "column": 16}
    assert (data["text"], data["zone"], data["url"]) == ("this deal", "body", None)
    edit = {"location": data["location"], "end_location": data["end_location"], "content": "it"}
    assert data["fixes"] == [{"applicability": "unsafe", "message": "say instead", "edits": [edit]}]


def test_json_is_one_list_over_all_files_and_an_empty_one_without_findings(maker: Any, report: Any) -> None:
    one, two = maker("close\n", path="a.md"), maker('"clo\tse"\n', path="b.md")
    last = two.result(two.about_the_draft(), two.finding('"clo\tse"'))
    results = [one.result(one.finding("close")), one.result(), last]
    data = json.loads(report("json", results))
    assert [(d["path"], d["text"], d["zone"]) for d in data] == [
        ("a.md", "close", "body"),
        ("b.md", "", None),
        ("b.md", '"clo\tse"', "body"),
    ]
    assert [json.loads(line) for line in report("json-lines", results).splitlines()] == data
    assert json.loads(report("json", [])) == [] and report("json-lines", []) == ""


def test_a_line_of_json_lines_is_a_finding_whatever_is_in_it(hostile: list[FileResult], report: Any) -> None:
    lines = report("json-lines", hostile).split("\n")
    assert [json.loads(line) for line in lines[:-1]] == json.loads(report("json", hostile))
    assert len(lines) == 7 and not lines[-1]


def test_concise_is_a_line_a_finding(maker: Any, report: Any) -> None:
    made = maker("one two\nthree\n")
    result = made.result(made.finding("two"), made.finding("three"))
    assert click.unstyle(report("concise", [result])) == (
        "drafts/acme.md:1:5: CLO001 This is the seller's word\ndrafts/acme.md:2:1: CLO001 This is the seller's word\n"
    )


def test_grouped_has_the_findings_of_a_file_under_its_path(maker: Any, report: Any) -> None:
    made = maker("one two\n" * 9 + "three\n")
    result = made.result(made.finding("two"), made.finding("three"))
    assert click.unstyle(report("grouped", [result, maker("fine", "b.md").result(), result])) == 2 * (
        "drafts/acme.md\n  1:5   CLO001  This is the seller's word\n  10:1  CLO001  This is the seller's word\n\n"
    )


@pytest.mark.parametrize("format", [format for format in FOR_PEOPLE if format != "full"])
def test_lines_for_people_cannot_steer_the_terminal(hostile: list[FileResult], report: Any, format: str) -> None:
    text = click.unstyle(report(format, hostile))
    assert not set(text) & set("\x00\x07\x1b\u202e\u2028\r")
    assert len([line for line in text.splitlines() if "CLO001" in line]) == 4


def test_sarif_is_valid_and_says_all_that_is_known(hostile: list[FileResult], report: Any) -> None:
    log = json.loads(report("sarif", hostile))
    validate(log, "sarif-2.1.0.json")
    [run] = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [r["ruleId"] for r in run["results"]]
    assert all(rule["help"]["markdown"].startswith(f"# {rule['id']}") for rule in rules)
    assert rules[1]["properties"]["tags"] == ["closing", "style"]
    about, nasty, plain, _, silent, display = run["results"]
    assert [result["level"] for result in (about, nasty, plain)] == ["note", "error", "warning"]
    assert about["locations"][0]["physicalLocation"]["region"] == {"startLine": 1} and "fixes" not in about
    assert plain["locations"][0]["physicalLocation"]["region"]["startColumn"] == 7
    first, second = plain["fixes"]
    assert first["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"] == ""
    assert second["artifactChanges"][0]["replacements"][0]["deletedRegion"]["startColumn"] == 12
    assert "fixes" not in silent and "fixes" not in display  # what a person has to fill in is applied by nobody
    assert display["message"]["text"] == "This is the seller's word\nhelp: fill in: ______"
    addresses = [r["locations"][0]["physicalLocation"]["artifactLocation"] for r in run["results"]]
    assert addresses[0] == {"uri": "h%C3%A4user/my%20draft%20%2520%3B%2C%3A%5D.md", "uriBaseId": "%SRCROOT%"}
    assert addresses[3]["uri"].startswith("file:///") and addresses[3]["uri"].endswith("/outside/b.md")
    assert not run["invocations"][0]["executionSuccessful"]
    [failed] = run["invocations"][0]["toolExecutionNotifications"]
    assert failed["locations"][0]["physicalLocation"]["region"] == {"startLine": 3}


def test_a_sarif_log_without_findings_is_valid(maker: Any, report: Any) -> None:
    log = json.loads(report("sarif", [maker("fine").result()]))
    validate(log, "sarif-2.1.0.json")
    assert log["runs"][0]["results"] == [] and log["runs"][0]["invocations"][0]["executionSuccessful"]


def test_sarif_explains_a_rule_that_the_catalogue_does_not_have(maker: Any, report: Any) -> None:
    made = maker("one two")
    log = json.loads(report("sarif", [made.result(made.finding("two", code="XYZ001"))]))
    validate(log, "sarif-2.1.0.json")
    assert log["runs"][0]["tool"]["driver"]["rules"] == [{"id": "XYZ001", "name": "close-talk"}]


def test_a_fix_of_several_edits_is_one_replacement(maker: Any, report: Any) -> None:
    made = maker("close this deal now\n")
    one, two = made.fix("close", "talk over"), made.fix("deal", "matter")
    fix = one.__class__("unsafe", "say instead", (*two.edits, *one.edits))
    results = [made.result(made.finding("this", fix))]
    log = json.loads(report("sarif", results))
    [change] = log["runs"][0]["results"][0]["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 16},
            "insertedContent": {"text": "talk over this matter"},
        }
    ]
    [suggestion] = json.loads(report("rdjson", results))["diagnostics"][0]["suggestions"]
    assert suggestion["text"] == "talk over this matter"


def test_gitlab_has_a_fingerprint_for_each_finding(hostile: list[FileResult], report: Any) -> None:
    issues = json.loads(report("gitlab", [*hostile, hostile[0].__class__("d.md", hostile[2].drafts)]))
    validate(issues[:3] + issues[5:], "gitlab-code-quality.json")
    validate(
        [{**issue, "location": {**issue["location"], "path": "b"}} for issue in issues], "gitlab-code-quality.json"
    )
    assert len({issue["fingerprint"] for issue in issues[:6]}) == 6
    assert [issue["severity"] for issue in issues[:3]] == ["info", "major", "minor"]


def test_gitlab_counts_paths_from_the_project(maker: Any, report: Any, tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / "mail").mkdir()
    monkeypatch.chdir(tmp_path / "mail")
    monkeypatch.setenv("CI_PROJECT_DIR", str(tmp_path))
    made = maker("one deal", "a.md")
    [issue] = json.loads(report("gitlab", [made.result(made.finding("deal"))]))
    assert issue["location"]["path"] == "mail/a.md"


def test_rdjson_counts_columns_in_bytes_and_suggests_what_can_be_applied(
    hostile: list[FileResult], report: Any, maker: Any
) -> None:
    data = json.loads(report("rdjson", hostile))
    validate(data, "rdjson.json")
    assert [len(diagnostic["suggestions"]) for diagnostic in data["diagnostics"]] == [0, 1, 2, 0, 0, 0]
    made = maker("é𐐀 deal")
    one = json.loads(report("rdjson", [made.result(made.finding("deal"))]))["diagnostics"][0]
    assert one["location"]["range"]["start"] == {"line": 1, "column": 8}
    assert one["location"]["range"]["end"] == {"line": 1, "column": 12}


def test_statistics_have_the_most_frequent_rule_first(maker: Any) -> None:
    made = maker("one deal two")
    results = [made.result(made.finding("one", code="PRI001"), made.finding("deal")), made.result(made.finding("two"))]
    assert click.unstyle("".join(statistics.render(results))) == (
        "2  CLO001  warning  close-talk\n1  PRI001  warning  close-talk\n"
    )
    data = json.loads("".join(statistics.render_json(results)))
    assert data[0] == {"code": "CLO001", "name": "close-talk", "severity": "warning", "count": 2}
    assert "".join(statistics.render([])) == "" and json.loads("".join(statistics.render_json([]))) == []


def test_paths_are_relative_inside_the_root_and_absolute_outside(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    assert relative("./a//b.md") == relative(str(tmp_path / "a" / "b.md")) == "a/b.md"
    assert relative("../x.md") == str(tmp_path.parent / "x.md") and relative("-") == "-"
    assert relative("a.md", str(tmp_path.parent)) == f"{tmp_path.name}/a.md"
    assert relative(f"{tmp_path}-other/a.md").startswith("/")
    assert uri("a b/ü:#?.md") == "a%20b/%C3%BC%3A%23%3F.md"


def test_every_format_writes_the_same_findings(hostile: list[FileResult], report: Any) -> None:
    """No format is forgotten when one is added: each is named in a test of its own, and all take these files."""
    for format in FORMATS:
        text = report(format, hostile)
        assert text.strip() and "CLO001" in text, format


def test_fingerprints_of_the_reports_are_those_of_the_baseline(hostile: list[FileResult], report: Any) -> None:
    said = [r["partialFingerprints"].values() for r in json.loads(report("sarif", hostile))["runs"][0]["results"]]
    assert [next(iter(one)) for one in said][:3] == list(fingerprints(hostile[0].diagnostics))
