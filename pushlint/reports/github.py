"""GitHub's workflow commands, which become annotations on the lines of a pull request.

GitHub shows ten annotations of a level for each step: these are the first ten findings of each level. The others go
into the job summary (the file that $GITHUB_STEP_SUMMARY names), as far as that has room. Paths count from the
repository's folder, which GitHub names in $GITHUB_WORKSPACE.
"""

import os
from collections.abc import Iterable, Iterator

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
    shown: dict[str, list[str]] = {level: [] for level in _LEVELS.values()}
    rest, left_over = Page(_MOST_SUMMARY), 0
    for result in results:
        if result.error and len(shown["error"]) < MOST:
            shown["error"].append(_failed(result.error))
        elif result.error:
            rest.add_error(result.error)
            left_over += 1
        for finding in findings(result):
            level = _LEVELS[finding.diagnostic.severity]
            if len(shown[level]) < MOST:
                shown[level].append(_annotation(level, finding))
            else:
                rest.add(finding)
                left_over += 1
        yield ""
    for annotations in shown.values():
        yield from annotations
    if left_over:
        more = count(left_over, "more finding")
        where = " The job summary has them." if _append_to_summary(rest.text(f"{more} than are annotated")) else ""
        yield f"{more}: GitHub annotates {MOST} of a level.{where}\n"


def _failed(error: InputError) -> str:
    place = {"file": _path(error.path)} if error.path else {}
    return _command("error", visible(error.message), **place, line=error.line or 1)


def _annotation(level: str, finding: Finding) -> str:
    diagnostic = finding.diagnostic
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
