"""Has the helper do what a command line asks for, as if it were done here. It imports little: it must be quick."""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from pushlint.server import address, wanted, wire

TYPE_CHECKING = False  # typing takes its time to import
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any

PATIENCE = 30.0  # seconds for the helper to load and to take a question
_STARTING = 10.0  # seconds for it to listen
_PAUSE = 0.01  # between two looks whether it does
_FORWARDED = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")
_START = """
import json, sys
told = json.loads(sys.argv[1])
sys.path[:] = told["paths"]
from pushlint.server.helper import main
main(told["path"], told["identity"], told["idle_minutes"])
"""


def run(arguments: Sequence[str]) -> int | None:
    """Has the helper run a command line, started where there is none, and gives back the exit code.

    None where it cannot be had, or died before it printed or read anything: then all is as if it had not been asked.
    """
    for _ in range(2):  # a helper of old rules or another version says so, and makes room for a new one
        try:
            with connect() or _started() as connection:
                reply = _ask(connection, arguments)
                if "pid" in reply:
                    return _attend(connection, reply["pid"])
        except (OSError, EOFError, ValueError):
            return None
    return None


def connect() -> socket.socket | None:
    """A connection to the helper; None where there is none. Raises OSError where what is there is not ours."""
    try:
        address.refuse_unsafe(address.folder())
    except FileNotFoundError:
        return None
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.settimeout(PATIENCE)
        connection.connect(address.path())
        if wire.is_ours(connection):
            return connection
        raise address.UnsafeFolderError(f"the helper at {address.path()} is somebody else's")
    except (FileNotFoundError, ConnectionRefusedError):
        connection.close()
        return None
    except BaseException:
        connection.close()
        raise


def start() -> None:
    """Starts the helper, which ends at once where there is one. Raises OSError where it cannot be."""
    _started().close()


def tell(word: str) -> Any:
    """What the helper says of itself, asked for its "status" or told to "stop"; None where there is none.

    Raises OSError, EOFError, ValueError.
    """
    connection = connect()
    if connection is None:
        return None
    with connection:
        wire.send(connection, {"tell": word})
        return wire.receive(connection)[0]


def stop() -> bool:
    """Stops the helper, and waits until it is gone; whether there was one. Raises as `tell`."""
    said = tell("stop")
    until = time.monotonic() + _STARTING
    while said and time.monotonic() < until:
        try:
            os.kill(said["pid"], 0)
        except ProcessLookupError:
            break
        time.sleep(_PAUSE)
    return bool(said)


def _started() -> socket.socket:
    import subprocess  # here, as it takes its time, and most find the helper there

    address.make_folder()
    paths = sys.path if sys.flags.safe_path else sys.path[1:]  # but what happens to stand where the first run was
    root = os.path.dirname(address.PACKAGE)
    told = {
        "identity": address.identity(),
        "path": address.path(),
        "idle_minutes": wanted.idle_minutes(),
        "paths": [*paths, *([] if root in paths else [root])],
    }
    process = subprocess.Popen(
        [sys.executable, *subprocess._args_from_interpreter_flags(), "-c", _START, json.dumps(told)],  # type: ignore[attr-defined]
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd="/",
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
    )
    until = time.monotonic() + _STARTING
    while time.monotonic() < until:
        if connection := connect():
            process.returncode = 0  # nobody waits for it
            return connection
        if process.poll() is not None:  # there is another that begins to listen, or it cannot be
            until = min(until, time.monotonic() + 1)
        time.sleep(_PAUSE)
    raise TimeoutError("the helper does not start")


def _ask(connection: socket.socket, arguments: Sequence[str]) -> Any:
    """Sends the command line with all that it depends on; what the helper says. Raises as `wire.receive`."""
    streams = [_stream(name) for name in ("stdin", "stdout", "stderr")]
    folder = os.open(".", os.O_RDONLY | os.O_DIRECTORY)
    umask = os.umask(0o077)
    os.umask(umask)
    question = {
        "identity": address.identity(),
        "arguments": list(arguments),
        "environment": dict(os.environ),
        "paths": sys.path,
        "umask": umask,
        "streams": streams,
        "ignored": [name for name in _FORWARDED if signal.getsignal(_number(name)) is signal.SIG_IGN],
    }
    try:
        wire.send(connection, question, [0, 1, 2, folder])
        return wire.receive(connection)[0]
    except TimeoutError:
        pid, _ = wire.peer(connection)
        if pid:  # it hangs: the next run finds none, and starts one
            with suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        raise
    finally:
        os.close(folder)


def _stream(name: str) -> dict[str, Any]:
    """How Python writes and reads one of the standard streams here. Raises ValueError where it is closed."""
    stream = getattr(sys, name)
    if stream is None or not hasattr(stream, "write_through"):
        raise ValueError(f"{name} is not open")
    stream.flush()
    return {
        "encoding": stream.encoding,
        "errors": stream.errors,
        "line_buffering": stream.line_buffering,
        "write_through": stream.write_through,
    }


def _attend(connection: socket.socket, pid: int) -> int | None:
    """Waits for the process that answers us, and hands on the signals that we get; its exit code. Where a signal of
    ours ended it, we end by that too."""
    got: list[int] = []
    has_begun = False
    with _signals_handed_to(pid, got):
        connection.settimeout(None)
        wire.send(connection, "go")
        while True:
            try:
                message, _ = wire.receive(connection)
            except (OSError, EOFError):
                break
            if "code" in message:
                return int(message["code"])
            has_begun = True
    if got:
        signal.signal(got[-1], signal.SIG_DFL)
        os.kill(os.getpid(), got[-1])
    if not has_begun:
        return None
    sys.stderr.write("error: the helper was killed at its work\n  run again, with --no-server if it was not you\n")
    return 2


@contextmanager
def _signals_handed_to(group: int, got: list[int]) -> Iterator[None]:
    """While it holds, signals that would end or stop this process are sent to a group of others; those that would end
    it are noted. What is ignored stays ignored."""

    def hand_on(number: int, _: FrameType | None) -> None:
        got.append(number)
        _kill(group, number)

    def stop(number: int, _: FrameType | None) -> None:
        _kill(group, signal.SIGSTOP)
        os.kill(os.getpid(), signal.SIGSTOP)
        _kill(group, signal.SIGCONT)

    handlers = {**dict.fromkeys(map(_number, _FORWARDED), hand_on), signal.SIGTSTP: stop}
    before = {number: signal.getsignal(number) for number in handlers}
    for number, handler in handlers.items():
        if before[number] is not signal.SIG_IGN:
            signal.signal(number, handler)
    try:
        yield
    finally:
        for number, earlier in before.items():
            signal.signal(number, earlier)


def _number(name: str) -> signal.Signals:
    return signal.Signals[name]


def _kill(group: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, number)
