"""Installed packages that offer folders of rules: the entry-point group `pushlint.rules`."""

from collections.abc import Iterator
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

from pushlint.errors import InputError

PLUGINS = "pushlint.rules"


def plugin_folders() -> Iterator[Path | InputError]:
    """The folders that installed packages offer, or why one cannot be had: each entry point is a function that returns
    one, or a path."""
    for entry in sorted(entry_points(group=PLUGINS), key=lambda e: e.name):
        try:
            yield _folder(entry)
        except InputError as error:
            yield error


def _folder(entry: EntryPoint) -> Path:
    try:
        offered: Any = entry.load()
        return Path(offered() if callable(offered) else offered)
    except Exception as error:
        raise InputError(f'the plug-in "{entry.name}" ({entry.value}) cannot be loaded: {error}') from error
