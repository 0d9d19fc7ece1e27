"""The process in the background: it loads all that a run needs, then forks for each question, so that a run finds
everything loaded, has the streams, folder and environment of whoever asks, and leaves nothing behind."""

import fcntl
import os
import signal
import socket
import sys
import time
from contextlib import suppress
from select import select
from typing import TYPE_CHECKING, NoReturn

from pushlint.server.ready import SAMPLE, examples, hold_still, lint, load
from pushlint.server.request import Helper, answer
from pushlint.server.stamp import stamp

if TYPE_CHECKING:  # it is imported once we listen
    from pushlint.linter import Linter

_LOCK_PATIENCE = 3.0  # seconds for a helper that makes room to be gone
_QUIET = 0.2  # seconds without a question before a child is made for the next


def main(path: str, identity: str, idle_minutes: float) -> None:
    """Listens at a path until nothing was asked for some minutes, or it is told to stop. Ends at once where another
    does."""
    os.umask(0o077)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system sees the children off
    lock = _locked(path)
    with suppress(FileNotFoundError):
        os.unlink(path)  # of a helper that was killed
    helper = Helper(identity, stamp(), path, os.getpid(), time.time(), idle_minutes)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen(128)
        made = os.stat(path).st_ino
        try:
            linter = load()
            _serve(listener, lock, helper, linter)
        finally:
            if os.getpid() == helper.pid:
                with suppress(OSError):
                    if os.stat(path).st_ino == made:
                        os.unlink(path)


def _locked(path: str) -> int:
    """The lock that the helper of a socket holds as long as it lives, as an open file. Waits for one that makes room,
    which has taken its socket away; ends the process where another is there to stay."""
    lock = os.open(f"{path}.lock", os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o600)
    until = time.monotonic() + _LOCK_PATIENCE
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return lock
        except BlockingIOError:
            if os.path.exists(path) or time.monotonic() > until:
                sys.exit()
            time.sleep(0.01)


def _serve(listener: socket.socket, lock: int, helper: Helper, linter: "Linter") -> None:
    """Forks for each who asks. Between questions a child is made ready for the next, whom it need not wait for."""
    listener.settimeout(helper.idle_minutes * 60)
    cold = examples(linter)
    spare: socket.socket | None = None
    while True:
        while spare is None and not select([listener], [], [], 0 if cold else _QUIET)[0]:  # who waits goes first
            if cold:
                lint(linter, [cold.pop()])
                if not cold:
                    hold_still()
            else:
                spare = _spare(listener, lock, helper, linter)
        try:
            connection, _ = listener.accept()
        except TimeoutError:
            return
        helper.asked += 1
        with connection:
            if spare and _handed_over(connection, spare, helper.asked):
                spare = None
            elif _fork() == 0:
                listener.close()
                os.close(lock)
                _be_child(connection, helper)


def _spare(listener: socket.socket, lock: int, helper: Helper, linter: "Linter") -> socket.socket | None:
    """A child that waits for a connection, over the socket given back, with all that it will write to copied for it;
    None where none can be had. It ends with its parent."""
    ours, theirs = socket.socketpair()
    child = _fork()
    if child != 0:
        theirs.close()
        return ours if child else None
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for other in (ours, listener):
        other.close()
    os.close(lock)
    try:
        lint(linter, [SAMPLE])
        asked, files, *_ = socket.recv_fds(theirs, 32, 1)
        theirs.close()
        if not files:
            os._exit(0)
    except BaseException:
        os._exit(1)
    helper.asked = int(asked)
    _be_child(socket.socket(fileno=files[0]), helper)


def _handed_over(connection: socket.socket, spare: socket.socket, asked: int) -> bool:
    with spare, suppress(OSError):  # it was killed
        socket.send_fds(spare, [str(asked).encode()], [connection.fileno()])
        return True
    return False


def _fork() -> int | None:
    """As os.fork; None where there is no memory for it: whoever asks finds that we hung up, and does it alone."""
    try:
        return os.fork()
    except OSError:
        return None


def _be_child(connection: socket.socket, helper: Helper) -> NoReturn:
    code = 1
    try:
        code = answer(connection, helper)
    finally:
        os._exit(code)
