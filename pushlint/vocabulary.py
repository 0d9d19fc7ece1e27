"""The word lists in `rules/vocabulary/`: name to phrases. One file holds any number of lists."""

from functools import cache
from pathlib import Path

import yaml

from pushlint.resources import VOCABULARY

_ENTITIES = "entities.yaml"
_OTHER_FORMATS = {_ENTITIES, "tags.yaml", "layout.yaml", "sequences.yaml"}


def load_yaml(path: Path) -> object:
    """The data in a YAML file. Raises yaml.YAMLError."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


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
