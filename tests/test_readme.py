"""The README keeps its word: its commands print what it shows."""

import re
import shlex
from pathlib import Path

from click.testing import CliRunner

from pushlint.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_example_prints_what_the_readme_shows(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "100")
    shown = re.search(r"```console\n\$ pushlint (.*?)\n(.*?)```", README, re.DOTALL)
    assert shown is not None
    printed = CliRunner().invoke(main, shlex.split(shown[1])).output
    assert shown[2].strip() == printed.strip()


def test_every_rule_family_is_named() -> None:
    families = {path.name.split("-")[0] for path in (ROOT / "rules").iterdir() if path.name[0].isupper()}
    assert families == set(re.findall(r"^\| ([A-Z]{3}) \|", README, re.MULTILINE))


def test_the_examples_are_what_they_are_called() -> None:
    for path in (ROOT / "examples").iterdir():
        result = CliRunner().invoke(main, ["check", str(path)])
        pushes = any(word in path.name for word in ("pushy", "empty", "breakup", "promo"))
        assert (result.exit_code == 1) is pushes, path.name
