"""Answers one question, in a child of the helper: becomes, as far as it can be told, the process that asks."""

import atexit
import io
import os
import signal
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from pushlint.server import wire
from pushlint.server.stamp import Stamp, stamp

_PATIENCE = 30.0  # seconds for whoever asks to say what
_DEFAULT = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGCHLD")


@dataclass
class Helper:
    """What the helper is known by, and how much it was asked."""

    identity: str
    stamp: Stamp
    path: str
    pid: int
    since: float
    idle_minutes: float
    asked: int = 0

    def status(self) -> dict[str, Any]:
        """What there is to say of it."""
        return {
            "pid": self.pid,
            "seconds": time.time() - self.since,
            "idle_minutes": self.idle_minutes,
            "asked": self.asked,
        }

    def make_room(self) -> None:
        """Ends it, such that a new one can be started at once. Its other children go on."""
        os.unlink(self.path)
        os.kill(self.pid, signal.SIGTERM)


def answer(connection: socket.socket, helper: Helper) -> int:
    """Does what is asked, or tells why not; the exit code."""
    for name in _DEFAULT:
        signal.signal(signal.Signals[name], signal.SIG_DFL)
    if not wire.is_ours(connection):
        return 1
    connection.settimeout(_PATIENCE)
    question, files = wire.receive(connection, files=4)
    if "tell" in question:
        wire.send(connection, helper.status())
        if question["tell"] == "stop":
            helper.make_room()
        return 0
    if question["identity"] != helper.identity or stamp() != helper.stamp:
        helper.make_room()
        wire.send(connection, {"old": True})
        return 0
    os.setpgid(0, 0)
    wire.send(connection, {"pid": os.getpid()})
    wire.receive(connection)  # whoever asks may have lost patience, and does it alone
    connection.settimeout(None)
    _become(question, files, lambda: wire.send(connection, {"begun": True}))
    threading.Thread(target=_end_with, args=[connection], daemon=True).start()
    code = _run(question["arguments"])
    wire.send(connection, {"code": code})
    return code


def _become(question: Mapping[str, Any], files: Sequence[int], tell: Callable[[], None]) -> None:
    """Takes over streams, folder, environment and signals; `tell` is called before anything is read or printed."""
    *streams, folder = files
    os.fchdir(folder)
    for number, file in enumerate(streams):
        os.dup2(file, number)
    for file in files:
        os.close(file)
    once = _Once(tell)
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        stream = _stream(number, once, question["streams"][number])
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    os.environ.clear()
    os.environ.update(question["environment"])
    time.tzset()
    os.umask(question["umask"])
    sys.path[:] = question["paths"]
    for name in question["ignored"]:
        signal.signal(signal.Signals[name], signal.SIG_IGN)
    if "SIGINT" not in question["ignored"]:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _run(arguments: Sequence[str]) -> int:
    """Runs the command line as Python would, to the end of the process."""
    from pushlint.cli import main

    atexit._clear()  # what the helper does at its end
    sys.argv = ["pushlint", *arguments]
    code: Any = 0
    try:
        main(prog_name="pushlint")
    except SystemExit as end:
        code = end.code
    except BaseException:
        traceback.print_exc()
        code = 1
    atexit._run_exitfuncs()
    if code is not None and not isinstance(code, int):
        print(code, file=sys.stderr)
        code = 1
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        code = 120
    return code or 0


def _end_with(connection: socket.socket) -> None:
    """Ends the process, and those that it started, when the other side is gone."""
    try:
        while connection.recv(1):
            pass
    except OSError:
        pass
    os.killpg(0, signal.SIGTERM)


class _Once:
    """Calls a function once, the first time that it is called."""

    def __init__(self, function: Callable[[], None]) -> None:
        self._function: Callable[[], None] | None = function

    def __call__(self) -> None:
        function, self._function = self._function, None
        if function:
            function()


class _File(io.FileIO):
    """An open file that says so before it is first read or written."""

    def __init__(self, number: int, mode: str, tell: Callable[[], None]) -> None:
        super().__init__(number, mode, closefd=False)
        self._tell = tell

    def write(self, data: Any, /) -> int:
        self._tell()
        return super().write(data)

    def readinto(self, buffer: Any, /) -> int:
        self._tell()
        return super().readinto(buffer)

    def readall(self) -> bytes:
        self._tell()
        return super().readall()


def _stream(number: int, tell: Callable[[], None], how: Mapping[str, Any]) -> io.TextIOWrapper:
    raw = _File(number, "wb" if number else "rb", tell)
    buffered = io.BufferedWriter(raw) if number else io.BufferedReader(raw)
    return io.TextIOWrapper(cast(Any, buffered), **how)
