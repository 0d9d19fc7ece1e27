"""The files that tools/ writes are committed as they would be written now."""

import importlib.util
from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[1] / "tools"


@pytest.mark.parametrize("name", ["write_schemas", "write_rule_docs"])
def test_generated_files_are_current(name: str) -> None:
    spec = importlib.util.spec_from_file_location(name, TOOLS / f"{name}.py")
    assert spec and spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    committed = {path.name: path.read_text(encoding="utf-8") for path in tool.FOLDER.iterdir()}
    assert committed == tool.files(), f"run `python tools/{name}.py`"
