"""Paths as other programs want them: from a root, with forward slashes, or as URIs."""

import os
from pathlib import Path
from urllib.parse import quote

STDIN = "-"


def relative(path: str, root: str | None = None) -> str:
    """The path from `root` (the working folder where it is None or empty); an absolute path where it leads outside."""
    if path == STDIN:
        return path
    full = os.path.abspath(path)
    base = os.path.abspath(root or os.curdir)
    inside = full.startswith(os.path.join(base, ""))
    return Path(os.path.relpath(full, base) if inside else full).as_posix()


def uri(path: str) -> str:
    """The path as a URI, relative to the working folder where it leads into it."""
    short = relative(path)
    return Path(short).as_uri() if os.path.isabs(short) else quote(os.fsencode(short))
