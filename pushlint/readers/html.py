"""HTML and MJML: the text that a person sees, parsed by tree-sitter's grammar."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import tree_sitter_html
from tree_sitter import Language, Node, Parser

from pushlint.draft import BlockKind, Draft, Segment, Source
from pushlint.readers.assembly import Body, Head, MarkedSource, assemble, template_segments
from pushlint.templating import Template, ascii_twin, mask, scan

_UNSEEN = {
    "head", "title", "script", "style", "svg", "template", "noscript", "textarea", "select", "mj-head", "mj-preview",
}  # fmt: skip
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol",
    "option", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "button", "mjml",
    "mj-body", "mj-section", "mj-column", "mj-text", "mj-button", "mj-wrapper", "mj-hero", "mj-table", "mj-divider",
    "mj-spacer", "mj-image", "mj-raw", "mj-group", "mj-social", "mj-social-element", "mj-navbar", "mj-navbar-link",
}  # fmt: skip
_HEADINGS: dict[str, BlockKind] = {f"h{level}": "heading" for level in range(1, 7)}
_KINDS: dict[str, BlockKind] = {
    **_HEADINGS,
    "li": "list-item",
    "button": "button",
    "mj-button": "button",
    "a": "button",
}
_HIDING_STYLE = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_HIDDEN = re.compile(r"\shidden(?=[\s=/>])", re.IGNORECASE)
_VALUE = re.compile(r"\"[^\"]*\"|'[^']*'")
_PARTING = ("block", "endblock", "for ", "endfor", "extends", "include")
_GAP_OR_ENTITY = re.compile(r"[ \t\r\n\f]+|&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")


@dataclass(slots=True)
class Marks:
    """What was found in a stretch of HTML."""

    segments: list[Segment] = field(default_factory=list)
    blocks: list[MarkedSource] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Gap:
    """Source that is not read, and how many line ends it puts between what stands before and after it."""

    start: int
    end: int
    breaks: int


@cache
def _parser() -> Parser:
    return Parser(Language(tree_sitter_html.language()))


def read_html(source: Source, head: Head) -> Draft:
    """The draft of an HTML or MJML file."""
    text = source.text
    template = scan(" " * head.body + text[head.body :], head.reading, head.dialect)
    copy = mask(mask(ascii_twin(text), ((tag.start, tag.end) for tag in template.tags)), template.unread)
    marks = mark_html(text, copy, head.body, len(text), _template_gaps(template))
    segments = (*marks.segments, *template_segments(template))
    return assemble(source, head, Body(segments, template, tuple(marks.blocks), wrapped=False))


def _template_gaps(template: Template) -> list[_Gap]:
    """What templating found, as gaps; a tag that is read has `breaks` -1."""
    parts = [_Gap(start, end, 0) for start, end in template.unread]
    for tag in template.tags:
        parts.append(_Gap(tag.start, tag.end, -1 if tag.filler else 2 * tag.name.startswith(_PARTING)))
    return parts


def mark_html(text: str, copy: str, start: int, end: int, parts: Sequence[_Gap] = ()) -> Marks:
    """What is not plain words in `text` from `start` to `end`; `copy` is its neutral twin."""
    marks = Marks()
    gaps = _gaps(copy, start, end, marks.blocks)
    _fold(text, start, end, _merge([*gaps, *parts]), marks.segments)
    return marks


def _gaps(copy: str, start: int, end: int, blocks: list[MarkedSource]) -> list[_Gap]:
    """Elements' tags, comments and unseen elements, in order and disjoint."""
    gaps: list[_Gap] = []
    stack = [_parser().parse(copy[start:end].encode("ascii")).root_node]
    while stack:
        node = stack.pop()
        first, last = node.start_byte + start, node.end_byte + start
        if node.type in ("comment", "doctype", "script_element", "style_element", "processing_instruction"):
            gaps.append(_Gap(first, last, 0))
        elif node.type in ("start_tag", "end_tag", "self_closing_tag", "erroneous_end_tag"):
            gaps.append(_Gap(first, last, _breaks(_name(node, copy, start))))
        elif node.type == "element" and _is_unseen(node, copy, start):
            gaps.append(_Gap(first, last, _breaks(_name(node.children[0], copy, start))))
        else:
            blocks += _block_of(node, copy, start)
            stack += reversed(node.children)
    return gaps


def _block_of(node: Node, copy: str, start: int) -> list[MarkedSource]:
    kind = _KINDS.get(_name(node.children[0], copy, start)) if node.type == "element" and node.children else None
    inside = [child for child in node.children if child.type not in ("start_tag", "end_tag")]
    return [(kind, inside[0].start_byte + start, inside[-1].end_byte + start)] if kind and inside else []


def _name(tag: Node, copy: str, start: int) -> str:
    name = next((child for child in tag.children if child.type in ("tag_name", "erroneous_end_tag_name")), None)
    return copy[name.start_byte + start : name.end_byte + start].lower() if name else ""


def _breaks(name: str) -> int:
    return 2 if name in _BLOCKS else 1 if name == "br" else 0


def _is_unseen(element: Node, copy: str, start: int) -> bool:
    opening = element.children[0] if element.children else None
    if opening is None or opening.type not in ("start_tag", "self_closing_tag"):
        return False
    typed = copy[opening.start_byte + start : opening.end_byte + start]
    hidden = _HIDING_STYLE.search(typed) or _HIDDEN.search(_VALUE.sub("", typed))
    return _name(opening, copy, start) in _UNSEEN or hidden is not None


def _merge(gaps: list[_Gap]) -> list[_Gap]:
    """`gaps` in order, without those inside others."""
    merged: list[_Gap] = []
    for gap in sorted(gaps, key=lambda gap: (gap.start, -gap.end)):
        if not merged or gap.start >= merged[-1].end:
            merged.append(gap)
    return merged


def _fold(text: str, start: int, end: int, gaps: list[_Gap], segments: list[Segment]) -> None:
    """Folds white space as a browser does: one space, or the line ends of the markup around it."""
    run: list[_Gap] = []
    seen = False
    at = start
    for gap in [*gaps, _Gap(end, end, 0)]:
        for match in _GAP_OR_ENTITY.finditer(text, at, gap.start):
            if match.start() > at:
                segments += _join(text, run, seen)
                run, seen = [], True
            at = match.end()
            if match[0].isspace():
                run.append(_Gap(match.start(), at, 0))
                continue
            decoded = html.unescape(match[0])
            if decoded != match[0]:
                segments += _join(text, run, seen)
                segments.append(Segment(decoded, match.start(), at, "entity"))
                run, seen = [], True
        if at < gap.start or gap.breaks < 0:
            segments += _join(text, run, seen)
            run, seen = [], True
        if gap.breaks >= 0 and gap.end > gap.start:
            run.append(gap)
        at = max(at, gap.end)
    segments += _join(text, run, False)


def _join(text: str, run: list[_Gap], seen: bool) -> list[Segment]:
    """A run of white space and markup as segments: one of them stands for the gap that a person sees."""
    breaks = min(2, sum(gap.breaks for gap in run))
    joined: list[Segment] = []
    owed = ("\n" * breaks or " ") if seen else ""
    for gap in run:
        blank = text[gap.start : gap.end].isspace()
        if owed and (gap.breaks if breaks else blank):
            same = text[gap.start : gap.end] == owed
            joined.append(Segment(owed, gap.start, gap.end, "literal" if same else "space"))
            owed = ""
        else:
            joined.append(Segment("", gap.start, gap.end, "markup"))
    return joined
