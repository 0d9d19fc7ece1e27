"""Work for several processes: each takes the next piece as soon as it is free, the largest first."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice, pairwise
from typing import Any, TypeVar

from pushlint.settings import Jobs

Task = TypeVar("Task")
Result = TypeVar("Result")

_WORTH = 100_000  # bytes of drafts that a process must have to do, to be worth its start
_PIECES = 16  # that the work of a process is divided in
_LEAST, _MOST = 4_000, 64_000  # bytes of a piece
_THINGS = 64  # in a piece
_AHEAD = 2  # pieces that wait for each process, so that it finds one when it is free
_WINDOW = 4  # pieces for each process among which the largest is first

_work: tuple[Callable[[Any], Any], Sequence[Any]]  # what processes are forked for: they find it in their memory


def processes(asked: Jobs, size: int) -> int:
    """How many processes are to do work of a size in bytes of drafts."""
    if not hasattr(os, "fork"):
        return 1
    return asked if isinstance(asked, int) else max(1, min(_processors(), size // _WORTH))


def pieces(sizes: Sequence[int], processes: int) -> list[range]:
    """Parts of a list of things of these sizes, each enough to be worth the way to a process, and small enough for all
    processes to be done at about the same time."""
    most = min(max(sum(sizes) // (processes * _PIECES), _LEAST), _MOST)
    ends, size = [0], 0
    for number, one in enumerate(sizes, 1):
        size += one
        if size >= most or number - ends[-1] >= _THINGS or number == len(sizes):
            ends.append(number)
            size = 0
    return [range(*part) for part in pairwise(ends)]


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(
    work: Callable[[Task], Result], tasks: Sequence[Task], sizes: Sequence[int], processes: int
) -> Iterator[tuple[Task, Result]]:
    """Has tasks done by processes that are forked here, and gives back each with its result, as they come. None comes
    long before those that stand before it: the largest are first among some that follow one another.

    Where a process is killed, what is left is done here. The processes end with the iterator, and with this process.
    """
    global _work
    _work = work, tasks
    left = iter(_order(sizes, _WINDOW * processes))
    going: dict[Future[Result], int] = {}
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("fork"), _begin)
    try:
        while True:
            with _no_interrupt():  # the first is what starts the processes, which leave Ctrl-C to the one they are of
                for number in islice(left, _AHEAD * processes - len(going)):
                    going[pool.submit(_do, number)] = number
            if not going:
                return
            for done in wait(going, return_when=FIRST_COMPLETED).done:
                result = done.result()
                yield tasks[going.pop(done)], result
    except BrokenProcessPool:
        for number in (*going.values(), *left):
            yield tasks[number], work(tasks[number])
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()


def _order(sizes: Sequence[int], window: int) -> Iterator[int]:
    for start in range(0, len(sizes), window):
        yield from sorted(range(start, min(start + window, len(sizes))), key=lambda number: -sizes[number])


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Holds Ctrl-C back, which would be lost while a process is forked. In processes that are, it stays held back."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """What a new process does first: it sees to it that it ends with the one that it is of."""
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent
    parent.join()
    os._exit(1)


def _do(number: int) -> Any:
    work, tasks = _work
    return work(tasks[number])
