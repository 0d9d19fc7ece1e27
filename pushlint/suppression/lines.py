"""The lines of a file that holds drafts: which of their characters are read, and which lines a comment means."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from pushlint.draft import Draft, Source


class Lines:
    """The lines of a file, and the ranges in it that are read as words of its drafts."""

    def __init__(self, source: Source, drafts: Sequence[Draft]) -> None:
        self._source = source
        self._starts = [*source.line_starts, len(source.text) + 1]
        segments = (segment for draft in drafts for segment in draft.map.by_source if segment.text.strip())
        read = list(_joined(sorted((segment.start, segment.end) for segment in segments)))
        self._read_starts, self._read_ends = [start for start, _ in read], [end for _, end in read]

    def is_read(self, at: int) -> bool:
        """Whether the character is one of words that are read."""
        number = bisect_right(self._read_starts, at) - 1
        return number >= 0 and at < self._read_ends[number]

    def meant(self, start: int, end: int, is_yaml: bool) -> tuple[int, int]:
        """What a comment at `start`..`end` means: its line, where there are words beside it; else the next line with
        words. A comment in YAML means the key after it with all that is indented under that."""
        text, starts = self._source.text, self._starts
        row = self._row(start)
        beside = text[starts[row] : start] + text[end : starts[row + 1]]
        if beside.strip():
            return starts[row], starts[row + 1]
        below = range(self._row(end) + 1, len(starts) - 1)
        key = self._key(below) if is_yaml else None
        if key is not None:
            return key
        filled = next((row for row in below if self._has_words(starts[row], starts[row + 1])), None)
        return (len(text), len(text) + 1) if filled is None else (starts[filled], starts[filled + 1])

    def _row(self, offset: int) -> int:
        return self._source.position(offset)[0] - 1

    def _key(self, rows: Iterable[int]) -> tuple[int, int] | None:
        """The first key in the rows and what is indented under it."""
        first = depth = None
        for row in rows:
            line = self._source.text[self._starts[row] : self._starts[row + 1]]
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            indent = len(line) - len(line.lstrip())
            if first is None or depth is None:
                first, depth = self._starts[row], indent
            elif indent <= depth:
                return first, self._starts[row]
        return None if first is None else (first, self._starts[-1])

    def _has_words(self, start: int, end: int) -> bool:
        """Whether something of this range of the source is read."""
        numbers = range(max(0, bisect_right(self._read_starts, start) - 1), bisect_left(self._read_starts, end))
        parts = ((max(start, self._read_starts[n]), min(end, self._read_ends[n])) for n in numbers)
        return any(character.isalnum() for first, last in parts for character in self._source.text[first:last])


def _joined(ranges: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sorted ranges, those that overlap as one."""
    start, end = 0, 0
    for first, last in ranges:
        if first > end:
            yield start, end
            start = first
        end = max(end, last)
    yield start, end
