"""What tells whether the helper has loaded what is on the disk now: pushlint's own files, and what is installed."""

import os
import sys
from collections.abc import Iterator

from pushlint.resources import PACKAGE, RULES

Stamp = frozenset[tuple[str, int, int]]


def stamp() -> Stamp:
    """The files of pushlint and of its rules, and the folders of installed packages, as they are now. Settings and the
    user's own rules are no part of it: each run reads them anew."""
    return frozenset(_stats())


def _stats() -> Iterator[tuple[str, int, int]]:
    folders = [str(PACKAGE), str(RULES)]
    while folders:
        for entry in os.scandir(folders.pop()):
            if entry.name == "__pycache__":
                continue
            if entry.is_dir():
                folders.append(entry.path)
            else:
                found = entry.stat()
                yield entry.path, found.st_size, found.st_mtime_ns
    for path in sys.path:
        if os.path.basename(path) in ("site-packages", "dist-packages") and os.path.isdir(path):
            yield path, 0, os.stat(path).st_mtime_ns
