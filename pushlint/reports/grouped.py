"""The findings of each file under its path, a line each."""

from collections.abc import Iterable, Iterator

from pushlint.reports.excerpt import visible
from pushlint.reports.options import Options
from pushlint.reports.style import accent, code, path
from pushlint.result import FileResult


def render(results: Iterable[FileResult], options: Options) -> Iterator[str]:
    """A block for each file with findings."""
    for result in results:
        places = [f"{d.location.row}:{d.location.column}" for d in result.diagnostics]
        if places:
            width = max(map(len, places))
            lines = [
                f"  {accent(f'{place:<{width}}')}  {code(diagnostic)}  {visible(diagnostic.message)}\n"
                for place, diagnostic in zip(places, result.diagnostics, strict=True)
            ]
            yield f"{path(result.path)}\n{''.join(lines)}\n"
