"""The patterns of .gitignore and CODEOWNERS. One that git does not take fits nothing, and so does one that could keep a
path waiting: they are what a repository says, and no reason not to lint it."""

import re
import warnings
from collections.abc import Iterable

from pathspec import GitIgnoreSpec

_MOST_STARS = 3  # runs of them in one name: what fits is tried in as many nested loops
_STARS = re.compile(r"\*+")


def patterns(lines: Iterable[str]) -> GitIgnoreSpec:
    """What the lines say, each a pattern, a comment or empty."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the regular expressions that patterns are written as
        lines = [line for line in lines if _is_quick(line)]
        try:
            return GitIgnoreSpec.from_lines(lines)
        except (ValueError, re.error):
            return GitIgnoreSpec.from_lines(filter(_is_pattern, lines))


def _is_quick(line: str) -> bool:
    names = line.split("/")
    return names.count("**") <= _MOST_STARS and all(len(_STARS.findall(name)) <= _MOST_STARS for name in names)


def _is_pattern(line: str) -> bool:
    try:
        GitIgnoreSpec.from_lines([line])
    except (ValueError, re.error):
        return False
    return True
