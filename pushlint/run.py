"""Many files: finds them, reads them, has them linted in batches, and gives back each file's findings in order."""

import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import BinaryIO

from pushlint.books import Books, open_books
from pushlint.config.resolve import Configuration
from pushlint.errors import InputError, NoEmails
from pushlint.files import discover, format_in
from pushlint.readers import read, sequence_of
from pushlint.readers.decode import MAX_BYTES
from pushlint.result import FileResult
from pushlint.settings import Settings

STDIN = "-"
BATCH = 64
_TOP = 16_384  # of a file, where its front matter stands


def run(
    paths: Sequence[str],
    settings: Settings,
    stdin: BinaryIO | None = None,
    configuration: Configuration | None = None,
) -> Iterator[FileResult]:
    """Lints files, the drafts in folders, and standard input (`-`), in order of path.

    Each file is judged by what the `configuration` says of it; without one, `settings` hold for all. At most a batch is
    held at once, and the files of the sequences that it has files of.

    A path, a settings file or a rule that cannot be used is given back as a result with its error, and what does not
    need it goes on. Raises InputError when `settings` name a rule that does not exist.
    """
    files, others = _find(paths, settings, configuration)
    books, broken = open_books(list({id(file.settings): file.settings for file in files}.values()) or [settings])
    yield from map(_failed, broken)
    yield from others
    governed = [file for file in files if books[file.settings.rules].governs(file.settings)]
    yield from _lint_all(governed, books, stdin or sys.stdin.buffer)


def read_drafts(
    paths: Sequence[str],
    settings: Settings,
    stdin: BinaryIO | None = None,
    configuration: Configuration | None = None,
) -> Iterator[FileResult]:
    """The same files, read and not linted."""
    files, others = _find(paths, settings, configuration)
    yield from others
    yield from (_read(file, stdin or sys.stdin.buffer) for file in files)


def with_error(results: Iterable[FileResult], error: InputError | None) -> Iterator[FileResult]:
    """The results, with an error of the run as a whole told first, and once."""
    if error is not None:
        yield _failed(error)
    yield from (result for result in results if error is None or result.error != error)


@dataclass(frozen=True, slots=True)
class _File:
    """A file to read: its path, its format, the settings that hold for it, and whether it was named outright."""

    path: str
    format: str
    settings: Settings
    named: bool


def _find(
    paths: Sequence[str], settings: Settings, configuration: Configuration | None
) -> tuple[list[_File], list[FileResult]]:
    """The files to read, standard input first, and what became of the other paths."""
    settings_of = configuration.of if configuration else lambda path: settings
    found = discover([path for path in paths if path != STDIN], settings_of)
    errors = list(found.errors)
    files = [_file(path, path, settings_of(path), path in found.named) for path in found.files]
    if STDIN in paths:
        name = settings.stdin_filename or STDIN
        try:
            files.insert(0, _file(STDIN, name, settings_of(name), True))
        except InputError as error:
            errors += [error] if error not in errors else []
    passed_over = [FileResult(other.path, passed_over=other.reason) for other in found.passed_over]
    return files, [*map(_failed, errors), *passed_over]


def _file(path: str, name: str, settings: Settings, named: bool) -> _File:
    return _File(path, format_in(name, settings) or "plain", settings, named)


def _lint_all(files: Sequence[_File], books: Books, stdin: BinaryIO) -> Iterator[FileResult]:
    waiting: dict[str, FileResult] = {}
    order = deque(file.path for file in files)
    for batch in _batches(files):
        for folders in dict.fromkeys(file.settings.rules for file in batch):
            book, together = books[folders], [file for file in batch if file.settings.rules == folders]
            yield from map(_failed, book.ready())
            results = book.lint([book.tuned(_read(file, stdin), file.settings) for file in together])
            waiting.update(zip((file.path for file in together), results, strict=True))
        while order and order[0] in waiting:
            yield waiting.pop(order.popleft())


def _failed(error: InputError) -> FileResult:
    return FileResult(error.path or "", error=error)


def _read(file: _File, stdin: BinaryIO) -> FileResult:
    """The drafts in a file, not linted yet."""
    settings = file.settings
    path = (settings.stdin_filename or STDIN) if file.path == STDIN else file.path
    try:
        with nullcontext(stdin) if file.path == STDIN else open(file.path, "rb") as opened:
            drafts = read(path, opened.read(MAX_BYTES + 1), file.format, settings.hints)
    except NoEmails as error:
        return _failed(error) if file.named else FileResult(path, passed_over=error.message)
    except InputError as error:
        return _failed(error)
    except OSError as error:
        return _failed(InputError(f"cannot be read: {error.strerror}", path=path))
    return FileResult(path, tuple((settings.told(draft), ()) for draft in drafts), format=file.format)


def _batches(files: Sequence[_File]) -> Iterator[list[_File]]:
    """The files in batches; those of one sequence come together, at the place of the first."""
    batch: list[_File] = []
    for together in _together(files):
        batch += together
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _together(files: Sequence[_File]) -> Iterable[list[_File]]:
    """The files of each sequence, and each other file alone."""
    groups: dict[object, list[_File]] = {}
    for file in files:
        groups.setdefault(_sequence(file), []).append(file)
    return groups.values()


def _sequence(file: _File) -> object:
    """What tells the sequence that a file is a step of; of another file, its path."""
    if file.path == STDIN:
        return file.path
    try:
        with open(file.path, "rb") as opened:
            return sequence_of(file.path, opened.read(_TOP)) or file.path
    except OSError:
        return file.path
