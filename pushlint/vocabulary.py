"""The word lists of phrases in `rules/vocabulary/`: name to phrases. One file holds any number of lists."""

from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path

import msgspec

from pushlint.errors import InputError
from pushlint.kept import Kept, module_text
from pushlint.resources import VOCABULARY

_ENTITIES = "entities.yaml"
_OTHER_FORMATS = {_ENTITIES, "tags.yaml", "layout.yaml", "sequences.yaml", "collections.yaml", "domains.yaml"}

_SHORT = 10_000  # characters: too few to nest so deep that the loader comes to harm
_DEEPEST = 100
_MOST = 200_000  # values in a file


def load_yaml(path: Path) -> object:
    """The data in a YAML file. Raises OSError, UnicodeDecodeError, and InputError where it is no YAML, or has more
    in it than a file of rules may have."""
    content = path.read_bytes()
    key = blake2b(content, digest_size=16).hexdigest()
    kept = _kept().get(key)
    if kept is not None:
        return msgspec.msgpack.decode(kept)
    data = _parsed(content.decode(), path)
    with suppress(TypeError, OverflowError, RecursionError):  # what only YAML can say is read anew each time
        packed = msgspec.msgpack.encode(data)
        if msgspec.msgpack.decode(packed) == data:
            _kept().put(key, msgspec.Raw(packed))
    return data


def _parsed(text: str, path: Path) -> object:
    import yaml  # here, as it takes time, and most files are kept

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        if len(text) > _SHORT:
            _refuse_deep(yaml.parse(text, Loader=loader), path)
        data = yaml.load(text, Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        hint = 'a text that begins with @ or ", or holds ": ", goes in single quotes'
        raise InputError(f"is not YAML: {problem}", str(path), mark.line + 1 if mark else None, hint=hint) from None
    except RecursionError:
        raise _too_deep(path) from None
    _refuse_endless(data, path)
    return data


def _refuse_deep(events: Iterable[object], path: Path) -> None:
    """Before it is loaded: the loader has no limit but that of the stack."""
    depth = 0
    for event in events:
        name = type(event).__name__
        depth += name.endswith(("SequenceStartEvent", "MappingStartEvent"))
        depth -= name.endswith(("SequenceEndEvent", "MappingEndEvent"))
        if depth > _DEEPEST:
            raise _too_deep(path)


def _refuse_endless(data: object, path: Path) -> None:
    """Aliases may make much of a few lines, or a list that has itself in it."""
    waiting, seen = [(data, 0)], 0
    while waiting:
        value, depth = waiting.pop()
        seen += 1
        if depth > _DEEPEST:
            raise _too_deep(path)
        if seen > _MOST:
            raise InputError(
                f"has over {_MOST:,} values", str(path), hint="its aliases multiply: write out what is meant"
            )
        if isinstance(value, dict):
            waiting += ((one, depth + 1) for one in value.values())
        elif isinstance(value, list):
            waiting += ((one, depth + 1) for one in value)


def _too_deep(path: Path) -> InputError:
    return InputError("is nested too deeply", str(path), hint=f"{_DEEPEST} levels are read; a rule needs six")


@cache
def _kept() -> Kept[msgspec.Raw]:
    return Kept("yaml", msgspec.Raw, (module_text("yaml"),))


@cache
def load_vocabularies() -> dict[str, list[str]]:
    """All vocabularies that phrases may name with `@name`."""
    lists: dict[str, list[str]] = {}
    for path in sorted(VOCABULARY.glob("*.yaml")):
        if path.name not in _OTHER_FORMATS:
            lists.update(_lists(path))
    return lists


@cache
def load_entities() -> dict[str, list[str]]:
    """Entity label (DATE, MONEY, ...) to the phrases that are one."""
    return _lists(VOCABULARY / _ENTITIES)


def _lists(path: Path) -> dict[str, list[str]]:
    data = load_yaml(path)
    if not isinstance(data, dict):
        return {}
    return {str(name): [str(phrase) for phrase in phrases] for name, phrases in data.items()}
