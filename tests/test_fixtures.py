"""Whole files of each format, and folders that are one sequence, with what is found in them and where.

`python tests/test_fixtures.py` writes the expected findings anew; read the difference before you keep it.
"""

import json
from pathlib import Path

import pytest

from pushlint.linter import Linter
from pushlint.readers import read
from pushlint.rulebook import load_rules

FOLDER = Path(__file__).parent / "fixtures"
FAMILIES = ("CLO", "PRI", "URG", "RES", "LST", "HYP", "SEQ")
FILES = sorted(
    path for path in FOLDER.glob("*/*") if path.parent.name != "dialects" and not path.name.endswith(".expected.json")
)


def expected_file(path: Path) -> Path:
    return path.with_name(f"{path.name}.expected.json")


def found_in(path: Path, linter: Linter) -> list[list[object]]:
    """Code, row, column and words of each finding."""
    if path.is_dir():
        return found_in_folder(path, linter)
    drafts = read(path.name, path.read_bytes())
    found = [d for _, diagnostics in linter.lint(drafts) for d in diagnostics if d.code.startswith(FAMILIES)]
    return [[d.code, d.location.row, d.location.column, d.text] for d in found]


def found_in_folder(folder: Path, linter: Linter) -> list[list[object]]:
    """The same of all files of a folder, after the file's name."""
    drafts = [draft for path in sorted(folder.iterdir()) for draft in read(str(path), path.read_bytes())]
    found = [d for _, diagnostics in linter.lint(drafts) for d in diagnostics if d.code.startswith(FAMILIES)]
    return [[Path(d.path).name, d.code, d.location.row, d.location.column, d.text] for d in found]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_is_found_where(path: Path, linter: Linter) -> None:
    assert found_in(path, linter) == json.loads(expected_file(path).read_text(encoding="utf-8"))


def test_every_format_has_three() -> None:
    counts = {
        folder.name: sum(path.parent == folder for path in FILES)
        for folder in FOLDER.iterdir()
        if folder.name != "dialects"
    }
    assert counts and all(count >= 3 for count in counts.values()), counts


def write() -> None:
    linter = Linter(load_rules(plugins=False))
    for path in FILES:
        lines = [f"  {json.dumps(finding, ensure_ascii=False)}" for finding in found_in(path, linter)]
        text = "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"
        expected_file(path).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
