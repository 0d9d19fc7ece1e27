"""The Python API: lints texts and files, one or many, by settings. Nothing here is shared between linters.

import pushlint

for diagnostic in pushlint.lint_text("I need your answer by Friday.").diagnostics:
    print(diagnostic.code, diagnostic.message)
"""

import os
from collections.abc import Iterable, Iterator
from itertools import islice

from pushlint.books import Book, KeptLinters, open_books
from pushlint.config.resolve import Configuration
from pushlint.errors import InputError
from pushlint.files import File, format_in
from pushlint.result import FileResult
from pushlint.run import BATCH, STDIN, Inputs, lint_apart, run
from pushlint.settings import Settings

Path = str | os.PathLike[str]


class Linter:
    """Lints texts and files by `settings`: a `Settings` for all, or a `Configuration`, by which each path has those of
    the settings files above it, as on the command line. Without them all the shipped rules hold.

    Rules and pipeline are loaded when they are first needed, and kept for as long as the linter is: make one, and use
    it again. It judges as on the day it was made, or on `Settings.today`. Use it from one thread at a time.
    """

    def __init__(self, settings: Settings | Configuration | None = None) -> None:
        self._configuration = settings if isinstance(settings, Configuration) else None
        self._settings = settings if isinstance(settings, Settings) else Settings()
        self._make_linter = KeptLinters()
        self._books: dict[int, Book] = {}

    def lint_text(self, text: str, path: Path = STDIN, format: str | None = None) -> FileResult:
        """Lints one text, with all the drafts in it. `path` is what findings call it, and its end tells the `format`
        (such as "markdown") where that is not given; plain text otherwise. The file need not exist.

        Raises InputError for a text that holds no draft, and for a rule or setting that cannot be used.
        """
        return _sound(next(self._lint([self._file(path, format, _encoded(text, path))])))

    def lint_file(self, path: Path, format: str | None = None) -> FileResult:
        """Lints one file, whatever it is called, with all the drafts in it; `format` as in `lint_text`.

        Raises InputError for a file that cannot be read or holds no draft, a rule or a setting that cannot be used.
        """
        return _sound(next(self._lint([self._file(_named(path), format)])))

    def lint_texts(self, texts: Iterable[str | tuple[Path, str]]) -> Iterator[FileResult]:
        """Lints many texts, some with a path, each by itself, as they come; the results are in their order.

        A text that cannot be linted, or whose settings file cannot be used, has an `error` in its result. Raises
        InputError for a rule that cannot be used.
        """
        named = (text if isinstance(text, tuple) else (STDIN, text) for text in texts)
        waiting = iter(named)
        while batch := list(islice(waiting, BATCH)):
            yield from self._lint_batch(batch)

    def lint_files(self, paths: Iterable[Path]) -> Iterator[FileResult]:
        """Lints files and the drafts in folders, in order of path, each once, those of a sequence together.

        What is wrong with a file, a rule or a settings file is told as the `error` of a result, and the others go on;
        a file that is no draft has the reason in `passed_over`. Raises InputError when `Settings` name a rule that
        does not exist.
        """
        names = [_named(path) for path in paths]
        return run(Inputs(names, self._settings, self._configuration), make_linter=self._make_linter)

    def _lint_batch(self, texts: Iterable[tuple[Path, str]]) -> Iterator[FileResult]:
        """Results in order; what cannot be told as bytes waits at its place."""
        files: list[File] = []
        failed: dict[int, FileResult] = {}
        for number, (path, text) in enumerate(texts):
            try:
                files.append(self._file(path, None, _encoded(text, path)))
            except InputError as error:
                failed[number] = FileResult(os.fspath(path), error=error)
        linted = self._lint(files)
        for number in range(len(files) + len(failed)):
            yield failed[number] if number in failed else next(linted)

    def _lint(self, files: Iterable[File]) -> Iterator[FileResult]:
        return lint_apart([(file, self._book(file.settings)) for file in files])

    def _file(self, path: Path, format: str | None, data: bytes | None = None) -> File:
        name = os.fspath(path)
        settings = self._configuration.of(name) if self._configuration else self._settings
        return File(name, format or format_in(name, settings) or "plain", settings, named=True, data=data)

    def _book(self, settings: Settings) -> Book:
        """The rules for these settings, ready. Raises InputError for one that cannot be used."""
        if id(settings) not in self._books:
            books, broken = open_books([settings], self._make_linter)
            broken = broken or [error for book in books.values() for error in book.ready()]
            if broken:
                raise broken[0]
            self._books[id(settings)] = books[settings.rules]
        return self._books[id(settings)]


def lint_text(
    text: str, path: Path = STDIN, format: str | None = None, settings: Settings | Configuration | None = None
) -> FileResult:
    """Lints one text, as `Linter.lint_text`. It loads rules and pipeline each time: for many texts, make a Linter."""
    return Linter(settings).lint_text(text, path, format)


def lint_file(path: Path, format: str | None = None, settings: Settings | Configuration | None = None) -> FileResult:
    """Lints one file, as `Linter.lint_file`. It loads rules and pipeline each time: for many files, make a Linter."""
    return Linter(settings).lint_file(path, format)


def _sound(result: FileResult) -> FileResult:
    """The result. Raises what is wrong with it."""
    if result.error:
        raise result.error
    return result


def _named(path: Path) -> str:
    """The path; one that would mean standard input on the command line is a file here."""
    name = os.fspath(path)
    return os.path.join(os.curdir, name) if name == STDIN else name


def _encoded(text: str, path: Path) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        hint = 'decode the bytes anew, with errors="replace" say'
        raise InputError(f"no text: half a character at {error.start}", os.fspath(path), hint=hint) from None
