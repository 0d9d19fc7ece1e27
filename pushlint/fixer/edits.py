"""Edits applied to a text, and where things stand before and after them."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from itertools import accumulate

from pushlint.diagnostic import Diagnostic, Edit
from pushlint.draft import Source

_BOM = "\ufeff".encode()


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits applied, which must not overlap."""
    pieces, at = [], 0
    for edit in sorted(edits, key=_place):
        pieces += [text[at : edit.start], edit.content]
        at = edit.end
    return "".join([*pieces, text[at:]])


def encoded(source: Source, text: str | None = None) -> bytes:
    """The bytes of a file with that text, or with its own. Raises UnicodeEncodeError where its charset lacks a
    character."""
    return (_BOM if source.bom else b"") + (source.text if text is None else text).encode(source.charset)


class Spans:
    """Ranges that do not overlap."""

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self.spans = sorted(spans)

    def add(self, start: int, end: int) -> None:
        insort(self.spans, (start, end))

    def within(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The ranges that have something in common with `start`..`end`."""
        for at in range(max(0, bisect_right(self.spans, (start,)) - 1), len(self.spans)):
            first, last = self.spans[at]
            if first >= end:
                break
            if last > start:
                yield first, last

    def meets(self, start: int, end: int) -> bool:
        return any(True for _ in self.within(start, end))

    def spares(self, start: int, end: int, or_holds: bool) -> bool:
        """Whether `start`..`end` is one of the ranges, `or_holds`: stands within one, or else has nothing in common
        with any."""
        return all(
            span == (start, end) or (or_holds and span[0] <= start and end <= span[1])
            for span in self.within(start, end)
        )


class Shift:
    """Where things stand before and after edits."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        self.edits = sorted(edits, key=_place)
        self._starts = [edit.start for edit in self.edits]
        self._ends = [edit.end for edit in self.edits]
        growth = (len(edit.content) - (edit.end - edit.start) for edit in self.edits)
        self._moved = list(accumulate(growth, initial=0))
        self.old = Spans((edit.start, edit.end) for edit in self.edits)
        self.new = Spans(map(self.span_of, range(len(self.edits))))

    def span_of(self, number: int) -> tuple[int, int]:
        """Where the words of an edit stand after it."""
        start = self.edits[number].start + self._moved[number]
        return start, start + len(self.edits[number].content)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a range stands after the edits; what of it was replaced counts as what took its place."""
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end) - 1
        begin = min(start, self._starts[first]) if first < len(self.edits) else start
        within = last >= 0 and self._ends[last] > end
        return begin + self._moved[first], self.span_of(last)[1] if within else end + self._moved[last + 1]

    def meets(self, old: Diagnostic, new: Diagnostic) -> bool:
        """Whether a finding before the edits and one after them have words in common."""
        start, end = self.span(old.start, old.end)
        return start < new.end and new.start < end


def _place(edit: Edit) -> tuple[int, int]:
    return edit.start, edit.end
