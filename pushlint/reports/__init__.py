"""Reports: one file a format. Each turns the files' results into pieces of text, as they come.

Text may be styled for a terminal (ANSI codes); whoever prints it takes the styles out where they are not wanted.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from importlib import import_module
from itertools import tee

from pushlint.reports.options import Options
from pushlint.result import FileResult

Render = Callable[[Iterable[FileResult]], Iterator[str]]

FORMATS = (
    "full",
    "concise",
    "grouped",
    "json",
    "json-lines",
    "sarif",
    "github",
    "gitlab",
    "junit",
    "checkstyle",
    "azure",
    "rdjson",
    "markdown",
    "html",
)
FOR_PEOPLE = ("full", "concise", "grouped")
LOGS = (*FOR_PEOPLE, "github", "azure")
"""Formats that other lines may stand beside."""


def renderer(format: str, options: Options | None = None) -> Render:
    """The function that writes the findings in a format."""
    module = import_module(f"pushlint.reports.{format.replace('-', '_')}")
    return partial(module.render, options=options or Options())


def in_step(renders: Sequence[Render], results: Iterable[FileResult]) -> Iterator[tuple[int, str]]:
    """The pieces of several reports, each with its report's number, in one pass over the results.

    The report that has taken the fewest results goes on next, so that no more is held than the lead of one over
    another. A report that waits for the end therefore gives an empty piece for each result that it takes.
    """
    feeds = [_Counted(feed) for feed in tee(results, len(renders))]
    pieces = [render(feed) for render, feed in zip(renders, feeds, strict=True)]
    going = set(range(len(renders)))
    while going:
        number = min(going, key=lambda one: (feeds[one].taken, one))
        piece = next(pieces[number], None)
        if piece is None:
            going.remove(number)
        else:
            yield number, piece


class _Counted:
    """An iterator that knows how much was taken from it."""

    def __init__(self, results: Iterator[FileResult]) -> None:
        self._results = results
        self.taken = 0

    def __iter__(self) -> "_Counted":
        return self

    def __next__(self) -> FileResult:
        self.taken += 1
        return next(self._results)
