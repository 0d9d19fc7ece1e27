"""The findings that a team knows of and lets be for now: `.pushlint-baseline.json`, one line each, sorted.

A finding is known by its fingerprint, so it may move within its file. What is put right is gone from the baseline at
the next update, and nothing gets in again by itself.
"""

import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from pushlint.errors import InputError
from pushlint.fingerprint import fingerprints
from pushlint.result import FileResult

NAME = ".pushlint-baseline.json"
VERSION = 1
_LONGEST = 80  # characters of the words found: they are there for people, the fingerprint decides


class Entry(msgspec.Struct, frozen=True):
    """A finding that is known: its fingerprint, and what it is, for people."""

    fingerprint: str
    code: str
    words: str = ""


class _Version(msgspec.Struct):
    version: int


class _File(msgspec.Struct):
    version: int
    files: dict[str, list[Entry]]


@dataclass
class Baseline:
    """The known findings of each file, by its path from the folder of the baseline, with `/`. `seen` are those that
    were found again, `linted` the files that were looked at."""

    path: Path
    files: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    seen: dict[str, set[str]] = field(default_factory=dict)
    linted: set[str] = field(default_factory=set)

    def only_new(self, result: FileResult) -> FileResult:
        """The file with the findings that are not known; the others are counted."""
        if result.error or result.passed_over:
            return result
        name = _name(result.path, self.path)
        known = {entry.fingerprint for entry in self.files.get(name, ())}
        self.linted.add(name)
        found = list(fingerprints(result.diagnostics))
        self.seen.setdefault(name, set()).update(known.intersection(found))
        marks = iter(found)
        drafts = tuple((d, tuple(f for f in linted if next(marks) not in known)) for d, linted in result.drafts)
        return replace(result, drafts=drafts, known=sum(mark in known for mark in found))

    def gone(self) -> list[tuple[str, Entry]]:
        """The known findings, each with its file, that are no more: not found again, or their file is not there."""
        gone = []
        for name, entries in self.files.items():
            if name in self.linted:
                gone += [(name, entry) for entry in entries if entry.fingerprint not in self.seen[name]]
            elif not (self.path.parent / name).exists():
                gone += [(name, entry) for entry in entries]
        return gone

    def without_gone(self) -> "Baseline":
        """The baseline with what is still there."""
        gone = set(self.gone())
        files = {name: tuple(e for e in entries if (name, e) not in gone) for name, entries in self.files.items()}
        return Baseline(self.path, {name: entries for name, entries in files.items() if entries})


def find(folder: Path) -> Path | None:
    """The baseline in the folder or in one above, up to the root of the repository; None where there is none."""
    real = folder.resolve()
    for place in (real, *real.parents):
        if (place / NAME).is_file():
            return place / NAME
        if (place / ".git").exists():
            return None
    return None


def load(path: Path) -> Baseline:
    """The baseline in a file. Raises InputError where it cannot be read or is none."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"the baseline cannot be read: {error.strerror}", str(path)) from None
    try:
        data = msgspec.json.decode(content, type=_File)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise _unusable(path, content, str(error)) from None
    if data.version != VERSION:
        raise _unusable(path, content, "")
    return Baseline(path, {name: tuple(entries) for name, entries in data.files.items()})


def _unusable(path: Path, content: bytes, why: str) -> InputError:
    """What is wrong with the content of a baseline, and what to do."""
    remake = f"delete it and write it anew: `pushlint baseline --file {path}`"
    if conflict := re.search(rb"^<{7} ", content, re.MULTILINE):
        line = content.count(b"\n", 0, conflict.start()) + 1
        hint = "keep the lines of both sides and no comma too many; `pushlint baseline --update` takes out what is gone"
        return InputError("the baseline has a merge conflict", str(path), line=line, hint=hint)
    try:
        version = msgspec.json.decode(content, type=_Version).version
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        version = VERSION
    if version == VERSION:
        return InputError(f"this is no baseline: {why}", str(path), hint=remake)
    if version > VERSION:
        remake = f"it is of a newer pushlint: install that, or {remake}"
    return InputError(f"a baseline of version {version}, not {VERSION}", str(path), hint=remake)


def of(results: Iterable[FileResult], path: Path) -> Baseline:
    """A baseline of all that is found."""
    files = {}
    for result in results:
        marks = fingerprints(result.diagnostics)
        entries = [Entry(mark, d.code, _short(d.text)) for d, mark in zip(result.diagnostics, marks, strict=True)]
        if entries:
            files[_name(result.path, path)] = tuple(sorted(entries, key=lambda e: (e.code, e.words, e.fingerprint)))
    return Baseline(path, files)


def text(baseline: Baseline) -> str:
    """The baseline as its file has it: a line for each finding, so that two branches can be merged."""
    files = []
    for name, entries in sorted(baseline.files.items()):
        lines = ",\n".join(f"   {msgspec.json.encode(entry).decode()}" for entry in entries)
        files.append(f"  {json.dumps(name, ensure_ascii=False)}: [\n{lines}\n  ]")
    held = "{\n" + ",\n".join(files) + "\n }" if files else "{}"
    return f'{{\n "version": {VERSION},\n "files": {held}\n}}\n'


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _name(path: str, baseline: Path) -> str:
    """The path of a file from the folder of the baseline."""
    return Path(os.path.relpath(os.path.realpath(path), os.path.realpath(baseline.parent))).as_posix()
