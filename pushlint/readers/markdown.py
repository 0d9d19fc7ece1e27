"""Markdown, parsed for what is markup by tree-sitter's block and inline grammars."""

import html
import re
from collections.abc import Iterator
from functools import cache

import tree_sitter_markdown
from tree_sitter import Language, Node, Parser, Range

from pushlint.draft import Draft, Hidden, Segment, Source
from pushlint.readers.assembly import (
    Body,
    Head,
    MarkedLink,
    MarkedSource,
    assemble,
    line_end_segments,
    template_segments,
)
from pushlint.readers.html import mark_html
from pushlint.templating import Template, ascii_twin, mask, scan

_MARKUP = {
    "atx_h1_marker", "atx_h2_marker", "atx_h3_marker", "atx_h4_marker", "atx_h5_marker", "atx_h6_marker",
    "setext_h1_underline", "setext_h2_underline", "thematic_break", "list_marker_minus", "list_marker_plus",
    "list_marker_star", "list_marker_dot", "list_marker_parenthesis", "task_list_marker_checked",
    "task_list_marker_unchecked", "block_quote_marker", "fenced_code_block", "link_reference_definition",
    "pipe_table_delimiter_row", "emphasis_delimiter", "code_span_delimiter", "image",
}  # fmt: skip
# The inline grammar takes quadratic time over unmatched delimiters; a longer paragraph is read as it stands.
_LONGEST_PARAGRAPH = 4_000
# What may be inline markup; without one of these marks a paragraph need not be parsed.
_MARKS = re.compile(r"[*_~`\[<&\\]")
_LINKS = {"inline_link", "full_reference_link", "collapsed_reference_link", "shortcut_link"}
_BOLD_LINE = re.compile(
    r"^[ \t]*(?:(?P<mark>\*\*|__)(?=\S)(?P<words>[^\n*_]{2,80}?)(?P=mark)(?P<colon>:?)[ \t]*)\r?\n(?P<below>.*)",
    re.MULTILINE,
)


@cache
def _parsers() -> tuple[Parser, Parser]:
    return Parser(Language(tree_sitter_markdown.language())), Parser(Language(tree_sitter_markdown.inline_language()))


def read_markdown(source: Source, head: Head) -> Draft:
    """The draft of a Markdown file."""
    text = source.text
    template = scan(" " * head.body + text[head.body :], head.reading, head.hints)
    reading = _Reading(source, head.body, template)
    reading.walk()
    segments = (*template_segments(template), *line_end_segments(text, head.body), *reading.segments)
    links, hidden = tuple(reading.links), tuple(reading.hidden)
    return assemble(source, head, Body(segments, template, tuple(reading.blocks), links=links, hidden=hidden))


def neutral_copy(text: str, start: int, template: Template) -> str:
    """A copy of equal length for a parser: ASCII only, tags as words, lines of nothing but steering tags blank,
    and all before `start` blank."""
    tags = [(tag.start, tag.end) for tag in template.tags]
    copy = mask(ascii_twin(text), tags)
    steering = [(t.start, t.end) for t in template.tags if t.type == "block" and _alone(copy, t.start, t.end)]
    copy = mask(mask(copy, steering, " "), template.unread)
    copy = copy.replace("$", ".")
    return "\n" * start + re.sub(r"\r(?!\n)", "\n", copy[start:])


def _alone(text: str, start: int, end: int) -> bool:
    before = text[text.rfind("\n", 0, start) + 1 : start]
    after = text.find("\n", end)
    return not before.strip() and not text[end : after if after >= 0 else len(text)].strip()


class _Reading:
    """Collects segments and blocks from one pass over the block tree."""

    def __init__(self, source: Source, start: int, template: Template) -> None:
        self.source = source
        self.text = source.text
        self.copy = neutral_copy(source.text, start, template)
        self.bytes = f"{self.copy}\n".encode("ascii")  # the grammar wants a last line end
        self.start = start
        self.segments: list[Segment] = []
        self.blocks: list[MarkedSource] = [("button", start, end) for start, end in template.calls]
        self.links: list[MarkedLink] = []
        self.hidden: list[Hidden] = []

    def walk(self) -> None:
        """Reads the block tree, and the inline tree of each block with text."""
        block_parser, _ = _parsers()
        stack = [block_parser.parse(self.bytes).root_node]
        self.definitions = self._definitions(stack[0])
        while stack:
            node = stack.pop()
            if node.type in _MARKUP:
                self._markup(node.start_byte, node.end_byte)
            elif node.type == "html_block":
                marks = mark_html(self.source, self.copy, node.start_byte, min(node.end_byte, len(self.text)))
                self.segments += marks.segments
                self.links += marks.links
                self.hidden += marks.hidden
            elif node.type == "block_continuation":
                self._continuation(node)
            elif node.type == "inline":
                self._inline(node)
                stack += (child for child in node.children if child.type == "block_continuation")
            elif node.type == "pipe_table_cell":
                self._cell(node)
            elif node.type == "|":
                self.segments.append(Segment("\n", node.start_byte, node.end_byte, "space"))
            else:
                self._structure(node)
                stack += reversed(node.children)
        for bold in _BOLD_LINE.finditer(self.copy, self.start):
            if bold["colon"] or bold["words"].endswith(":") or bold["below"].strip():
                self.blocks.append(("heading", bold.start("words"), bold.end("words")))

    def _definitions(self, root: Node) -> set[str]:
        found: set[str] = set()
        stack = [root]
        while stack:
            node = stack.pop()
            if node.type == "link_label":
                found.add(self.copy[node.start_byte : node.end_byte].lower())
            elif node.type in ("document", "section", "link_reference_definition"):
                stack += node.children
        return found

    def _markup(self, start: int, end: int) -> None:
        """Marks a range as not read, but for the line feeds at its end, which part blocks."""
        end = min(end, len(self.text))
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        if end > start:
            self.segments.append(Segment("", start, end, "markup"))

    def _continuation(self, node: Node) -> None:
        if ">" in self.copy[node.start_byte : node.end_byte]:
            self._markup(node.start_byte, node.end_byte)

    def _structure(self, node: Node) -> None:
        kind = node.type
        if kind == "atx_heading":
            self.blocks.append(("heading", node.start_byte, node.end_byte))
            closing = re.search(r"[ \t]+#+[ \t]*$", self.copy[node.start_byte : node.end_byte].rstrip("\r\n"))
            if closing:
                self._markup(node.start_byte + closing.start(), node.start_byte + closing.end())
        elif kind == "setext_heading":
            words = self.copy[node.start_byte : node.end_byte].split("\n")
            if "=" in words[1] or (len(words[1].strip()) > 2 and not words[0].rstrip().endswith((".", ",", "!"))):
                self.blocks.append(("heading", node.start_byte, node.end_byte))
        elif kind == "list_item":
            first = next((child for child in node.children if child.type in ("paragraph", "atx_heading")), None)
            if first:
                self.blocks.append(("list-item", first.start_byte, first.end_byte))

    def _cell(self, node: Node) -> None:
        self.blocks.append(("paragraph", node.start_byte, node.end_byte))
        self._inline(node)

    def _inline(self, node: Node) -> None:
        if node.end_byte - node.start_byte > _LONGEST_PARAGRAPH:
            return
        if not _MARKS.search(self.copy, node.start_byte, node.end_byte):
            return
        _, parser = _parsers()
        parser.included_ranges = list(_ranges(node))
        stack = [parser.parse(self.bytes).root_node]
        while stack:
            part = stack.pop()
            start, end = part.start_byte, part.end_byte
            if part.type in _MARKUP:
                self._markup(start, end)
            elif part.type in _LINKS:
                stack += self._link(part)
            elif part.type in ("uri_autolink", "email_autolink"):
                self._markup(start, start + 1)
                self._markup(end - 1, end)
            elif part.type == "html_tag":
                self._tag(start, end)
            elif part.type in ("entity_reference", "numeric_character_reference"):
                decoded = html.unescape(self.text[start:end])
                self.segments.append(Segment(decoded, start, end, "entity"))
            elif part.type == "backslash_escape":
                self._markup(start, start + 1)
            elif part.type == "hard_line_break" and self.copy[start] == "\\":
                self.segments.append(Segment("  ", start, start + 1, "space"))
            elif part.type != "code_span":
                stack += part.children
            else:
                stack += [child for child in part.children if child.type == "code_span_delimiter"]

    def _tag(self, start: int, end: int) -> None:
        """A line break in HTML is one made on purpose; other elements are not seen."""
        is_break = re.match(r"<br\b", self.copy[start:end], re.IGNORECASE)
        self.segments.append(Segment("  \n", start, end, "space") if is_break else Segment("", start, end, "markup"))

    def _link(self, node: Node) -> list[Node]:
        """Marks a link's brackets and destination, and gives its text to be read; brackets that no definition
        makes a link stay as they are."""
        text = next((child for child in node.children if child.type == "link_text"), None)
        if text is None:
            self._markup(node.start_byte, node.end_byte)
            return []
        label = next((child for child in node.children if child.type == "link_label"), None)
        name = (
            self.copy[label.start_byte : label.end_byte] if label else f"[{self.copy[text.start_byte : text.end_byte]}]"
        )
        if node.type != "inline_link" and name.lower() not in self.definitions:
            return list(text.children)
        self._markup(node.start_byte, text.start_byte)
        self._markup(text.end_byte, node.end_byte)
        self.blocks.append(("button", text.start_byte, text.end_byte))
        target = next((child for child in node.children if child.type == "link_destination"), None)
        if target:
            typed = html.unescape(self.text[target.start_byte : target.end_byte]).strip("<>")
            self.links.append((typed, text.start_byte, text.end_byte))
        return list(text.children)


def _ranges(node: Node) -> Iterator[Range]:
    """The ranges of an inline node without the marks of the blocks around it."""
    start, point = node.start_byte, node.start_point
    for child in node.children:
        if child.type == "block_continuation" and child.end_byte > child.start_byte:
            if child.start_byte > start:
                yield Range(point, child.start_point, start, child.start_byte)
            start, point = child.end_byte, child.end_point
    if node.end_byte > start:
        yield Range(point, node.end_point, start, node.end_byte)
