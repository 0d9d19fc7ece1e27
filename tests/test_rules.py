"""Every shipped rule, move, ask, stage and profile keeps its own promises."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace
from spacy.language import Language

from pushlint import draft
from pushlint.cli import main
from pushlint.examples import check, check_moves
from pushlint.language.words import phrase_index
from pushlint.resources import ASKS, MOVES, PACKAGE, PROFILES, RULES, STAGES
from pushlint.rulebook import Rule
from pushlint.rulebook.load import read, shipped_profiles, shipped_rules
from pushlint.rulebook.schema import Move, Profile
from pushlint.settings import picked
from pushlint.vocabulary import load_vocabularies

FILES = sorted(RULES.glob("[A-Z]*/*.yaml"))
MOVE_FILES = [path for folder in (ASKS, MOVES, STAGES) for path in sorted(folder.glob("*.yaml"))]
PROFILE_FILES = sorted(PROFILES.glob("*.yaml"))
WARNINGS = (
    "CLO",
    "PRI",
    "URG",
    "RES",
    "FUD",
    "NEE001",
    "VAL001",
    "VAL002",
    "VAL003",
    "ASK001",
    "SEQ001",
    "SEQ003",
    "SEQ004",
    "SEQ005",
    "SEQ006",
    "SUP002",
    "SUP004",
    "TAG",
)
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


@pytest.mark.parametrize("path", PROFILE_FILES, ids=lambda path: path.stem)
def test_profile(path: Path) -> None:
    profile = read(path, Profile)
    failures = [f"example {failure.number}: {failure.message}" for failure in check_moves([profile], "profiles")]
    assert not failures
    assert path.stem == profile.name
    for selector in profile.without:
        assert picked([selector], shipped_rules()), selector


def test_there_is_a_file_for_each_profile_and_each_stage_tells_one() -> None:
    profiles = shipped_profiles()
    assert {profile.name for profile in profiles} == set(draft.PROFILES)
    told = [stage for profile in profiles for stage in profile.stages]
    assert sorted(told) == sorted(set(draft.STAGES) - {"other"})


@pytest.mark.parametrize("rule", shipped_rules(), ids=lambda rule: rule.code)
def test_the_level_of_each_rule(rule: Rule) -> None:
    """What the law or a mailbox provider forbids is an error, what pushes is a warning, the rest is a note."""
    level = (
        "error" if rule.code.startswith(("POL", "TAG002")) else "warning" if rule.code.startswith(WARNINGS) else "info"
    )
    assert rule.level == level
    assert rule.basis == "policy" or level != "error"


def test_codes_and_names_are_taken_once() -> None:
    rules = shipped_rules()
    assert len({rule.code for rule in rules}) == len({rule.name for rule in rules}) == len(rules) == len(FILES)
    assert {rule.code.rstrip("0123456789") for rule in rules} >= FAMILIES


def test_each_word_list_is_of_phrases_and_used_somewhere(nlp: Language) -> None:
    lists = load_vocabularies()
    phrase_index(nlp, [f"@{name}" for name in lists])  # raises where a phrase cannot be read
    readers = [*RULES.rglob("*.yaml"), *PACKAGE.rglob("*.py")]
    named = set(re.findall(r"[@\"]([a-z-]+)", "\n".join(path.read_text(encoding="utf-8") for path in readers)))
    assert not lists.keys() - named


def test_no_rule_promises_what_nobody_can_know() -> None:
    """No reply rates, no claims about spam folders, no scores."""
    for rule in shipped_rules():
        helps = [rewrite.help or "" for rewrite in rule.rewrite]
        said = " ".join([rule.summary, rule.message, rule.why, *helps]).lower()
        for claim in ("reply rate", "spam folder", "open rate", "out of 100"):
            assert claim not in said, rule.code


def test_pushlint_test_runs_rules_moves_asks_stages_and_profiles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each the first example only: the others are run above, file by file."""
    paths: list[Path] = []

    def noted(path: Path, kind: type[Rule] | type[Move]) -> Rule | Move:
        paths.append(path)
        known = read(path, kind)
        return replace(known, examples=known.examples[:1])

    monkeypatch.setattr("pushlint.cli.test.read", noted)
    result = CliRunner().invoke(main, ["test"])
    assert (result.exit_code, result.stderr) == (0, "")
    assert sorted(paths) == sorted([*FILES, *MOVE_FILES, *PROFILE_FILES])
    assert f"of {len(paths)} rules: all as expected." in result.stdout
