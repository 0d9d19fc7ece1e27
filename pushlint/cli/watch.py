"""`--watch`: lints drafts again as they change, with the linter kept loaded, and all of them where settings do."""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NoReturn

import click

from pushlint.books import KeptLinters
from pushlint.cli import report
from pushlint.cli.checking import Check
from pushlint.cli.outputs import STDOUT
from pushlint.config.file import NAMES, user_file
from pushlint.errors import InputError
from pushlint.formats import FORMATS, format_of
from pushlint.run import STDIN
from pushlint.settings import SKIPPED_FOLDERS

PAUSE = 0.5  # seconds between two looks

Stamps = dict[str, tuple[int, int]]
"""When each file was last written, and its size, by real path."""


def watch(opened: Callable[[], Check]) -> NoReturn:
    """Lints all, then what changes, until it is interrupted. What is `opened` goes by the settings as they are then.

    Raises UsageError for standard input, for fixes, and for reports in files, which would hold the last change alone;
    and InputError where the settings cannot be used at the start. Later on that is told, and what they are then mended
    to holds.
    """
    checking = opened()
    _refuse_what_cannot_be(checking)
    keep = KeptLinters()
    drafts, judges = _drafts(checking), _judges(checking)
    checking.lint(None, keep)
    click.echo("Watching. Ctrl-C ends.", err=True)
    while True:
        time.sleep(PAUSE)
        now, judges_now = _drafts(checking), _judges(checking)
        changed, judging = _differing(drafts, now), _differing(judges, judges_now)
        drafts, judges = now, judges_now
        if judging or changed & now.keys():
            names = ", ".join(sorted(os.path.relpath(path) for path in changed & now.keys() | judging))
            click.echo(f"{time.strftime('%H:%M:%S')} changed: {names}", err=True)
            try:
                checking = opened()
                if judging:
                    keep = KeptLinters()
                    drafts, judges = _drafts(checking), _judges(checking)
                checking.lint(None if judging else changed, keep)
            except InputError as error:
                report(error)


def _refuse_what_cannot_be(checking: Check) -> None:
    if checking.fixing.is_on:
        raise click.UsageError("--watch does not fix; leave out --fix, --fix-only and --diff.")
    if STDIN in checking.inputs.paths:
        raise click.UsageError("--watch needs files or folders; standard input does not change.")
    if any(output.path != STDOUT for output in checking.outputs):
        raise click.UsageError("--watch prints; it writes no files.")


def _drafts(checking: Check) -> Stamps:
    """The files that may be drafts, as they are now."""
    formats = {**FORMATS, **dict(checking.inputs.settings.extensions)}
    return _stamps(_files(checking.inputs.paths, lambda name: format_of(name, formats) is not None))


def _judges(checking: Check) -> Stamps:
    """The settings files, the rules of one's own and the baseline, as they are now."""
    inputs = checking.inputs
    read, rules = inputs.configuration.judges() if inputs.configuration else ([], [])
    found: Iterator[str | Path] = chain(
        (os.path.join(place, name) for path in inputs.paths for place in _and_above(path) for name in NAMES),
        _files([path for path in inputs.paths if os.path.isdir(path)], NAMES.__contains__),
        filter(None, [user_file()]),
        read,
        (path for folder in {*rules, *inputs.settings.rules} for path in folder.rglob("*.yaml")),
        [checking.baseline.path] if checking.baseline else (),
    )
    return _stamps(str(path) for path in found)


def _differing(before: Stamps, now: Stamps) -> set[str]:
    """The files that were changed, made or taken away."""
    return {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}


def _stamps(paths: Iterable[str]) -> Stamps:
    stamps: Stamps = {}
    for path in paths:
        try:
            now = os.stat(path)
        except OSError:  # gone since it was seen
            continue
        stamps[os.path.realpath(path)] = now.st_mtime_ns, now.st_size
    return stamps


def _files(paths: Sequence[str], wanted: Callable[[str], object]) -> Iterator[str]:
    """The paths that are no folders, and the files in the others that are wanted by their names."""
    for path in paths:
        if not os.path.isdir(path):
            yield path
        for folder, folders, names in os.walk(path):
            folders[:] = [name for name in folders if not name.startswith(".") and name not in SKIPPED_FOLDERS]
            yield from (os.path.join(folder, name) for name in names if wanted(name))


def _and_above(path: str) -> Iterator[str]:
    """The folder that a path is, or is in, and those above."""
    real = Path(path).absolute()
    yield from map(str, (real, *real.parents))
