"""What each setting is for a file, and which places make it so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from pushlint.config.layer import Layer
from pushlint.config.schema import json_schema

_LISTS = {"extend-select", "ignore", "rules", "terms", "extend-exclude"}
_TABLES = {"levels", "per-file", "tags", "extensions"}
_STARTED_OVER = {"extend-select", "ignore"}


@dataclass(frozen=True)
class Setting:
    """A key with its meaning, its value and where that comes from; `default` and `value` are None where not set."""

    key: str
    description: str
    value: Any
    default: Any
    places: tuple[str, ...]
    choices: tuple[str, ...]
    example: Any


def settings(layers: Sequence[Layer]) -> list[Setting]:
    """Every setting, by what the layers say, each of which overrules those before it."""
    told: Mapping[str, Mapping[str, Any]] = json_schema()["$defs"]["Config"]["properties"]
    return [_setting(key, about, layers) for key, about in told.items()]


def _setting(key: str, about: Mapping[str, Any], layers: Sequence[Layer]) -> Setting:
    counted = _counted(key, layers)
    values = [msgspec.to_builtins(layer.values[key]) for layer in counted]
    default = about.get("default")
    return Setting(
        key=key,
        description=about["description"],
        value=_together(key, values) if values else default,
        default=default,
        places=tuple(layer.where(key) for layer in counted),
        choices=tuple(about.get("enum", ())),
        example=about["examples"][0],
    )


def _counted(key: str, layers: Sequence[Layer]) -> list[Layer]:
    """The layers that have a say in the value."""
    start = 0
    if key in _STARTED_OVER:
        start = max((number for number, layer in enumerate(layers) if "select" in layer.values), default=0)
    said = [layer for layer in layers[start:] if key in layer.values]
    return said if key in _LISTS | _TABLES else said[-1:]


def _together(key: str, values: Sequence[Any]) -> Any:
    if key in _LISTS:
        return [one for value in values for one in value]
    if key not in _TABLES:
        return values[-1]
    tables = [value if isinstance(value, Mapping) else dict.fromkeys(value, ()) for value in values]
    return {name: one for table in tables for name, one in table.items()}
