"""Salesforce's e-mail templates in XML: subject and texts, their characters decoded, parsed by expat.

The text of a template that is kept in two files stands in the one without `-meta.xml`; this one has the subject.
"""

import html
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from pushlint.draft import Draft, Segment, Source, SourceMap
from pushlint.errors import InputError
from pushlint.readers.assembly import Head
from pushlint.readers.embedded import read_embedded
from pushlint.readers.plain import read_plain
from pushlint.readers.sequences import Value, drafts_in, is_named
from pushlint.templating import ascii_twin

_DEEPEST = 100


def read_salesforce(source: Source) -> list[Draft]:
    """The e-mails in an XML file. Raises InputError when it is not XML, or declares a document type."""
    reading = _Reading(source)
    value = reading.value()
    return drafts_in(value, source, reading.encode) or [
        read_embedded(source, SourceMap([]), read_plain, subject, Head(hints=source.hints))
        .carried(reading.encode)
        .with_all(repeats=True)
        for element in value.values()
        if isinstance(element, Mapping)
        for name, subject in element.items()
        if is_named("subject", name) and isinstance(subject, SourceMap) and subject.text.strip()
    ]


@dataclass(slots=True)
class _Element:
    """An element that is not closed yet: its characters, and the elements in it."""

    segments: list[Segment] = field(default_factory=list)
    inside: dict[str, Value] = field(default_factory=dict)

    def value(self) -> Value:
        return self.inside or SourceMap(self.segments)

    def add(self, name: str, value: Value) -> None:
        """Elements of the same name become a list."""
        known = self.inside.get(name)
        if isinstance(known, list):
            known.append(value)
        else:
            self.inside[name] = value if name not in self.inside else [known, value]


class _Reading:
    """One file, parsed in a copy in which an offset of bytes is one of characters."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.open = [_Element()]
        self.unescaped: list[tuple[int, int]] = []
        self.cdata: int | None = None
        self.parser = expat.ParserCreate("us-ascii")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartCdataSectionHandler = self._start_cdata
        self.parser.EndCdataSectionHandler = self._end_cdata
        self.parser.StartDoctypeDeclHandler = self._refuse

    def value(self) -> dict[str, Value]:
        """The root element, by its name."""
        try:
            self.parser.Parse(ascii_twin(self.source.text), True)
        except expat.ExpatError as error:
            message = f"broken XML: {expat.ErrorString(error.code)}"
            raise InputError(message, self.source.path, error.lineno, error.offset + 1) from None
        return self.open[0].inside

    def encode(self, words: str, start: int, end: int) -> str | None:
        """Words as they stand in an element; in a CDATA section, as they are."""
        if any(first <= start and end <= last for first, last in self.unescaped):
            return None if "]]>" in words else words
        return html.escape(words, quote=False)

    def _start(self, name: str, attributes: object) -> None:
        if len(self.open) > _DEEPEST:
            raise self._error("nested too deeply")
        self.open.append(_Element())

    def _end(self, name: str) -> None:
        element = self.open.pop()
        self.open[-1].add(name.rpartition(":")[2], element.value())

    def _characters(self, decoded: str) -> None:
        start, text = self.parser.CurrentByteIndex, self.source.text
        is_reference = self.cdata is None and text.startswith("&", start)
        end = text.index(";", start) + 1 if is_reference else start + len(decoded)
        if not is_reference and decoded == "\n" and text.startswith("\r\n", start):
            end += 1
        characters = decoded if is_reference else text[start:end]
        self.open[-1].segments.append(Segment(characters, start, end, "entity" if is_reference else "literal"))

    def _start_cdata(self) -> None:
        self.cdata = self.parser.CurrentByteIndex

    def _end_cdata(self) -> None:
        self.unescaped.append((self.cdata or 0, self.parser.CurrentByteIndex))
        self.cdata = None

    def _refuse(self, *_: object) -> None:
        raise self._error("a document type is declared, and never read", "take the DOCTYPE out")

    def _error(self, message: str, hint: str | None = None) -> InputError:
        place = self.source.position(self.parser.CurrentByteIndex)
        return InputError(f"broken XML: {message}", self.source.path, *place, hint=hint)
