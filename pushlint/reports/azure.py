"""Azure Pipelines' logging commands. Notes are plain lines, as Azure knows errors and warnings only."""

from collections.abc import Iterable, Iterator

from pushlint.errors import InputError
from pushlint.reports.concise import line
from pushlint.reports.excerpt import visible
from pushlint.reports.findings import Finding, findings, with_help
from pushlint.reports.options import Options
from pushlint.reports.paths import relative
from pushlint.result import FileResult

_MESSAGE = str.maketrans({"%": "%AZP25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _MESSAGE | str.maketrans({"]": "%5D", ";": "%3B"})


def render(results: Iterable[FileResult], options: Options) -> Iterator[str]:
    """A line for each finding, and for each file that cannot be used."""
    for result in results:
        if result.error:
            yield _failed(result.error)
        for finding in findings(result):
            if finding.diagnostic.severity == "info":
                yield line(finding.diagnostic).replace("##", "# #")  # a draft gives the pipeline no commands
            else:
                yield _issue(finding)


def _failed(error: InputError) -> str:
    place = {"sourcepath": relative(error.path)} if error.path else {}
    return _command(visible(error.message), type="error", **place, linenumber=error.line or 1)


def _issue(finding: Finding) -> str:
    diagnostic = finding.diagnostic
    return _command(
        with_help(finding),
        type=diagnostic.severity,
        sourcepath=relative(diagnostic.path),
        linenumber=diagnostic.location.row,
        columnnumber=diagnostic.location.column,
        code=diagnostic.code,
    )


def _command(message: str, **properties: object) -> str:
    said = "".join(f"{key}={str(value).translate(_PROPERTY)};" for key, value in properties.items())
    return f"##vso[task.logissue {said}]{message.translate(_MESSAGE)}\n"
