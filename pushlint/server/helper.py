"""The process in the background: it loads all that a run needs, then forks for each question, so that a run finds
everything loaded, has the streams, folder and environment of whoever asks, and leaves nothing behind."""

import fcntl
import gc
import os
import signal
import socket
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib import import_module
from itertools import islice
from pkgutil import walk_packages
from select import select
from typing import TYPE_CHECKING, NoReturn

from pushlint.errors import InputError
from pushlint.server.request import Helper, answer
from pushlint.server.stamp import stamp

if TYPE_CHECKING:  # it is imported once we listen
    from pushlint.linter import Linter

_LOCK_PATIENCE = 3.0  # seconds for a helper that makes room to be gone
_EXAMPLES = 2  # of each rule that are linted beforehand
_SAMPLE = """Subject: Just checking in

Hi {{first_name}},

I'd love to close this deal before Friday, because that is when our quarter closes. Plans start at $99 a month, and
you could save 20%. Did you get a chance to look at my proposal?

Best,
Ann
"""


def main(path: str, identity: str, idle_minutes: float) -> None:
    """Listens at a path until nothing was asked for some minutes, or it is told to stop. Ends at once where another
    does."""
    os.umask(0o077)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system sees the children off
    lock = _locked(f"{path}.lock")
    with suppress(FileNotFoundError):
        os.unlink(path)  # of a helper that was killed
    helper = Helper(identity, stamp(), path, os.getpid(), time.time(), idle_minutes)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen(128)
        made = os.stat(path).st_ino
        try:
            linter = _load()
            _serve(listener, lock, helper, linter)
        finally:
            if os.getpid() == helper.pid:
                with suppress(OSError):
                    if os.stat(path).st_ino == made:
                        os.unlink(path)


def _locked(path: str) -> int:
    """The lock that the helper holds as long as it lives, as an open file. Ends the process where another has it."""
    lock = os.open(path, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o600)
    until = time.monotonic() + _LOCK_PATIENCE
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return lock
        except BlockingIOError:
            if time.monotonic() > until:
                sys.exit()
            time.sleep(0.01)


def _load() -> "Linter":
    """Imports all of pushlint, and makes a linter of its own rules, which children find ready."""
    import pushlint

    gc.disable()
    for module in walk_packages(pushlint.__path__, "pushlint."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    from pushlint.books import keep_ready
    from pushlint.linter import Linter
    from pushlint.rulebook import load_rules

    linter = Linter(load_rules(plugins=False))
    keep_ready(linter)
    _lint(linter, [_SAMPLE])
    gc.enable()
    return linter


def _lint(linter: "Linter", texts: Iterable[str]) -> None:
    """Lints drafts for nothing but that what is made when it is first needed is there; children share it."""
    from pushlint.readers import read

    for text in texts:
        with suppress(InputError):
            list(linter.lint(read("sample.md", text.encode())))
    gc.collect()
    gc.freeze()  # what children never look at need not be copied for them


def _serve(listener: socket.socket, lock: int, helper: Helper, linter: "Linter") -> None:
    listener.settimeout(helper.idle_minutes * 60)
    is_warm = False
    while True:
        if not is_warm and not select([listener], [], [], 0)[0]:  # whoever waits goes first
            is_warm = True
            _lint(linter, _examples(linter))
        try:
            connection, _ = listener.accept()
        except TimeoutError:
            return
        helper.asked += 1
        with connection:
            try:
                child = os.fork()
            except OSError:  # no memory: whoever asks finds that we hung up, and does it alone
                continue
            if not child:
                listener.close()
                os.close(lock)
                _be_child(connection, helper)


def _examples(linter: "Linter") -> Iterator[str]:
    for rule in linter.rules:
        bad = (example.bad for example in rule.examples if example.bad)
        yield from islice(bad, _EXAMPLES)


def _be_child(connection: socket.socket, helper: Helper) -> NoReturn:
    code = 1
    try:
        code = answer(connection, helper)
    finally:
        os._exit(code)
