"""Many files: finds them, reads them, has them linted in batches, and gives back each file's findings in order."""

import os
import sys
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import cache as remembered
from functools import partial
from itertools import groupby, islice
from typing import TYPE_CHECKING, BinaryIO

from pushlint.config.resolve import Configuration
from pushlint.diagnostic import Applicability
from pushlint.errors import InputError, NoEmails
from pushlint.files import File, discover, format_in, look
from pushlint.formats import MAX_BYTES
from pushlint.result import FileResult
from pushlint.settings import Jobs, Settings

# Books, readers and fixer are imported when they are first needed: a run that finds all in the cache needs none.
if TYPE_CHECKING:
    from pushlint.books import Book, Books, MakeLinter
    from pushlint.cache import Cache
    from pushlint.fixer import Fixed

STDIN = "-"
BATCH = 64
_TOP = 16_384  # of a file, where its front matter stands


@dataclass(frozen=True)
class Inputs:
    """What a run reads: files, the drafts in folders, and standard input (`-`).

    Each file is judged by what the `configuration` says of it; without one, `settings` hold for all. `error` is what is
    wrong with the settings of the run as a whole: it is told first, and once.
    """

    paths: Sequence[str]
    settings: Settings
    configuration: Configuration | None = None
    stdin: BinaryIO | None = None
    error: InputError | None = None

    @classmethod
    def governed(cls, paths: Sequence[str], configuration: Configuration) -> "Inputs":
        """Paths whose files are judged by what the configuration says of each."""
        settings, error = configuration.of_run(paths)
        return cls(paths, settings, configuration, error=error)

    def settings_of(self, path: str) -> Settings:
        """The settings for a file. Raises InputError for a settings file that cannot be used."""
        return self.configuration.of(path) if self.configuration else self.settings

    @property
    def given(self) -> BinaryIO:
        """What stands on standard input."""
        return self.stdin or sys.stdin.buffer


def run(
    inputs: Inputs,
    changed: Collection[str] | None = None,
    make_linter: "MakeLinter | None" = None,
    cache: "Cache | None" = None,
    on_found: Callable[[int], object] | None = None,
) -> Iterator[FileResult]:
    """Lints files in order of path.

    At most a batch is held at once, and the files of the sequences that it has files of. Where some are `changed`
    (their real paths) it is these alone, and the files that are of one sequence with them. `make_linter` gives the
    linter for rules. What the `cache` has is taken from it, in drafts that have what reports show and no more, and what
    it has not is put there. `on_found` is told how many files there are to lint, before the first of them is.

    A path, a settings file or a rule that cannot be used is given back as a result with its error, and what does not
    need it goes on. Raises InputError when `settings` name a rule that does not exist.
    """
    jobs = inputs.settings.jobs
    return (opened.result for opened in _open(inputs, changed, make_linter, cache, jobs, on_found))


def open_all(inputs: Inputs) -> Iterator["Opened"]:
    """The same, each such that it can be linted anew with other contents."""
    return _open(inputs)


def _open(
    inputs: Inputs,
    changed: Collection[str] | None = None,
    make_linter: "MakeLinter | None" = None,
    cache: "Cache | None" = None,
    jobs: Jobs = 1,
    on_found: Callable[[int], object] | None = None,
) -> Iterator["Opened"]:
    files, others = _find(inputs, cache)
    groups = _together(files, cache)
    known = {file.path for group in groups if cache and cache.has(group) for file in group}
    if known and len(known) == len(files):
        books: Books = {}
        broken: list[InputError] = []
    else:
        from pushlint.books import open_books

        asked = list({id(file.settings): file.settings for file in files}.values()) or [inputs.settings]
        books, broken = open_books(asked, make_linter)
    yield from (Opened(_failed(error)) for error in broken)
    yield from map(Opened, others)
    governed = {file.path for file in files if not books or books[file.settings.rules].governs(file.settings)}
    groups = [[file for file in group if file.path in governed] for group in groups]
    if changed is not None:
        groups = [group for group in groups if _any_of(group, changed)]
    wanted = {file.path for group in groups for file in group}
    new = [group for group in groups if group and group[0].path not in known]
    if on_found:
        on_found(len(wanted))
    linted = _lint_all(new, books, inputs, None if broken else cache, jobs)
    for file in (file for file in files if file.path in wanted):
        if cache and file.path in known:
            yield Opened(cache.get(file))
        else:
            yield from _up_to(file, linted)
    yield from linted
    if cache and not broken:
        cache.save()


@dataclass(eq=False)
class Opened:
    """A file that was linted, or what became of it. Whoever changes its contents sets its `result` anew."""

    result: FileResult
    sequence: "_Sequence | None" = None
    file: File | None = None

    def lint(self, data: bytes) -> FileResult:
        """The file as it would be with other contents, linted beside the others of its sequence."""
        assert self.sequence  # a file that was not linted has no findings to mend
        return self.sequence.lint(self, data)


def fix_all(inputs: Inputs, allowed: Collection[Applicability], save: bool = True) -> "Iterator[Fixed]":
    """The same files with their fixes of an allowed applicability, written where that is to `save`.

    Standard input is never written. A file that cannot be written stays as it was, with the error told.
    """
    from pushlint.fixer import Fixed, encoded, fix
    from pushlint.writing import write

    for opened in open_all(inputs):
        before = opened.result
        if not before.drafts:
            yield Fixed(before, before)
            continue
        is_stdin = opened.file is not None and opened.file.path == STDIN
        fixed = fix(before, opened.lint, allowed)
        if fixed.fixed and save and not is_stdin:
            try:
                write(before.path, encoded(fixed.after.source), encoded(before.source))
            except InputError as error:
                fixed = Fixed(before, before, error=error)
        opened.result = fixed.after
        yield replace(fixed, is_stdin=is_stdin)


def read_drafts(inputs: Inputs) -> Iterator[FileResult]:
    """The same files, read and not linted."""
    files, others = _find(inputs)
    yield from others
    yield from (_read(file, inputs.given) for file in files)


def lint_apart(files: "Sequence[tuple[File, Book]]") -> Iterator[FileResult]:
    """Lints files by the books that are ready for them, none beside another of its sequence; in their order."""
    for _, pairs in groupby(files, key=lambda pair: id(pair[1])):
        together = list(pairs)
        book = together[0][1]
        batch = [_tuned_read(file, book, sys.stdin.buffer) for file, _ in together]
        is_sequel = any(draft.step for result in batch for draft, _ in result.drafts)
        for part in [[one] for one in batch] if is_sequel else [batch]:
            yield from book.lint(part)


def _find(inputs: Inputs, cache: "Cache | None" = None) -> tuple[list[File], list[FileResult]]:
    """The files to read, standard input first, and what became of the other paths."""
    looks = partial(cache.look, look=look) if cache else look
    settings_of = remembered(inputs.settings_of)  # which are asked for twice
    found = discover([path for path in inputs.paths if path != STDIN], settings_of, looks)
    errors = [inputs.error] if inputs.error else []
    errors += [error for error in found.errors if error not in errors]
    files = [_file(path, path, settings_of(path), path in found.named) for path in found.files]
    if STDIN in inputs.paths:
        name = inputs.settings.stdin_filename or STDIN
        try:
            files.insert(0, _file(STDIN, name, settings_of(name), True))
        except InputError as error:
            errors += [error] if error not in errors else []
    passed_over = [FileResult(other.path, passed_over=other.reason) for other in found.passed_over]
    return files, [*map(_failed, errors), *passed_over]


def _file(path: str, name: str, settings: Settings, named: bool) -> File:
    return File(path, format_in(name, settings) or "plain", settings, named)


def _any_of(files: Iterable[File], changed: Collection[str]) -> bool:
    return any(os.path.realpath(file.path) in changed for file in files)


def _up_to(file: File, linted: Iterator["Opened"]) -> Iterator["Opened"]:
    """What comes up to a file that was linted, that one last."""
    for opened in linted:
        yield opened
        if opened.file is file:
            return


def _lint_all(
    groups: Sequence[list[File]], books: "Books", inputs: Inputs, cache: "Cache | None", jobs: Jobs
) -> Iterator[Opened]:
    """Each file of the sequences in order of path, linted, and the errors of rules before it. What was linted is put
    into the cache as long as no rule has an error."""
    for folders in dict.fromkeys(together[0].settings.rules for together in groups):
        for error in books[folders].ready():
            cache = None
            yield Opened(_failed(error))
    waiting: dict[str, Opened] = {}
    order = deque(sorted((file.path for group in groups for file in group), key=_place))
    linted = _lint_here(groups, books, inputs, cache) if jobs == 1 else _lint_spread(groups, books, inputs, cache, jobs)
    for together, opened in linted:
        waiting.update(zip((file.path for file in together), opened, strict=True))
        while order and order[0] in waiting:
            yield waiting.pop(order.popleft())


def _lint_here(
    groups: Iterable[list[File]], books: "Books", inputs: Inputs, cache: "Cache | None"
) -> Iterator[tuple[Sequence[File], list[Opened]]]:
    """The files of each sequence, linted in this process."""
    for batch in _batches(groups):
        for sequence in _lint_batch(batch, books, inputs.given):
            if cache:
                cache.put(sequence.files, [opened.result for opened in sequence.opened])
            yield sequence.files, sequence.opened


def _lint_spread(
    groups: Sequence[list[File]], books: "Books", inputs: Inputs, cache: "Cache | None", jobs: Jobs
) -> Iterator[tuple[Sequence[File], list[Opened]]]:
    """The same by several processes, where that pays off, in drafts that have what reports show and no more."""
    from pushlint.jobs import pieces, processes, spread
    from pushlint.packed import Packed, packed, unpacked

    of_this = [together for together in groups if together[0].path == STDIN]
    others = groups[len(of_this) :]
    sizes = [sum(map(_size, together)) for together in others]
    number = processes(jobs, sum(sizes))
    parts = pieces(sizes, number)
    if min(number, len(parts)) < 2:
        yield from _lint_here(groups, books, inputs, cache)
        return

    def lint(part: range) -> dict[str, list[Packed]]:
        """What was found in the files of sequences, by the path of the first."""
        linted = _lint_batch([others[at] for at in part], books, inputs.given)
        return {one.files[0].path: [packed(opened.result) for opened in one.opened] for one in linted}

    yield from _lint_here(of_this, books, inputs, cache)
    for part, found in spread(lint, parts, [sum(sizes[at] for at in part) for part in parts], number):
        for together in (others[at] for at in part):
            data = found[together[0].path]
            results = [unpacked(one, file.path) for one, file in zip(data, together, strict=True)]
            if cache:
                cache.put(together, results, data)
            yield together, [Opened(result, file=file) for result, file in zip(results, together, strict=True)]


def _lint_batch(batch: Sequence[list[File]], books: "Books", stdin: BinaryIO) -> "Iterator[_Sequence]":
    """Each sequence linted, of those of one book all at once."""
    for book in books.values():
        chosen = [together for together in batch if books[together[0].settings.rules] is book]
        if chosen:
            results = book.lint([_tuned_read(file, book, stdin) for together in chosen for file in together])
            for together in chosen:
                yield _Sequence(together, list(islice(results, len(together))), book)


def _size(file: File) -> int:
    try:
        return os.path.getsize(file.path)
    except OSError:  # gone: who reads it will say so
        return 0


def _place(path: str) -> tuple[bool, str]:
    """What to sort paths by: standard input comes first."""
    return path != STDIN, path


class _Sequence:
    """The files of a sequence, or one file by itself, linted together."""

    def __init__(self, files: Sequence[File], results: Sequence[FileResult], book: "Book") -> None:
        self.files = files
        pairs = zip(results, files, strict=True)
        self.opened = [Opened(result, self, file) for result, file in pairs]
        self.book = book

    def lint(self, opened: Opened, data: bytes) -> FileResult:
        """One of them, with other contents."""
        at = self.opened.index(opened)
        results = [other.result for other in self.opened]
        results[at] = self.book.tuned(_parsed(self.files[at], data), self.files[at].settings)
        return list(self.book.lint(results))[at]


def _failed(error: InputError) -> FileResult:
    return FileResult(error.path or "", error=error)


def _tuned_read(file: File, book: "Book", stdin: BinaryIO) -> FileResult:
    return book.tuned(_read(file, stdin), file.settings)


def _read(file: File, stdin: BinaryIO) -> FileResult:
    """The drafts in a file, not linted yet."""
    if file.data is not None:
        return _parsed(file, file.data)
    try:
        with nullcontext(stdin) if file.path == STDIN else open(file.path, "rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except OSError as error:
        return _failed(InputError(f"cannot be read: {error.strerror}", path=_path(file)))
    return _parsed(file, data)


def _parsed(file: File, data: bytes) -> FileResult:
    """The drafts in the contents of a file, not linted yet."""
    from pushlint.readers import read

    settings, path = file.settings, _path(file)
    try:
        drafts = read(path, data, file.format, settings.hints)
    except NoEmails as error:
        return _failed(error) if file.named else FileResult(path, passed_over=error.message)
    except InputError as error:
        return _failed(error)
    return FileResult(path, tuple((settings.told(draft), ()) for draft in drafts), format=file.format)


def _path(file: File) -> str:
    return (file.settings.stdin_filename or STDIN) if file.path == STDIN else file.path


def _batches(groups: Iterable[list[File]]) -> Iterator[list[list[File]]]:
    """The files of sequences in batches, those of one sequence together."""
    batch: list[list[File]] = []
    for together in groups:
        batch.append(together)
        if sum(map(len, batch)) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _together(files: Sequence[File], cache: "Cache | None") -> list[list[File]]:
    """The files of each sequence, and each other file alone, in order of their first."""
    groups: dict[object, list[File]] = {}
    for file in files:
        groups.setdefault(_sequence(file, cache), []).append(file)
    return list(groups.values())


def _sequence(file: File, cache: "Cache | None") -> object:
    """What tells the sequence that a file is a step of; of another file, its path."""
    if file.path == STDIN:
        return file.path
    try:
        return (cache.sequence(file, _sequence_in) if cache else _sequence_in(file)) or file.path
    except OSError:
        return file.path


def _sequence_in(file: File) -> tuple[str, str] | None:
    from pushlint.readers import sequence_of

    with open(file.path, "rb") as opened:
        return sequence_of(file.path, opened.read(_TOP))
