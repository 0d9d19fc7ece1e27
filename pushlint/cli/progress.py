"""A bar on the terminal that shows how far a long run is."""

import os
import stat
import sys
import time
from collections.abc import Iterable, Iterator
from typing import TextIO

import click

from pushlint.result import FileResult

AFTER = 2.0  # seconds of work before it is shown
_BETWEEN = 0.1  # seconds between two changes
_ERASED = "\r\x1b[K"


class Progress:
    """Shows the bar between results, on standard error where that is a terminal, and takes it away while what is found
    is printed. Where that goes through a pipe there is no bar: a pager may be at its end, on the same terminal."""

    def __init__(self) -> None:
        self._total = 0

    def expect(self, total: int) -> None:
        """Says how many results there will be."""
        self._total = total

    def over(self, results: Iterable[FileResult]) -> Iterable[FileResult]:
        """The results as they come."""
        wanted = sys.stderr.isatty() and not _is_pipe(sys.stdout) and not os.environ.get("CI")
        return self._over(results) if wanted else results

    def _over(self, results: Iterable[FileResult]) -> Iterator[FileResult]:
        start = drawn = time.monotonic()
        bar = click.progressbar(length=1, show_eta=False, show_percent=True, show_pos=True, file=sys.stderr)
        line = ""
        try:
            for result in results:
                if line:
                    _draw("")
                yield result
                now = time.monotonic()
                if not self._total:
                    continue  # what is passed over comes first, and does not count
                bar.length = max(self._total, bar.pos + 1)
                bar.make_step(1)
                if now > start + AFTER and now > drawn + _BETWEEN:
                    line, drawn = bar.format_progress_line(), now
                if line:
                    _draw(line)
        finally:
            if line:
                _draw("")


def _is_pipe(stream: TextIO) -> bool:
    try:
        return stat.S_ISFIFO(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):  # no file at all
        return False


def _draw(line: str) -> None:
    sys.stderr.write(f"{_ERASED}{line}")
    sys.stderr.flush()
