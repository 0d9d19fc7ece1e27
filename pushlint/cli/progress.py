"""A bar on the terminal that shows how far a long run is."""

import os
import sys
import time
from collections.abc import Iterable, Iterator

import click

from pushlint.result import FileResult

AFTER = 2.0  # seconds of work before it is shown
_BETWEEN = 0.1  # seconds between two changes
_ERASED = "\r\x1b[K"


class Progress:
    """Shows the bar between results, on standard error where that is a terminal, and takes it away while what is found
    is printed."""

    def __init__(self) -> None:
        self._total = 0

    def expect(self, total: int) -> None:
        """Says how many results there will be."""
        self._total = total

    def over(self, results: Iterable[FileResult]) -> Iterable[FileResult]:
        """The results as they come."""
        return self._over(results) if sys.stderr.isatty() and not os.environ.get("CI") else results

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
                bar.length = max(self._total, bar.pos + 1)
                bar.make_step(1)
                if now > start + AFTER and now > drawn + _BETWEEN:
                    line, drawn = bar.format_progress_line(), now
                if line:
                    _draw(line)
        finally:
            if line:
                _draw("")


def _draw(line: str) -> None:
    sys.stderr.write(f"{_ERASED}{line}")
    sys.stderr.flush()
