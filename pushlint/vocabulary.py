"""The word lists of phrases in `rules/vocabulary/`: name to phrases. One file holds any number of lists."""

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


def load_yaml(path: Path) -> object:
    """The data in a YAML file. Raises OSError, UnicodeDecodeError, and InputError with the line where it is no YAML."""
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

    try:
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        hint = 'a text that begins with @ or ", or holds ": ", goes in single quotes'
        raise InputError(f"is not YAML: {problem}", str(path), mark.line + 1 if mark else None, hint=hint) from None
    except RecursionError:
        raise InputError("is not YAML that can be read: nested too deeply", str(path)) from None


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
