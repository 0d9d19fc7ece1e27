"""Mail as it is sent (RFC 5322 and MIME): the text and HTML parts, in whatever encoding, and the subject."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import Message
from email.parser import HeaderParser
from itertools import chain

from pushlint.draft import Draft, Encode, Segment, Source, SourceMap
from pushlint.errors import InputError
from pushlint.readers.assembly import Head
from pushlint.readers.embedded import Reader, read_embedded
from pushlint.readers.mime import (
    base64_bytes,
    characters,
    joined,
    plain_bytes,
    quote_printable,
    quoted_printable,
    soft_breaks,
)
from pushlint.readers.plain import read_plain

_HEADER_END = re.compile(r"(?:\A|(?<=\n)|(?<=\r)(?!\n))(?:\r\n|\n|\r)")
_SUBJECT = re.compile(r"^subject[ \t]*:[ \t]*(?P<value>(?:[^\r\n]|\r?\n(?=[ \t]))*)", re.IGNORECASE | re.MULTILINE)
_ENCODED = re.compile(r"=\?(?P<charset>[^?\s*]+)(?:\*[^?\s]*)?\?(?P<how>[bBqQ])\?(?P<words>[^?\s]*)\?=")
_FOLD = re.compile(r"\r?\n[ \t]+")
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class _Part:
    """A part without parts of its own: what its header says, and where its content stands."""

    header: Message
    start: int
    end: int


def read_eml(source: Source) -> list[Draft]:
    """The mail in a file, once for each of its text and HTML parts; attachments are left alone.

    Raises InputError for an unknown charset and for broken base64.
    """
    top = _header(source.text, 0, len(source.text))
    subject = _subject(source, top.start)
    replies = top.header.get("In-Reply-To") or top.header.get("References")
    head = Head(stage="reply" if replies else None, hints=source.hints)
    drafts: list[Draft] = []
    for part in _parts(source, 0, len(source.text), _DEEPEST):
        body = SourceMap(joined(_content(part, source)))
        if body.text.strip():
            draft = read_embedded(source, body, _reader(part), None if drafts else subject, head)
            drafts.append(draft.carried(_encoder(part, source, top.start)).with_all(repeats=bool(drafts)))
    return drafts


def _parts(source: Source, start: int, end: int, depth: int) -> Iterator[_Part]:
    part = _header(source.text, start, end)
    if part.header.get_content_maintype() == "multipart":
        boundary = part.header.get_boundary()
        if not depth:
            raise InputError("parts nested too deeply", source.path, *source.position(start))
        for first, last in _between(source.text, part, boundary) if boundary else ():
            yield from _parts(source, first, last, depth - 1)
    elif part.header.get_content_type() in ("text/plain", "text/html") and not _is_attached(part):
        yield part


def _header(text: str, start: int, end: int) -> _Part:
    """The header that stands at `start`, and the content after it."""
    blank = _HEADER_END.search(text, start, end)
    header, content = (blank.start(), blank.end()) if blank else (end, end)
    return _Part(HeaderParser().parsestr(text[start:header]), content, end)


def _between(text: str, part: _Part, boundary: str) -> Iterator[tuple[int, int]]:
    """Where the parts stand that a boundary divides; the last line end before a boundary belongs to that."""
    line = re.compile(rf"(?:^|\r?\n)--{re.escape(boundary)}(?P<ends>--)?[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
    begin: int | None = None
    for found in line.finditer(text, part.start, part.end):
        if begin is not None:
            yield begin, max(begin, found.start())
        begin = None if found["ends"] else found.end()
    if begin is not None:
        yield begin, part.end


def _is_attached(part: _Part) -> bool:
    return part.header.get_content_disposition() == "attachment"


def _content(part: _Part, source: Source) -> Iterator[Segment]:
    """The characters of a part."""
    encoding = _how(part)
    charset = _charset(part, source)
    if encoding == "base64":
        return characters(source, base64_bytes(source, part.start, part.end), charset)
    if encoding == "quoted-printable":
        read = characters(source, quoted_printable(source, part.start, part.end), charset)
        return chain(read, soft_breaks(source, part.start, part.end))
    if charset in (source.charset, "us-ascii"):
        return iter([Segment(source.text[part.start : part.end], part.start, part.end, "literal")])
    return characters(source, plain_bytes(source, part.start, part.end), charset)


def _charset(part: _Part, source: Source) -> str:
    return part.header.get_content_charset() or source.charset


def _encoder(part: _Part, source: Source, body: int) -> Encode:
    """How words are written in a part, and above the `body`, in the subject."""
    how = _how(part)
    charset = _charset(part, source)

    def encode(words: str, start: int, end: int) -> str | None:
        if start < body:
            coded = any(start < word.end() and word.start() < end for word in _ENCODED.finditer(source.text, 0, body))
            return words if words.isascii() and "\n" not in words and not coded else None
        try:
            data = words.encode(charset)
            if how == "quoted-printable":
                return quote_printable(source, data, start, end)
            return None if how == "base64" or (how != "8bit" and not words.isascii()) else data.decode(source.charset)
        except UnicodeError:
            return None

    return encode


def _how(part: _Part) -> str:
    return str(part.header.get("Content-Transfer-Encoding", "")).strip().lower()


def _subject(source: Source, end: int) -> SourceMap | None:
    """The subject's characters: encoded words decoded, the folds of a long line one space each."""
    found = _SUBJECT.search(source.text, 0, end)
    if found is None:
        return None
    segments: list[Segment] = []
    at = found.start("value")
    for word in _ENCODED.finditer(source.text, *found.span("value")):
        if not (segments and segments[-1].kind == "entity" and source.text[at : word.start()].isspace()):
            segments += _unfolded(source.text, at, word.start())
        segments += _encoded_word(source, word)
        at = word.end()
    return SourceMap(joined([*segments, *_unfolded(source.text, at, found.end("value"))]))


def _encoded_word(source: Source, word: re.Match[str]) -> Iterator[Segment]:
    start, end = word.span("words")
    if word["how"] in "bB":
        return (
            replace(s, kind="entity") for s in characters(source, base64_bytes(source, start, end), word["charset"])
        )
    data = quoted_printable(source, start, end, space="_")
    return (replace(s, kind="entity") for s in characters(source, data, word["charset"]))


def _unfolded(text: str, start: int, end: int) -> Iterator[Segment]:
    while start < end:
        fold = _FOLD.match(text, start, end)
        after = fold.end() if fold else start + 1
        yield Segment(" " if fold else text[start], start, after, "space" if fold else "literal")
        start = after


def _reader(part: _Part) -> Reader:
    if part.header.get_content_type() == "text/html":
        from pushlint.readers.html import read_html  # when needed: the grammar takes its time

        return read_html
    return read_plain
