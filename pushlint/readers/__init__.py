"""Readers: a file's bytes in, drafts out, with every character's place in the file kept."""

import re
from collections.abc import Callable
from pathlib import PurePath

from pushlint.draft import Draft, Source
from pushlint.readers.assembly import Head
from pushlint.readers.decode import decode
from pushlint.readers.frontmatter import read_front_matter
from pushlint.readers.header import read_header
from pushlint.readers.plain import read_plain
from pushlint.readers.sniff import looks_like_draft

__all__ = ["SUFFIXES", "looks_like_draft", "read"]

_Reader = Callable[[Source, Head], Draft]
_DOCUMENT = re.compile(r"\s*<(?:!doctype html|html|mjml|(?:div|p|table|center)\b[^<>]*>(?=.*</))", re.I | re.S)
SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm", ".mjml", ".eml")


def read(path: str, data: bytes, name: str | None = None) -> list[Draft]:
    """The drafts in a file; `name`, where given, tells the format instead of `path`.

    Raises InputError when the file is empty, too large, binary, not UTF-8, or has a broken front matter.
    """
    source = decode(path, data)
    head = read_front_matter(source)
    if head is None or not head.subject:
        head = read_header(source, head)
    return [_reader(name or path, source.text[head.body :])(source, head)]


def _reader(name: str, body: str) -> _Reader:
    """The reader for a file's name; what has another name but is one HTML document is read as that.

    The parsers of marked-up formats are imported when first needed.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in (".html", ".htm", ".mjml") or _DOCUMENT.match(body):
        from pushlint.readers.html import read_html

        return read_html
    if suffix in (".md", ".markdown"):
        from pushlint.readers.markdown import read_markdown

        return read_markdown
    return read_plain
