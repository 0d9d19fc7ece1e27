"""The files of the cache: what is known of the drafts of a folder, and behind it what was found in them, as it came.

Of many drafts too much is found to be held: in a run it lies in a temporary file, and a store is read and written in
pieces.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Struct

_IN_MEMORY = 1 << 24  # bytes of what was found
_CHUNK = 1 << 18
_SIZE = 16  # bytes of a digest
_LENGTH = 8  # bytes of a number


class Known(Struct, array_like=True):
    """What is known of a file: a digest of its format and `content`; why it is `no_draft`, once it was `looked` at; the
    `sequence` it is a step of, once that was `asked`; and where and how long is what was `found` in it beside the files
    that `together` is a digest of, `no_emails` maybe: an error where it is named outright."""

    content: bytes
    looked: bool = False
    no_draft: str | None = None
    asked: bool = False
    sequence: tuple[str, str] | None = None
    together: bytes = b""
    no_emails: bool = False
    found: tuple[int, int] = (0, 0)


class Findings:
    """What was found in the files of a run, in memory, and in a temporary file where it is much."""

    def __init__(self) -> None:
        self._file: BinaryIO = BytesIO()
        self._end = 0

    def put(self, data: bytes) -> tuple[int, int]:
        """Keeps it; where it is, and how long. Raises OSError."""
        if self._end + len(data) > _IN_MEMORY and isinstance(self._file, BytesIO):
            from tempfile import TemporaryFile  # here, as it is seldom needed

            file = TemporaryFile()  # noqa: SIM115, as it is open as long as the run
            file.write(self._file.getbuffer())
            self._file = file
        self._file.seek(self._end)
        self._file.write(data)
        start, self._end = self._end, self._end + len(data)
        return start, len(data)

    def get(self, place: tuple[int, int]) -> bytes:
        """What is at a place."""
        start, length = place
        self._file.seek(start)
        return self._file.read(length)


def load(path: Path, findings: Findings) -> dict[str, Known]:
    """What is known of the files of a folder by name, with what was found in them put to the findings; nothing where
    the store is not there, or damaged."""
    with suppress(OSError, msgspec.DecodeError), open(path, "rb") as file:
        digest, hashed = file.read(_SIZE), blake2b(digest_size=_SIZE)
        length = file.read(_LENGTH)
        index = file.read(min(int.from_bytes(length, "little"), os.fstat(file.fileno()).st_size))
        hashed.update(length + index)
        start = None
        while chunk := file.read(_CHUNK):
            hashed.update(chunk)
            place, _ = findings.put(chunk)
            start = place if start is None else start
        if hashed.digest() == digest:
            known = msgspec.msgpack.decode(index, type=dict[str, Known])
            for one in known.values():
                one.found = ((start or 0) + one.found[0], one.found[1])
            return known
    return {}


def save(path: Path, known: Mapping[str, Known], findings: Findings) -> None:
    """Puts what is known into the file, whole or not at all. Raises OSError where it cannot be written, and
    UnicodeEncodeError where a name is no text."""
    part = path.with_suffix(f".{os.getpid()}")
    try:
        with open(part, "wb") as file:
            hashed = blake2b(digest_size=_SIZE)
            file.write(bytes(_SIZE))
            for piece in _pieces(known, findings):
                hashed.update(piece)
                file.write(piece)
            file.seek(0)
            file.write(hashed.digest())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _pieces(known: Mapping[str, Known], findings: Findings) -> Iterator[bytes]:
    places, start = dict[str, tuple[int, int]](), 0
    for name, one in known.items():
        places[name] = start, one.found[1]
        start += one.found[1]
    index = msgspec.msgpack.encode(
        {name: msgspec.structs.replace(one, found=places[name]) for name, one in known.items()}
    )
    yield len(index).to_bytes(_LENGTH, "little")
    yield index
    for one in known.values():
        yield findings.get(one.found)
