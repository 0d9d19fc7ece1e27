"""Every shipped rule, move, ask and stage keeps its own promises."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from pushlint.cli import main
from pushlint.resources import ASKS, MOVES, RULES, STAGES
from pushlint.rulebook import Rule
from pushlint.rulebook.examples import check, check_moves
from pushlint.rulebook.load import read, shipped_rules
from pushlint.rulebook.schema import Move

FILES = sorted(RULES.glob("[A-Z]*/*.yaml"))
MOVE_FILES = [path for folder in (ASKS, MOVES, STAGES) for path in sorted(folder.glob("*.yaml"))]
FAMILIES = {"CLO", "PRI", "URG", "VAL"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_rule(path: Path) -> None:
    """Its examples hold, it says why and on what ground, has a rewrite for all it finds, and its file has its name."""
    rule = read(path, Rule)
    failures = [f"example {failure.number}: {failure.message}" for failure in check([rule])]
    assert not failures
    assert path.stem == f"{rule.code}-{rule.name}"
    assert path.parent.name.split("-")[0] == rule.code.rstrip("0123456789")
    assert len(rule.why.split()) >= 15
    assert rule.references
    assert all(reference.title for reference in rule.references)
    assert all(finder.rewrite or rule.rewrite for finder in rule.finders)
    assert any(example.bad for example in rule.examples)
    assert any(example.good for example in rule.examples)


@pytest.mark.parametrize("path", MOVE_FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_move(path: Path) -> None:
    move = read(path, Move)
    failures = [f"example {failure.number}: {failure.message}" for failure in check_moves([move], path.parent.name)]
    assert not failures
    assert path.stem == move.name


def test_codes_and_names_are_taken_once() -> None:
    rules = shipped_rules()
    assert len({rule.code for rule in rules}) == len({rule.name for rule in rules}) == len(rules) == len(FILES)
    assert {rule.code.rstrip("0123456789") for rule in rules} >= FAMILIES


def test_no_rule_promises_what_nobody_can_know() -> None:
    """No reply rates, no claims about spam folders, no scores."""
    for rule in shipped_rules():
        helps = [rewrite.help or "" for rewrite in rule.rewrite]
        said = " ".join([rule.summary, rule.message, rule.why, *helps]).lower()
        for claim in ("reply rate", "spam folder", "open rate", "out of 100"):
            assert claim not in said, rule.code


def test_pushlint_test_runs_rules_moves_asks_and_stages() -> None:
    result = CliRunner().invoke(main, ["test"])
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"of {len(FILES) + len(MOVE_FILES)} rules: all as expected." in result.stdout
