"""Whether a run is to be answered by the helper. Imported by every run: it imports next to nothing."""

from __future__ import annotations

import os
from collections.abc import Sequence

from pushlint.server import address

TYPE_CHECKING = False  # typing takes its time to import
if TYPE_CHECKING:
    from typing import Any

# The commands that load the pipeline; `fix` talks with people, who do not notice a second.
_SERVED = ("check", "baseline", "parse", "test")
_FLAG, _NO_FLAG = "--server", "--no-server"
_NAMES = (".pushlint.toml", "pushlint.toml", "pyproject.toml")
IDLE = 10
"""Minutes without a question after which the helper ends, where the settings say nothing of it."""


def is_wanted(arguments: Sequence[str]) -> bool:
    """Whether the helper is asked for: by the flag; or, but in CI, by the environment or the settings."""
    options = list(arguments[: arguments.index("--")] if "--" in arguments else arguments)
    command = next((word for word in options if not word.startswith("-")), None)
    if not address.IS_POSSIBLE or command not in _SERVED or "--watch" in options:
        return False
    asked = [word for word in options if word in (_FLAG, _NO_FLAG)]
    if asked:
        return asked[-1] == _FLAG
    if os.environ.get("CI", "").lower() not in ("", "0", "false"):
        return False
    if said := os.environ.get("PUSHLINT_SERVER"):
        return said.lower() not in ("0", "false", "no", "off")
    return "--isolated" not in options and setting("server") is True


def idle_minutes() -> float:
    """How long the helper that is started here waits for a question."""
    said = setting("server-idle")
    return said if isinstance(said, int) and said > 0 else IDLE


def setting(key: str) -> Any:
    """What the settings of the folder that we are in say of a key; None where they say nothing, or cannot be read:
    whoever reads them in earnest tells what is wrong with them."""
    path = _closest()
    seen = set()
    while path and path not in seen:
        seen.add(path)
        try:
            with open(path, "rb") as file:
                data = file.read()
        except OSError:
            return None
        if key.encode() not in data and b"extend" not in data:
            return None
        import tomllib  # here, as it takes a tenth of the time that there is

        try:
            table: Any = tomllib.loads(data.decode())
            if os.path.basename(path) == _NAMES[-1]:
                table = table["tool"]["pushlint"]
            if key in table:
                return table[key]
            base = os.path.expanduser(table.get("extend", ""))
        except (ValueError, LookupError, TypeError, AttributeError):
            return None
        path = base and os.path.normpath(os.path.join(os.path.dirname(path), base))
    return None


def _closest() -> str | None:
    """The settings file of the working folder, or of the closest folder above it, or else the user's."""
    try:
        folder = os.getcwd()
    except OSError:
        return None
    while True:
        for name in _NAMES:
            path = os.path.join(folder, name)
            if os.path.isfile(path) and (name != _NAMES[-1] or _speaks(path)):
                return path
        above = os.path.dirname(folder)
        if above == folder:
            break
        folder = above
    base = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    paths = (os.path.join(base, "pushlint", name) for name in _NAMES)
    return next(filter(os.path.isfile, paths), None)


def _speaks(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return b"[tool.pushlint" in file.read().replace(b" ", b"")
    except OSError:
        return False
