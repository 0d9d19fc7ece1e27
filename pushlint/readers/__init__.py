"""Readers: a file's bytes in, drafts out, with every character's place in the file kept."""

import re
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import cast

from pushlint.draft import NO_HINTS, Draft, Source, TagHints, sequence_key
from pushlint.errors import InputError, NoEmails
from pushlint.formats import FORMATS, format_of
from pushlint.readers.assembly import Head
from pushlint.readers.decode import decode
from pushlint.readers.embedded import Reader, every_reading
from pushlint.readers.frontmatter import read_front_matter
from pushlint.readers.header import is_header_line, read_header
from pushlint.readers.plain import read_plain
from pushlint.readers.sniff import looks_like_draft

__all__ = ["FORMATS", "format_of", "looks_like_draft", "read", "sequence_of"]

_CARRIERS = {
    "eml": "read_eml",
    "json": "read_json",
    "jsonl": "read_jsonl",
    "yaml": "read_yaml",
    "csv": "read_csv",
    "salesforce": "read_salesforce",
}
"""Formats that hold any number of e-mails: each has a module of its name, with this function."""
_EXPECTED = {
    "csv": "expected is a row for each e-mail, with columns named subject and body",
    "eml": "expected is a mail with a text or an HTML part",
    "salesforce": "expected is an EmailTemplate, with <subject> and <htmlValue> or <content>",
}
_KEYS = "expected are e-mails with the keys subject and body"
_STEP = re.compile(r"---[ \t]*\r?\n(?:.*\n)*?step[ \t]*:")
_DOCUMENT = re.compile(
    r"\s*(?>(?:<!--(?:(?!-->).)*-->\s*)*)<(?:!doctype html|(?:html|mjml|head|body)\b"
    r"|(?:div|p|table|center|section|span|style|h[1-6])\b[^<>]*>(?=.*</))",
    re.IGNORECASE | re.DOTALL,
)


def read(path: str, data: bytes, format: str | None = None, hints: TagHints = NO_HINTS) -> list[Draft]:
    """The drafts in a file, of the `format` that is given, or that its name tells; `hints` is what is known of its
    merge tags beforehand.

    Raises InputError when the file is empty, too large, binary, not UTF-8, or broken, and when it is of a kind that
    holds e-mails and holds none.
    """
    format = format or format_of(path) or "plain"
    source = replace(decode(path, data, otherwise="latin-1" if format == "eml" else None), hints=hints)
    if format == "eml" and not is_header_line(source.text.partition("\n")[0]):
        format = "plain"
    if format in _CARRIERS:
        drafts = _carrier(format)(source)
        if not drafts:
            kind = "XML" if format == "salesforce" else format.upper()
            raise NoEmails(f"no e-mails in this {kind} file", path, hint=_EXPECTED.get(format, _KEYS))
        return drafts
    if format in ("markdown", "plain") and (drafts := _collection(source, format)):
        return drafts
    return [every_reading(lambda reading: _read_one(source, format, reading))]


def sequence_of(path: str, top: bytes) -> tuple[str, str] | None:
    """The sequence that a file is a step of, by the front matter in the top of it: its folder and its name."""
    text = top.decode("utf-8", "ignore").removeprefix("\ufeff")
    if not _STEP.match(text):
        return None
    try:
        head = read_front_matter(Source(path, text))
    except InputError:
        return None
    return sequence_key(path, head.step) if head and head.step else None


def _read_one(source: Source, format: str, reading: int) -> Draft:
    head = read_front_matter(source, reading) or Head(reading=reading, hints=source.hints)
    if not head.subject.segments:
        head = read_header(source, head)
    return _reader(format, source.text[head.body :])(source, head)


def _carrier(format: str) -> Callable[[Source], list[Draft]]:
    """The reader of a format that holds any number of e-mails, imported when first needed."""
    reader = getattr(import_module(f"pushlint.readers.{format}"), _CARRIERS[format])
    return cast(Callable[[Source], list[Draft]], reader)


def _collection(source: Source, format: str) -> list[Draft]:
    """The e-mails of a text that holds several. Imported where there may be some: the grammar takes its time."""
    if format == "plain" and source.text.lower().count("subject") < 2:
        return []
    from pushlint.readers.collection import read_collection

    return read_collection(source, plain=format == "plain")


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
    if format == "email":
        from pushlint.readers.sequences import reader_of

        return reader_of(body)
    return read_plain
