"""One line a finding: `path:line:column: CODE message`."""

from collections.abc import Iterable, Iterator

from pushlint.diagnostic import Diagnostic
from pushlint.reports.excerpt import visible
from pushlint.reports.style import accent, code, path
from pushlint.result import FileResult


def render(results: Iterable[FileResult]) -> Iterator[str]:
    """A line for each finding."""
    for result in results:
        for diagnostic in result.diagnostics:
            yield _line(diagnostic)


def _line(diagnostic: Diagnostic) -> str:
    at = diagnostic.location
    place = accent(":").join((path(diagnostic.path), str(at.row), str(at.column)))
    return f"{place}{accent(':')} {code(diagnostic)} {visible(diagnostic.message)}\n"
