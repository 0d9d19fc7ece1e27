"""Checkstyle's XML, which many tools read."""

from collections.abc import Iterable, Iterator

from pushlint.reports.options import Options
from pushlint.reports.paths import relative
from pushlint.reports.xml import tag
from pushlint.result import FileResult


def render(results: Iterable[FileResult], options: Options) -> Iterator[str]:
    """The document, a file at a time."""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<{tag("checkstyle", version="4.3")}>\n'
    for result in results:
        entries = "".join(_entries(result))
        if entries:
            yield f"  <{tag('file', name=relative(result.path))}>\n{entries}  </file>\n"
    yield "</checkstyle>\n"


def _entries(result: FileResult) -> Iterator[str]:
    if result.error:
        yield _entry(result.error.line or 1, result.error.column or 1, "error", result.error.message, "pushlint")
    for diagnostic in result.diagnostics:
        place = diagnostic.location
        source = f"pushlint.{diagnostic.code}"
        yield _entry(place.row, place.column, diagnostic.severity, diagnostic.message, source)


def _entry(line: int, column: int, severity: str, message: str, source: str) -> str:
    entry = tag("error", line=line, column=column, severity=severity, message=message, source=source)
    return f"    <{entry}/>\n"
