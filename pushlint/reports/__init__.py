"""Reports: one file a format. Each turns the files' results into pieces of text, as they come.

Text may be styled for a terminal (ANSI codes); whoever prints it takes the styles out where they are not wanted.
"""

from collections.abc import Callable, Iterable, Iterator

from pushlint.reports import concise, full, json
from pushlint.result import FileResult

Render = Callable[[Iterable[FileResult]], Iterator[str]]

FORMATS = ("full", "concise", "json")


def renderer(format: str, *, width: int = 100, all_fixes: bool = False) -> Render:
    """The function that writes the findings in a format. `width` (columns) and `all_fixes` are for `full`."""
    if format == "full":
        return lambda results: full.render(results, width, all_fixes)
    return {"concise": concise.render, "json": json.render}[format]
