"""Which files to lint: paths, folders and globs in; drafts, what was passed over and why, and errors out."""

import glob
import os
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pathspec import GitIgnoreSpec

from pushlint.errors import InputError
from pushlint.readers import FORMATS, format_of, looks_like_draft

_TOP = 65_536
SKIPPED_FOLDERS = {"node_modules", "__pycache__", "venv", "site-packages"}
_NO_MAIL = re.compile(
    r"(?P<what>readme|licen[cs]e|changelog|changes|history|contributing|code[_-]of[_-]conduct|security|authors|notice"
    r"|copying|requirements|roadmap|support|governance|maintainers|todo|agents|claude|robots|cmakelists|install)"
    r"(?:[._-].*)?\.\w+",
    re.IGNORECASE,
)


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


def discover(paths: Sequence[str], only_drafts: bool = False, formats: Mapping[str, str] = FORMATS) -> Discovery:
    """Files named outright are always taken, unless `only_drafts`; folders are walked, respecting .gitignore, and
    drafts picked out, by the `formats` that the ends of their names tell; patterns that the shell did not expand are
    expanded. One bad path never stops the others."""
    search = _Search(only_drafts, formats)
    for path in paths:
        for named in _expand(path):
            search.add(named)
    return search.result()


def _expand(path: str) -> Sequence[str]:
    if os.path.lexists(path) or not glob.has_magic(path):
        return [path]
    return sorted(glob.glob(path, recursive=True)) or [path]


class _Search:
    """Collects what a run of paths leads to, each file once."""

    def __init__(self, only_drafts: bool, formats: Mapping[str, str]) -> None:
        self.only_drafts = only_drafts
        self.formats = formats
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
            elif stat.S_ISREG(mode) and self.only_drafts:
                self._consider(path)
            elif stat.S_ISREG(mode):
                with open(path, "rb"):
                    self.named.add(self.files.setdefault(os.path.realpath(path), path))
            else:
                self.errors.append(InputError("not a regular file", path, hint="name a text file or a folder"))
        except OSError as error:
            self.errors.append(_os_error(path, error))

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
        for entry in entries:
            path = entry.path.removeprefix("." + os.sep)
            if _is_ignored(ignores, os.path.join(real, entry.name), entry.is_dir()):
                if entry.is_file() and format_of(entry.name, self.formats):
                    self._pass(path, "ignored by .gitignore")
            elif entry.is_dir():
                if not entry.name.startswith(".") and entry.name not in SKIPPED_FOLDERS:
                    self._walk(entry.path, ignores, seen)
            elif format_of(entry.name, self.formats):
                self._consider(path)

    def _consider(self, path: str) -> None:
        """A file that may be a draft."""
        known = _NO_MAIL.fullmatch(os.path.basename(path))
        if known:
            return self._pass(path, f"a {re.sub('[_-]', ' ', known['what'].lower())} file by its name")
        try:
            if not os.path.isfile(path):
                return self._pass(path, "not a regular file")
            with open(path, "rb") as file:
                reason = looks_like_draft(file.read(_TOP), format_of(path, self.formats) or "plain")
        except OSError as error:
            self.errors.append(_os_error(path, error))
            return None
        if reason and not os.path.exists(f"{path}-meta.xml"):  # Salesforce keeps the subject beside the text
            return self._pass(path, reason)
        self.files.setdefault(os.path.realpath(path), path)
        return None

    def _pass(self, path: str, reason: str) -> None:
        self.passed_over.setdefault(os.path.realpath(path), PassedOver(path, reason))


@dataclass(frozen=True, slots=True)
class _Ignore:
    """The patterns of one .gitignore and the folder they are relative to."""

    folder: str
    spec: GitIgnoreSpec


def _ignore_file(folder: str) -> Iterator[_Ignore]:
    try:
        text = Path(folder, ".gitignore").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return
    yield _Ignore(folder, GitIgnoreSpec.from_lines(text.splitlines()))


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
