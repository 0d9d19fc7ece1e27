"""Writes a file anew, whole or not at all: whatever stops it, the file is the old one or the new one."""

import glob
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from pushlint.errors import InputError

try:
    import fcntl
except ImportError:  # Windows needs no lock: an open file cannot be removed there
    fcntl = None  # type: ignore[assignment]

_LEFT = ".pushlint-tmp"
_AS_IT_WAS = "the file is as it was"


def write(path: str, data: bytes, old: bytes) -> None:
    """Puts `data` in place of `old`, with the file's mode, owner and attributes kept as far as the system lets us.

    The target of a symbolic link is written, and the link kept; another hard link keeps the old contents. Raises
    InputError where the file may not be written, holds something else than `old` by now, or the disk is full: it is
    then as it was.
    """
    target = os.path.realpath(path)
    try:
        _refuse_read_only(target, path)
        _sweep(target)
        handle, temporary = tempfile.mkstemp(_LEFT, _prefix(target), os.path.dirname(target))
        try:
            with os.fdopen(handle, "wb") as file:
                with suppress(OSError):  # a file system without locks
                    _lock(file)
                file.write(data)
                file.flush()
                _dress(temporary, target)
                os.fsync(file.fileno())
            _refuse_changed(target, old, path)
            os.replace(temporary, target)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)
            raise
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror or error}", path, hint=_AS_IT_WAS) from None
    _sync_folder(os.path.dirname(target))


def create(path: Path, data: bytes) -> None:
    """Puts a file where there is none, or in place of the one there. Raises InputError where that cannot be done."""
    beside = path.with_name(f".{path.name}.{os.getpid()}{_LEFT}")
    try:
        try:
            beside.write_bytes(data)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror or error}", str(path)) from None


def _refuse_read_only(target: str, path: str) -> None:
    if not os.stat(target).st_mode & 0o222 or not os.access(target, os.W_OK):
        raise InputError("read-only", path, hint=f"{_AS_IT_WAS}; make it writable")
    if not os.access(os.path.dirname(target), os.W_OK):
        raise InputError("in a folder that cannot be written to", path, hint=_AS_IT_WAS)


def _refuse_changed(target: str, old: bytes, path: str) -> None:
    if Path(target).read_bytes() != old:
        raise InputError("changed since it was read", path, hint="nothing was written; run pushlint again")


def _dress(temporary: str, target: str) -> None:
    """Gives the new file the owner, mode and extended attributes of the old one."""
    if hasattr(os, "chown"):
        was = os.stat(target)
        for owner in ((was.st_uid, was.st_gid), (-1, was.st_gid)):
            with suppress(OSError):
                os.chown(temporary, *owner)
                break
    shutil.copystat(target, temporary)
    os.utime(temporary)


def _prefix(target: str) -> str:
    return f".{os.path.basename(target)[:200]}."


def _lock(file: BinaryIO) -> None:
    """Tells other runs that this temporary file is at work. Raises OSError where it is another's."""
    if fcntl:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _sweep(target: str) -> None:
    """Removes what runs that were killed while writing this file have left beside it."""
    pattern = os.path.join(glob.escape(os.path.dirname(target)), f"{glob.escape(_prefix(target))}*{_LEFT}")
    for left in glob.glob(pattern):
        with suppress(OSError):
            with open(left, "rb") as file:
                _lock(file)
            os.unlink(left)


def _sync_folder(folder: str) -> None:
    """Has the new name survive a loss of power, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
