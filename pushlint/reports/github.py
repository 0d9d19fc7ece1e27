"""GitHub's workflow commands, which become annotations on the lines of a pull request.

GitHub shows ten annotations of a level for each step: these are the first ten findings of each level, those on lines
that a pull request changes before all others. What is left goes into the job summary (the file that
$GITHUB_STEP_SUMMARY names), as far as that has room. Paths count from the repository's folder, which GitHub names in
$GITHUB_WORKSPACE, and changes from the branch that a pull request is for, $GITHUB_BASE_REF, where the clone has it.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial

from pushlint.changes import Changes, changes_since
from pushlint.diagnostic import Severity
from pushlint.errors import InputError
from pushlint.reports.excerpt import visible
from pushlint.reports.findings import Finding, findings, with_help
from pushlint.reports.markdown import Page
from pushlint.reports.options import Options
from pushlint.reports.paths import relative
from pushlint.reports.text import count
from pushlint.result import FileResult

MOST = 10
_MOST_SUMMARY = 250_000  # characters; GitHub takes 1 MiB of UTF-8, and a character is at most four bytes
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}
_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _MESSAGE | str.maketrans({":": "%3A", ",": "%2C"})


def render(results: Iterable[FileResult], options: Options) -> Iterator[str]:
    """The annotations by level at the end of the results; the job summary is written by the way."""
    changes = _changes()
    rest = Page(_MOST_SUMMARY)
    levels = {level: _Level() for level in _LEVELS}
    for result in results:
        if result.error:
            levels["error"].add(_failed(result.error), partial(rest.add_error, result.error), changes is not None)
        for finding in findings(result):
            diagnostic, draft = finding.diagnostic, finding.draft
            is_changed = changes is not None and changes.has(draft, diagnostic)
            levels[diagnostic.severity].add(_annotation(finding), partial(rest.add, finding), is_changed)
        yield ""
    for level in levels.values():
        yield from level.shown()
    if left_over := sum(level.left_over for level in levels.values()):
        more = count(left_over, "more finding")
        where = " The job summary has them." if _append_to_summary(rest.text(f"{more} than are annotated")) else ""
        yield f"{more}: GitHub annotates {MOST} of a level.{where}\n"


class _Level:
    """The annotations of a level, no more than are shown; what finds no room is left to the summary."""

    def __init__(self) -> None:
        self._first: list[tuple[str, Callable[[], None]]] = []
        self._others: list[tuple[str, Callable[[], None]]] = []
        self.left_over = 0

    def add(self, annotation: str, leave: Callable[[], None], comes_first: bool) -> None:
        """One more; `leave` is called where there is no room for it."""
        chosen = self._first if comes_first else self._others
        chosen.append((annotation, leave))
        if len(self._first) + len(self._others) > MOST:
            _, leave = (self._others or self._first).pop()
            leave()
            self.left_over += 1

    def shown(self) -> Iterator[str]:
        """The annotations in their order."""
        yield from (annotation for annotation, _ in (*self._first, *self._others))


def _changes() -> Changes | None:
    """What a pull request changes, where that can be told."""
    branch = os.environ.get("GITHUB_BASE_REF")
    if not branch:
        return None
    with suppress(InputError):
        return changes_since(f"origin/{branch}", os.environ.get("GITHUB_WORKSPACE") or ".")
    return None


def _failed(error: InputError) -> str:
    place = {"file": _path(error.path)} if error.path else {}
    return _command("error", visible(error.message), **place, line=error.line or 1)


def _annotation(finding: Finding) -> str:
    diagnostic = finding.diagnostic
    level = _LEVELS[diagnostic.severity]
    start, end = diagnostic.location, diagnostic.end_location
    columns = {"col": start.column, "endColumn": end.column} if start.row == end.row else {}
    title = f"{diagnostic.code} {diagnostic.name}"
    path = _path(diagnostic.path)
    return _command(level, with_help(finding), title=title, file=path, line=start.row, endLine=end.row, **columns)


def _path(path: str) -> str:
    return relative(path, os.environ.get("GITHUB_WORKSPACE"))


def _command(level: str, message: str, **properties: object) -> str:
    said = ",".join(f"{key}={str(value).translate(_PROPERTY)}" for key, value in properties.items())
    return f"::{level} {said}::{message.translate(_MESSAGE)}\n"


def _append_to_summary(text: str) -> bool:
    """Whether there is a job summary to write to. Raises InputError where that cannot be written."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path:
        return False
    try:
        with open(path, "a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except OSError as error:
        raise InputError(f"the job summary cannot be written: {error.strerror}", path) from None
    return True
