"""What was found in files, kept between runs in `.pushlint_cache/`: an unchanged file is not read or parsed again.

A file of the cache holds what is known of the drafts of one folder under one set of settings, as plain data. It holds
as long as the contents of a draft are the same, those of the other files of its sequence, the rules, the settings, the
day and pushlint itself. What is damaged, or of another version, is as if it were not there; where nothing can be
written nothing is kept. Any number of runs may share a cache: of two that write at the same time one wins, and what
the other found is found again.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from pushlint.config.file import closest
from pushlint.errors import InputError
from pushlint.files import File
from pushlint.formats import MAX_BYTES
from pushlint.kept import FOLDER, digest, module_text
from pushlint.packed import Packed, pack, unpack
from pushlint.plugins import plugin_folders
from pushlint.resources import IS_WHEEL, PACKAGE, RULES
from pushlint.result import FileResult
from pushlint.settings import Settings
from pushlint.store import Findings, Known, load, save

NAME = ".pushlint_cache"
STDIN = "-"
_END = ".results"
_STORES = f"{'[0-9a-f]' * 32}.*"  # also what a run that was killed while writing left
_TAG = "CACHEDIR.TAG"
_OURS = {
    ".gitignore": "*\n",
    _TAG: "Signature: 8a477f597d28d172789f06886806bc55\n# What pushlint found in drafts.\n",
}
_DAYS = 7  # until a file that no run has written is removed: what it says holds for one day


class Cache:
    """What earlier runs found, in a `folder`, which need not exist."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._program = _program()
        self._stamps: dict[tuple[tuple[Path, ...], bool], bytes] = {}
        self._stores: dict[tuple[str, int], _Store] = {}
        self._findings = Findings()

    def look(
        self, path: str, format: str, settings: Settings, look: Callable[[str, str, Settings], str | None]
    ) -> str | None:
        """Why a file is no draft, as `look` says. Raises OSError."""
        store = self._store(path, settings)
        known = store.known(path, format)
        if not known.looked:
            known.no_draft = look(path, format, settings)
            known.looked = store.has_new = True
        return known.no_draft

    def sequence(self, file: File, of: Callable[[File], tuple[str, str] | None]) -> tuple[str, str] | None:
        """The sequence that a file is a step of, as `of` says. Raises OSError."""
        store = self._store(file.path, file.settings)
        known = store.known(file.path, file.format)
        if not known.asked:
            known.sequence = of(file)
            known.asked = store.has_new = True
        return known.sequence

    def has(self, together: Sequence[File]) -> bool:
        """Whether all is known that there is to find in the files of a sequence, or in one by itself."""
        if together[0].path == STDIN:
            return False
        try:
            mark = self._together(together)
            pairs = [(file, self._known(file)) for file in together]
            return all(known.together == mark and not (known.no_emails and file.named) for file, known in pairs)
        except (OSError, UnicodeEncodeError):
            return False

    def get(self, file: File) -> FileResult:
        """What was found in a file that the cache has, in drafts that have what reports show, and no more: no tags,
        blocks or links."""
        return unpack(self._findings.get(self._known(file).found), file.path)

    def put(
        self, together: Sequence[File], results: Sequence[FileResult], packed: Sequence[Packed] | None = None
    ) -> None:
        """Keeps what was found in the files of a sequence, or in one by itself; `packed` already, where it is.

        It is not kept where one of them cannot be used, or has changed since the run began.
        """
        if together[0].path == STDIN or any(result.error for result in results):
            return
        with suppress(OSError, UnicodeEncodeError):
            mark = self._together(together)
            data = [one if isinstance(one, bytes) else pack(one) for one in packed or results]
            if any(_content(file.path, file.format) != self._known(file).content for file in together):
                return
            places = [self._findings.put(one) for one in data]
            for file, result, place in zip(together, results, places, strict=True):
                known = self._known(file)
                known.together, known.found, known.no_emails = mark, place, result.passed_over is not None
                self._store(file.path, file.settings).has_new = True

    def save(self) -> None:
        """Writes what is new."""
        new = [store for store in self._stores.values() if store.has_new]
        if not new:
            return
        with suppress(OSError):
            _make(self._folder)
            for store in new:
                store.save()
            _remove_old(self._folder)

    def _known(self, file: File) -> Known:
        return self._store(file.path, file.settings).known(file.path, file.format)

    def _together(self, files: Sequence[File]) -> bytes:
        return digest(*(part for file in files for part in (file.path.encode(), self._known(file).content)))

    def _store(self, path: str, settings: Settings) -> "_Store":
        """What is known of the files of a folder, by the name that it is called in this run."""
        folder = os.path.dirname(path)
        key = (folder, id(settings))
        if key not in self._stores:
            places = (os.fsencode(part) for part in (folder, os.path.abspath(folder)))
            name = digest(*places, settings.key.encode(), self._stamp(settings)).hex()
            self._stores[key] = _Store(self._folder / f"{name}{_END}", settings, self._findings)
        return self._stores[key]

    def _stamp(self, settings: Settings) -> bytes:
        """All that results depend on besides drafts and settings."""
        of = (settings.rules, not settings.isolated)
        if of not in self._stamps:
            folders = [RULES, *(plugin_folders() if not settings.isolated else ()), *settings.rules]
            self._stamps[of] = digest(self._program, *(part for folder in folders for part in _rules(folder)))
        return self._stamps[of]


class _Store:
    """A file of the cache: what is known of the files of one folder, by name."""

    def __init__(self, path: Path, settings: Settings, findings: Findings) -> None:
        self._path = path
        self._findings = findings
        self._settings = settings  # held, as the store is known by its identity
        self._before = load(path, findings)
        self._now: dict[str, Known] = {}
        self.has_new = False

    def known(self, path: str, format: str) -> Known:
        """What is known of a file as it was when it was first asked for. Raises OSError where it cannot be read."""
        if path not in self._now:
            content = _content(path, format)
            before = self._before.get(os.path.basename(path))
            self._now[path] = before if before and before.content == content else Known(content)
        return self._now[path]

    def save(self) -> None:
        folder = os.path.dirname(next(iter(self._now)))
        now = {os.path.basename(path): known for path, known in self._now.items()}
        before = {
            name: known
            for name, known in self._before.items()
            if name in now or os.path.lexists(os.path.join(folder, name))
        }
        self.has_new = False
        with suppress(UnicodeEncodeError):
            save(self._path, {**before, **now}, self._findings)


def cache_folder(settings: Settings, paths: Sequence[str]) -> Path | None:
    """Where to keep results: where the environment or the settings of a run say, or else beside the closest settings
    file to its paths, or in the working folder; None where none are wanted."""
    if settings.cache is False or os.environ.get(FOLDER) == "":
        return None
    if given := os.environ.get(FOLDER):
        return Path(given) / "results"
    if isinstance(settings.cache, Path):
        return settings.cache
    file = None if settings.isolated else closest(_common(paths))
    return (file.parent if file else Path.cwd()) / NAME


def open_cache(settings: Settings, paths: Sequence[str]) -> Cache | None:
    """The cache of a run; None where none is wanted."""
    folder = cache_folder(settings, paths)
    return Cache(folder) if folder else None


def _common(paths: Sequence[str]) -> Path:
    folders = [path if os.path.isdir(path) else os.path.dirname(path) for path in map(os.path.abspath, paths)]
    try:
        return Path(os.path.commonpath(folders))
    except ValueError:  # none, or on several drives
        return Path.cwd()


def remove(folder: Path) -> bool:
    """Removes a cache, and nothing that is not of it; whether there was one. Raises OSError where it cannot be."""
    if not folder.is_dir():
        return False
    ours = [*folder.glob(_STORES), *filter(_is_ours, folder.iterdir())]
    for path in ours:
        path.unlink(missing_ok=True)
    with suppress(OSError):  # there is something else in it
        folder.rmdir()
    return bool(ours)


def _is_ours(path: Path) -> bool:
    return path.name in _OURS and path.read_bytes() == _OURS[path.name].encode()


def _make(folder: Path) -> None:
    """Makes the folder, such that git and backups pass it over. A folder that is there is left as it is."""
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in _OURS.items():
            (folder / name).write_text(text, encoding="utf-8", newline="")


def _remove_old(folder: Path) -> None:
    for path in folder.glob(_STORES):
        if path.stat().st_mtime < time.time() - _DAYS * 24 * 3600:
            path.unlink(missing_ok=True)


def _content(path: str, format: str) -> bytes:
    with open(path, "rb") as file:
        return digest(format.encode(), file.read(MAX_BYTES + 1))


def _program() -> bytes:
    """What tells this pushlint, its model, spaCy and Python from others."""
    parts = [sys.version.encode(), module_text("spacy", "about.py")]
    records = sorted(PACKAGE.parent.glob("pushlint-*.dist-info/RECORD")) if IS_WHEEL else []
    if records:  # the digests of all files: the same wherever it is installed
        return digest(*parts, *(path.read_bytes() for path in records))
    stats = ((path, os.stat(path)) for path in _files(PACKAGE) if not path.endswith(".pyc"))
    return digest(*parts, *(f"{path} {stat.st_size} {stat.st_mtime_ns}".encode() for path, stat in stats))


def _rules(folder: Path | InputError) -> Iterator[bytes]:
    """The rule files of a folder."""
    if isinstance(folder, InputError):
        yield str(folder).encode()
        return
    for path in _files(folder):
        if path.endswith(".yaml"):
            yield os.fsencode(path)
            with suppress(OSError):
                yield Path(path).read_bytes()


def _files(folder: Path) -> Iterator[str]:
    for place, folders, names in os.walk(folder):
        folders.sort()
        yield from (os.path.join(place, name) for name in sorted(names))
