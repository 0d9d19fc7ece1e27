"""The published JSON Schemas say what the loader says."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from pushlint.resources import ASKS, MOVES, PROFILES, RULES, STAGES
from pushlint.vocabulary import load_yaml

ROOT = Path(__file__).parents[2]
RULE_FILES = sorted(RULES.glob("[A-Z]*/*.yaml"))
PROFILE_FILES = sorted(PROFILES.glob("*.yaml"))
MOVE_FILES = [path for folder in (ASKS, MOVES, STAGES) for path in sorted(folder.glob("*.yaml"))]


def as_json(path: Path) -> object:
    """The data in a YAML file as JSON has it: dates are texts."""
    return json.loads(json.dumps(load_yaml(path), default=str))


def validator(name: str) -> jsonschema.Draft202012Validator:
    schema = json.loads((ROOT / "schemas" / name).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("rule.schema.json", RULE_FILES),
        ("move.schema.json", MOVE_FILES),
        ("profile.schema.json", PROFILE_FILES),
    ],
)
def test_every_shipped_file_is_valid(name: str, files: list[Path]) -> None:
    check = validator(name)
    assert len(files) > 5
    for path in files:
        errors = [f"{path.name}: {error.json_path} {error.message}" for error in check.iter_errors(as_json(path))]
        assert not errors


def test_rule_files_are_yaml_to_every_parser() -> None:
    """libyaml takes a bare "?" within brackets; the parser in Python, which stands in for it, does not."""
    for path in [*RULES.rglob("*.yaml")]:
        yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)


def test_the_schema_refuses_what_the_loader_refuses() -> None:
    check = validator("rule.schema.json")
    rule = load_yaml(RULE_FILES[0])
    assert isinstance(rule, dict)
    for wrong in ({"levl": "info"}, {"level": "loud"}, {"code": "clo1"}, {"find": []}, {"unless": [{"moood": "x"}]}):
        assert not check.is_valid({**rule, **wrong}), wrong
    del rule["why"]
    assert not check.is_valid(rule)
