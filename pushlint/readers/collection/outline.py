"""The outline of a Markdown file: its headings, breaks, paragraphs, fences and quotes, in their lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

import tree_sitter_markdown
from tree_sitter import Language, Node, Parser

from pushlint.templating import ascii_twin, find_tags, mask

PieceKind: TypeAlias = Literal["heading", "break", "text", "table", "fence", "quote"]
Span: TypeAlias = tuple[int, int]

_QUOTE_MARK = re.compile(r"[ \t]*>[ \t]?")
_HEADING_MARKS = re.compile(r"[ \t]{0,3}#{1,6}[ \t]+|[ \t]+#+[ \t]*$|[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}|[ \t]*$", re.M)
_DRAWN = re.compile(r"\s*[=_*~#\u2500\u2014-]{3,}\s*")
_INSIDE = {"document", "section", "list", "list_item"}
_KINDS: dict[str, PieceKind] = {
    "atx_heading": "heading",
    "setext_heading": "heading",
    "thematic_break": "break",
    "fenced_code_block": "fence",
    "block_quote": "quote",
    "pipe_table": "table",
    "paragraph": "text",
    "html_block": "text",
    "indented_code_block": "text",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A block and the spans of its lines, line ends and blank lines after it included; those of a fence or quote
    without its marks, which are in `whole`. A heading has a level and a title; a fence a language."""

    kind: PieceKind
    lines: tuple[Span, ...]
    level: int = 0
    title: str = ""
    language: str = ""
    listed: bool = False
    whole: tuple[Span, ...] = ()


@cache
def _parser() -> Parser:
    return Parser(Language(tree_sitter_markdown.language()))


def outline(text: str, start: int) -> list[Piece]:
    """The pieces of `text` from `start` on."""
    copy = mask(ascii_twin(text), ((tag.start, tag.end) for tag in find_tags(text)))
    copy = re.sub(r"\r(?!\n)", "\n", "\n" * start + copy[start:])
    blocks = sorted(
        _blocks(_parser().parse(f"{copy}\n".encode("ascii")).root_node), key=lambda block: block[0].start_byte
    )
    begins = [copy.rfind("\n", 0, node.start_byte) + 1 for node, _ in blocks] + [len(text)]
    pieces: list[Piece] = []
    for (node, listed), begin, end in zip(blocks, begins, begins[1:], strict=False):
        if begin < end:  # else another block begins on this line
            pieces += _pieces(node, listed, text, copy, begin, end)
    return pieces


def _blocks(root: Node) -> Iterator[tuple[Node, bool]]:
    """The blocks, and whether each stands in a list."""
    stack = [(root, False)]
    while stack:
        node, listed = stack.pop()
        if node.type in _INSIDE:
            stack += [(child, listed or node.type == "list") for child in node.children]
        elif node.type in _KINDS:
            yield node, listed


def _pieces(node: Node, listed: bool, text: str, copy: str, begin: int, end: int) -> Iterator[Piece]:
    kind, lines = _KINDS[node.type], tuple(_lines(copy, begin, end))
    if kind == "fence":
        language = next((_words(child, text) for child in node.children if child.type == "info_string"), "")
        content = tuple(
            span for child in node.children if child.type == "code_fence_content" for span in _fenced(child, copy)
        )
        yield Piece(kind, content, language=language.split()[0].lower() if language.split() else "")
    elif kind == "quote":
        quoted = (_QUOTE_MARK.match(copy, *line) for line in lines)
        yield Piece(
            kind,
            tuple((m.end() if m else line[0], line[1]) for m, line in zip(quoted, lines, strict=True)),
            whole=lines,
        )
    elif node.type == "setext_heading" and _parts(node, copy):
        under = copy.rfind("\n", 0, node.children[-1].start_byte) + 1
        yield Piece("text", tuple(_lines(copy, begin, under)), listed=listed)
        yield Piece("break", tuple(_lines(copy, under, end)))
    elif kind == "heading":
        marks = (re.match(r"(?:atx|setext)_h(\d)", child.type) for child in node.children)
        level = next(int(mark[1]) for mark in marks if mark)
        yield Piece(kind, lines, level, bare(text[slice(*lines[0])]))
    else:
        drawn = kind == "text" and _DRAWN.fullmatch(copy, begin, end)
        yield Piece("break" if drawn else kind, lines, listed=listed)


def _parts(heading: Node, copy: str) -> bool:
    """Whether a line drawn right below a text parts it from the next one, though the grammar has it a heading."""
    words = _words(heading, copy).rstrip().split("\n")
    return len(words) > 2 or len(words[-1].strip()) <= 3


def bare(line: str) -> str:
    """A line without the marks of a heading or of emphasis."""
    return _HEADING_MARKS.sub("", " ".join(line.split())).strip()


def _words(node: Node, text: str) -> str:
    return text[node.start_byte : node.end_byte]


def _lines(copy: str, begin: int, end: int) -> Iterator[Span]:
    while begin < end:
        stop = copy.find("\n", begin, end) + 1 or end
        yield begin, stop
        begin = stop


def _fenced(content: Node, copy: str) -> Iterator[Span]:
    """The lines in a fence, without the marks or indentation of the blocks around it."""
    marks = {c.start_byte: c.end_byte for c in content.children if c.type == "block_continuation"}
    for start, end in _lines(copy, content.start_byte, min(content.end_byte, len(copy))):
        start = marks.get(start, start)
        if start < end:
            yield start, end


def joined(spans: Sequence[Span]) -> list[Span]:
    """Spans that meet as one."""
    found: list[Span] = []
    for start, end in spans:
        if found and found[-1][1] == start:
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return found
