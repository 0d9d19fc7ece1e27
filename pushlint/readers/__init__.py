"""Readers: a file's bytes in, drafts out, with every character's place in the file kept."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from pushlint.draft import Draft, Source
from pushlint.readers.assembly import Head
from pushlint.readers.decode import decode
from pushlint.readers.embedded import Reader, every_reading
from pushlint.readers.frontmatter import read_front_matter
from pushlint.readers.header import is_header_line, read_header
from pushlint.readers.plain import read_plain
from pushlint.readers.sniff import looks_like_draft

__all__ = ["FORMATS", "SUFFIXES", "looks_like_draft", "read"]

FORMATS = {
    ".txt": "plain",
    ".eml": "eml",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".mjml": "html",
    ".json": "json",
}
"""The format of a file by the end of its name."""
SUFFIXES = tuple(FORMATS)
_DOCUMENT = re.compile(r"\s*<(?:!doctype html|html|mjml|(?:div|p|table|center)\b[^<>]*>(?=.*</))", re.I | re.S)


def read(path: str, data: bytes, name: str | None = None, dialect: str = "") -> list[Draft]:
    """The drafts in a file; `name`, where given, tells the format instead of `path`, `dialect` that of the merge tags.

    Raises InputError when the file is empty, too large, binary, not UTF-8, or broken.
    """
    format = FORMATS.get(PurePath(name or path).suffix.lower(), "plain")
    source = replace(decode(path, data, otherwise="latin-1" if format == "eml" else None), dialect=dialect)
    if format == "eml" and not is_header_line(source.text.partition("\n")[0]):
        format = "plain"
    if carrier := _carrier(format):
        return carrier(source)
    return [every_reading(lambda reading: _read_one(source, format, reading))]


def _read_one(source: Source, format: str, reading: int) -> Draft:
    head = read_front_matter(source, reading) or Head(reading=reading, dialect=source.dialect)
    if not head.subject.segments:
        head = read_header(source, head)
    return _reader(format, source.text[head.body :])(source, head)


def _carrier(format: str) -> Callable[[Source], list[Draft]] | None:
    """The reader of a format that holds any number of e-mails, imported when first needed."""
    if format == "json":
        from pushlint.readers.json import read_json

        return read_json
    if format == "eml":
        from pushlint.readers.eml import read_eml

        return read_eml
    return None


def _reader(format: str, body: str) -> Reader:
    """The reader of a format of one e-mail; what has another name but is one HTML document is read as that.

    The parsers of marked-up formats are imported when first needed.
    """
    if format == "html" or _DOCUMENT.match(body):
        from pushlint.readers.html import read_html

        return read_html
    if format == "markdown":
        from pushlint.readers.markdown import read_markdown

        return read_markdown
    return read_plain
