"""How client and helper speak: objects in JSON, each with its length before it, over a socket of this machine."""

from __future__ import annotations

import json
import os
import socket
import struct
from collections.abc import Sequence

TYPE_CHECKING = False  # typing takes its time to import
if TYPE_CHECKING:
    from typing import Any

_HEAD = struct.Struct("!I")
_MOST = 64_000_000  # bytes of a message: arguments and environment can be long


def send(connection: socket.socket, message: Any, files: Sequence[int] = ()) -> None:
    """Sends an object, and with it open files. Raises OSError."""
    data = json.dumps(message).encode()
    head = _HEAD.pack(len(data))
    if files:
        socket.send_fds(connection, [head], files)
    else:
        connection.sendall(head)
    connection.sendall(data)


def receive(connection: socket.socket, files: int = 0) -> tuple[Any, list[int]]:
    """An object, and as many open files as come with it, at most `files`.

    Raises EOFError where the other side hangs up before it is whole, ValueError for what is no message, OSError.
    """
    head, opened, *_ = socket.recv_fds(connection, _HEAD.size, files)
    try:
        head += _read(connection, _HEAD.size - len(head))
        (size,) = _HEAD.unpack(head)
        if size > _MOST:
            raise ValueError("the message is too long")
        return json.loads(_read(connection, size)), opened
    except BaseException:
        for file in opened:
            os.close(file)
        raise


def _read(connection: socket.socket, size: int) -> bytes:
    parts = []
    while size:
        part = connection.recv(min(size, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def peer(connection: socket.socket) -> tuple[int | None, int | None]:
    """The process and the user at the other end, as the system knows them; None for what it does not tell."""
    if hasattr(socket, "SO_PEERCRED"):
        pid, user, _ = struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
        return pid, user
    if option := getattr(socket, "LOCAL_PEERCRED", None):  # macOS, BSD
        _, user = struct.unpack("2I", connection.getsockopt(0, option, 76)[:8])
        return None, user
    return None, None


def is_ours(connection: socket.socket) -> bool:
    """Whether the process at the other end is this user's. Where the system does not tell, the folder vouches for it,
    which nobody else can enter."""
    _, user = peer(connection)
    return user is None or user == os.geteuid()
