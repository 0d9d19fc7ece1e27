"""Where the helper listens, and what it is known by. Every run imports it, so it imports next to nothing.

There is one helper for a user and a Python: its socket stands in a folder that nobody else can enter.
"""

import os
import stat
import sys
from contextlib import suppress
from zlib import crc32

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_TOLD = "PYTHONIOENCODING"  # what it makes of the streams is told with each question
IS_POSSIBLE = hasattr(os, "fork") and sys.platform not in ("emscripten", "wasi", "cygwin")


class UnsafeFolderError(OSError):
    """The folder is not ours alone: what is in it is not to be trusted."""


def identity() -> str:
    """What a helper shares with those that it answers for: this Python, this pushlint, and how they were started."""
    given = sorted((name, value) for name, value in os.environ.items() if name.startswith("PYTHON") and name != _TOLD)
    started = sys.flags, sys.warnoptions, sys.getfilesystemencoding(), given
    return repr((sys.executable, sys.version, PACKAGE, started))


def folder() -> str:
    """The user's folder for sockets: of this session where there is one, or else in the cache."""
    if runtime := os.environ.get("XDG_RUNTIME_DIR"):
        return os.path.join(runtime, "pushlint")
    if kept := os.environ.get("PUSHLINT_CACHE_DIR"):
        return os.path.join(os.path.abspath(kept), "server")
    if sys.platform == "darwin":
        return os.path.expanduser("~/Library/Caches/pushlint/server")
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(cache, "pushlint", "server")


def path() -> str:
    """The helper's socket."""
    return os.path.join(folder(), f"{crc32(identity().encode('utf-8', 'surrogateescape')):08x}.sock")


def make_folder() -> str:
    """The folder, made where it is not there. Raises OSError where it cannot be, or is not ours alone."""
    made = folder()
    os.makedirs(os.path.dirname(made), exist_ok=True)
    with suppress(FileExistsError):
        os.mkdir(made, 0o700)
    refuse_unsafe(made)
    return made


def refuse_unsafe(place: str) -> None:
    """Raises UnsafeFolderError where somebody else can get at what is in a folder, OSError where it is not there."""
    found = os.lstat(place)
    if not stat.S_ISDIR(found.st_mode):
        raise UnsafeFolderError(f"{place} is no folder")
    if found.st_uid != os.geteuid():
        raise UnsafeFolderError(f"{place} belongs to somebody else")
    if stat.S_IMODE(found.st_mode) & 0o077:
        raise UnsafeFolderError(f"others can enter {place}; `chmod 700` makes it yours alone")
