"""The word lists of phrases in `rules/vocabulary/`: name to phrases. One file holds any number of lists."""

from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path

import msgspec
import yaml

from pushlint.kept import Kept
from pushlint.resources import VOCABULARY

_ENTITIES = "entities.yaml"
_OTHER_FORMATS = {_ENTITIES, "tags.yaml", "layout.yaml", "sequences.yaml", "collections.yaml", "domains.yaml"}


def load_yaml(path: Path) -> object:
    """The data in a YAML file. Raises OSError, UnicodeDecodeError, yaml.YAMLError."""
    content = path.read_bytes()
    key = blake2b(content, digest_size=16).hexdigest()
    kept = _kept().get(key)
    if kept is not None:
        return msgspec.msgpack.decode(kept)
    data: object = yaml.load(content.decode(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    with suppress(TypeError, OverflowError):  # what only YAML can say is read anew each time
        packed = msgspec.msgpack.encode(data)
        if msgspec.msgpack.decode(packed) == data:
            _kept().put(key, msgspec.Raw(packed))
    return data


@cache
def _kept() -> Kept[msgspec.Raw]:
    return Kept("yaml", msgspec.Raw, (yaml.__version__.encode(),))


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
