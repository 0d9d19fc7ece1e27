"""YAML: its values, with each character of its scalars at its place, from the parser's events.

No Python object is ever made of a tag. An alias of a text is that text; of what else an alias stands for, only a merge
(`<<`) is read, so that a file is never more than it says.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from pushlint.draft import Draft, Source, SourceMap
from pushlint.errors import InputError
from pushlint.readers.scalars import scalar_segments, skip_properties
from pushlint.readers.sequences import Value, drafts_in

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 100
_NOTHING = ("", "~", "null", "Null", "NULL")
_QUOTES = 'a value that begins with a bracket or has ": " in it must stand in quotes'


def read_yaml(source: Source) -> list[Draft]:
    """The e-mails in a YAML file of one or more documents. Raises InputError when it is not YAML."""
    reading = _Reading(source)
    return drafts_in(reading.documents(), source, reading.encode)


@dataclass(frozen=True, slots=True)
class _Scalar:
    start: int
    end: int
    style: str | None
    in_flow: bool


class _Reading:
    """One file: what is known of its anchors, and where its scalars stand."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.scalars: list[_Scalar] = []
        self.anchors: dict[str, Value] = {}
        self.flow = 0
        self.left = 10 * len(source.text) + 10_000

    def documents(self) -> Value:
        """The values of all documents; of one document, its value."""
        documents: list[Value] = []
        try:
            events: Iterator[Event] = yaml.parse(self.source.text, Loader=_LOADER)
            next(events)  # the start of the stream
            while not isinstance(next(events), StreamEndEvent):
                self.anchors.clear()
                documents.append(self._value(next(events), events, _DEEPEST))
                next(events)  # the end of the document
        except yaml.reader.ReaderError as error:
            place = self.source.position(error.position)
            raise InputError(f"broken YAML: {error.reason}", self.source.path, *place) from None
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            raise InputError(f"broken YAML: {error.problem}", self.source.path, *place, hint=_QUOTES) from None
        return documents[0] if len(documents) == 1 else documents

    def encode(self, words: str, start: int, end: int) -> str | None:
        """Words as they stand within the scalar around; None where they would make another value of it."""
        index = bisect_right(self.scalars, start, key=lambda scalar: scalar.start) - 1
        scalar = self.scalars[index] if index >= 0 else None
        if scalar is None or not (scalar.start <= start and end <= scalar.end):
            return None
        if scalar.style == "'":
            return None if "\n" in words else words.replace("'", "''")
        if scalar.style == '"':
            return words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        if scalar.style:
            return None if "\n" in words else words
        text = self.source.text
        return words if _is_plain(text[scalar.start : start] + words + text[end : scalar.end], scalar.in_flow) else None

    def _value(self, event: Event, events: Iterator[Event], depth: int) -> Value:
        """The value that begins with an event."""
        if not depth:
            raise self._error("nested too deeply", event)
        if isinstance(event, AliasEvent):
            return self._alias(event)
        assert isinstance(event, (ScalarEvent, CollectionStartEvent))  # no other begins a value
        value: Value
        if isinstance(event, CollectionStartEvent):
            self.flow += bool(event.flow_style)
            inside = self._mapping if isinstance(event, MappingStartEvent) else self._sequence
            value = inside(events, depth - 1)
            self.flow -= bool(event.flow_style)
        else:
            value = self._scalar(event)
        if event.anchor:
            self.anchors[event.anchor] = value
        return value

    def _sequence(self, events: Iterator[Event], depth: int) -> Value:
        found = []
        while not isinstance(event := next(events), SequenceEndEvent):
            found.append(self._value(event, events, depth))
        return found

    def _mapping(self, events: Iterator[Event], depth: int) -> Value:
        found: dict[str, Value] = {}
        merged: dict[str, Value] = {}
        while not isinstance(event := next(events), MappingEndEvent):
            key = self._value(event, events, depth)
            inside = next(events)
            if isinstance(inside, AliasEvent) and isinstance(key, SourceMap) and key.text == "<<":
                merged |= self._merged(inside)
                continue
            value = self._value(inside, events, depth)
            if isinstance(key, SourceMap):
                found[key.text] = value
        return {**merged, **found}

    def _alias(self, event: AliasEvent) -> Value:
        """The text that an alias stands for. What else it may stand for is read where that stands."""
        value = self._anchored(event)
        return value if isinstance(value, SourceMap) else None

    def _merged(self, event: AliasEvent) -> Mapping[str, Value]:
        """The texts in the mapping that an alias stands for."""
        value = self._anchored(event)
        texts = value.items() if isinstance(value, Mapping) else ()
        return {key: text for key, text in texts if isinstance(text, SourceMap) and self._spend(event, text)}

    def _anchored(self, event: AliasEvent) -> Value:
        if event.anchor not in self.anchors:
            message = f"the alias *{event.anchor} stands for nothing, or for what it stands in"
            raise self._error(message, event, "aliases stand for what was said before them")
        value = self.anchors[event.anchor]
        if isinstance(value, SourceMap):
            self._spend(event, value)
        return value

    def _spend(self, event: AliasEvent, text: SourceMap) -> bool:
        """Counts what aliases add. Raises InputError when that is many times the file."""
        self.left -= len(text.text) + 1
        if self.left < 0:
            raise self._error("aliases make it many times as long as it is", event)
        return True

    def _scalar(self, event: ScalarEvent) -> SourceMap | None:
        text = self.source.text
        start, end = _span(event)
        start = skip_properties(text, start)
        if not event.style and event.value in _NOTHING:
            return None
        self.scalars.append(_Scalar(start, end, event.style, self.flow > 0))
        return SourceMap(list(scalar_segments(text, start, end, event.style, event.value)))

    def _error(self, message: str, event: Event, hint: str | None = None) -> InputError:
        return InputError(message, self.source.path, *self.source.position(_span(event)[0]), hint=hint)


def _span(event: Event) -> tuple[int, int]:
    assert event.start_mark and event.end_mark  # the parser marks every event
    return event.start_mark.index, event.end_mark.index


def _is_plain(text: str, in_flow: bool) -> bool:
    """Whether a text can stand without quotes."""
    if "\n" in text:
        return False
    try:
        events = list(yaml.parse(f"[{text}]" if in_flow else f"a: {text}\n", Loader=_LOADER))
    except yaml.YAMLError:
        return False
    scalars = [event for event in events if isinstance(event, ScalarEvent)]
    return len(events) == (7 if in_flow else 8) and scalars[-1].value == text.strip() and not scalars[-1].style
