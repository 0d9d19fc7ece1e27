"""docs/output.md shows every format, and its commands print what it shows."""

import re
from pathlib import Path

import pytest

from pushlint.reports import FORMATS

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "output.md").read_text(encoding="utf-8")


def test_the_commands_print_what_the_page_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for name in ("GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.syspath_prepend(ROOT / "tools")
    from write_output_docs import page

    assert page() == PAGE, "run `python tools/write_output_docs.py`"


def test_every_format_has_a_section() -> None:
    sections = re.findall(r"^## ([a-z-]+)$", PAGE, re.MULTILINE)
    assert sections == list(FORMATS)
