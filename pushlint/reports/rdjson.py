"""Reviewdog's diagnostic format: findings with suggestions that it offers in a pull request.

Columns count in UTF-8 bytes, as the format asks.
"""

import json
from collections.abc import Iterable, Iterator

from pushlint.diagnostic import Position
from pushlint.draft import Source
from pushlint.reports.findings import Finding, applicable, findings, merged, with_help
from pushlint.reports.json import array
from pushlint.reports.options import Options
from pushlint.reports.paths import relative
from pushlint.result import FileResult


def render(results: Iterable[FileResult], options: Options) -> Iterator[str]:
    """One object, a diagnostic at a time."""
    yield f'{{"source": {json.dumps({"name": "pushlint"})}, "diagnostics": '
    yield from array(_diagnostic(finding) for result in results for finding in findings(result))
    yield "}\n"


def _diagnostic(finding: Finding) -> dict[str, object]:
    diagnostic, source = finding.diagnostic, finding.draft.source
    edits = [merged(fix, source) for fix in applicable(diagnostic)]
    return {
        "message": with_help(finding),
        "location": {
            "path": relative(diagnostic.path),
            "range": _range(source, diagnostic.location, diagnostic.end_location),
        },
        "severity": diagnostic.severity.upper(),
        "code": {"value": diagnostic.code, **({"url": diagnostic.url} if diagnostic.url else {})},
        "suggestions": [
            {"range": _range(source, edit.location, edit.end_location), "text": edit.content} for edit in edits
        ],
    }


def _range(source: Source, start: Position, end: Position) -> dict[str, object]:
    return {"start": _position(source, start), "end": _position(source, end)}


def _position(source: Source, place: Position) -> dict[str, int]:
    start = source.line_starts[place.row - 1]
    before = source.text[start : start + place.column - 1]
    return {"line": place.row, "column": len(before.encode("utf-8", "surrogatepass")) + 1}
