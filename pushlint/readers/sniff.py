"""A cheap look at the top of a file: is it an e-mail at all?"""

import re
from functools import cache
from typing import cast

from pushlint.draft import Source
from pushlint.readers.assembly import Head
from pushlint.readers.greeting import is_greeting
from pushlint.readers.header import is_header_line, is_subject_line
from pushlint.resources import VOCABULARY
from pushlint.templating import find_tags
from pushlint.vocabulary import load_yaml

_TOP = 4096
_LONG_TOP = 16_384
_MARKUP = ("html", "email")
_NEAR_THE_TOP = 6
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?P<yaml>(?:(?!---|\.\.\.).*\n)*)(?:---|\.\.\.)?")
_DRAFT_KEY = re.compile(r"^(?:subject|stage|sequence)[ \t]*:", re.MULTILINE)
_ELEMENT = re.compile(
    r"<(script|style|head|title|mj-head)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<[^<>]*>", re.DOTALL | re.IGNORECASE
)
_KEYS = {
    "json": r'"(\w[\w -]*+)"\s*+:',
    "jsonl": r'"(\w[\w -]*+)"\s*+:',
    "yaml": r"(?:^[ \t-]*+|[{,][ \t]*+)[\"']?(\w[\w -]*+)[\"']?[ \t]*+:(?=\s|\Z)",
    "csv": r'(?:^|[,;\t]) *+"?(\w[\w -]*+)"? *+(?=[,;\t\r\n]|\Z)',
    "salesforce": r"<(?:\w++:)?(\w++)",
}
_MARKS = "*_# \t>"


def looks_like_draft(data: bytes, format: str) -> str | None:
    """None when the top of a file looks like an e-mail's, otherwise why it was passed over.

    A draft has a front matter with `subject`, `stage` or `sequence`, a leading `Subject:` line, or a greeting near the
    top; a Markdown file that holds several may have them further down; a file that holds e-mails in its values has the
    keys that they stand under.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    if format not in _MARKUP:
        data = data[: _LONG_TOP if format in _KEYS else _TOP]
    if b"\0" in data:
        return "binary"
    if format in _KEYS:
        return _keys(data.decode("utf-8", "replace"), format)
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    if not text.strip():
        return "empty"
    front = _FRONT_MATTER.match(text)
    if front and _DRAFT_KEY.search(front["yaml"]):
        return None
    lines = _lines(format, text[front.end() if front else 0 :])
    while lines and is_header_line(lines[0]):
        if is_subject_line(lines.pop(0)):
            return None
    if any(map(is_greeting, lines[:_NEAR_THE_TOP])) or (format == "markdown" and _holds_emails(data)):
        return None
    return "no subject, stage or greeting"


def _holds_emails(data: bytes) -> bool:
    """Whether several e-mails stand near the top of a Markdown file, or one among other text."""
    from pushlint.readers.collection import emails_in  # when needed: the grammar takes its time

    source = Source("", data.decode("utf-8", "replace").removeprefix("\ufeff"))
    front = _FRONT_MATTER.match(source.text)
    return bool(emails_in(source, Head(body=front.end() if front else 0)))


def _lines(format: str, text: str) -> list[str]:
    """The first lines with something on them, merge tags filled in and markup left out."""
    for tag in reversed(find_tags(text)):
        text = text[: tag.start] + tag.filler + text[tag.end :]
    if format in _MARKUP:
        text = _ELEMENT.sub("\n", text)
    return [line for raw in text.splitlines() if (line := raw.strip(_MARKS))]


def _keys(text: str, format: str) -> str | None:
    """The keys near the top, or in the header of a table: a telling one, and one of a text."""
    if format == "csv":
        text = text.lstrip("\ufeff\r\n").partition("\n")[0]
    keys = {re.sub(r"[\s\d_-]", "", key).lower() for key in re.findall(_KEYS[format], text, re.MULTILINE)}
    if format == "salesforce" and keys & {"emailtemplate", "emailtemplates"}:
        return None
    found = keys & _vocabulary()["telling"] and keys & _vocabulary()["body"]
    return None if found else "no keys of a subject and a text near the top"


@cache
def _vocabulary() -> dict[str, set[str]]:
    known = cast(dict[str, list[str]], load_yaml(VOCABULARY / "sequences.yaml"))
    return {part: set(names) for part, names in known.items()}
