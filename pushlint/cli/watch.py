"""`--watch`: lints drafts again as they change, with the linter kept loaded."""

import os
import time
from collections.abc import Collection, Iterator, Sequence
from typing import NoReturn, Protocol

import click

from pushlint.books import KeptLinters, MakeLinter
from pushlint.cli.outputs import STDOUT, Output
from pushlint.formats import FORMATS, format_of
from pushlint.result import Summary
from pushlint.run import STDIN
from pushlint.settings import SKIPPED_FOLDERS

PAUSE = 0.5  # seconds between two looks

Stamps = dict[str, tuple[int, int]]
"""When each file was last written, and its size, by real path."""


class Lint(Protocol):
    """Lints the drafts that are `changed`, or all, and prints the report."""

    def __call__(self, changed: Collection[str] | None, make_linter: MakeLinter) -> Summary: ...


def watch(
    paths: Sequence[str], outputs: Sequence[Output], extensions: Sequence[tuple[str, str]], lint: Lint
) -> NoReturn:
    """Lints all, then what changes, until it is interrupted.

    Raises UsageError for standard input and for reports in files, which would hold the last change alone.
    """
    if STDIN in paths:
        raise click.UsageError("--watch needs files or folders; standard input does not change.")
    if any(output.path != STDOUT for output in outputs):
        raise click.UsageError("--watch prints; it writes no files.")
    formats = {**FORMATS, **dict(extensions)}
    keep = KeptLinters()
    before = _stamps(paths, formats)
    lint(None, keep)
    click.echo("Watching. Ctrl-C ends.", err=True)
    while True:
        time.sleep(PAUSE)
        now = _stamps(paths, formats)
        changed = {path for path, stamp in now.items() if before.get(path) != stamp}
        before = now
        if changed:
            names = ", ".join(sorted(os.path.relpath(path) for path in changed))
            click.echo(f"{time.strftime('%H:%M:%S')} changed: {names}", err=True)
            lint(changed, keep)


def _stamps(paths: Sequence[str], formats: dict[str, str]) -> Stamps:
    """The files that may be drafts, as they are now."""
    stamps: Stamps = {}
    for path in _files(paths, formats):
        try:
            now = os.stat(path)
        except OSError:  # gone since it was seen
            continue
        stamps[os.path.realpath(path)] = now.st_mtime_ns, now.st_size
    return stamps


def _files(paths: Sequence[str], formats: dict[str, str]) -> Iterator[str]:
    for path in paths:
        if not os.path.isdir(path):
            yield path
        for folder, folders, names in os.walk(path):
            folders[:] = [name for name in folders if not name.startswith(".") and name not in SKIPPED_FOLDERS]
            yield from (os.path.join(folder, name) for name in names if format_of(name, formats))
