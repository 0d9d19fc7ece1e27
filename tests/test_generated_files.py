"""The files that tools/ writes are committed as they would be written now."""

from importlib import import_module
from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[1] / "tools"


@pytest.mark.parametrize("name", ["write_schemas", "write_rule_docs"])
def test_generated_files_are_current(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(TOOLS)
    tool = import_module(name)
    committed = {path.name: path.read_text(encoding="utf-8") for path in tool.FOLDER.iterdir()}
    assert committed == tool.files(), f"run `python tools/{name}.py`"
