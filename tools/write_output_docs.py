"""Writes into docs/output.md what its commands print, the middle of long output left out."""

import os
import re
import shlex
from pathlib import Path

from click.testing import CliRunner

from pushlint.cli import main

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "output.md"
FIRST, LAST = 26, 6  # lines shown of long output

_BLOCK = re.compile(r"^(?P<fence>`{3,})console\n\$ pushlint (?P<command>.*)\n(?:.*\n)*?(?P=fence)$", re.MULTILINE)


def page() -> str:
    """The page with what the commands print now, run in the repository's folder."""
    os.chdir(ROOT)
    return _BLOCK.sub(_block, PAGE.read_text(encoding="utf-8"))


def _block(block: re.Match[str]) -> str:
    command = block["command"]
    lines = (
        CliRunner(env={"GITHUB_STEP_SUMMARY": None, "GITHUB_BASE_REF": None})
        .invoke(main, shlex.split(command))
        .stdout.splitlines()
    )
    if len(lines) > FIRST + LAST + 1:
        lines[FIRST:-LAST] = ["..."]
    fence = "````" if any(line.startswith("```") for line in lines) else "```"
    return "\n".join([f"{fence}console", f"$ pushlint {command}", *lines, fence])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
