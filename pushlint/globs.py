"""Patterns for paths as in .gitignore, without a pattern that could keep a path waiting.

`*`, `?` and `[...]` stay within a name, `**` is any number of folders. A pattern without a slash is the name of a file
or folder at any depth; one with a slash is a path from the folder that the pattern belongs to. A pattern that fits a
folder fits all that is in it.
"""

import fnmatch
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Glob:
    """A pattern, and the absolute folder that it is relative to."""

    pattern: str
    folder: str

    def matches(self, path: str) -> bool:
        """Whether the pattern fits an absolute path, or a folder that the path is in."""
        names, anchored = _names(self.pattern)
        parts, inside = self._parts(path)
        if anchored:
            return inside and _fits(names, parts, whole=False)
        return any(_fits(names, [part], whole=True) for part in (parts if inside else parts[-1:]))

    def names(self, path: str) -> bool:
        """Whether it fits the path itself."""
        names, anchored = _names(self.pattern)
        if not anchored:
            return _fits(names, [path.rstrip("/").rpartition("/")[2]], whole=True)
        parts, inside = self._parts(path)
        return inside and _fits(names, parts, whole=True)

    def _parts(self, path: str) -> tuple[list[str], bool]:
        """The names in a path, from the folder of the pattern where it is within that."""
        relative = path.removeprefix(self.folder.rstrip("/") + "/")
        return [part for part in relative.split("/") if part], relative != path


def fault(pattern: str) -> str | None:
    """What is wrong with a pattern, or None."""
    if not pattern.strip().strip("/"):
        return "is empty"
    if pattern.startswith("!"):
        return 'begins with "!"; name what is meant, not what is not'
    if re.match(r"/|~|[A-Za-z]:[/\\]", pattern) or ".." in pattern.split("/"):
        return "leads out of the folder of the settings file; write it from there, as in templates/*.html"
    if "{" in pattern or "\\" in pattern:
        return "has braces or backslashes; write one pattern for each, with forward slashes"
    return None


_Name = re.Pattern[str] | None
"""What fits one name; None: any number of names."""


@cache
def _names(pattern: str) -> tuple[tuple[_Name, ...], bool]:
    """The pattern name by name, and whether it is anchored in its folder."""
    parts = [part for part in pattern.removeprefix("./").split("/") if part and part != "."]
    anchored = "/" in pattern.removeprefix("./").rstrip("/")
    # fnmatch writes each `*` so that it is never tried again: no name takes longer than its length.
    return tuple(None if part == "**" else re.compile(fnmatch.translate(part)) for part in parts), anchored


def _fits(names: Sequence[_Name], parts: Sequence[str], whole: bool) -> bool:
    """Whether the names of a pattern fit the parts of a path, or its first ones: which may be next after each part."""
    if len(names) == len(parts) == 1 and names[0] is not None:
        return names[0].match(parts[0]) is not None
    reached = _skipping({0}, names)
    for part in parts:
        if len(names) in reached and not whole:
            return True
        reached = _skipping({after for at in reached if at < len(names) for after in _after(names, at, part)}, names)
    return len(names) in reached


def _after(names: Sequence[_Name], at: int, part: str) -> tuple[int, ...]:
    name = names[at]
    if name is None:
        return (at,) if at + 1 < len(names) else (at, at + 1)
    return (at + 1,) if name.match(part) else ()


def _skipping(reached: set[int], names: Sequence[_Name]) -> set[int]:
    """The places reached, and those after a `**` that stands for no folder; one at the end stands for something."""
    for at in sorted(reached):
        while at < len(names) - 1 and names[at] is None:
            at += 1
            reached = reached | {at}
    return reached
