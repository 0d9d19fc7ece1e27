"""JUnit's XML, as Jenkins, GitLab and others show it: a suite a file, a failed test a warning or error.

A note passes, with what it says as the test's output; a file without findings is one test that passes.
"""

from collections.abc import Iterable, Iterator

from pushlint.reports.findings import Finding, findings, with_help
from pushlint.reports.options import Options
from pushlint.reports.paths import relative
from pushlint.reports.xml import tag, text
from pushlint.result import FileResult


def render(results: Iterable[FileResult], options: Options) -> Iterator[str]:
    """The document, a suite at a time."""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<{tag("testsuites", name="pushlint")}>\n'
    for result in results:
        yield from _suite(result)
    yield "</testsuites>\n"


def _suite(result: FileResult) -> Iterator[str]:
    path = relative(result.path)
    failures = sum(diagnostic.severity != "info" for diagnostic in result.diagnostics)
    errors = 1 if result.error else 0
    tests = len(result.diagnostics) or 1
    yield f"  <{tag('testsuite', name=path, tests=tests, failures=failures, errors=errors)}>\n"
    if result.error:
        yield _case(path, "can be read", f"<{tag('error', message=result.error.message)}/>")
    elif not result.diagnostics:
        yield _case(path, "no findings")
    for finding in findings(result):
        yield _finding(path, finding)
    yield "  </testsuite>\n"


def _finding(path: str, finding: Finding) -> str:
    diagnostic = finding.diagnostic
    place = f"{diagnostic.location.row}:{diagnostic.location.column}"
    name = f"{diagnostic.code} {diagnostic.name} ({place})"
    words = text(f"{path}:{place}\n{with_help(finding)}")
    if diagnostic.severity == "info":
        return _case(path, name, f"<system-out>{words}</system-out>")
    failure = tag("failure", message=diagnostic.message, type=diagnostic.severity)
    return _case(path, name, f"<{failure}>{words}</failure>")


def _case(path: str, name: str, inside: str = "") -> str:
    return f"    <{tag('testcase', classname=path, name=name)}>{inside}</testcase>\n"
