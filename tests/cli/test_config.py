"""`pushlint config` says what each setting is, and where that comes from."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

Run = Any


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: a settings file, and one in a folder that builds on it."""
    (tmp_path / "a").mkdir()
    (tmp_path / "pushlint.toml").write_text(
        '# ours\nignore = ["CLR"]\nterms = ["Close CRM"]\n\n[levels]\nCLO = "error"\n'
    )
    (tmp_path / "a" / "pushlint.toml").write_text(
        'extend = "../pushlint.toml"\nterms = ["b"]\n[per-file."news/*"]\nprofile = "newsletter"\nignore = ["LST"]\n'
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_value_is_shown_with_its_place(pushlint: Run, folder: Path) -> None:
    shown = pushlint("config", "--file", "a/news/x.md").stdout
    assert shown.startswith("# The settings of a/news/x.md, from a/pushlint.toml, which builds on pushlint.toml.\n")
    assert 'ignore = ["CLR", "LST"]  # pushlint.toml:2, a/pushlint.toml:5\n' in shown
    assert 'terms = ["Close CRM", "b"]  # pushlint.toml:3, a/pushlint.toml:2\n' in shown
    assert 'levels = {CLO = "error"}  # pushlint.toml:5\n' in shown
    assert 'profile = "newsletter"  # a/pushlint.toml:4\n' in shown
    assert 'fail-on = "warning"  # default\n' in shown
    assert "# stage is not set\n" in shown


def test_what_is_shown_is_a_settings_file(pushlint: Run, folder: Path) -> None:
    shown = pushlint("config", "--config", 'tags={"a b"={type="person"}}').stdout
    assert tomllib.loads(shown)["tags"] == {"a b": {"type": "person"}}
    (folder / "again.toml").write_text(shown)
    again = pushlint("config", "--config", "again.toml", "--output-format", "json")
    assert json.loads(again.stdout)["settings"]["tags"]["value"] == {"a b": {"type": "person"}}


def test_one_setting_is_explained(pushlint: Run, folder: Path) -> None:
    shown = pushlint("config", "fail-on", "--config", 'fail-on="error"').stdout
    assert shown.splitlines()[0] == "fail-on: The least level of a finding that makes the exit code 1."
    assert 'value    "error"\nfrom     --config fail-on="error"\ndefault  "warning"\n' in shown
    assert "one of   error, info, never, warning" in shown and 'example  fail-on = "error"' in shown


def test_as_data(pushlint: Run, folder: Path) -> None:
    data = json.loads(pushlint("config", "levels", "--output-format", "json").stdout)
    assert data["from"] == ["pushlint.toml"]
    assert data["settings"]["levels"]["value"] == {"CLO": "error"}
    assert data["settings"]["levels"]["from"] == ["pushlint.toml:5"]


def test_without_a_settings_file_it_says_so(pushlint: Run, folder: Path) -> None:
    shown = pushlint("config", "--isolated").stdout
    assert shown.startswith(
        "# No settings file governs this folder: all values are the defaults. `pushlint init` writes"
    )


def test_a_wrong_key_and_a_wrong_file_are_errors(pushlint: Run, folder: Path) -> None:
    result = pushlint("config", "ignor")
    assert (result.exit_code, result.stderr) == (2, 'error: there is no setting "ignor"\n  did you mean "ignore"?\n')
    (folder / "pushlint.toml").write_text("selct = 1\n")
    result = pushlint("config")
    assert result.exit_code == 2 and "pushlint.toml:1: there is no setting selct" in result.stderr
