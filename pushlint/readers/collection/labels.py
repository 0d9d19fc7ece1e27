"""Lines of a Markdown collection that begin with a label: `**Subject:** ...`, `Preview: ...`, `**Goal:** ...`."""

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from pushlint.readers.collection.outline import Span
from pushlint.resources import VOCABULARY
from pushlint.vocabulary import load_yaml

_KINDS = ("subject", "alternative", "preheader", "body", "header", "commentary")
_LABEL = re.compile(
    r"[ \t]*(?:[-*+][ \t]+|\d{1,2}[.)][ \t]+|\#{1,6}[ \t]+)?(?:[^\w\s*`{\[<(\"']{1,3}[ \t]*)?"
    r"(?P<open>[*_]{0,3})(?P<words>[A-Za-z](?:[^\W_]|[ /&'\u2019#-]){0,38}(?:\([\w ,/-]{1,20}\))?)"
    r"(?:[ \t]*(?:(?P<close>[*_]{1,3})[ \t]*:|:(?P<last>[*_]{0,3}))|(?P<alone>[*_]{2,3}))[ \t]*(?P<value>.*)",
    re.DOTALL,
)
_VARIANT = re.compile(
    r"[ \t]*(?:\(?[ \t]*(?:(?:option|variant|variation|version|test)[ \t]*)?#?(?:[A-F]|\d{1,2})[ \t]*\)?|\([^)]*\))\Z",
    re.IGNORECASE,
)
_WRAPPED = re.compile(r"(?P<mark>[\"`*_\u201c]{1,3})(?P<inside>.+?)(?P<closing>[\"`*_\u201d]{1,3})\Z", re.DOTALL)
_MOST_MARKS = 6
_PAIRS = {"\u201c": "\u201d"}


@dataclass(frozen=True, slots=True)
class Label:
    """What a label speaks of (`other`: nothing that is known), the span of what follows it, and whether it is in
    bold or italics, and is a heading."""

    kind: str
    value: Span
    strong: bool


@cache
def vocabulary() -> dict[str, frozenset[str]]:
    """The words that tell e-mails from commentary, as they stand in their file."""
    known = cast(dict[str, list[str]], load_yaml(VOCABULARY / "collections.yaml"))
    return {part: frozenset(words) for part, words in known.items()}


def label_of(text: str, line: Span) -> Label | None:
    """The label at the start of a line; one in bold needs no colon when it is known and stands alone."""
    match = _LABEL.match(text[line[0] : line[1]].rstrip())
    if match is None:
        return None
    kind = kind_of(match["words"])
    if match["alone"] and (match["value"] or not match["open"] or kind == "other"):
        return None
    value = line[0] + match.start("value"), line[0] + match.end("value")
    mark = match["open"]
    if mark and not (match["close"] or match["last"]) and match["value"] and match["value"].endswith(mark):
        value = value[0], value[1] - len(mark)  # the label and its value are in bold together
    return Label(kind, _unwrapped(text, value) if kind != "body" else value, bool(match["open"]))


def kind_of(words: str) -> str:
    """What a label speaks of."""
    words = re.sub(r"\s+", " ", words.replace("\u2019", "'")).strip().lower()
    shorter = _VARIANT.sub("", words)
    for kind in _KINDS:
        if words in vocabulary()[kind] or (kind != "body" and shorter in vocabulary()[kind]):
            return kind
    return "other"


def stripped(text: str, span: Span) -> Span:
    """A span without the white space, list marks and quotation marks around its words."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if mark := re.compile(r"(?:[-*+]|\d{1,2}[.)]|[A-F][.):])[ \t]+").match(text, start, end):
        start = mark.end()
    return _unwrapped(text, (start, end))


def _unwrapped(text: str, span: Span) -> Span:
    start, end = span
    for _ in range(_MOST_MARKS):
        match = _WRAPPED.match(text[start:end])
        if match is None:
            break
        mark = match["mark"][0]
        if match["closing"][-1] != _PAIRS.get(mark, mark) or mark in match["inside"].strip(mark):
            break
        start, end = start + 1, end - 1
    return start, end
