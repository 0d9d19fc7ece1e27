"""Many files: finds them, reads them, has them linted in batches, and gives back each file's findings in order."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from pushlint.diagnostic import Diagnostic, Severity
from pushlint.draft import Draft, Source
from pushlint.errors import InputError
from pushlint.files import discover
from pushlint.readers import read
from pushlint.readers.decode import MAX_BYTES
from pushlint.rulebook import Rule, load_rules
from pushlint.settings import Settings, select_rules

if TYPE_CHECKING:
    from pushlint.linter import Linter

STDIN = "-"
BATCH = 64


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one path: its drafts with their findings, or why there are none.

    Exactly one of these holds: `error` is set, `passed_over` (a reason) is set, or the file was linted.
    """

    path: str
    drafts: tuple[tuple[Draft, tuple[Diagnostic, ...]], ...] = ()
    error: InputError | None = None
    passed_over: str | None = None

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """The findings in all drafts of the file, by place."""
        return sorted((d for _, found in self.drafts for d in found), key=lambda d: (d.start, d.end, d.code))

    @property
    def source(self) -> Source:
        """The file as read. Only a linted file with drafts has one."""
        return self.drafts[0][0].source


@dataclass
class Summary:
    """What a run comes to: counts of drafts and findings, and the input that could not be used."""

    drafts: int = 0
    drafts_found_in: int = 0
    found: Counter[Severity] = field(default_factory=Counter)
    errors: list[InputError] = field(default_factory=list)
    passed_over: int = 0
    first: Diagnostic | None = None

    def add(self, result: FileResult) -> None:
        """Takes a file into account."""
        self.drafts += len(result.drafts)
        self.drafts_found_in += sum(bool(found) for _, found in result.drafts)
        self.found.update(d.severity for d in result.diagnostics)
        self.passed_over += result.passed_over is not None
        self.first = self.first or next(iter(result.diagnostics), None)
        if result.error:
            self.errors.append(result.error)

    @property
    def exit_code(self) -> int:
        """2 when some input could not be used, else 1 when there are warnings or errors, else 0."""
        if self.errors:
            return 2
        return 1 if self.found["error"] or self.found["warning"] else 0


def run(paths: Sequence[str], settings: Settings, stdin: BinaryIO | None = None) -> Iterator[FileResult]:
    """Lints files, the drafts in folders, and standard input (`-`), in order of path; at most a batch is held at once.

    What cannot be used is given back as a result with its error, and the rest goes on: without a file, or with
    pushlint's own rules where one that was added is broken. Raises InputError when the settings name a rule that does not exist.
    """
    try:
        rules = load_rules(settings.rules, plugins=not settings.isolated)
    except InputError as error:
        yield FileResult(error.path or "", error=error)
        rules = load_rules(plugins=False)
    rules = select_rules(rules, settings)
    found = discover([path for path in paths if path != STDIN], only_drafts=settings.only_drafts)
    yield from (FileResult(error.path or "", error=error) for error in found.errors)
    yield from (FileResult(other.path, passed_over=other.reason) for other in found.passed_over)
    files = [STDIN, *found.files] if STDIN in paths else found.files
    yield from _lint_all(files, rules, settings, stdin or sys.stdin.buffer)


def _lint_all(paths: Sequence[str], rules: Sequence[Rule], settings: Settings, stdin: BinaryIO) -> Iterator[FileResult]:
    if not paths:
        return
    from pushlint.linter import Linter  # here, so that a run without drafts does not wait for spaCy

    try:
        linter = Linter(rules)
    except InputError as error:
        yield FileResult(error.path or "", error=error)
        linter = Linter(select_rules(load_rules(plugins=False), settings))
    for batch in _batches(paths, BATCH):
        yield from _lint([_read(path, settings, stdin) for path in batch], linter)


def _read(path: str, settings: Settings, stdin: BinaryIO) -> FileResult:
    """The drafts in a file, not linted yet."""
    name = (settings.stdin_filename or STDIN) if path == STDIN else path
    try:
        with nullcontext(stdin) if path == STDIN else open(path, "rb") as file:
            drafts = read(name, file.read(MAX_BYTES + 1))
    except InputError as error:
        return FileResult(name, error=error)
    except OSError as error:
        return FileResult(name, error=InputError(f"cannot be read: {error.strerror}", path=name))
    said = {key: value for key in ("stage", "profile") if (value := getattr(settings, key))}
    return FileResult(name, tuple((replace(draft, **said), ()) for draft in drafts))


def _lint(files: Sequence[FileResult], linter: "Linter") -> Iterator[FileResult]:
    """The files with their findings. A draft that cannot be judged costs its file alone."""
    try:
        found = list(linter.lint(draft for file in files for draft, _ in file.drafts))
    except InputError as error:
        if len(files) == 1:
            yield FileResult(files[0].path, error=error)
        else:
            for file in files:
                yield from _lint([file], linter)
        return
    linted = iter(found)
    for file in files:
        drafts = islice(linted, len(file.drafts))
        yield replace(file, drafts=tuple((draft, tuple(diagnostics)) for draft, diagnostics in drafts))


def _batches(items: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (items[start : start + size] for start in range(0, len(items), size))
