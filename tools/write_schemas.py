"""Writes the JSON Schemas of rule, move and profile files to schemas/, from the types that read them."""

import json
from pathlib import Path

from pushlint.rulebook.schema import Move, Profile, Rule, json_schema

FOLDER = Path(__file__).resolve().parent.parent / "schemas"


def files() -> dict[str, str]:
    """The text of each file in the folder, by its name."""
    kinds = {"rule": Rule, "move": Move, "profile": Profile}
    return {f"{name}.schema.json": _text(kind) for name, kind in kinds.items()}


def _text(kind: type[Rule] | type[Move]) -> str:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **json_schema(kind)}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for name, text in files().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
