"""Settings files: which one holds for a folder, and what it says with the files that it extends."""

import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from pushlint.config import toml
from pushlint.config.layer import Layer, Steps, shown
from pushlint.errors import InputError

NAMES = (".pushlint.toml", "pushlint.toml", "pyproject.toml")
"""The names of settings files; of several in a folder the first counts."""
_PYPROJECT = "pyproject.toml"
_MOST_BYTES = 1_000_000


def find(folder: str) -> Path | None:
    """The settings file in a folder, if there is one; a pyproject.toml that says nothing of pushlint is none."""
    for name in NAMES:
        path = os.path.join(folder, name)
        if os.path.lexists(path) and (name != _PYPROJECT or _speaks(path)):
            return Path(path)
    return None


def closest(folder: Path) -> Path | None:
    """The settings file that holds for a folder: in it, or in the closest folder above it."""
    return next((path for above in (folder, *folder.parents) if (path := find(str(above)))), None)


def _speaks(path: str) -> bool:
    """Whether a pyproject.toml has a table for pushlint; one that is broken has, where it names it."""
    try:
        if not os.path.isfile(path):
            return False
        with open(path, "rb") as file:
            data = file.read(_MOST_BYTES)
    except OSError:
        return False
    if b"pushlint" not in data:
        return False
    try:
        table = toml.parse(data.decode("utf-8", "replace"), path)
    except InputError:
        return re.search(rb"^\s*\[\s*tool\s*\.\s*pushlint\b", data, re.MULTILINE) is not None
    return isinstance(table.get("tool"), dict) and "pushlint" in table["tool"]


def user_file() -> Path | None:
    """The settings file of the user, which holds where no other is found."""
    if os.name == "nt":
        base = os.environ.get("APPDATA", "")
    else:
        base = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    return find(os.path.join(base, "pushlint")) if os.path.isabs(base) else None


def read_chain(path: Path, *, user: bool = False) -> tuple[Layer, ...]:
    """What a settings file says, after the files that it extends, the base first.

    Raises InputError for a file that cannot be read, is no TOML, says what no key means, or extends itself.
    """
    layers: list[Layer] = []
    seen: list[str] = []
    asked: Layer | None = None
    while True:
        real = os.path.realpath(path)
        if real in seen:
            assert asked is not None
            names = " -> ".join(shown(Path(name)) for name in (*seen[seen.index(real) :], real))
            raise asked.error(f"extends itself: {names}", "extend", hint="take one `extend` away")
        seen.append(real)
        if asked is not None and not path.is_file():
            raise asked.error(
                f'there is no settings file "{asked.values["extend"]}"', "extend", hint=f"looked for {path}"
            )
        asked = _read(path, user)
        layers.insert(0, asked)
        base = asked.values.get("extend")
        if base is None:
            return tuple(layers)
        path = Path(os.path.normpath(asked.folder / os.path.expanduser(base)))


def _read(path: Path, user: bool) -> Layer:
    name = shown(path)
    text = _text(path, name)
    data: Any = toml.parse(text, name)
    prefix: Steps = ()
    if path.name == _PYPROJECT:
        prefix = ("tool", "pushlint")
        data = data.get("tool", {}).get("pushlint") if isinstance(data.get("tool"), dict) else None
        if data is None:
            raise InputError("has no table [tool.pushlint]", name, hint="name another file, or add the table")
    folder = Path(os.path.abspath(path)).parent
    from pushlint.config.values import converted  # here, as the types of the settings take time to import

    raw = Layer(name, data if isinstance(data, dict) else {}, folder, text, prefix)
    if not isinstance(data, dict):
        raise raw.error("[tool.pushlint] is not a table")
    _refuse_other_versions(raw)
    root = None if user else _root(folder)
    return replace(raw, values=converted(raw), root=root)


def _text(path: Path, name: str) -> str:
    try:
        if not path.is_file() and path.exists():
            raise InputError("is not a file", name, hint="a settings file is a text in TOML")
        with open(path, "rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", name) from None
    if len(data) > _MOST_BYTES:
        raise InputError("is over 1 MB", name, hint="settings are short: this is another file")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError("is not UTF-8", name, line, hint="save it as UTF-8") from None


def _root(folder: Path) -> Path:
    """The top of the repository that a folder is in, or else the folder."""
    return next((above for above in (folder, *folder.parents) if (above / ".git").exists()), folder)


def _refuse_other_versions(raw: Layer) -> None:
    """Before anything else is judged: another version may know other keys."""
    wanted = raw.values.get("required-version")
    if not isinstance(wanted, str):
        return
    from importlib.metadata import version  # here: they take their time, and few ask for them

    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    installed = version("pushlint")
    try:
        fits = SpecifierSet(wanted).contains(installed, prereleases=True)
    except InvalidSpecifier:
        hint = 'write it as in required-version = ">=0.1,<1"'
        raise raw.error(
            f'required-version: "{wanted}" is no range of versions', "required-version", hint=hint
        ) from None
    if not fits:
        hint = f"`pip install 'pushlint{wanted}'`, or change required-version"
        message = f"asks for pushlint {wanted}, and this is {installed}"
        raise raw.error(message, "required-version", hint=hint)
