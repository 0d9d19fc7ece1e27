"""docs/walkthrough.md: a repository of 60 templates from nothing to a gate, and its commands print what it shows."""

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pre_commit")

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "walkthrough.md"


@pytest.mark.slow
def test_the_commands_print_what_the_page_shows() -> None:
    script = "from write_walkthrough import page; print(page(), end='')"
    folder = ROOT / "tools"
    run = subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, timeout=600)
    assert run.returncode == 0, run.stderr
    assert run.stdout == PAGE.read_text(encoding="utf-8"), "run `python tools/write_walkthrough.py`"


def test_there_are_sixty_templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "tools")
    from walkthrough_templates import build

    build(tmp_path)
    texts = [path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.md")]
    assert len(texts) == 60
