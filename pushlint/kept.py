"""What takes long to make and comes out the same each time, kept between runs in the user's cache folder.

The files hold plain data (MessagePack), which cannot run code. One that is damaged, or cannot be read or written, is as
if it were not there. Any number of processes may share them: a file is put in its place whole.
"""

import atexit
import os
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import cached_property
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

FOLDER = "PUSHLINT_CACHE_DIR"
"""The environment variable that names another folder; where it is empty, nothing is kept."""

_MOST = 20_000  # values in a file; with more, those that this run did not ask for are dropped
_SIZE = 16  # bytes of a digest
_DAYS = 30  # until a file that no run has written, of another version most likely, is removed
T = TypeVar("T")


class Kept(Generic[T]):
    """Values by key, of one `kind`. Where `made_from`, all else that they are made from, is other data, so are they."""

    def __init__(self, name: str, kind: Any, made_from: Iterable[bytes] = ()) -> None:
        self._name = name
        self._kind = kind
        self._made_from = tuple(made_from)
        self._asked = set[str]()
        self._has_new = False

    def get(self, key: str) -> T | None:
        """The value, if it is known."""
        self._asked.add(key)
        return self._values.get(key)

    def put(self, key: str, value: T) -> None:
        """Keeps a value. It is written when the process ends."""
        if not self._has_new:
            self._has_new = True
            atexit.register(self.save)
        self._asked.add(key)
        self._values[key] = value

    def save(self) -> None:
        """Writes the values, if there are new ones."""
        path = self._path()
        if path is None or not self._has_new:
            return
        self._has_new = False
        few = len(self._values) <= _MOST
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            save(path, {key: value for key, value in self._values.items() if few or key in self._asked})
            _remove_old(path.parent)

    @cached_property
    def _values(self) -> dict[str, T]:
        path = self._path()
        values: dict[str, T] | None = load(path, dict[str, self._kind]) if path else None  # type: ignore[name-defined]
        return values or {}

    def _path(self) -> Path | None:
        given = os.environ.get(FOLDER)
        if given == "":
            return None
        return (
            Path(given) if given else _users_folder()
        ) / f"{self._name}-{digest(sys.version.encode(), *self._made_from).hex()}.msgpack"


def _users_folder() -> Path:
    from platformdirs import user_cache_path  # here, as an unchanged run needs nothing from it

    return user_cache_path("pushlint", appauthor=False)


def module_text(package: str, name: str = "__init__.py") -> bytes:
    """The text of a module of an installed package, which is not imported: it tells one version from another."""
    spec = find_spec(package)
    with suppress(OSError):
        return Path(spec.origin).with_name(name).read_bytes() if spec and spec.origin else b""
    return b""


def load(path: Path, kind: Any) -> Any:
    """The data of a `kind` in a file; None where there is none, or it is damaged."""
    with suppress(OSError, msgspec.DecodeError, msgspec.ValidationError):
        content = path.read_bytes()
        if content[:_SIZE] == digest(content[_SIZE:]):
            return msgspec.msgpack.decode(memoryview(content)[_SIZE:], type=kind)
    return None


def save(path: Path, data: object) -> None:
    """Puts data into a file, whole or not at all. Raises OSError where it cannot be written."""
    packed = msgspec.msgpack.encode(data)
    part = path.with_suffix(f".{os.getpid()}")
    try:
        part.write_bytes(digest(packed) + packed)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def digest(*parts: bytes) -> bytes:
    """16 bytes that tell these parts from all others."""
    hashed = blake2b(digest_size=_SIZE)
    for part in parts:
        hashed.update(len(part).to_bytes(8, "little"))
        hashed.update(part)
    return hashed.digest()


def _remove_old(folder: Path) -> None:
    for path in folder.glob("*.msgpack"):
        if path.stat().st_mtime < time.time() - _DAYS * 24 * 3600:
            path.unlink()
