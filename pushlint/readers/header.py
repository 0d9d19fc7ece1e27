"""Header lines above the text: `Subject:` alone, or a simple mail header."""

import re
from dataclasses import replace

from pushlint.draft import Segment, Source
from pushlint.readers.assembly import Head
from pushlint.readers.lines import vocabulary
from pushlint.readers.subject import Subject, read_subject

_SUBJECT = re.compile(
    r"(?:[#>*_\s]*)subject(?:[ ]line)?[ \t]*:[ \t]*[*_]{0,2}[ \t]*(?P<value>.*?)[ \t]*(?:(?<!\|)[*_]{1,2})?[ \t]*\Z",
    re.IGNORECASE,
)
_FOLD = re.compile(r"(?:\r\n|\r|\n)[ \t]+")
_BLANK = re.compile(r"(?:[ \t]*(?:\r\n|\r|\n))*")
_HEADER_PREFIXES = ("x-", "arc-", "list-", "dkim-", "received-")
_FIELD = re.compile(r"(?P<name>[A-Za-z][A-Za-z-]*)[ \t]*:")


def is_subject_line(line: str) -> bool:
    """Whether a line gives the subject: `Subject: ...`, `**Subject line:** ...`."""
    return bool(_SUBJECT.match(line))


def is_header_line(line: str) -> bool:
    """Whether a line belongs to a mail header."""
    field = _FIELD.match(line)
    name = field["name"].lower() if field else ""
    return is_subject_line(line) or name in vocabulary()["header_fields"] or name.startswith(_HEADER_PREFIXES)


def read_header(source: Source, front: Head) -> Head:
    """The header lines (`Subject:`, `From:`, ...) at the top of a file, or after its front matter."""
    text = source.text
    at = _skip_blank(text, front.body)
    body = front.body
    previous = 0
    subject: tuple[int, int] | None = None
    while at < len(text):
        end = _line_end(text, at)
        line = text[at:end]
        folded = body > front.body and line[:1] in (" ", "\t") and line.strip() != ""
        if folded and subject and subject[1] >= previous:
            subject = subject[0], at + len(line.rstrip())
        elif subject is None and (match := _SUBJECT.match(line)):
            subject = at + match.start("value"), at + match.end("value")
        elif not folded and not is_header_line(line):
            break
        previous = at
        at = body = _next_line(text, end)
    if body == front.body:
        return front
    read = read_subject(_characters(text, *subject), front.reading, front.hints) if subject else Subject()
    return replace(front, body=_skip_blank(text, body), subject=read)


def _characters(text: str, start: int, end: int) -> list[Segment]:
    """The single characters of a value, each fold of a long line one space."""
    characters: list[Segment] = []
    while start < end:
        fold = _FOLD.match(text, start, end)
        step = fold.end() - start if fold else 1
        characters.append(Segment(" " if fold else text[start], start, start + step, "space" if fold else "literal"))
        start += step
    return characters


def _skip_blank(text: str, at: int) -> int:
    blank = _BLANK.match(text, at)
    return blank.end() if blank else at


def _line_end(text: str, at: int) -> int:
    return min((end for end in (text.find("\n", at), text.find("\r", at)) if end >= 0), default=len(text))


def _next_line(text: str, end: int) -> int:
    return min(len(text), end + (2 if text.startswith("\r\n", end) else 1))
