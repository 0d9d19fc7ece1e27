"""How often each rule found something, the most frequent first."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from pushlint.diagnostic import Diagnostic
from pushlint.reports.excerpt import visible
from pushlint.reports.style import code
from pushlint.reports.text import NOUNS
from pushlint.result import FileResult


def render(results: Iterable[FileResult]) -> Iterator[str]:
    """A line for each rule."""
    counted = _counted(results)
    width = max((len(f"{number:,}") for _, number in counted), default=0)
    for found, number in counted:
        yield f"{number:>{width},}  {code(found)}  {NOUNS[found.severity]:<7}  {visible(found.name)}\n"


def render_json(results: Iterable[FileResult]) -> Iterator[str]:
    """A list of objects, one for each rule."""
    data = [
        {"code": found.code, "name": found.name, "severity": found.severity, "count": number}
        for found, number in _counted(results)
    ]
    yield f"{json.dumps(data, ensure_ascii=False, indent=2)}\n"


def _counted(results: Iterable[FileResult]) -> list[tuple[Diagnostic, int]]:
    """For each rule, and each level that its findings have, the first finding and how many there are."""
    first: dict[tuple[str, str], Diagnostic] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for result in results:
        for diagnostic in result.diagnostics:
            key = diagnostic.code, diagnostic.severity
            first.setdefault(key, diagnostic)
            counts[key] += 1
    return sorted(((first[key], number) for key, number in counts.items()), key=lambda one: (-one[1], one[0].code))
