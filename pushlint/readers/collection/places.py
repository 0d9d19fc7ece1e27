"""The place of e-mails in the sequence that their headings make: "Email 1", "Follow-up 2 (3 days after)", "Day 5"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from pushlint.draft import Step

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_NUMBERED = re.compile(
    rf"\b(?:e-?mail|touch(?:[ -]?point)?|step|message|letter)\s*(?:#|no\.?|number)?\s*"
    rf"(?P<number>\d{{1,2}}|{'|'.join(_NUMBERS)})\b"
    rf"|\b(?P<ordinal>{'|'.join(_ORDINALS)}) (?:e-?mail|touch|message|letter)\b",
    re.IGNORECASE,
)
_DAY = re.compile(r"\bday[ -]?(?P<day>\d{1,3})\b", re.IGNORECASE)
_LATER = re.compile(
    r"(?P<count>\d{1,3})(?:[ \t]*[-\u2013][ \t]*\d+)?[ \t]*(?:business[ \t]|working[ \t])?(?P<unit>day|week)s?\b"
    r"(?:[ \t]+(?:after|later|from|since)(?P<from>[ \t]+(?:the[ \t]+)?(?:initial|first|email 1\b))?|(?=\)))",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"\b(?:initial|first|cold|intro(?:duction|ductory)?|opening) (?:contact|outreach|e-?mail|touch|message)\b", re.I
)
_FOLLOWING = re.compile(r"\bfollow(?:ing)?[ -]?ups?\b", re.IGNORECASE)
_BREAKUP = re.compile(
    r"\bbreak[ -]?up\b|\bgood-?bye\b|\b(?:final|last) (?:e-?mail|follow[ -]?up|touch|message|note|attempt)\b",
    re.IGNORECASE,
)
_NO_STEP = re.compile(r"\btemplates\b|\bsequences?\s*\Z|\bfollow[ -]?ups\b(?!\s*\d)|\be-?mails\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """An e-mail's step, and the stage that its heading tells; nothing where the headings are no series."""

    step: Step | None = None
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class _Told:
    """An e-mail by its number in the file, the titles above its step's, and that of its step."""

    index: int
    above: tuple[str, ...]
    title: str


def is_step(title: str) -> bool:
    """Whether a heading names a step of a sequence."""
    if _NO_STEP.search(title):
        return False
    return any(form.search(title) for form in (_NUMBERED, _DAY, _LATER, _FIRST, _FOLLOWING, _BREAKUP))


def places(headings: Sequence[Sequence[str]]) -> list[Place]:
    """The places of e-mails, each told by the titles of the headings above it, the nearest last."""
    found = [Place() for _ in headings]
    told = [_told(index, titles) for index, titles in enumerate(headings)]
    for _, group in groupby(told, key=lambda email: email.above):
        for series in _series(list(group)):
            for index, place in _numbered(series):
                found[index] = place
    return found


def _told(index: int, titles: Sequence[str]) -> _Told:
    at = next((at for at in range(len(titles) - 1, -1, -1) if is_step(titles[at])), len(titles) - 1)
    first = next((first for first, title in enumerate(titles) if is_step(title)), at)
    return _Told(index, tuple(titles[: max(first, 0)]), titles[at] if titles else "")


def _series(emails: list[_Told]) -> Iterator[list[_Told]]:
    """The series among e-mails under one heading: the steps, and what stands before a first follow-up."""
    series: list[_Told] = []
    for email in emails:
        if not is_step(email.title):
            if not any(is_step(one.title) for one in series):
                series = [email]
            continue
        if series and not is_step(series[0].title) and not (len(series) > 1 or _FOLLOWING.search(email.title)):
            series = []
        number = _number(email.title)
        last = _number(series[-1].title) if series else None
        if number and last and (number < last or (number == last and email.title != series[-1].title)):
            yield series
            series = []
        series.append(email)
    yield series


def _numbered(series: list[_Told]) -> Iterator[tuple[int, Place]]:
    steps = [list(group) for _, group in groupby(series, key=lambda email: email.title)]
    if len(steps) < 2:
        return
    numbers = [_number(step[0].title) or 0 for step in steps]
    if not all(0 < one < two for one, two in pairwise(numbers)):
        numbers = list(range(1, len(steps) + 1))
    days = _days([step[0].title for step in steps])
    sequence = f"{'/'.join(series[0].above)}#{series[0].index + 1}"
    for step, number, day in zip(steps, numbers, days, strict=True):
        stage = _stage(step[0].title, number)
        for variant, email in enumerate(step):
            name = chr(ord("A") + variant % 26) if len(step) > 1 else None
            yield email.index, Place(Step(sequence, number, day, name), stage)


def _number(title: str) -> int | None:
    match = _NUMBERED.search(title)
    if match is None:
        return None
    word = (match["number"] or match["ordinal"]).lower()
    if word.isdigit():
        return int(word)
    return (_NUMBERS.index(word) if word in _NUMBERS else _ORDINALS.index(word)) + 1


def _days(titles: Sequence[str]) -> list[float | None]:
    """The day of each step; a delay counts from the step before, or from the first where it says so."""
    days: list[float | None] = []
    for title in titles:
        if day := _DAY.search(title):
            days.append(float(day["day"]))
        elif (later := _LATER.search(title)) and days:
            start = (days[0] if later["from"] else days[-1]) if len(days) > 1 else days[0] or 0.0
            delay = int(later["count"]) * (7 if later["unit"].lower() == "week" else 1)
            days.append(None if start is None else start + delay)
        else:
            days.append(None)
    if any(_LATER.search(title) for title in titles[1:]) and days[0] is None:
        days[0] = 0.0
    return days


def _stage(title: str, number: int) -> str:
    if _BREAKUP.search(title):
        return "breakup"
    return "first-touch" if number == 1 and not _FOLLOWING.search(title) else "follow-up"
