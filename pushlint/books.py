"""The rules that files are judged by: those of each set of rule folders are a book, with a linter of its own."""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from pushlint.diagnostic import Diagnostic
from pushlint.draft import Draft, Tuning
from pushlint.errors import InputError
from pushlint.result import FileResult
from pushlint.rulebook import Rule, load_rules
from pushlint.settings import Settings, refuse_unknown
from pushlint.suppression import suppress

if TYPE_CHECKING:
    from pushlint.linter import Linter

MakeLinter: TypeAlias = Callable[[Sequence[Rule], date | None], "tuple[Linter, list[InputError]]"]
"""Makes a linter of rules that judges as on a day, and says which rules cannot be used and why."""
Books = Mapping[tuple[Path, ...], "Book"]
"""Each book by the folders that its rules are from, besides those that are shipped."""


@dataclass
class Book:
    """The `known` rules, those of them that are on for one file at least, and how each settings tune these."""

    known: Sequence[Rule]
    rules: Sequence[Rule]
    today: date | None
    tunings: Mapping[int, Tuning]
    make_linter: MakeLinter | None = None
    linter: "Linter | None" = None

    def ready(self) -> Iterator[InputError]:
        """Makes the linter, unless there is one; what is wrong with rules that cannot be used."""
        if self.linter is None:
            self.linter, broken = (self.make_linter or linter_of)(self.rules, self.today)
            yield from broken

    def governs(self, settings: Settings) -> bool:
        """Whether the rules can be used as the settings say."""
        return id(settings) in self.tunings

    def tuned(self, file: FileResult, settings: Settings) -> FileResult:
        """The file with its drafts told how the settings tune the rules."""
        tuning = self.tunings[id(settings)]
        if tuning == Tuning():
            return file
        return replace(file, drafts=tuple((draft.with_all(tuning=tuning), found) for draft, found in file.drafts))

    def lint(self, files: Sequence[FileResult]) -> Iterator[FileResult]:
        """The files with their findings, but those suppressed. A draft that cannot be judged costs its file alone."""
        assert self.linter is not None
        try:
            found = self.linter.lint_batch(draft for file in files for draft, _ in file.drafts)
        except InputError as error:
            if len(files) == 1:
                yield FileResult(error.path or "", error=error)
            else:
                for file in files:
                    yield from self.lint([file])
            return
        linted = iter(found)
        for file in files:
            yield self._without_suppressed(file, list(said_once(islice(linted, len(file.drafts)))))

    def _without_suppressed(self, file: FileResult, linted: Sequence[tuple[Draft, list[Diagnostic]]]) -> FileResult:
        off = linted[0][0].tuning.off if linted else ()
        on = [rule for rule in self.rules if rule.code not in off]
        kept, suppressed = suppress(linted, on, self.known, self.today or date.today(), file.format)
        return replace(file, drafts=tuple((draft, tuple(found)) for draft, found in kept), suppressed=tuple(suppressed))


def open_books(asked: Sequence[Settings], make_linter: MakeLinter | None = None) -> tuple[Books, list[InputError]]:
    """The books of all settings that hold for a file, and what is wrong with rules and with settings.

    Raises InputError when what the caller says himself means no rule; what a settings file says so is told, and the
    book does not govern by these settings.
    """
    loaded: dict[tuple[Path, ...], list[Rule]] = {}
    broken: list[InputError] = []
    for one in asked:
        if one.rules not in loaded:
            wrong: list[InputError] = []
            loaded[one.rules] = load_rules(one.rules, plugins=not one.isolated, errors=wrong)
            broken += [error for error in wrong if error not in broken]
    try:
        refuse_unknown(asked[0].own, [rule for rules in loaded.values() for rule in rules])
    except InputError as error:
        raise (broken[0] if broken else error) from None  # a rule that is meant may be in a file that is broken
    sound: dict[tuple[Path, ...], list[Settings]] = {folders: [] for folders in loaded}
    for one in asked:
        try:
            for place in (*one.from_files, *one.per_file):
                refuse_unknown(place, loaded[one.rules])
            sound[one.rules].append(one)
        except InputError as error:
            broken += [error] if error not in broken else []
    books = {}
    for folders, governing in sound.items():
        on = [rule for rule in loaded[folders] if any(one.is_on(rule) for one in governing)]
        tunings = {id(one): one.tuning(on) for one in governing}
        books[folders] = Book(loaded[folders], on, asked[0].today, tunings, make_linter)
    return books, broken


_ready: "list[Linter]" = []  # in processes that are forked from one that loaded them


def keep_ready(linter: "Linter") -> None:
    """Has `linter_of` give this one for its rules, on whatever day."""
    _ready.append(linter)


def linter_of(rules: Sequence[Rule], today: date | None) -> tuple["Linter", list[InputError]]:
    """A linter of the rules that can be compiled, and what is wrong with the others."""
    for linter in _ready:
        if linter.rules == tuple(rules):
            return linter.as_on(today), []
    with _no_collection():
        from pushlint.linter import Linter  # here, so that a run without drafts does not wait for spaCy

        try:
            return Linter(rules, today), []
        except InputError:
            return _sound(rules, today)


class KeptLinters:
    """Makes linters, and gives the same again for the same rules: for runs that follow one another."""

    def __init__(self) -> None:
        self._made: list[tuple[tuple[Sequence[Rule], date | None], tuple[Linter, list[InputError]]]] = []

    def __call__(self, rules: Sequence[Rule], today: date | None) -> "tuple[Linter, list[InputError]]":
        """As `linter_of`."""
        for asked, made in self._made:
            if asked == (rules, today):
                return made
        made = linter_of(rules, today)
        self._made.append(((rules, today), made))
        return made


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


def said_once(linted: Iterable[tuple[Draft, list[Diagnostic]]]) -> Iterator[tuple[Draft, list[Diagnostic]]]:
    """Each draft with its findings, without those of words that it shares with a draft before, a subject say."""
    said: set[Diagnostic] = set()
    for draft, found in linted:
        new = [diagnostic for diagnostic in found if diagnostic not in said]
        said.update(new)
        yield draft, new
