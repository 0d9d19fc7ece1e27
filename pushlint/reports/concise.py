"""One line a finding: `path:line:column: CODE message`."""

from collections.abc import Iterable, Iterator

from pushlint.diagnostic import Diagnostic
from pushlint.reports.excerpt import visible
from pushlint.reports.options import Options
from pushlint.reports.style import accent, code, path
from pushlint.result import FileResult


def render(results: Iterable[FileResult], options: Options) -> Iterator[str]:
    """A line for each finding."""
    for result in results:
        for diagnostic in result.diagnostics:
            yield line(diagnostic)


def line(diagnostic: Diagnostic) -> str:
    """The line of one finding."""
    at = diagnostic.location
    place = accent(":").join((path(diagnostic.path), str(at.row), str(at.column)))
    return f"{place}{accent(':')} {code(diagnostic)} {visible(diagnostic.message)}\n"
