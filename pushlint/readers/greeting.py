"""The greeting: `Hi Sam,`, a bare name, or a person's tag."""

import re
from collections.abc import Sequence
from functools import cache

from pushlint.draft import Tag
from pushlint.readers.lines import Line, vocabulary
from pushlint.readers.signoff import is_closing_phrase

_NEAR_THE_TOP = 6
_END = r"[,:!.]|\s[-~\u2013\u2014\u2012\u2015]|[\u2013\u2014]"
_NOT_NAMES = ("I", "I'm", "I\u2019m", "We", "My")


@cache
def _greeting() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(vocabulary()["greetings"], key=len, reverse=True))
    titles = "|".join(rf"{title}\." for title in vocabulary()["titles"])
    return re.compile(
        rf"\W{{0,3}}(?:{words})\b(?P<name>(?:\s+(?:{titles})|(?!(?:{_END})(?=\W|\Z))[^\n]){{0,60}}?)(?P<end>(?:{_END})(?=\W|\Z)|\Z)",
        re.IGNORECASE,
    )


def find_greeting(lines: Sequence[Line], tags: Sequence[Tag]) -> tuple[int, int] | None:
    """The index of the greeting's line and the plain offset at which what follows it begins."""
    for index, line in enumerate(lines[:_NEAR_THE_TOP]):
        length = _greeting_length(line, tags, top=index == 0)
        if length:
            rest = line.text[length:]
            return index, line.start + length + len(rest) - len(rest.lstrip())
    return None


def _greeting_length(line: Line, tags: Sequence[Tag], top: bool) -> int:
    """How many characters of the line greet. Below the `top` line only a line that is all greeting does, or
    words that a comma or mark sets apart."""
    length = _words_of_greeting(line)
    if length and (top or length == len(line.text) or (line.text[length - 1] in ",!" and " " in line.text[:length])):
        return length
    name = _bare_name(line, tags, top)
    return name if top or name == len(line.text) else 0


def _words_of_greeting(line: Line) -> int:
    match = _greeting().match(line.text)
    if match:
        words = match["name"].split()
        closed = match["end"] not in ("", ".") or (match.end() == len(line.text) and len(words) <= 4)
        if len(words) <= 6 and (closed or all(_is_greeted(word) for word in words)):
            return match.end()
    opening = re.compile(rf"\W{{0,3}}(?:{'|'.join(map(re.escape, vocabulary()['greetings']))})\b", re.IGNORECASE).match(
        line.text
    )
    if not opening:
        return 0
    end = opening.end()
    for word in re.finditer(r"\s+(\S+)", line.text[end:]):
        if not _is_greeted(word[1]) or word[1] in _NOT_NAMES:
            return opening.end() + word.start() if end > opening.end() or word.start() else 0
        end = opening.end() + word.end()
    return end


def _is_greeted(word: str) -> bool:
    return word[0].isupper() or word.lower().strip(".,") in vocabulary()["greeted"]


def _bare_name(line: Line, tags: Sequence[Tag], top: bool) -> int:
    """A person's tag with a comma, whatever follows, or at the top `Sam,` alone on its line."""
    tag = next((tag for tag in tags if tag.start == line.start and tag.type == "person"), None)
    if tag and (end := re.compile(rf"{_END}").match(line.text, tag.end - tag.start)):
        return end.end()
    name, comma, rest = line.text.partition(",")
    words = name.split()
    bare = top and comma and not rest and 1 <= len(words) <= 3 and all(word[0].isupper() for word in words)
    return len(line.text) if bare and not is_closing_phrase(name) else 0


def is_greeting(line: str) -> bool:
    """Whether a line of text begins as an e-mail does."""
    alone = Line(0, len(line), line, 0, len(line), 0, 0, False, False)
    return bool(_words_of_greeting(alone) or _bare_name(alone, (), top=True))
