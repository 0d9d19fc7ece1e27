"""Bytes written as text, in quoted-printable, base64 or another charset: each character with its place in the file."""

import base64
import binascii
import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import quoprimime

from pushlint.draft import Segment, Source
from pushlint.errors import InputError

_QUOTED_PRINTABLE = re.compile(r"=(?P<hex>[0-9A-Fa-f]{2})|(?P<soft>=[ \t]*(?:\r\n|\n|\r|\Z))|.", re.DOTALL)
_LINE_END = re.compile(r"\r\n|\n|\r")
_LONGEST_LINE = 76  # RFC 2045
_BASE64 = re.compile(r"[A-Za-z0-9+/=]")


@dataclass(frozen=True, slots=True)
class Byte:
    """A byte, and the source offsets of what it is written as."""

    value: int
    start: int
    end: int


def plain_bytes(source: Source, start: int, end: int) -> Iterator[Byte]:
    """The bytes of text that stands as it is."""
    for at in range(start, end):
        for value in source.text[at].encode(source.charset):
            yield Byte(value, at, at + 1)


def quoted_printable(source: Source, start: int, end: int, space: str = " ") -> Iterator[Byte]:
    """The bytes of quoted-printable text; a soft line break is nothing, `space` is what a space is written as."""
    for part in _QUOTED_PRINTABLE.finditer(source.text, start, end):
        if part["hex"]:
            yield Byte(int(part["hex"], 16), *part.span())
        elif part[0] == space:
            yield Byte(ord(" "), *part.span())
        elif part["soft"] is None:
            yield from plain_bytes(source, *part.span())


def soft_breaks(source: Source, start: int, end: int) -> Iterator[Segment]:
    """The soft line breaks of quoted-printable text, which are nothing."""
    for part in _QUOTED_PRINTABLE.finditer(source.text, start, end):
        if part["soft"] is not None:
            yield Segment("", *part.span(), "space")


def quote_printable(source: Source, data: bytes, start: int, end: int) -> str:
    """Bytes in place of source `start`..`end`, as quoted-printable text writes them, with soft line breaks where a line
    would be too long."""
    text = source.text
    line_end = _LINE_END.search(text, end)
    rest = text[end : line_end.start() if line_end else len(text)]
    mark = line_end[0] if line_end else "\n"
    column = start - max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) - 1
    pieces: list[str] = []
    for at, byte in enumerate(data):
        character = chr(byte)
        at_line_end = at + 1 == len(data) and not rest
        if character == "\n":
            pieces.append(mark)
            column = 0
            continue
        quoted = quoprimime.body_check(byte) or (at_line_end and character in " \t")
        written = quoprimime.quote(character) if quoted else character
        if column + len(written) > _LONGEST_LINE - 1:
            pieces.append(f"={mark}")
            column = 0
        pieces.append(written)
        column += len(written)
    if rest and column and column + len(rest) > _LONGEST_LINE:
        pieces.append(f"={mark}")
    return "".join(pieces)


def base64_bytes(source: Source, start: int, end: int) -> Iterator[Byte]:
    """The bytes of base64 text, each as wide as the four characters it comes from. Raises InputError where it is
    cut short."""
    marks = list(_BASE64.finditer(source.text, start, end))
    for at in range(0, len(marks), 4):
        four = marks[at : at + 4]
        try:
            values = base64.b64decode("".join(mark[0] for mark in four), validate=True)
        except binascii.Error:
            place = source.position(four[0].start())
            raise InputError("broken base64", source.path, *place, hint="is the file cut short?") from None
        for value in values:
            yield Byte(value, four[0].start(), four[-1].end())


def characters(source: Source, data: Iterable[Byte], charset: str) -> Iterator[Segment]:
    """The characters that bytes of a charset make, as segments; what cannot be decoded is the replacement sign.

    Raises InputError for an unknown charset.
    """
    start: int | None = None
    end = 0
    decoder = _decoder(source, charset)
    for byte in data:
        start, end = byte.start if start is None else start, byte.end
        if decoded := decoder.decode(bytes([byte.value])):
            yield Segment(decoded, start, end, "literal" if decoded == source.text[start:end] else "entity")
            start = None
    if start is not None and (decoded := decoder.decode(b"", final=True)):
        yield Segment(decoded, start, end, "entity")


def _decoder(source: Source, charset: str) -> codecs.IncrementalDecoder:
    try:
        return codecs.getincrementaldecoder(charset)("replace")
    except LookupError:
        raise InputError(f"unknown charset {charset!r}", source.path, hint="save the mail as UTF-8") from None


def joined(segments: Iterable[Segment]) -> list[Segment]:
    """The segments, with neighbouring literal ones as one."""
    found: list[Segment] = []
    for segment in segments:
        last = found[-1] if found else None
        if last and last.kind == segment.kind == "literal" and last.end == segment.start:
            found[-1] = Segment(last.text + segment.text, last.start, segment.end, "literal")
        else:
            found.append(segment)
    return found
