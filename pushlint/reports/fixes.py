"""What fixes did, or would do, to files: a unified diff, an enumeration, and what was withheld."""

import difflib
import os
from collections.abc import Iterator, Mapping

import click

from pushlint.fixer import Fixed, encoded
from pushlint.reports.excerpt import visible
from pushlint.reports.style import accent, path
from pushlint.reports.text import count

_NO_LINE_END = "\n\\ No newline at end of file\n"


def unified_diff(fixed: Fixed) -> bytes:
    """A unified diff from the file as it was to the file as it is fixed, as `patch -p0` takes it; byte by byte, as
    line ends and charset stay what they are."""
    old, new = (
        encoded(file.source).decode("utf-8", "surrogateescape").split("\n") for file in (fixed.before, fixed.after)
    )
    name = _relative(fixed.before.path)
    before, after = ([f"{line}\n" for line in lines[:-1]] + [lines[-1]] * bool(lines[-1]) for lines in (old, new))
    lines = difflib.unified_diff(before, after, name, name)
    whole = (line if line.endswith("\n") else line + _NO_LINE_END for line in lines)
    return "".join(whole).encode("utf-8", "surrogateescape")


def enumeration(fixed: Mapping[str, Mapping[tuple[str, str], int]], would: bool = False) -> Iterator[str]:
    """How often which rule's findings were fixed, or would be, in each file."""
    total = count(sum(sum(counts.values()) for counts in fixed.values()), "problem")
    yield click.style(f"{'Would fix' if would else 'Fixed'} {total}:", bold=True, fg="green")
    digits = len(str(max(max(counts.values()) for counts in fixed.values())))
    for file, counts in fixed.items():
        yield f"{accent('-')} {path(file)}{accent(':')}"
        for (code, name), number in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            yield f"    {number:>{digits}} × {click.style(code, bold=True, fg='red')} ({name})"


def withheld(fixed: Fixed) -> Iterator[str]:
    """Why fixes were not applied, a line each."""
    for one in fixed.withheld:
        at = one.diagnostic.location
        yield f"not fixed: {fixed.before.path}:{at.row}:{at.column}: {one.diagnostic.code} {visible(one.reason)}"
    if fixed.unfinished:
        yield f"not finished: {fixed.before.path}: run it again, there is more to fix"


def _relative(name: str) -> str:
    """A path as `patch` takes it: from the current folder where that holds it, with a tab where it has spaces."""
    inside = os.path.relpath(name)
    return (name if inside.startswith(os.pardir) else inside) + "\t" * (" " in name)
