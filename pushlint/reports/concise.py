"""One line a finding: `path:line:column: CODE message`."""

from collections.abc import Collection, Iterable, Iterator

from pushlint.diagnostic import SAFE, Applicability, Diagnostic
from pushlint.reports.excerpt import visible
from pushlint.reports.options import Options
from pushlint.reports.style import accent, code, path
from pushlint.result import FileResult


def render(results: Iterable[FileResult], options: Options) -> Iterator[str]:
    """A line for each finding, marked where it has a fix that is asked for."""
    for result in results:
        for diagnostic in result.diagnostics:
            yield line(diagnostic, options.fixable)


def line(diagnostic: Diagnostic, fixable: Collection[Applicability] = SAFE) -> str:
    """The line of one finding."""
    at = diagnostic.location
    place = accent(":").join((path(diagnostic.path), str(at.row), str(at.column)))
    return f"{place}{accent(':')} {code(diagnostic, fixable)} {visible(diagnostic.message)}\n"
