"""Writes the JSON Schemas of rule, move, profile and settings files to schemas/, from the types that read them."""

import json
from collections.abc import Mapping
from pathlib import Path

from pushlint.config import schema as settings
from pushlint.rulebook.schema import Move, Profile, Rule, json_schema

FOLDER = Path(__file__).resolve().parent.parent / "schemas"


def files() -> dict[str, str]:
    """The text of each file in the folder, by its name."""
    kinds = {"rule": Rule, "move": Move, "profile": Profile}
    schemas = {name: json_schema(kind) for name, kind in kinds.items()} | {"settings": settings.json_schema()}
    return {f"{name}.schema.json": _text(schema) for name, schema in schemas.items()}


def _text(schema: Mapping[str, object]) -> str:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for name, text in files().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
