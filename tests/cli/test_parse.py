"""`pushlint parse` and the page that explains what it shows, with the model that ships."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import pytest
from click.testing import CliRunner

from pushlint import draft
from pushlint.cli import main
from pushlint.language import facts
from pushlint.resources import MOVES, RULES

Run = Any
PAGE = (Path(__file__).parents[2] / "docs" / "language.md").read_text(encoding="utf-8")
FENCES = dict(re.findall(r"^```(markdown|console)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL))


@pytest.fixture
def documented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The draft in the documentation, in the current folder."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "draft.md"
    path.write_text(FENCES["markdown"], encoding="utf-8")
    return path


def test_the_example_in_the_documentation_is_what_the_command_prints(
    pushlint: Run, documented: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    command, _, expected = FENCES["console"].partition("\n")
    result = pushlint(*command.split()[2:])
    assert command.startswith("$ pushlint ")
    assert result.output.rstrip() == expected.rstrip()


def test_the_documentation_has_every_value_that_a_fact_can_have() -> None:
    kinds = (facts.Actor, facts.Mood, facts.Tense, facts.Role, draft.ZoneKind, draft.BlockKind, draft.TagType)
    values = {value for kind in kinds for value in get_args(kind)} | {*draft.STAGES, *draft.PROFILES}
    values |= {path.stem for folder in (MOVES, RULES / "asks") for path in folder.glob("*.yaml")}
    assert {value for value in values if f"`{value}`" not in PAGE} == set()


def test_the_documentation_has_exactly_the_keys_of_the_json(pushlint: Run, documented: Path) -> None:
    rows = re.findall(r"^\| ([\w ]+) \| (`.*) \|$", PAGE.partition("## JSON")[2], re.MULTILINE)
    keys = {name: re.findall(r"(?:^|, )`(\w+)`", re.sub(r" \(.*?\)", "", cell)) for name, cell in rows}
    everywhere = set(keys.pop("every item below a draft"))
    [data] = json.loads(pushlint("parse", "draft.md", "--output-format", "json").stdout)
    found: dict[str, set[str]] = {"draft": set(data)}

    def collect(item: dict[str, Any]) -> None:
        for key, value in item.items():
            for part in value if isinstance(value, list) and key not in ("moves", "quoted") else ():
                found.setdefault(NOUNS[key], set()).update(set(part) - everywhere)
                assert everywhere <= set(part)
                collect(part)

    collect(data)
    assert found == {name: set(words) for name, words in keys.items()}


NOUNS = {
    "zones": "zone",
    "tags": "tag",
    "blocks": "block",
    "sentences": "sentence",
    "clauses": "clause",
    "entities": "entity",
    "amounts": "amount",
    "deadlines": "deadline",
    "scarcities": "scarcity",
    "asks": "ask",
    "tokens": "token",
}


def test_a_bad_file_is_reported_and_the_others_are_shown(pushlint: Run, documented: Path) -> None:
    (documented.parent / "empty.txt").write_bytes(b"")
    result = pushlint("parse", "missing.txt", "empty.txt", "draft.md", "--output-format", "json")
    assert result.exit_code == 2
    assert [item["path"] for item in json.loads(result.stdout)] == ["draft.md"]
    assert "error: missing.txt: no such file" in result.stderr and "error: empty.txt:" in result.stderr


def test_several_files_are_shown_one_after_the_other(pushlint: Run, documented: Path) -> None:
    (documented.parent / "other.txt").write_text("Hi Sam,\n\nThanks.\n")
    result = pushlint("parse", "other.txt", "draft.md", "--stage", "reply")
    assert result.exit_code == 0
    heads = [line for line in result.stdout.splitlines() if "stage:" in line]
    assert heads == [
        "draft.md  stage: reply, profile: reply (inferred)",
        "other.txt  stage: reply, profile: reply (inferred)",
    ]


def test_standard_input_has_the_name_and_format_given() -> None:
    args = ["parse", "-", "--stdin-filename", "new.md"]
    result = CliRunner().invoke(main, args, input="Hi Sam,\n\n*Thanks.*\n")
    assert result.stdout.startswith("new.md  ")
    assert "  3:2     Thanks.\n" in result.stdout


def test_colour_is_for_those_who_ask_and_never_in_a_file(pushlint: Run, documented: Path) -> None:
    assert "\x1b[" not in pushlint("parse", "draft.md").stdout
    assert "\x1b[" in pushlint("parse", "draft.md", "--color", "always").stdout
    pushlint("parse", "draft.md", "--color", "always", "-o", "draft.out")
    assert "\x1b[" not in Path("draft.out").read_text(encoding="utf-8")


def test_a_page_is_written_to_a_file(pushlint: Run, documented: Path) -> None:
    result = pushlint("parse", "--html", "-o", "draft.html", "draft.md")
    assert (result.exit_code, result.output) == (0, "")
    page = Path("draft.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>") and page.endswith("</html>\n")
    assert page == pushlint("parse", "--html", "draft.md").stdout


def test_a_file_that_cannot_be_written_is_an_error(pushlint: Run, documented: Path) -> None:
    result = pushlint("parse", "draft.md", "-o", "no/such/folder.txt")
    assert result.exit_code == 2
    assert "error: no/such/folder.txt: cannot be written" in result.stderr


def test_a_page_is_not_replaced_by_an_empty_one(pushlint: Run, documented: Path) -> None:
    Path("old.html").write_text("old")
    assert pushlint("parse", "missing.md", "--html", "-o", "old.html").exit_code == 2
    assert Path("old.html").read_text() == "old"


def test_a_folder_without_drafts_says_so(pushlint: Run, tmp_path: Path) -> None:
    result = pushlint("parse", str(tmp_path))
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "No drafts found.\n")


@pytest.mark.parametrize("args", [["--help"], ["missing.txt"]])
def test_what_needs_no_language_does_not_wait_for_it(args: list[str]) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "pushlint", "parse", *args]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60)
    imported = {line.rpartition("|")[2].strip() for line in run.stderr.splitlines()}
    assert "pushlint.reports.parse_data" in imported
    assert not imported & {"spacy", "numpy", "tree_sitter"}
