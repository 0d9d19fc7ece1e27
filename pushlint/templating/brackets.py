"""Brackets and braces that look like merge tags: which are, and which are links, elements, choices or buttons."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pushlint.templating.meaning import is_known, name_words, words_of

_DEFINITION = re.compile(r"^[ ]{0,3}\[([^\]\n]+)\]:[ \t]*\S+(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'))?[ \t]*\r?$", re.M)
_CLOSING = re.compile(r"</\s*([a-z][\w-]*)", re.IGNORECASE)
_LABEL = re.compile(r"\[([^\]\n]+)\]")
_IDENTIFIER = re.compile(r"\w*(?:_|[a-z][A-Z])\w*|[A-Z]{3,}")
_CHECK_BOX = re.compile(r"(?m:^)[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+$")
_BEGINS = re.compile(r"[^\W\d_]|[#+$\u20ac\u00a3\u201c\"'\[]")
_CALL = re.compile(r"\[([^\[\]<>\n]{2,80})\](?![(\[:])")
_MARK = re.compile(r"\s*([a-z]+(?: [a-z]+)?)\s*[:\u2013\u2014-]\s*", re.IGNORECASE)
_QUOTES = "\"'\u201c\u201d\u2018\u2019 \t"
_POINTS = (":", "\u2192", "\U0001f449", "\u27a1", "\u27a1\ufe0f", "\u25b6")
_NEAR = 200


@dataclass(frozen=True, slots=True)
class Links:
    """What else a text uses brackets for: the labels of Markdown link definitions, the elements it closes."""

    labels: frozenset[str]
    closed: frozenset[str]


def find_links(source: str) -> Links:
    """The link labels and closed elements of a text, in lower case."""
    labels = frozenset(match[1].lower() for match in _DEFINITION.finditer(source))
    return Links(labels, frozenset(match[1].lower() for match in _CLOSING.finditer(source)))


@dataclass(frozen=True, slots=True)
class Call:
    """A bracketed call to action, and its words without the brackets and a mark such as `Button:`."""

    start: int
    end: int
    first: int
    last: int


def find_calls(masked: str) -> list[Call]:
    """The bracketed calls to action in source order; tags in `masked` are already overwritten."""
    return [_call(match) for match in _CALL.finditer(masked) if _is_call(match)]


def _call(match: re.Match[str]) -> Call:
    start, end = match.span()
    inner = match[1]
    mark = _mark(inner)
    if not mark:
        return Call(start, end, start + 1, end - 1)
    words = inner[mark:]
    first = end - 1 - len(words.lstrip(_QUOTES))
    return Call(start, end, first, first + len(words.strip(_QUOTES)))


def _mark(inner: str) -> int:
    """How long the mark is with which bracketed words begin: "Button: ", "CTA - "."""
    match = _MARK.match(inner)
    return match.end() if match and match[1].lower() in words_of("call_marks") else 0


def _is_choice_of_one(match: re.Match[str], links: Links) -> bool:
    """`{name}`, but not spintax: a fallback follows an identifier, or a one-word tag known to have them."""
    name, bar, _ = match[0].strip("{}!").partition("|")
    return not bar or bool(_IDENTIFIER.fullmatch(name.strip())) or name.strip().lower() in words_of("fallback")


def _is_no_element(match: re.Match[str], links: Links) -> bool:
    """`<Company Name>`, but not an HTML element."""
    inner = match[0][1:-1]
    words = inner.lower().split()
    if not words or inner.endswith("/") or "-" in words[0] or len(words) > 6 or words[0] in words_of("elements"):
        return False
    if len(words) == 1:
        return words[0] not in links.closed
    return words[0] not in words_of("elements_too") or is_known(inner)


def _is_loud_or_known(match: re.Match[str], links: Links) -> bool:
    """`%FIRST_NAME%`, `%first_name%`, but not the words between two figures in percent."""
    return match[0].startswith("%%") or match[0].isupper() or is_known(match[0][1:-1])


def _is_placeholder(match: re.Match[str], links: Links) -> bool:
    """`[Company]`, but not a link, an image, a check box, a footnote, or words that are meant as they stand."""
    source, (start, end), inner = match.string, match.span(), match[0][1:-1].strip()
    if not _BEGINS.match(inner) or source.startswith("(", end) or source.startswith("!", max(0, start - 1), start):
        return False
    if inner in ("x", "X") and _CHECK_BOX.search(source, max(0, start - 40), start):
        return False
    label = _LABEL.match(source, end)
    if (label[1] if label else inner).lower() in links.labels:
        return False
    return inner.lower() not in words_of("kept") and not _is_label(match) and not _is_call(match)


def _is_label(match: re.Match[str]) -> bool:
    """A subject's `[Webinar]`: words in brackets that open the text and name nothing that could be filled in."""
    return match.start() == 0 and "\n" not in match.string.strip() and not is_known(match[0][1:-1])


def _is_call(match: re.Match[str]) -> bool:
    """`[Book a call]` or `[Button: Your seat]` alone on its line, or after a colon or an arrow."""
    mark = _mark(match[0][1:-1])
    words = name_words(match[0][1 + mark : -1])
    if not words or words[-1] in words_of("fills") or len(words) > 7:
        return False
    if not (words_of("call_notes").isdisjoint(words) if mark else words[0] in words_of("calls")):
        return False
    source, (start, end) = match.string, match.span()
    before = _CALL.sub("", source[source.rfind("\n", max(0, start - _NEAR), start) + 1 : start]).rstrip("*_ \t")
    after = _CALL.sub("", source[end : end + _NEAR].partition("\n")[0])
    return (before.endswith(_POINTS) or not _has_words(before)) and not _has_words(after)


def _has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)


ACCEPTS: Mapping[str, Callable[[re.Match[str], Links], bool]] = {
    "brace": _is_choice_of_one,
    "angle": _is_no_element,
    "square": _is_placeholder,
    "percent": _is_loud_or_known,
}
"""For each ambiguous form whether a match of it is a merge tag."""
