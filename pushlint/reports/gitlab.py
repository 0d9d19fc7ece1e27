"""GitLab's code quality report: a JSON list of issues, shown in merge requests.

Paths count from the project's folder, which GitLab names in $CI_PROJECT_DIR.
"""

import os
from collections.abc import Iterable, Iterator

from pushlint.diagnostic import Severity
from pushlint.fingerprint import digest
from pushlint.reports.findings import Finding, findings
from pushlint.reports.json import array
from pushlint.reports.options import Options
from pushlint.reports.paths import relative
from pushlint.result import FileResult

_SEVERITIES: dict[Severity, str] = {"error": "major", "warning": "minor", "info": "info"}


def render(results: Iterable[FileResult], options: Options) -> Iterator[str]:
    """The list, an issue at a time."""
    yield from array(_issue(finding) for result in results for finding in findings(result))
    yield "\n"


def _issue(finding: Finding) -> dict[str, object]:
    diagnostic = finding.diagnostic
    path = relative(diagnostic.path, os.environ.get("CI_PROJECT_DIR"))
    return {
        "description": f"{diagnostic.code} {diagnostic.message}",
        "check_name": diagnostic.name,
        "fingerprint": digest(path, finding.fingerprint),
        "severity": _SEVERITIES[diagnostic.severity],
        "location": {
            "path": path,
            "lines": {"begin": diagnostic.location.row, "end": diagnostic.end_location.row},
        },
    }
