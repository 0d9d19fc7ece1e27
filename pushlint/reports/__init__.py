"""Reports: one file a format. Each turns the files' results into pieces of text, as they come.

Text may be styled for a terminal (ANSI codes); whoever prints it takes the styles out where they are not wanted.
"""

from collections.abc import Callable, Collection, Iterable, Iterator

from pushlint.diagnostic import Applicability
from pushlint.fixer import SAFE
from pushlint.reports import concise, full, json
from pushlint.result import FileResult

Render = Callable[[Iterable[FileResult]], Iterator[str]]

FORMATS = ("full", "concise", "json")


def renderer(
    format: str, *, width: int = 100, all_fixes: bool = False, fixable: Collection[Applicability] = SAFE
) -> Render:
    """The function that writes the findings in a format, those marked that have a fix that is `fixable`. `width`
    (columns) and `all_fixes` are for `full`."""
    if format == "full":
        return lambda results: full.render(results, width, all_fixes, fixable)
    if format == "concise":
        return lambda results: concise.render(results, fixable)
    return json.render
