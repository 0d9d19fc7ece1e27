"""Records that are linked by relationships (JSON:API, as Outreach has it): templates become the steps they are of."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from pushlint.draft import SourceMap

Value: TypeAlias = "SourceMap | Mapping[str, Value] | Sequence[Value] | int | float | bool | None"
"""What structured data holds; a text knows the place of each of its characters in the file."""
_Record: TypeAlias = Mapping[str, Value]

_MINUTES_A_DAY = 24 * 60


def with_steps(value: Value) -> Value:
    """The value, with the templates that belong to steps as lists of steps before what else there is."""
    if not isinstance(value, Mapping) or not ("data" in value or "included" in value):
        return value
    records = [*_records(value.get("data")), *_records(value.get("included"))]
    links = [record for record in records if _word(record.get("type")) == "sequenceTemplate"]
    if not links:
        return value
    known = {(_word(record.get("type")), _word(record.get("id"))): record for record in records}
    templates: dict[str, list[_Record]] = defaultdict(list)
    used: set[int] = set()
    for link in links:
        template = known.get(("template", _related(link, "template")))
        if template is not None:
            templates[_related(link, "sequenceStep")].append(template)
            used.add(id(template))
    steps = [record for record in records if _word(record.get("type")) == "sequenceStep"]
    rest = [record for record in records if id(record) not in used]
    return [*_sequences(steps, templates), *rest]


def _sequences(steps: Sequence[_Record], templates: Mapping[str, list[_Record]]) -> Iterator[Value]:
    """Each sequence with its steps in order; those that are no e-mail, a call say, take their time too."""
    sequences: dict[str, list[_Record]] = defaultdict(list)
    for step in steps:
        sequences[_related(step, "sequence")].append(step)
    for name, members in sequences.items():
        day, found = 0.0, list[Value]()
        for step in sorted(members, key=lambda step: _figure(_attributes(step).get("order"))):
            day += _figure(_attributes(step).get("interval")) / _MINUTES_A_DAY if found else 0
            told = {"step": int(_figure(_attributes(step).get("order"))), "day": day}
            variants = [_attributes(template) for template in templates.get(_word(step.get("id")), ())]
            if len(variants) == 1:
                found.append({**variants[0], **told})
            else:
                found.append({**told, "variants": variants})
        yield {name: {"steps": found}}


def _records(value: Value) -> list[_Record]:
    values = value if isinstance(value, Sequence) else [value]
    return [record for record in values if isinstance(record, Mapping)]


def _attributes(record: _Record) -> _Record:
    attributes = record.get("attributes")
    return attributes if isinstance(attributes, Mapping) else {}


def _related(record: _Record, name: str) -> str:
    """The id of the record that one is related to."""
    value: Value = record
    for key in ("relationships", name, "data", "id"):
        value = value.get(key) if isinstance(value, Mapping) else None
    return _word(value)


def _word(value: Value) -> str:
    return value.text if isinstance(value, SourceMap) else str(value)


def _figure(value: Value) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0
