"""Many files: finds them, reads them, has them linted in batches, and gives back each file's findings in order."""

import gc
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from pushlint.config.resolve import Configuration
from pushlint.diagnostic import Diagnostic
from pushlint.draft import Draft, Tuning
from pushlint.errors import InputError, NoEmails
from pushlint.files import discover, format_in
from pushlint.readers import read, sequence_of
from pushlint.readers.decode import MAX_BYTES
from pushlint.result import FileResult
from pushlint.rulebook import Rule, load_rules
from pushlint.settings import Settings, refuse_unknown

if TYPE_CHECKING:
    from pushlint.linter import Linter

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
    books, files, broken = _books(files, settings)
    yield from map(_failed, broken)
    yield from others
    yield from _lint_all(files, books, stdin or sys.stdin.buffer)


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


@dataclass
class _Book:
    """The rules of the files that have theirs from the same folders: those that are on for one of them at least, and
    how each of their settings tunes them; and the linter, made when it is first needed."""

    rules: Sequence[Rule]
    today: date | None
    tunings: dict[int, Tuning]
    linter: "Linter | None" = None

    def ready(self) -> Iterator[InputError]:
        """Makes the linter, unless there is one; what is wrong with rules that cannot be used."""
        if self.linter is None:
            self.linter, broken = _linter(self.rules, self.today)
            yield from broken


_Books = Mapping[tuple[Path, ...], _Book]


def _books(files: Sequence[_File], settings: Settings) -> tuple[_Books, list[_File], list[InputError]]:
    """The rules by the folders that they are from, the files that can be judged by them, and what cannot be used."""
    asked = {id(file.settings): file.settings for file in files} or {id(settings): settings}
    loaded: dict[tuple[Path, ...], list[Rule]] = {}
    broken: list[InputError] = []
    for one in asked.values():
        if one.rules not in loaded:
            wrong: list[InputError] = []
            loaded[one.rules] = load_rules(one.rules, plugins=not one.isolated, errors=wrong)
            broken += [error for error in wrong if error not in broken]
    refuse_unknown(next(iter(asked.values())).own, [rule for rules in loaded.values() for rule in rules])
    sound: dict[tuple[Path, ...], list[Settings]] = {folders: [] for folders in loaded}
    for one in asked.values():
        try:
            for place in (*one.from_files, *one.per_file):
                refuse_unknown(place, loaded[one.rules])
            sound[one.rules].append(one)
        except InputError as error:
            broken += [error] if error not in broken else []
    books = {folders: _book(loaded[folders], governing, settings.today) for folders, governing in sound.items()}
    return books, [file for file in files if id(file.settings) in books[file.settings.rules].tunings], broken


def _book(rules: Sequence[Rule], settings: Sequence[Settings], today: date | None) -> _Book:
    on = [rule for rule in rules if any(one.is_on(rule) for one in settings)]
    return _Book(on, today, {id(one): one.tuning(on) for one in settings})


def _lint_all(files: Sequence[_File], books: _Books, stdin: BinaryIO) -> Iterator[FileResult]:
    waiting: dict[str, FileResult] = {}
    order = deque(file.path for file in files)
    for batch in _batches(files):
        for folders in dict.fromkeys(file.settings.rules for file in batch):
            book, together = books[folders], [file for file in batch if file.settings.rules == folders]
            yield from map(_failed, book.ready())
            assert book.linter is not None
            results = _lint(
                [_tuned(_read(file, stdin), book.tunings[id(file.settings)]) for file in together], book.linter
            )
            waiting.update(zip((file.path for file in together), results, strict=True))
        while order and order[0] in waiting:
            yield waiting.pop(order.popleft())


def _tuned(file: FileResult, tuning: Tuning) -> FileResult:
    if tuning == Tuning():
        return file
    return replace(file, drafts=tuple((draft.with_all(tuning=tuning), found) for draft, found in file.drafts))


def _linter(rules: Sequence[Rule], today: date | None) -> tuple["Linter", list[InputError]]:
    """A linter of the rules that can be compiled, and what is wrong with the others."""
    with _no_collection():
        from pushlint.linter import Linter  # here, so that a run without drafts does not wait for spaCy

        try:
            return Linter(rules, today), []
        except InputError:
            return _sound(rules, today)


def _sound(rules: Sequence[Rule], today: date | None) -> tuple["Linter", list[InputError]]:
    from pushlint.linter import Linter

    sound, errors = [], []
    for rule in rules:
        try:
            Linter([rule])
        except InputError as error:
            errors.append(error)
        else:
            sound.append(rule)
    return Linter(sound, today), errors


@contextmanager
def _no_collection() -> Iterator[None]:
    """Holds off the garbage collector, which finds nothing while modules and rules are loaded, and takes its time."""
    held = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if held:
            gc.enable()


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


def _lint(files: Sequence[FileResult], linter: "Linter") -> Iterator[FileResult]:
    """The files with their findings. A draft that cannot be judged costs its file alone."""
    try:
        found = list(linter.lint(draft for file in files for draft, _ in file.drafts))
    except InputError as error:
        if len(files) == 1:
            yield _failed(error)
        else:
            for file in files:
                yield from _lint([file], linter)
        return
    linted = iter(found)
    for file in files:
        yield replace(file, drafts=tuple(_said_once(islice(linted, len(file.drafts)))))


def _said_once(linted: Iterable[tuple[Draft, list[Diagnostic]]]) -> Iterator[tuple[Draft, tuple[Diagnostic, ...]]]:
    """Each draft with its findings, without those of words that it shares with a draft before, a subject say."""
    said: set[Diagnostic] = set()
    for draft, found in linted:
        new = tuple(diagnostic for diagnostic in found if diagnostic not in said)
        said.update(new)
        yield draft, new


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
