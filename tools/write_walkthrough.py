"""Writes into docs/walkthrough.md what its commands print.

The page is gone through from top to bottom in a new repository of templates: a block whose first line is a comment with
a path is written to that file, and the commands of a `console` block are run, one after another. The hook that the page
sets up runs with the pushlint of this repository in place of one that pre-commit would fetch.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml
from walkthrough_templates import build

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "walkthrough.md"
FIRST, LAST = 24, 6  # lines shown of long output

_BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ .*(?:\n>.*)*", re.MULTILINE)
_FILE = re.compile(r"# (?P<path>\S+\.\w+)\n")
_WHEN = "2031-03-03T09:00:00Z"


def page() -> str:
    """The page with what the commands print now."""
    with tempfile.TemporaryDirectory() as folder:
        shell = _Shell(Path(folder))
        build(shell.repository / "templates")
        return _BLOCK.sub(lambda block: _block(block, shell), PAGE.read_text(encoding="utf-8"))


class _Shell:
    """A team's repository, and the shell that its commands run in."""

    def __init__(self, folder: Path) -> None:
        self.repository = folder / "mail"
        self.repository.mkdir()
        self._last = 0
        programs = folder / "bin"
        programs.mkdir()
        for name, module in (("pushlint", "pushlint"), ("pre-commit", "pre_commit")):
            (programs / name).write_text(f'#!/bin/sh\nexec {sys.executable} -m {module} "$@"\n')
            (programs / name).chmod(0o755)
        roles = ("AUTHOR_NAME", "AUTHOR_EMAIL", "COMMITTER_NAME", "COMMITTER_EMAIL")
        who = {f"GIT_{role}": "ines@loamline.example" for role in roles}
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "GITHUB_", "CI_"))}
        self._env = clean | who | {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "PRE_COMMIT_HOME": str(folder / "pre-commit"),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_AUTHOR_DATE": _WHEN,
            "GIT_COMMITTER_DATE": _WHEN,
            "COLUMNS": "100",
            "NO_COLOR": "1",
        }  # fmt: skip
        self.run("git init --quiet --initial-branch=main && git add --all && git commit --quiet --message=Templates")

    def run(self, command: str) -> str:
        """What a command prints, standard output and error as they come."""
        script = f"(exit {self._last})\n{command}"
        both = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        ran = subprocess.run(["bash", "-c", script], cwd=self.repository, env=self._env, text=True, **both)
        self._last = ran.returncode
        return ran.stdout

    def write(self, path: str, text: str) -> None:
        """Writes a file as the page has it; that of pre-commit with hooks that are run from here."""
        if path == ".pre-commit-config.yaml":
            text = _run_from_here(text)
        target = self.repository / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


def _run_from_here(text: str) -> str:
    hooks = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    asked = yaml.safe_load(text)["repos"][0]["hooks"]
    local = [hooks[hook["id"]] | hook | {"language": "system"} for hook in asked]
    return yaml.safe_dump({"repos": [{"repo": "local", "hooks": local}]})


def _block(block: re.Match[str], shell: _Shell) -> str:
    if named := _FILE.match(block["text"]):
        shell.write(named["path"], block["text"])
    if block["language"] != "console":
        return block[0]
    done = [_told(command, shell) for command in _COMMAND.findall(block["text"])]
    return "```console\n" + "\n".join(done) + "\n```"


def _told(command: str, shell: _Shell) -> str:
    lines = shell.run(re.sub(r"^[$>] ?", "", command, flags=re.MULTILINE)).rstrip("\n").splitlines()
    if len(lines) > FIRST + LAST + 1:
        lines[FIRST:-LAST] = ["..."]
    return "\n".join([command, *(line.rstrip() for line in lines)])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
