"""TOML, with the places that the parser of the standard library does not tell."""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any

from pushlint.errors import InputError

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_DEEP = re.compile(r"(?<![\w-])(?:[\w-]++[ \t]*\.[ \t]*){100}", re.ASCII)
_QUOTES = 'a text stands in quotes, as in stage = "reply"; a list in brackets, as in ignore = ["CLR"]'


def parse(text: str, path: str) -> dict[str, Any]:
    """The data in a TOML text. Raises InputError with line and column."""
    if _DEEP.search(text):  # which the parser would take very long for
        raise _too_deep(path)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line, column = (int(place[1]), int(place[2])) if place and place[1] else (text.rstrip().count("\n") + 1, None)
        problem = _PLACE.sub("", str(error))
        raise InputError(f"is not TOML: {problem}", path, line, column, hint=_QUOTES) from None
    except RecursionError:
        raise _too_deep(path) from None


def _too_deep(path: str) -> InputError:
    return InputError("is not TOML that can be read: nested too deeply", path)


def line_of(text: str, steps: Sequence[str | int]) -> int:
    """The line, from 1, at which the value under `steps` (keys and indices) is set in a TOML text without faults.

    What is set is there once the lines up to the end of its statement are read, and not before: a text that ends
    within a statement is no TOML.
    """
    lines = text.splitlines(keepends=True)
    steps = _known(tomllib.loads(text), steps)
    if not steps:
        return 1

    def end(number: int) -> int:
        """The end of the statement that line `number` is in."""
        return next((end for end in range(number, len(lines)) if _parsed(lines[:end]) is not None), len(lines))

    line = bisect_left(
        range(len(lines)), True, lo=1, key=lambda number: _get(_parsed(lines[: end(number)]), steps) is not None
    )
    value = _get(tomllib.loads(text), steps)
    if isinstance(steps[-1], int) and isinstance(value, str):  # a text in a list has a line of its own, often
        typed = (f'"{value}"', f"'{value}'")
        return next(
            (n for n in range(line, end(line) + 1) if any(word in lines[n - 1].partition("#")[0] for word in typed)),
            line,
        )
    return line


def _parsed(lines: Sequence[str]) -> Mapping[str, Any] | None:
    try:
        return tomllib.loads("".join(lines))
    except tomllib.TOMLDecodeError:
        return None


def _known(data: Any, steps: Sequence[str | int]) -> Sequence[str | int]:
    """As many of the steps as lead to something."""
    return next((steps[:n] for n in range(len(steps), 0, -1) if _get(data, steps[:n]) is not None), ())


def _get(data: Any, steps: Sequence[str | int]) -> Any:
    try:
        for step in steps:
            data = data[step]
    except (KeyError, IndexError, TypeError):
        return None
    return data
