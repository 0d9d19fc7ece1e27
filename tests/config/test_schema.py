"""The published schema, the loader and the page of settings say the same."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from pushlint.config.layer import Layer
from pushlint.config.schema import choices, json_schema
from pushlint.config.values import converted, written
from pushlint.draft import PROFILES, STAGES, TAG_TYPES
from pushlint.errors import InputError
from pushlint.readers import FORMATS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
SCHEMA = json.loads((ROOT / "schemas" / "settings.schema.json").read_text(encoding="utf-8"))
KEYS: dict[str, dict[str, Any]] = SCHEMA["$defs"]["Config"]["properties"]


def read(text: str) -> dict[str, Any]:
    return converted(Layer("x.toml", tomllib.loads(text), Path.cwd(), text))


@pytest.fixture(scope="module")
def valid() -> jsonschema.Draft202012Validator:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    return jsonschema.Draft202012Validator(SCHEMA)


@pytest.mark.parametrize("table", SCHEMA["$defs"])
def test_every_key_is_described_with_an_example_that_holds(table: str, valid: jsonschema.Draft202012Validator) -> None:
    for key, told in SCHEMA["$defs"][table]["properties"].items():
        assert told["description"].endswith(".") and len(told["description"]) < 110, key
        (example,) = told["examples"]
        entry = {key: example}
        data = {"Config": entry, "PerFile": {"per-file": {"*.md": entry}}, "TagSettings": {"tags": {"a": entry}}}[table]
        valid.validate(data)
        for name, value in data.items():
            assert name in read(f"{name} = {written(value)}")


@pytest.mark.parametrize(
    "text",
    [
        "selct = 1", 'select = "CLO"', 'levels = {CLO = "eror"}', 'stage = "cold"', 'dialect = "x"', "tags = 1",
        'per-file = {"*.md" = {profil = "cold"}}', 'tags = {a = {type = "persn"}}', 'extensions = {a = "b"}',
        "max-warnings = -1",
        'fail-on = "loud"', 'output-format = "pdf"', "cache = 1", 'per-file = {"*.md" = {format = "pdf"}}',
    ],
)  # fmt: skip
def test_the_schema_and_the_loader_refuse_the_same(text: str, valid: jsonschema.Draft202012Validator) -> None:
    assert not valid.is_valid(tomllib.loads(text))
    with pytest.raises(InputError):
        read(text)


def test_the_page_has_every_key_once_and_its_examples_hold(valid: jsonschema.Draft202012Validator) -> None:
    assert re.findall(r"^### (.+)$", PAGE, re.MULTILINE) == list(KEYS)
    sections = re.split(r"^### .+$", PAGE, flags=re.MULTILINE)
    for key, section in zip(["ignore", *KEYS], sections, strict=True):
        (example,) = re.findall(r"```toml\n(.*?)```", section, re.DOTALL)
        valid.validate(tomllib.loads(example))
        assert key in read(example)


def test_the_page_names_every_word_that_may_stand() -> None:
    for words in (STAGES, PROFILES, TAG_TYPES, sorted(set(FORMATS.values()))):
        assert all(re.search(rf"\b{word}\b", PAGE) for word in words), words


def test_words_are_listed_where_the_type_does_not_tell_them() -> None:
    assert json_schema() == {key: value for key, value in SCHEMA.items() if key != "$schema"}
    assert "instantly" in choices("dialect") and choices("select") == ()
