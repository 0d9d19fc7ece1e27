"""The program, with a helper of the tests' own or without."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

PROGRAM = [sys.executable, "-m", "pushlint"]
DRAFT = "Hi Sam,\n\nI'd love to close this deal before Friday. Just checking in.\n\nBest,\nAnn\n"
Ran = subprocess.CompletedProcess[bytes]


@dataclass
class Program:
    """`pushlint` with a folder of its own for the helper's socket."""

    runtime: Path
    env: dict[str, str] = field(default_factory=dict)

    @property
    def sockets(self) -> list[Path]:
        return sorted((self.runtime / "pushlint").glob("*.sock"))

    def environment(self, env: Mapping[str, str] | None = None) -> dict[str, str]:
        unwanted = ("CI", "PUSHLINT_SERVER")
        kept = {name: value for name, value in os.environ.items() if name not in unwanted}
        return kept | {"XDG_RUNTIME_DIR": str(self.runtime), "COLUMNS": "90"} | self.env | dict(env or {})

    def __call__(self, *args: str, env: Mapping[str, str] | None = None, **how: Any) -> Ran:
        how = {"capture_output": True, "timeout": 300} | ({} if "input" in how else {"stdin": subprocess.DEVNULL}) | how
        return subprocess.run([*PROGRAM, *args], env=self.environment(env), **how)

    def started(self, *args: str, env: Mapping[str, str] | None = None, **how: Any) -> "subprocess.Popen[bytes]":
        pipe = subprocess.PIPE
        how = {"stdin": pipe, "stdout": pipe, "stderr": pipe} | how
        return subprocess.Popen([*PROGRAM, *args], env=self.environment(env), **how)

    def status(self) -> dict[str, Any] | None:
        """What the helper says of itself, if there is one."""
        ask = "import json; from pushlint.server import client; print(json.dumps(client.tell('status')))"
        how: Any = {"env": self.environment(), "cwd": self.runtime}
        ran = subprocess.run([sys.executable, "-c", ask], capture_output=True, check=True, **how)
        said: dict[str, Any] | None = json.loads(ran.stdout)
        return said


def a_program() -> Iterator[Program]:
    """The program, whose helper ends with it."""
    with TemporaryDirectory() as runtime:  # not pytest's: the path of a socket must be short
        program = Program(Path(runtime))
        yield program
        program("server", "stop", cwd=runtime)
