"""Which files to lint: paths, folders and globs in; drafts, what was passed over and why, and errors out."""

import glob
import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pushlint.errors import InputError
from pushlint.formats import FORMATS, format_of
from pushlint.settings import Settings

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_TOP = 65_536
_DEFAULT = Settings()
_NO_MAIL = re.compile(
    r"(?P<what>readme|licen[cs]e|changelog|changes|history|contributing|code[_-]of[_-]conduct|security|authors|notice"
    r"|copying|requirements|roadmap|support|governance|maintainers|todo|agents|claude|robots|cmakelists|install)"
    r"(?:[._-].*)?\.\w+",
    re.IGNORECASE,
)

Look = Callable[[str, str, Settings], str | None]
"""Why a file is no draft, by its path, its format and the settings that hold for it. Raises OSError."""
SettingsOf = Callable[[str], Settings]
"""The settings that hold for a path. Raises InputError for a settings file that cannot be used."""


def format_in(path: str, settings: Settings) -> str | None:
    """The format to read a file in, or None where neither its name nor the settings tell it."""
    return settings.format or format_of(path, _formats(settings.extensions))


@lru_cache(maxsize=64)
def _formats(extensions: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    return {**FORMATS, **dict(extensions)}


@dataclass(frozen=True, slots=True)
class File:
    """A file to read: its path, its format, the settings that hold for it, and whether it was named outright; its
    contents where they need not be read."""

    path: str
    format: str
    settings: Settings
    named: bool
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file that was found but is no draft, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Discovery:
    """The files to lint, sorted, and which of them were named outright; those passed over; and what could not be
    read."""

    files: tuple[str, ...]
    named: frozenset[str]
    passed_over: tuple[PassedOver, ...]
    errors: tuple[InputError, ...]


def look(path: str, format: str, settings: Settings) -> str | None:
    """Why a file is no draft, by the top of it; None where it looks like one. Raises OSError."""
    from pushlint.readers import looks_like_draft  # here, as an unchanged file need not be looked at

    with open(path, "rb") as file:
        return looks_like_draft(file.read(_TOP), format)


def discover(paths: Sequence[str], settings_of: SettingsOf = lambda _: _DEFAULT, look: Look = look) -> Discovery:
    """Files named outright are always taken, unless the settings want `only_drafts`; folders are walked, respecting
    .gitignore and what the settings exclude, and drafts picked out, by the formats that the ends of their names tell;
    patterns that the shell did not expand are expanded. One bad path never stops the others, nor does a settings file
    that cannot be used stop what it does not govern."""
    search = _Search(settings_of, look)
    for path in paths:
        for named in _expand(path):
            search.add(named)
    return search.result()


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def _expand(path: str) -> Sequence[str]:
    if os.path.lexists(path) or not glob.has_magic(path):
        return [path]
    return sorted(glob.glob(path, recursive=True)) or [path]


class _Search:
    """Collects what a run of paths leads to, each file once."""

    def __init__(self, settings_of: SettingsOf, look: Look) -> None:
        self.settings_of = settings_of
        self.look = look
        self.named: set[str] = set()
        self.files: dict[str, str] = {}
        self.passed_over: dict[str, PassedOver] = {}
        self.errors: list[InputError] = []

    def result(self) -> Discovery:
        passed = [entry for real, entry in self.passed_over.items() if real not in self.files]
        return Discovery(
            tuple(sorted(self.files.values())),
            frozenset(self.named),
            tuple(sorted(passed, key=lambda entry: entry.path)),
            tuple(self.errors),
        )

    def add(self, path: str) -> None:
        """A path as the user named it."""
        try:
            mode = os.stat(path).st_mode
            if stat.S_ISDIR(mode):
                self._walk(path, _inherited(path), set())
            elif stat.S_ISREG(mode):
                settings = self.settings_of(path)
                if settings.only_drafts:
                    return self._consider_named(path, settings)
                with open(path, "rb"):
                    self.named.add(self.files.setdefault(os.path.realpath(path), path))
            else:
                self.errors.append(InputError("not a regular file", path, hint="name a text file or a folder"))
        except OSError as error:
            self.errors.append(_os_error(path, error))
        except InputError as error:
            self._complain(error)
        return None

    def _complain(self, error: InputError) -> None:
        """Keeps an error, of a settings file that governs many files once."""
        if error not in self.errors:
            self.errors.append(error)

    def _walk(self, folder: str, ignores: Sequence["_Ignore"], seen: set[str]) -> None:
        real = os.path.realpath(folder)
        if real in seen:
            return
        seen.add(real)
        ignores = [*ignores, *_ignore_file(real)]
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            self.errors.append(_os_error(folder, error))
            return
        place = os.path.abspath(folder).replace(os.sep, "/").rstrip("/")
        for entry in entries:
            path = entry.path.removeprefix("." + os.sep)
            settings = self._settings(path)
            excluded = any(glob.names(f"{place}/{entry.name}") for glob in (settings or _DEFAULT).exclude)
            is_folder = _is_folder(entry)
            inside = os.path.join(real, entry.name)
            if ignores and _is_ignored(ignores, inside, is_folder):
                if not is_folder and settings and format_in(path, settings):
                    self._pass(path, "ignored by .gitignore")
            elif is_folder:
                if not entry.name.startswith(".") and not excluded:
                    self._walk(entry.path, ignores, seen)
            elif settings and (format := format_in(path, settings)):
                if excluded:
                    self._pass(path, "excluded by the settings")
                else:
                    self._consider(path, format, settings, None if entry.is_symlink() else inside)

    def _settings(self, path: str) -> Settings | None:
        """The settings for a file; None where they cannot be used, which is told once."""
        try:
            return self.settings_of(path)
        except InputError as error:
            self._complain(error)
            return None

    def _consider_named(self, path: str, settings: Settings) -> None:
        place = os.path.abspath(path).replace(os.sep, "/")
        if any(glob.matches(place) for glob in settings.exclude):
            return self._pass(path, "excluded by the settings")
        return self._consider(path, format_in(path, settings) or "plain", settings)

    def _consider(self, path: str, format: str, settings: Settings, real: str | None = None) -> None:
        """A file that may be a draft; its real path, where that is known."""
        known = _NO_MAIL.fullmatch(os.path.basename(path))
        if known:
            return self._pass(path, f"a {re.sub('[_-]', ' ', known['what'].lower())} file by its name")
        try:
            if not os.path.isfile(path):
                return self._pass(path, "not a regular file")
            reason = self.look(path, format, settings)
        except OSError as error:
            self.errors.append(_os_error(path, error))
            return None
        if reason and not os.path.exists(f"{path}-meta.xml"):  # Salesforce keeps the subject beside the text
            return self._pass(path, reason)
        self.files.setdefault(real or os.path.realpath(path), path)
        return None

    def _pass(self, path: str, reason: str) -> None:
        self.passed_over.setdefault(os.path.realpath(path), PassedOver(path, reason))


@dataclass(frozen=True, slots=True)
class _Ignore:
    """The patterns of one .gitignore and the folder they are relative to."""

    folder: str
    spec: "GitIgnoreSpec"


def _ignore_file(folder: str) -> Iterator[_Ignore]:
    try:
        text = Path(folder, ".gitignore").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return
    from pushlint.gitignore import patterns  # here, as it takes time

    yield _Ignore(folder, patterns(text.splitlines()))


def _inherited(folder: str) -> list[_Ignore]:
    """The .gitignore files of the folders above, up to the root of the repository; none outside one."""
    real = Path(folder).resolve()
    above = list(real.parents)
    root = next((i for i, parent in enumerate([real, *above]) if (parent / ".git").exists()), None)
    if not root:
        return []
    return [ignore for parent in reversed(above[:root]) for ignore in _ignore_file(str(parent))]


def _is_ignored(ignores: Sequence[_Ignore], real: str, is_folder: bool) -> bool:
    """The nearest .gitignore with a pattern for the path decides."""
    for ignore in reversed(ignores):
        relative = os.path.relpath(real, ignore.folder) + ("/" if is_folder else "")
        decided = ignore.spec.check_file(relative).include
        if decided is not None:
            return decided
    return False


def _os_error(path: str, error: OSError) -> InputError:
    if isinstance(error, FileNotFoundError):
        hint = "no file matches this pattern" if glob.has_magic(path) else "check the spelling"
        return InputError("no such file or folder", path, hint=hint)
    return InputError(f"cannot be read: {error.strerror or error}", path)
