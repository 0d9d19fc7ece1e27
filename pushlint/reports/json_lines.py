"""An object a line, one a finding, with the keys of the JSON report."""

import json
from collections.abc import Iterable, Iterator

from pushlint.reports.json import as_data
from pushlint.reports.options import Options
from pushlint.result import FileResult


def render(results: Iterable[FileResult], options: Options) -> Iterator[str]:
    """A line for each finding."""
    for result in results:
        for diagnostic in result.diagnostics:
            yield f"{json.dumps(as_data(diagnostic), ensure_ascii=False)}\n"
