import json
from pathlib import Path
from typing import Any

import pytest

from pushlint.rulebook import load
from pushlint.vocabulary import load_yaml

Run = Any


def test_a_page_says_what_why_on_what_basis_with_examples_and_rewrites(pushlint: Run, rules: Path) -> None:
    result = pushlint("rule", "zap-talk", "--rules", str(rules))
    assert result.exit_code == 0
    for words in (
        "# TST001 zap-talk",
        "Says zap",
        "warning",
        "style",
        "Because it is loud.",
        "A book of loud words",
        "https://example.com/loud",
        "A [zap] for you.",
        "becomes: A calm for you.",
        "A nap for you.",
        "or softer: quiet",
    ):
        assert words in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 100
    assert result.stdout == pushlint("rule", "TST001", "--rules", str(rules)).stdout


def test_known_gaps_are_owned_up_to(pushlint: Run, rules: Path) -> None:
    page = pushlint("rule", "faint-word", "--rules", str(rules)).stdout
    assert "## Known gaps\n\n- A whizzper for you.\n  note: misspelt\n" in page
    assert "A [whisper] for you.  (stage: follow-up)" in page


def test_json_has_the_data_of_the_rule_file(pushlint: Run, rules: Path) -> None:
    one = json.loads(pushlint("rule", "TST001", "--rules", str(rules), "--output-format", "json").stdout)
    assert (one["code"], one["basis"], one["find"]) == ("TST001", "style", ["zap"])
    every = json.loads(pushlint("rule", "--all", "--rules", str(rules), "--output-format", "json").stdout)
    assert one in every and {"CLO001", "TST002"} <= {rule["code"] for rule in every}


def test_every_shipped_rule_has_a_page(pushlint: Run) -> None:
    result = pushlint("rule", "--all")
    assert result.exit_code == 0
    assert "# CLO001 close-talk" in result.stdout and "# URG001" in result.stdout


def test_an_unknown_rule_gets_the_nearest_right_word(pushlint: Run, rules: Path) -> None:
    result = pushlint("rule", "zap-tlak", "--rules", str(rules))
    assert result.exit_code == 2
    assert result.stderr == 'error: there is no rule "zap-tlak"\n  did you mean "zap-talk"?\n'


@pytest.mark.parametrize("word", ["time", "asks-time", "CLO", "CLO001-close-talk", "../CLO001", "*", ""])
def test_what_only_a_file_is_called_is_no_rule(pushlint: Run, word: str) -> None:
    result = pushlint("rule", word)
    assert (result.exit_code, result.stdout) == (2, "")


def test_a_shipped_rule_alone_is_read(pushlint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Path] = []
    monkeypatch.setattr(load, "load_yaml", lambda path: (seen.append(path), load_yaml(path))[1])
    for word in ("CLO001", "close-talk"):
        assert pushlint("rule", word).stdout.startswith("# CLO001 close-talk\n")
    assert {path.name for path in seen} == {"CLO001-close-talk.yaml"}


def test_a_rule_of_ones_own_takes_the_place_of_a_shipped_one(pushlint: Run, rules: Path) -> None:
    path = next(rules.rglob("*zap-talk.yaml"))
    path.write_text(path.read_text().replace("TST001", "CLO001"))
    page = pushlint("rule", "CLO001", "--rules", str(rules)).stdout
    assert page.startswith("# CLO001 zap-talk\n")
    assert pushlint("rule", "close-talk", "--rules", str(rules)).exit_code == 2


def test_a_broken_rule_file_does_not_keep_the_others_from_being_explained(pushlint: Run, rules: Path) -> None:
    (rules / "broken.yaml").write_text("code: [\n")
    result = pushlint("rule", "CLO001", "--rules", str(rules))
    assert result.exit_code == 2 and "broken.yaml:2: is not YAML" in result.stderr
    assert result.stdout.startswith("# CLO001 close-talk\n")


def test_one_rule_or_all_of_them(pushlint: Run) -> None:
    for args in ([], ["CLO001", "--all"]):
        assert pushlint("rule", *args).exit_code == 2
