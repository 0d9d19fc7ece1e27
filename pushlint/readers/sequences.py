"""The e-mails in structured data: which values are subjects and bodies, and which steps they are.

Every tool names them otherwise; `rules/vocabulary/sequences.yaml` knows the names.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import cast

from pushlint.draft import FOOTERS, PROFILES, STAGES, Draft, Encode, Source, SourceMap, Step
from pushlint.readers.assembly import Head
from pushlint.readers.embedded import Reader, read_embedded
from pushlint.readers.jsonapi import Value, with_steps
from pushlint.readers.plain import read_plain
from pushlint.resources import VOCABULARY
from pushlint.vocabulary import load_yaml

__all__ = ["Value", "drafts_in", "is_named", "reader_of", "unnumbered", "words"]

_DAYS = {"min": 1 / 1440, "h": 1 / 24, "w": 7, "month": 30}
_NUMBER = re.compile(r"(?P<figure>\d+(?:\.\d+)?)[ \t]*(?P<unit>[a-z]*)", re.IGNORECASE)
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


def drafts_in(value: Value, source: Source, encode: Encode, in_list: bool = False) -> list[Draft]:
    """The e-mails in a value, in their order; `encode` writes new words as the file wants them.

    `in_list`: the value is a list of e-mails, which have a text and need no subject.
    """
    place = _Place(in_list=in_list)
    return [draft.carried(encode) for draft in _walk(with_steps(value), place, source)]


def is_named(part: str, key: str) -> bool:
    """Whether a key is one of the names of a part of an e-mail or sequence."""
    return _plain(key) in _names(part)


def _walk(value: Value, place: _Place, source: Source, is_part: bool = False) -> Iterator[Draft]:
    """The e-mails in a value; `is_part`: what it says has been read as its mapping's."""
    if isinstance(value, Mapping):
        said = _said(value)
        if _is_true(_first(said, "gone")):
            return
        day = _number(_first(said, "day"))
        place = replace(
            place,
            number=_whole(_first(said, "number")) or place.number,
            day=place.day if day is None else day,
            variant=words(_first(said, "variant")) or place.variant,
            subject=_text(_first(said, "subject")) or place.subject,
        )
        if not is_part:
            yield from _mails(said, place, source)
        for key, inner in value.items():
            yield from _inside(key, inner, place, source)
    elif isinstance(value, Sequence):
        for index, inner in enumerate(value):
            yield from _walk(inner, replace(place, path=f"{place.path}/{index}"), source)


def _inside(key: str, value: Value, place: _Place, source: Source) -> Iterator[Draft]:
    """The e-mails in a value of a mapping; the items of some lists are steps or variants."""
    path = f"{place.path}/{key}"
    if not isinstance(value, Sequence):
        yield from _walk(value, replace(place, path=path), source, is_part=_plain(key) in _names("parts"))
        return
    next_day: float | None = None
    for index, inner in enumerate(value):
        item = replace(place, path=path)
        if _plain(key) in _names("steps"):
            day, next_day = _days(_said(inner), next_day) if isinstance(inner, Mapping) else (None, next_day)
            item = replace(item, in_list=True, number=index + 1, day=day, subject=None)
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
        draft = read_embedded(source, body, reader_of(body.text), subject, _head(said, place, source))
        number = place.number
        step = Step(_sequence(place), number, place.day, place.variant) if number else None
        yield draft.with_all(step=step, repeats=repeats)
        subject, repeats = None, True


def _sequence(place: _Place) -> str:
    """The name of the sequence: the path of the list that the step stands in."""
    return place.path.rpartition("/")[0]


def _head(said: Mapping[str, Value], place: _Place, source: Source) -> Head:
    stage = _choice(said, "stage", STAGES)
    if stage is None and place.number is not None:
        stage = "first-touch" if place.number == 1 else "follow-up"
    return Head(
        stage=stage,
        profile=_choice(said, "profile", PROFILES),
        offer_ends=_date(said),
        footer=_choice(said, "footer", FOOTERS),
        hints=source.hints,
    )


def _choice(said: Mapping[str, Value], part: str, choices: Sequence[str]) -> str | None:
    word = words(_first(said, part))
    return word if word in choices else None


def _date(said: Mapping[str, Value]) -> date | None:
    try:
        return date.fromisoformat((words(_first(said, "offer_ends")) or "")[:10])
    except ValueError:
        return None


def reader_of(text: str) -> Reader:
    """The reader of a text that may be marked up or not."""
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


def _said(value: Mapping[str, Value]) -> dict[str, Value]:
    return {_plain(key): inner for key, inner in _told(value)}


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


def unnumbered(key: str) -> tuple[str, int | None]:
    """A key without the one number in it, and that."""
    numbers = re.findall(r"\d{1,3}", key)
    return (key.replace(numbers[0], ""), int(numbers[0])) if len(numbers) == 1 else (key, None)


def words(value: Value) -> str | None:
    """What a value says, where it is a text."""
    return value.text.strip() if isinstance(value, SourceMap) else None


def _number(value: Value) -> float | None:
    """A number, also one in the words of a cell."""
    said = words(value)
    if said is not None:
        found = _NUMBER.search(said)
        return float(found["figure"]) if found else None
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _is_true(value: Value) -> bool:
    return value is True or (words(value) or "").lower() == "true"


def _whole(value: Value) -> int | None:
    number = _number(value)
    return None if number is None else int(number)


def _days(said: Mapping[str, Value], reached: float | None) -> tuple[float | None, float | None]:
    """The day of a step, and the day that its successor's delay counts from; `reached` is that of this one."""
    day, delay = _number(_first(said, "day")), _delay(said)
    if delay is None:
        day = reached if day is None else day
        return day, day
    if all(name in said for name in _names("delay_before_next")):
        day = (reached or 0) if day is None else day
        return day, day + delay
    if day is None:
        day = 0 if reached is None else reached + delay
    return day, day


def _delay(said: Mapping[str, Value]) -> float | None:
    """The days that are waited, whatever they are given in."""
    value = _first(said, "delay")
    delay = _number(value)
    found = _NUMBER.search(words(value) or "")
    unit = (found["unit"] if found else "") or words(_first(said, "unit")) or ""
    days = next((days for name, days in _DAYS.items() if unit.lower().startswith(name)), 1)
    return None if delay is None else delay * days
