"""Many files: finds them, reads them, has them linted in batches, and gives back each file's findings in order."""

import gc
import os
import sys
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from pushlint.diagnostic import Diagnostic
from pushlint.draft import Draft
from pushlint.errors import InputError, NoEmails
from pushlint.files import discover
from pushlint.readers import FORMATS, format_of, read, sequence_of
from pushlint.readers.decode import MAX_BYTES
from pushlint.result import FileResult
from pushlint.rulebook import Rule, load_rules
from pushlint.settings import Settings, select_rules

if TYPE_CHECKING:
    from pushlint.linter import Linter

STDIN = "-"
BATCH = 64
_TOP = 16_384  # of a file, where its front matter stands
MakeLinter: TypeAlias = Callable[[Sequence[Rule], date | None], "tuple[Linter, list[InputError]]"]


def run(
    paths: Sequence[str],
    settings: Settings,
    stdin: BinaryIO | None = None,
    changed: Collection[str] | None = None,
    make_linter: MakeLinter | None = None,
) -> Iterator[FileResult]:
    """Lints files, the drafts in folders, and standard input (`-`), in order of path.

    At most a batch is held at once, and the files of the sequences that it has files of. Where some are `changed`
    (their real paths) it is these alone, and the files that are of one sequence with them. `make_linter` gives the
    linter for the rules, a new one where it is None.

    A path or a rule that cannot be used is given back as a result with its error, and the others go on. Raises
    InputError when the settings name a rule that does not exist.
    """
    broken: list[InputError] = []
    rules = load_rules(settings.rules, plugins=not settings.isolated, errors=broken)
    yield from map(_failed, broken)
    rules = select_rules(rules, settings)
    files, others = _find(paths, settings)
    yield from others
    if changed is not None:
        files = [file for group in _together(files) if _any_of(group, changed) for file in group]
    yield from _lint_all(files, rules, settings, stdin or sys.stdin.buffer, make_linter or _linter)


def read_drafts(paths: Sequence[str], settings: Settings, stdin: BinaryIO | None = None) -> Iterator[FileResult]:
    """The same files, read and not linted."""
    files, others = _find(paths, settings)
    yield from others
    yield from (_read(file, settings, stdin or sys.stdin.buffer) for file in files)


@dataclass(frozen=True, slots=True)
class _File:
    """A file to read: its path, its format, and whether it was named outright."""

    path: str
    format: str
    named: bool


def _find(paths: Sequence[str], settings: Settings) -> tuple[list[_File], list[FileResult]]:
    """The files to read, standard input first, and what became of the other paths."""
    formats = {**FORMATS, **dict(settings.extensions)}
    found = discover([path for path in paths if path != STDIN], settings.only_drafts, formats)
    files = [_File(path, format_of(path, formats) or "plain", path in found.named) for path in found.files]
    if STDIN in paths:
        name = settings.stdin_filename or STDIN
        files.insert(0, _File(STDIN, format_of(name, formats) or "plain", True))
    passed_over = [FileResult(other.path, passed_over=other.reason) for other in found.passed_over]
    return files, [*map(_failed, found.errors), *passed_over]


def _any_of(files: Iterable[_File], changed: Collection[str]) -> bool:
    return any(os.path.realpath(file.path) in changed for file in files)


def _lint_all(
    files: Sequence[_File], rules: Sequence[Rule], settings: Settings, stdin: BinaryIO, make_linter: MakeLinter
) -> Iterator[FileResult]:
    if not files:
        return
    linter, broken = make_linter(rules, settings.today)
    yield from map(_failed, broken)
    waiting: dict[str, FileResult] = {}
    order = deque(file.path for file in files)
    for batch in _batches(files):
        results = _lint([_read(file, settings, stdin) for file in batch], linter)
        waiting.update(zip((file.path for file in batch), results, strict=True))
        while order and order[0] in waiting:
            yield waiting.pop(order.popleft())


def _linter(rules: Sequence[Rule], today: date | None) -> tuple["Linter", list[InputError]]:
    """A linter of the rules that can be compiled, and what is wrong with the others."""
    with _no_collection():
        from pushlint.linter import Linter  # here, so that a run without drafts does not wait for spaCy

        try:
            return Linter(rules, today), []
        except InputError:
            return _sound(rules, today)


class KeptLinter:
    """Makes a linter for the rules, and gives the same again for the same rules: for runs that follow one another."""

    def __init__(self) -> None:
        self._made: tuple[Linter, list[InputError]] | None = None
        self._asked: tuple[Sequence[Rule], date | None] | None = None

    def __call__(self, rules: Sequence[Rule], today: date | None) -> "tuple[Linter, list[InputError]]":
        asked = rules, today
        if self._made is None or asked != self._asked:
            self._made, self._asked = _linter(rules, today), asked
        return self._made


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


def _read(file: _File, settings: Settings, stdin: BinaryIO) -> FileResult:
    """The drafts in a file, not linted yet."""
    path = (settings.stdin_filename or STDIN) if file.path == STDIN else file.path
    try:
        with nullcontext(stdin) if file.path == STDIN else open(file.path, "rb") as opened:
            drafts = read(path, opened.read(MAX_BYTES + 1), file.format, settings.dialect or "")
    except NoEmails as error:
        return _failed(error) if file.named else FileResult(path, passed_over=error.message)
    except InputError as error:
        return _failed(error)
    except OSError as error:
        return _failed(InputError(f"cannot be read: {error.strerror}", path=path))
    said = {key: value for key in ("stage", "profile", "footer") if (value := getattr(settings, key))}
    drafts = [draft.with_all(**said) for draft in drafts]
    if settings.tags is not None:
        drafts = [draft if draft.known_tags else draft.with_all(known_tags=settings.tags) for draft in drafts]
    return FileResult(path, tuple((draft, ()) for draft in drafts), format=file.format)


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
