"""The values in a settings file as the types of their keys want them. Errors name file, line and the right word."""

import re
import types
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec
from msgspec import Struct

from pushlint import globs
from pushlint.config.layer import Layer, Steps
from pushlint.config.schema import Config, PerFile, choices, fields, json_schema
from pushlint.validation import did_you_mean, explain

_NOUNS = {"extensions": "format", "output-format": "output format"}
_GLOBS = ("per-file", "exclude", "extend-exclude")
_KINDS = {
    "array": "a list", "object": "a table", "str": "a text", "int": "a whole number", "bool": "true or false",
    "float": "a number", "null": "nothing",
}  # fmt: skip
_NO_CHOICE = re.compile(r"Invalid enum value '(.*)'")
_LEAST = re.compile(r"Expected `int` >= (\d+)")
_EXPECTED = re.compile(r"Expected `([^`]+)`(?:, got `([^`]+)`)?")


def converted(raw: Layer) -> dict[str, Any]:
    """The values of a settings file as their types want them. Raises InputError for what no key means."""
    return dict(_converted(raw, Config, raw.values, ()))


def _converted(raw: Layer, of: type[Struct], table: Mapping[str, Any], steps: Steps) -> Iterator[tuple[str, Any]]:
    known = fields(of)
    for key, value in table.items():
        place = (*steps, key)
        if key not in known:
            hint = did_you_mean(key, known) or "`pushlint config` lists them all"
            raise raw.error(f"there is no setting {_dotted(place)}", *place, hint=hint)
        if key == "per-file" and isinstance(value, dict):
            yield key, {glob: _entry(raw, glob, entry) for glob, entry in value.items()}
        else:
            yield key, _value(raw, value, known[key].type, place)
        _refuse_words(raw, key, value, place)


def _entry(raw: Layer, glob: str, entry: Any) -> dict[str, Any]:
    if not isinstance(entry, dict):
        hint = f'as in [per-file."{glob}"] and, below it, profile = "newsletter"'
        raise raw.error(f'per-file."{glob}" must be a table', "per-file", glob, hint=hint)
    return dict(_converted(raw, PerFile, entry, ("per-file", glob)))


def _value(raw: Layer, value: Any, kind: Any, place: Steps) -> Any:
    """A value as its type wants it; the values of a table one by one, so that a fault is told with its key."""
    inner = _table_of(kind)
    if inner is not None and isinstance(value, dict):
        return {key: _value(raw, one, inner, (*place, key)) for key, one in value.items()}
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        message, steps, hint = explain(error, kind)
        place = (*place, *steps)
        if "unknown field" in message:
            raise raw.error(f"there is no setting {_dotted(place)}", *place, hint=hint) from None
        raise raw.error(f"{_dotted(place)}: {_plainly(message)}", *place, hint=hint or _example(place)) from None


def _table_of(kind: Any) -> Any:
    """The type of the values where a type is a table, or may be one."""
    if get_origin(kind) is Annotated:
        return _table_of(get_args(kind)[0])
    if get_origin(kind) is dict:
        return get_args(kind)[1]
    if get_origin(kind) in (Union, types.UnionType):
        return next(filter(None, map(_table_of, get_args(kind))), None)
    return None


def _plainly(message: str) -> str:
    """What msgspec says, in words for people who write settings."""
    if word := _NO_CHOICE.fullmatch(message):
        return f'there is no "{word[1]}"'
    if least := _LEAST.fullmatch(message):
        return f"must be at least {least[1]}"
    found = _EXPECTED.fullmatch(message)
    if found is None:
        return message[:1].lower() + message[1:]
    wanted, got = (" or ".join(_KINDS.get(kind, kind) for kind in (kinds or "").split(" | ") if kind != "null")
                   for kinds in found.groups())  # fmt: skip
    return f"must be {wanted}" + (f", and is {got}" if got else "")


def _example(place: Steps) -> str | None:
    """How a key is written, for a hint."""
    table = "PerFile" if place[0] == "per-file" and len(place) > 2 else "Config"
    key = str(place[2] if table == "PerFile" else place[0])
    examples = json_schema()["$defs"][table]["properties"].get(key, {}).get("examples")
    return f"as in {key} = {written(examples[0])}" if examples else None


def written(value: Any) -> str:
    """A value as TOML has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)} = {written(one)}" for key, one in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(written, value)) + "]"
    return msgspec.json.encode(value).decode() if isinstance(value, str | int) else str(value)


def _dotted(place: Steps) -> str:
    """The keys that lead to a value, as TOML has them."""
    return ".".join(_key(step) if isinstance(step, str) else str(step + 1) for step in place)


def _key(key: str) -> str:
    return key if re.fullmatch(r"[\w-]+", key, re.ASCII) else written(key)


def _refuse_words(raw: Layer, key: str, value: Any, place: Steps) -> None:
    """What the types do not tell: words that are none of the choices, and patterns for paths that are amiss."""
    known = choices(key)
    for steps, word in _words(value) if known else ():
        if word not in known:
            hint = did_you_mean(word, known) or f"one of {', '.join(known)}"
            raise raw.error(f'{_dotted(place)}: there is no {_NOUNS.get(key, key)} "{word}"', *place, *steps, hint=hint)
    if key == "tags" and isinstance(value, dict):
        for name, tag in value.items():
            if isinstance(tag, dict) and "type" in tag:
                _refuse_words(raw, "type", tag["type"], ("tags", name, "type"))
    if key in _GLOBS:
        for number, pattern in enumerate(value):
            if problem := globs.fault(pattern):
                step = pattern if key == "per-file" else number
                raise raw.error(f'{key}: the pattern "{pattern}" {problem}', *place, step)


def _words(value: Any) -> Iterator[tuple[Steps, str]]:
    """The texts in a value, each with what leads to it."""
    if isinstance(value, dict):
        yield from (((key,), str(word)) for key, word in value.items())
    else:
        yield (), str(value)
