"""A list of objects, one a finding, for other programs."""

import json
from collections.abc import Iterable, Iterator

from pushlint.diagnostic import Diagnostic, Fix, Position
from pushlint.reports.options import Options
from pushlint.result import FileResult


def render(results: Iterable[FileResult], options: Options) -> Iterator[str]:
    """The list, an object at a time."""
    yield from array(as_data(diagnostic) for result in results for diagnostic in result.diagnostics)
    yield "\n"


def array(items: Iterable[object]) -> Iterator[str]:
    """A JSON list, written an item at a time."""
    lead = "["
    for item in items:
        yield f"{lead}\n{json.dumps(item, ensure_ascii=False, indent=2)}"
        lead = ","
    yield "[]" if lead == "[" else "\n]"


def as_data(diagnostic: Diagnostic) -> dict[str, object]:
    """The finding as JSON has it: rows and columns from 1, columns in code points."""
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity,
        "basis": diagnostic.basis,
        "message": diagnostic.message,
        "path": diagnostic.path,
        "location": _place(diagnostic.location),
        "end_location": _place(diagnostic.end_location),
        "text": diagnostic.text,
        "zone": diagnostic.zone,
        "fixes": [_fix(fix) for fix in diagnostic.fixes],
        "url": diagnostic.url,
    }


def _fix(fix: Fix) -> dict[str, object]:
    edits = [
        {"location": _place(edit.location), "end_location": _place(edit.end_location), "content": edit.content}
        for edit in fix.edits
    ]
    return {"applicability": fix.applicability, "message": fix.message, "edits": edits}


def _place(position: Position) -> dict[str, int]:
    return {"row": position.row, "column": position.column}
