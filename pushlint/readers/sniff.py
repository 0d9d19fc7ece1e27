"""A cheap look at the top of a file: is it an e-mail at all?"""

import re
from pathlib import PurePath

from pushlint.readers.greeting import is_greeting
from pushlint.readers.header import is_header_line, is_subject_line
from pushlint.templating import find_tags

TOP = 65_536
"""How many bytes from the top of a file are looked at: those of markup, whose styles stand above the words."""
_TOP = 4096
_MARKUP = (".html", ".htm", ".mjml")
_NEAR_THE_TOP = 6
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?P<yaml>(?:(?!---|\.\.\.).*\n)*)(?:---|\.\.\.)?")
_DRAFT_KEY = re.compile(r"^(?:subject|stage)[ \t]*:", re.MULTILINE)
_ELEMENT = re.compile(
    r"<(script|style|head|title|mj-head)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<[^<>]*>", re.DOTALL | re.IGNORECASE
)
_MARKS = "*_# \t>"


def looks_like_draft(path: str, data: bytes) -> str | None:
    """None when the top of a file looks like an e-mail's, otherwise why it was passed over.

    A draft has a front matter with `subject` or `stage`, a leading `Subject:` line, or a greeting near the top.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    data = data[: TOP if PurePath(path).suffix.lower() in _MARKUP else _TOP]
    if b"\0" in data:
        return "binary"
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    if not text.strip():
        return "empty"
    front = _FRONT_MATTER.match(text)
    if front and _DRAFT_KEY.search(front["yaml"]):
        return None
    lines = _lines(path, text[front.end() if front else 0 :])
    while lines and is_header_line(lines[0]):
        if is_subject_line(lines.pop(0)):
            return None
    return None if any(map(is_greeting, lines[:_NEAR_THE_TOP])) else "no subject, stage or greeting"


def _lines(path: str, text: str) -> list[str]:
    """The first lines with something on them, merge tags filled in and markup left out."""
    for tag in reversed(find_tags(text)):
        text = text[: tag.start] + tag.filler + text[tag.end :]
    if PurePath(path).suffix.lower() in _MARKUP:
        text = _ELEMENT.sub("\n", text)
    return [line for raw in text.splitlines() if (line := raw.strip(_MARKS))]
