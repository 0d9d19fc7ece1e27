"""One line a finding: `path:line:column: CODE message`."""

from collections.abc import Collection, Iterable, Iterator

from pushlint.diagnostic import Applicability, Diagnostic
from pushlint.fixer import SAFE
from pushlint.reports.excerpt import visible
from pushlint.reports.style import accent, code, path
from pushlint.result import FileResult


def render(results: Iterable[FileResult], fixable: Collection[Applicability] = SAFE) -> Iterator[str]:
    """A line for each finding, marked where it has a fix that is `fixable`."""
    for result in results:
        for diagnostic in result.diagnostics:
            yield _line(diagnostic, fixable)


def _line(diagnostic: Diagnostic, fixable: Collection[Applicability]) -> str:
    at = diagnostic.location
    place = accent(":").join((path(diagnostic.path), str(at.row), str(at.column)))
    return f"{place}{accent(':')} {code(diagnostic, fixable)} {visible(diagnostic.message)}\n"
