"""Writes the JSON Schemas of rule and move files to schemas/, from the types that read them."""

import json
from pathlib import Path

from pushlint.rulebook.schema import Move, Rule, json_schema

FOLDER = Path(__file__).resolve().parent.parent / "schemas"
SCHEMAS = {"rule.schema.json": Rule, "move.schema.json": Move}


def text(kind: type[Rule] | type[Move]) -> str:
    """A schema as it is committed."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **json_schema(kind)}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for name, kind in SCHEMAS.items():
        (FOLDER / name).write_text(text(kind), encoding="utf-8")
