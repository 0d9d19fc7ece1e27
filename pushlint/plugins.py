"""Installed packages that offer folders of rules: the entry-point group `pushlint.rules`."""

import os
import sys
from collections.abc import Iterator
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pushlint.errors import InputError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

PLUGINS = "pushlint.rules"


def plugin_folders() -> Iterator[Path | InputError]:
    """The folders that installed packages offer, or why one cannot be had: each entry point is a function that returns
    one, or a path."""
    if not _are_there():
        return
    from importlib.metadata import entry_points  # here: it takes longer than all else in most commands

    for entry in sorted(entry_points(group=PLUGINS), key=lambda e: e.name):
        try:
            yield _folder(entry)
        except InputError as error:
            yield error


def _are_there() -> bool:
    """Whether any package may offer some: true where it cannot be told from the files that installers write."""
    if any(hasattr(finder, "find_distributions") and finder is not PathFinder for finder in sys.meta_path):
        return True
    return any(_names_us(place) for place in map(os.path.abspath, sys.path))


def _names_us(place: str) -> bool:
    """Whether a package that is installed in a folder offers rules; of what is no folder it is not known."""
    try:
        names = os.listdir(place)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    infos = (name for name in names if name.endswith((".dist-info", ".egg-info")))
    return any(_speaks(os.path.join(place, info, "entry_points.txt")) for info in infos)


def _speaks(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return PLUGINS.encode() in file.read()
    except OSError:
        return False


def _folder(entry: "EntryPoint") -> Path:
    try:
        offered: Any = entry.load()
        return Path(offered() if callable(offered) else offered)
    except Exception as error:
        raise InputError(f'the plug-in "{entry.name}" ({entry.value}) cannot be loaded: {error}') from error
