"""The characters of a YAML scalar, in whatever style it is written, each with its place in the file."""

import re
from collections.abc import Iterable, Iterator

import yaml

from pushlint.draft import Segment

_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*\s+)*")
_ESCAPES = {
    '"': r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}"
    r"|U[0-9a-fA-F]{8}|\r?\n[ \t]*|.)",
    "'": "''",
}
_FOLD = r"(?P<fold>[ \t]*(?:\r?\n[ \t]*)+)"
_LINE = re.compile(r"\S.*")
_WORDS = re.compile(r"\S+")
_BLANK = re.compile(r"\s*")
_LINE_END = re.compile(r"(?<=\n)")


def scalar_segments(text: str, start: int, end: int, style: str | None, value: str) -> Iterator[Segment]:
    """The segments of the scalar that stands in `text` from `start` to `end`, as the parser's marks have it.

    `value` is what the parser makes of it; where a block's characters stand is found by it.
    """
    if style in ("|", ">"):
        return _block(text, text.index("\n", start) + 1 if "\n" in text[start:end] else end, end, value)
    if style:
        return _flow(text, start + 1, end - 1, style)
    return _flow(text, start, end, "")


def skip_properties(text: str, at: int) -> int:
    """The place after a node's anchor and tag, which its mark comes before."""
    properties = _PROPERTIES.match(text, at)
    return properties.end() if properties else at


def singles(segments: Iterable[Segment]) -> Iterator[Segment]:
    """The segments, literal ones one for each character."""
    for segment in segments:
        if segment.kind == "literal":
            for at, character in enumerate(segment.text, segment.start):
                yield Segment(character, at, at + 1, "literal")
        else:
            yield segment


def _flow(text: str, at: int, end: int, quote: str) -> Iterator[Segment]:
    """A plain or quoted scalar: line ends are folded, escapes decoded."""
    for found in re.compile(f"{_ESCAPES[quote]}|{_FOLD}" if quote else _FOLD, re.DOTALL).finditer(text, at, end):
        if at < found.start():
            yield Segment(text[at : found.start()], at, found.start(), "literal")
        yield _decoded(_folded(found["fold"]) if found["fold"] else _unescaped(found[0]), *found.span())
        at = found.end()
    if at < end:
        yield Segment(text[at:end], at, end, "literal")


def _decoded(decoded: str, start: int, end: int) -> Segment:
    if not decoded:
        return Segment("", start, end, "space")
    return Segment(decoded, start, end, "space" if decoded.isspace() else "entity")


def _folded(gap: str) -> str:
    lines = gap.count("\n")
    return " " if lines == 1 else "\n" * (lines - 1)


def _unescaped(escape: str) -> str:
    """The character of an escape; two that JSON writes for an emoji are joined, half a one is the replacement sign."""
    if escape == "''":
        return "'"
    if "\n" in escape:
        return ""
    decoded: str = yaml.safe_load(f'"{escape}"')
    return decoded.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _block(text: str, at: int, end: int, value: str) -> Iterator[Segment]:
    """A literal or folded block: its words stand in order, indentation and folds between them."""
    seen = 0
    for line in _LINE.finditer(value):
        gap = _BLANK.match(text, at, end)
        stands = text.startswith(line[0], gap.end() if gap else at)
        for words in [line] if stands else _WORDS.finditer(value, *line.span()):
            gap = _BLANK.match(text, at, end)
            stop = gap.end() if gap else at
            yield from _between(text, at, stop, value[seen : words.start()])
            at, seen = stop + len(words[0]), words.end()
            yield Segment(words[0], stop, at, "literal")


def _between(text: str, at: int, end: int, seen: str) -> Iterator[Segment]:
    """The white space between words, of which `seen` is left: each line end at its place."""
    gaps, lines = _LINE_END.split(text[at:end]), _LINE_END.split(seen)
    while len(gaps) > len(lines) and len(lines) > 1:  # of a fold, the last of its lines has the rest
        gaps[-2:] = ["".join(gaps[-2:])]
    if len(gaps) != len(lines):
        gaps, lines = [text[at:end]], [seen]
    for gap, line in zip(gaps, lines, strict=True):
        yield from _line(gap, line, at)
        at += len(gap)


def _line(gap: str, line: str, at: int) -> Iterator[Segment]:
    """White space up to a line end, of which the last part is left."""
    stop = at + len(gap)
    if gap.endswith(line):
        if len(gap) > len(line):
            yield Segment("", at, stop - len(line), "space")
        if line:
            yield Segment(line, stop - len(line), stop, "literal")
    elif gap:
        yield Segment(line, at, stop, "space")
