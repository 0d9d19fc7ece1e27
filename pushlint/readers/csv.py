"""Tables: rows of cells with a header, split by comma, semicolon or tab; each character at its place."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pushlint.draft import Draft, Segment, Source, SourceMap
from pushlint.errors import InputError
from pushlint.readers.sequences import Value, drafts_in, is_named, unnumbered, words

_DELIMITERS = ",;\t"
_QUOTED = re.compile(r'"[^"]*+(?:""[^"]*+)*+"')
_DOUBLED = re.compile('""')
_LINE_END = re.compile(r"\r\n|\n|\r")
_EXPORT = "export it again, with a quote in a cell doubled"


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell: where what is in it stands, and whether in quotes."""

    start: int
    end: int
    quoted: bool


def read_csv(source: Source) -> list[Draft]:
    """The e-mails in a table, one a row. Raises InputError for a table that is broken or has no column of texts."""
    table = _Table(source)
    rows = table.rows()
    names = [table.text(cell).text.strip() for cell in next(rows)]
    if not any(is_named("body", unnumbered(name)[0]) for name in names):
        hint = "name it body, in the first row"
        raise InputError("a table without a column for the text of e-mails", source.path, 1, hint=hint)
    values = [_by_number(row) for row in table.values(rows, names)]
    return drafts_in(_as_sequences(values), source, table.encode, in_list=True)


def _by_number(row: Mapping[str, SourceMap]) -> Mapping[str, Value]:
    """A row whose columns are numbered, as in `subject_1`, `body_1`, `subject_2`, with the e-mails as its steps."""
    told: dict[str, Value] = {}
    numbered: dict[int, dict[str, Value]] = {}
    for name, text in row.items():
        plain, number = unnumbered(name)
        if number is not None and (is_named("subject", plain) or is_named("body", plain)):
            numbered.setdefault(number, {"number": number})[plain] = text
        else:
            told[name] = text
    return {**told, "steps": [numbered[number] for number in sorted(numbered)]} if numbered else told


def _as_sequences(rows: Sequence[Mapping[str, Value]]) -> Value:
    """The rows as the steps of the sequences that they name, or of one; as they are where nothing says a step."""
    if not rows or not any(is_named("number", name) for name in rows[0]):
        return rows
    sequences: dict[str, list[Value]] = {}
    for row in rows:
        name = next((words(value) for key, value in row.items() if is_named("sequence", key)), None)
        sequences.setdefault(name or "", []).append(row)
    return {name: {"steps": steps} for name, steps in sequences.items()}


class _Table:
    """The cells of a file, row by row."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.delimiter = _delimiter(source.text)
        self.bare = re.compile(rf"[^{self.delimiter}\r\n]*")
        self.cells: list[_Cell] = []

    def rows(self) -> Iterator[list[_Cell]]:
        """The rows with something in them."""
        at = 0
        while at < len(self.source.text):
            row, at = self._row(at)
            if len(row) > 1 or row[0].start < row[0].end:
                yield row

    def values(self, rows: Iterable[list[_Cell]], names: Sequence[str]) -> Iterator[dict[str, SourceMap]]:
        """Rows as mappings. Raises InputError for one with more or fewer cells than there are names."""
        for row in rows:
            if len(row) != len(names):
                raise self._error(f"a row of {len(row)} cells under a header of {len(names)}", row[0].start, _EXPORT)
            yield {name: self.text(cell) for name, cell in zip(names, row, strict=True)}

    def text(self, cell: _Cell) -> SourceMap:
        """What is in a cell; a doubled quote is one."""
        text, at, segments = self.source.text, cell.start, list[Segment]()
        for quote in _DOUBLED.finditer(text, cell.start, cell.end) if cell.quoted else ():
            segments += _literal(text, at, quote.start())
            segments.append(Segment('"', *quote.span(), "entity"))
            at = quote.end()
        return SourceMap([*segments, *_literal(text, at, cell.end)])

    def encode(self, words: str, start: int, end: int) -> str | None:
        """Words as they stand within the cell around; None where the cell would have to be put in quotes."""
        index = bisect_right(self.cells, start, key=lambda cell: cell.start) - 1
        if index < 0 or end > self.cells[index].end:
            return None
        if self.cells[index].quoted:
            return words.replace('"', '""')
        return None if re.search(rf'["\r\n{self.delimiter}]', words) else words

    def _row(self, at: int) -> tuple[list[_Cell], int]:
        """The row that begins at an offset, and where the next one begins."""
        text, row = self.source.text, list[_Cell]()
        while True:
            cell, at = self._cell(at)
            row.append(cell)
            if not text.startswith(self.delimiter, at):
                break
            at += 1
        self.cells += row
        if at < len(text) and text[at] not in "\r\n":
            raise self._error("words after the quote that closes a cell", at, _EXPORT)
        line_end = _LINE_END.match(text, at)
        return row, line_end.end() if line_end else at

    def _cell(self, at: int) -> tuple[_Cell, int]:
        """The cell that begins at an offset, and where it ends, its quotes with it."""
        text = self.source.text
        if text.startswith('"', at):
            if not (quoted := _QUOTED.match(text, at)):
                raise self._error("a quote that is never closed", at, _EXPORT)
            return _Cell(at + 1, quoted.end() - 1, True), quoted.end()
        bare = self.bare.match(text, at)
        end = bare.end() if bare else at
        return _Cell(at, end, False), end

    def _error(self, message: str, at: int, hint: str) -> InputError:
        return InputError(f"broken table: {message}", self.source.path, *self.source.position(at), hint=hint)


def _literal(text: str, start: int, end: int) -> list[Segment]:
    return [Segment(text[start:end], start, end, "literal")] if start < end else []


def _delimiter(text: str) -> str:
    """What splits the header, which is the first line with something on it."""
    header = text.lstrip().partition("\n")[0]
    return max(_DELIMITERS, key=header.count)
