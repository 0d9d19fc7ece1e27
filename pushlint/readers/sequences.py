"""The e-mails in structured data: which values are subjects and bodies, and which steps they are.

Every tool names them otherwise; `rules/vocabulary/sequences.yaml` knows the names.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeAlias, cast

from pushlint.draft import PROFILES, STAGES, Draft, Source, SourceMap, Step
from pushlint.readers.assembly import Head
from pushlint.readers.embedded import Reader, read_embedded
from pushlint.readers.plain import read_plain
from pushlint.resources import VOCABULARY
from pushlint.vocabulary import load_yaml

Value: TypeAlias = "SourceMap | Mapping[str, Value] | Sequence[Value] | int | float | bool | None"
"""What structured data holds; a text knows the place of each of its characters in the file."""

_MARKED_UP = re.compile(r"</(?:p|div|a|b|i|em|strong|span|td|li|ul|body|html|mj-\w+)\s*>|<br\b", re.IGNORECASE)
_LEAST_WORDS = 3


@dataclass(frozen=True, slots=True)
class _Place:
    """What the values around an e-mail say about it."""

    path: str = ""
    in_list: bool = False
    number: int | None = None
    day: float | None = None
    variant: str | None = None
    subject: SourceMap | None = None


def drafts_in(value: Value, source: Source, encode: Callable[[str], str]) -> list[Draft]:
    """The e-mails in a value, in their order; `encode` writes new words as the file wants them."""
    return [draft.with_all(encode=encode) for draft in _walk(value, _Place(), source)]


def _walk(value: Value, place: _Place, source: Source) -> Iterator[Draft]:
    if isinstance(value, Mapping):
        said = {_plain(key): inner for key, inner in _told(value)}
        place = replace(
            place,
            number=_whole(_first(said, "number")) or place.number,
            day=_day(said, place),
            variant=_words(_first(said, "variant")) or place.variant,
            subject=_text(_first(said, "subject")) or place.subject,
        )
        yield from _mails(said, place, source)
        for key, inner in value.items():
            yield from _inside(key, inner, place, source)
    elif isinstance(value, Sequence):
        for inner in value:
            yield from _walk(inner, place, source)


def _inside(key: str, value: Value, place: _Place, source: Source) -> Iterator[Draft]:
    """The e-mails in a value of a mapping; the items of some lists are steps or variants."""
    path = f"{place.path}/{key}"
    if not isinstance(value, Sequence):
        yield from _walk(value, replace(place, path=path), source)
        return
    day: float | None = None
    for index, inner in enumerate(value):
        item = replace(place, path=path)
        if _plain(key) in _names("steps"):
            item = replace(item, in_list=True, number=index + 1, day=day)
            day = _day({_plain(k): v for k, v in _told(inner)}, item) if isinstance(inner, Mapping) else day
        elif _plain(key) in _names("variants"):
            item = replace(item, path=place.path, variant=chr(ord("A") + index % 26))
        yield from _walk(inner, replace(item, path=f"{path}/{index}" if item.path == path else item.path), source)


def _mails(said: Mapping[str, Value], place: _Place, source: Source) -> Iterator[Draft]:
    """The e-mail that a mapping holds itself, once for each form of its body."""
    bodies = [text for name in _names("body") if (text := _text(said.get(name))) is not None]
    if not (place.in_list or _first(said, "subject") is not None):
        return
    subject, repeats = place.subject, False
    for body in bodies:
        if len(body.text.split()) < _LEAST_WORDS:
            continue
        draft = read_embedded(source, body, _reader(body.text), subject, _head(said, place))
        number = place.number
        step = Step(_sequence(place), number, place.day, place.variant) if number else None
        yield draft.with_all(step=step, repeats=repeats)
        subject, repeats = None, True


def _sequence(place: _Place) -> str:
    """The name of the sequence: the path of the list that the step stands in."""
    return place.path.rpartition("/")[0]


def _head(said: Mapping[str, Value], place: _Place) -> Head:
    stage, profile = (_words(_first(said, key)) for key in ("stage", "profile"))
    if stage not in STAGES:
        stage = None if place.number is None else "first-touch" if place.number == 1 else "follow-up"
    return Head(stage=stage, profile=profile if profile in PROFILES else None)


def _reader(text: str) -> Reader:
    if _MARKED_UP.search(text):
        from pushlint.readers.html import read_html  # when needed: the grammar takes its time

        return read_html
    return read_plain


def _told(value: Mapping[str, Value]) -> Iterator[tuple[str, Value]]:
    """The entries of a mapping, and of those within it that only hold more of the same."""
    for key, inner in value.items():
        if isinstance(inner, Mapping) and _plain(key) in _names("parts"):
            yield from inner.items()
        else:
            yield key, inner


def _plain(key: str) -> str:
    return re.sub(r"[\s_-]", "", key).lower()


@cache
def _names(part: str) -> tuple[str, ...]:
    known = cast(dict[str, list[str]], load_yaml(VOCABULARY / "sequences.yaml"))
    return tuple(known[part])


def _first(said: Mapping[str, Value], part: str) -> Value:
    return next((said[name] for name in _names(part) if name in said), None)


def _text(value: Value) -> SourceMap | None:
    return value if isinstance(value, SourceMap) else None


def _words(value: Value) -> str | None:
    return value.text.strip() if isinstance(value, SourceMap) else None


def _number(value: Value) -> float | None:
    """A number, also one in the words of a cell."""
    words = _words(value)
    if words is not None:
        found = re.search(r"\d+(?:\.\d+)?", words)
        return float(found[0]) if found else None
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _whole(value: Value) -> int | None:
    number = _number(value)
    return None if number is None else int(number)


def _day(said: Mapping[str, Value], place: _Place) -> float | None:
    """The day that is said, or the day of the step before and the delay."""
    day, delay = _number(_first(said, "day")), _number(_first(said, "delay"))
    if day is not None or delay is None:
        return place.day if day is None else day
    return (place.day or 0) + delay
