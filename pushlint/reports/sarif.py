"""SARIF 2.1.0, as code scanning reads it: results with fixes and fingerprints, and the rules they are of.

The rules stand behind the results, so that these are written as they come.
"""

import json
from collections.abc import Iterable, Iterator
from importlib.metadata import version

from pushlint.diagnostic import Fix, Position, Severity
from pushlint.draft import Source
from pushlint.errors import InputError
from pushlint.reports.findings import Finding, applicable, findings, merged, with_help
from pushlint.reports.json import array
from pushlint.reports.options import Options
from pushlint.reports.paths import uri
from pushlint.reports.rule_page import page
from pushlint.reports.text import family
from pushlint.result import FileResult
from pushlint.rulebook import Rule

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_PROBLEMS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "recommendation"}


def render(results: Iterable[FileResult], options: Options) -> Iterator[str]:
    """One log with one run, a result at a time."""
    codes: dict[str, str] = {}  # of the rules with findings, with their names
    errors: list[InputError] = []
    yield f'{{"$schema": {json.dumps(SCHEMA)}, "version": "2.1.0", "runs": [{{"results": '
    yield from array(_results(results, codes, errors))
    known = {rule.code: rule for rule in options.rules()}
    driver = {
        "name": "pushlint",
        "semanticVersion": version("pushlint"),
        "rules": [_rule(known[code]) if code in known else {"id": code, "name": codes[code]} for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {"executionSuccessful": not errors, "toolExecutionNotifications": [_notification(e) for e in errors]}
        ],
    }
    yield f", {json.dumps(run, ensure_ascii=False, indent=2)[1:]}]}}\n"


def _results(
    results: Iterable[FileResult], codes: dict[str, str], errors: list[InputError]
) -> Iterator[dict[str, object]]:
    for result in results:
        if result.error:
            errors.append(result.error)
        for finding in findings(result):
            codes.setdefault(finding.diagnostic.code, finding.diagnostic.name)
            yield _result(finding, list(codes).index(finding.diagnostic.code))


def _result(finding: Finding, index: int) -> dict[str, object]:
    diagnostic, source = finding.diagnostic, finding.draft.source
    if diagnostic.is_document:
        region: dict[str, object] = {"startLine": diagnostic.location.row}
    else:
        region = {**_region(diagnostic.location, diagnostic.end_location), "snippet": {"text": diagnostic.text}}
    place = {"artifactLocation": _artifact(diagnostic.path), "region": region}
    fixes = [_fix(fix, source) for fix in applicable(diagnostic)]
    return {
        "ruleId": diagnostic.code,
        "ruleIndex": index,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": with_help(finding)},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"pushlintFingerprint/v1": finding.fingerprint},
        **({"fixes": fixes} if fixes else {}),
        "properties": {"basis": diagnostic.basis, "zone": diagnostic.zone},
    }


def _artifact(path: str) -> dict[str, str]:
    address = uri(path)
    return {"uri": address} if address.startswith("file:") else {"uri": address, "uriBaseId": "%SRCROOT%"}


def _region(start: Position, end: Position) -> dict[str, object]:
    return {"startLine": start.row, "startColumn": start.column, "endLine": end.row, "endColumn": end.column}


def _fix(fix: Fix, source: Source) -> dict[str, object]:
    edit = merged(fix, source)
    replacement = {
        "deletedRegion": _region(edit.location, edit.end_location),
        "insertedContent": {"text": edit.content},
    }
    change = {"artifactLocation": _artifact(source.path), "replacements": [replacement]}
    return {"description": {"text": fix.message}, "artifactChanges": [change]}


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": " ".join(rule.why.split())},
        "help": {"text": page(rule), "markdown": page(rule)},
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
        "properties": {
            "tags": list(dict.fromkeys([family(rule.code), rule.basis])),
            "problem.severity": _PROBLEMS[rule.level],
        },
    }


def _notification(error: InputError) -> dict[str, object]:
    notification: dict[str, object] = {"level": "error", "message": {"text": error.message}}
    if error.path:
        region = {"region": {"startLine": error.line}} if error.line else {}
        place = {"artifactLocation": _artifact(error.path), **region}
        notification["locations"] = [{"physicalLocation": place}]
    return notification
