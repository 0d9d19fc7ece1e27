"""Reads rule files: the shipped ones, local folders, plug-ins. Errors name file, line and the right word."""

import difflib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from pushlint.errors import InputError
from pushlint.plugins import plugin_folders
from pushlint.resources import ASKS, MOVES, PROFILES, RULES, STAGES
from pushlint.rulebook.schema import Move, Profile, Rule, many
from pushlint.validation import explain
from pushlint.vocabulary import load_yaml

_NO_FAMILIES = {"asks", "dialects", "moves", "profiles", "stages", "vocabulary"}
# The keys of a rule file that name moves or asks, and the folder of those.
_NAMING: dict[object, Path] = {
    "absence": MOVES, "move": MOVES, "moves": MOVES, "draft_move": MOVES, "earlier_move": MOVES, "ask": ASKS,
}  # fmt: skip
_Kind = TypeVar("_Kind", Rule, Move, Profile)


def load_rules(
    folders: Sequence[Path] = (), plugins: bool = True, errors: list[InputError] | None = None
) -> list[Rule]:
    """All rules by code: shipped, from plug-ins, then from `folders`; a later rule of the same code replaces it.

    Raises InputError for a file that is no rule; where a list of `errors` is given it goes there instead.
    """
    return _with_added(shipped_rules(), folders, plugins, errors)


def rules_for(word: str, folders: Sequence[Path], errors: list[InputError]) -> list[Rule]:
    """Rules among which is that of a code or name, if there is one. Of those that are shipped no other is read where
    the name of a file tells which it is."""
    return _with_added(_shipped_as(word) or shipped_rules(), folders, True, errors)


def _with_added(
    shipped: Sequence[Rule], folders: Sequence[Path], plugins: bool, errors: list[InputError] | None
) -> list[Rule]:
    rules = {rule.code: rule for rule in shipped}
    for folder in [*(_plugin_folders(errors) if plugins else ()), *folders]:
        with _collecting(errors):
            rules.update((rule.code, rule) for rule in rules_in(folder, errors))
    return [rules[code] for code in sorted(rules)]


def _shipped_as(word: str) -> list[Rule]:
    paths = (path for folder in _families() for path in folder.glob("*-*.yaml") if word in path.stem.split("-", 1))
    return [rule for rule in (read(path, Rule) for path in paths) if word in (rule.code, rule.name)]


def _families() -> list[Path]:
    """The folders of the catalogue that hold rules."""
    return [folder for folder in sorted(RULES.iterdir()) if folder.is_dir() and folder.name not in _NO_FAMILIES]


@cache
def shipped_rules() -> tuple[Rule, ...]:
    """The rules of pushlint's own catalogue."""
    return tuple(rule for folder in _families() for rule in rules_in(folder))


@cache
def shipped_asks() -> tuple[Move, ...]:
    """What a sentence can ask for."""
    return tuple(read(path, Move) for path in sorted(ASKS.glob("*.yaml")))


@cache
def shipped_moves() -> tuple[Move, ...]:
    """The moves a sentence can make."""
    return tuple(read(path, Move) for path in sorted(MOVES.glob("*.yaml")))


@cache
def shipped_stages() -> tuple[Move, ...]:
    """What tells the stage of a draft that does not say it."""
    return tuple(read(path, Move) for path in sorted(STAGES.glob("*.yaml")))


@cache
def shipped_profiles() -> tuple[Profile, ...]:
    """The kinds of e-mail: what tells them, and which rules are off for them."""
    return tuple(read(path, Profile) for path in sorted(PROFILES.glob("*.yaml")))


def rules_in(folder: Path, errors: list[InputError] | None = None) -> list[Rule]:
    """The rules in a folder and the folders in it. Raises InputError when there is none, or a file is no rule."""
    if not folder.is_dir():
        raise InputError(
            "no such folder of rules", path=str(folder), hint="give a folder that holds rule files (*.yaml)"
        )
    paths = sorted(folder.rglob("*.yaml"))
    if not paths:
        raise InputError("no rule files here", path=str(folder), hint="a rule file ends in .yaml")
    rules: dict[str, Rule] = {}
    for path in paths:
        with _collecting(errors):
            rule = read(path, Rule)
            if rule.code in rules:
                raise InputError(
                    f"another rule of this folder has the code {rule.code}",
                    path=str(path),
                    line=line_of(path, ["code"]),
                    hint="give it a number of its own",
                )
            rules[rule.code] = rule
    return list(rules.values())


@contextmanager
def _collecting(errors: list[InputError] | None) -> Iterator[None]:
    """Keeps an error for later where there is a list for it."""
    try:
        yield
    except InputError as error:
        if errors is None:
            raise
        errors.append(error)


def read(path: Path, kind: type[_Kind]) -> _Kind:
    """The rule or move in a file. Raises InputError with the line of what is wrong."""
    try:
        data = load_yaml(path)
        item = msgspec.convert(data, kind)
        _refuse_unknown_moves(data, path)
        return item
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path=str(path)) from None
    except UnicodeDecodeError:
        raise InputError("is not UTF-8", path=str(path), hint="save it as UTF-8") from None
    except msgspec.ValidationError as error:
        raise _explained(error, path, kind) from None


def _refuse_unknown_moves(data: object, path: Path) -> None:
    """A rule that waits for a move that no sentence can make would never speak, or always."""
    for steps, folder, name in _moves_named(data, ()):
        known = _names_in(folder)
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f'did you mean "{near[0]}"?' if near else f"there are: {', '.join(known)}"
            raise InputError(f'there is no {folder.name[:-1]} "{name}"', str(path), line_of(path, steps), hint=hint)


@cache
def _names_in(folder: Path) -> list[str]:
    """The names of the shipped moves, or asks."""
    return sorted(file.stem for file in folder.glob("*.yaml"))


def _moves_named(data: Any, steps: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Path, str]]:
    """Every move and ask that a rule speaks of, and the keys and indices that lead there."""
    for step, value in data.items() if isinstance(data, dict) else enumerate(data):
        place = (*steps, step)
        folder = MOVES if place[-2:] == ("order", "before") else _NAMING.get(step)
        if folder:
            yield from ((place, folder, name) for name in many(value))
        elif isinstance(value, dict | list):
            yield from _moves_named(value, place)


def _plugin_folders(errors: list[InputError] | None) -> Iterator[Path]:
    """The folders that installed packages offer."""
    for folder in plugin_folders():
        with _collecting(errors):
            if isinstance(folder, InputError):
                raise folder
            yield folder


def _explained(error: msgspec.ValidationError, path: Path, kind: type[Any]) -> InputError:
    """Adds the line to what msgspec says."""
    message, steps, hint = explain(error, kind)
    return InputError(message, path=str(path), line=line_of(path, steps), hint=hint)


def line_of(path: Path, steps: Sequence[str | int]) -> int | None:
    """The line, from 1, at which the value under `steps` (keys and indices) stands in a YAML file."""
    import yaml  # here, as it takes time, and files are kept as data

    node = yaml.compose(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    line: int | None = node.start_mark.line + 1 if node else None
    for step in steps:
        if isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == step), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
    return line
