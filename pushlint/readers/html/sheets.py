"""The style sheets of a page, and how its text looks before any element is read."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from tree_sitter import Node

from pushlint.readers.html.elements import TAGS, Elements, Place
from pushlint.readers.html.styles import UNKNOWN, Look, Sheet

_STYLED = re.compile(r"<(?:style|mj-style|mj-attributes)\b", re.IGNORECASE)
_PAGE = re.compile(r"<(?:html|body|mj-body)\b", re.IGNORECASE)
# What may give a page its colours from elsewhere.
_DRESSED = re.compile(r"stylesheet|@import|<mj-include|\{%-?\s*(?:include|extends)\b", re.IGNORECASE)
_RULE_BODY = re.compile(r"\{[A-Za-z-]+:")


def read_sheets(elements: Elements, tags: Sequence[Place]) -> tuple[Sheet, Look]:
    """All the rules of the page as one style sheet, and the look it begins with; `tags` is where merge tags stand."""
    sheet, look = Sheet(), Look()
    if _STYLED.search(elements.copy, elements.start):
        for start, end in _css(elements, sheet):
            filled = _is_filled_in(elements.text, start, end, tags)
            sheet.read((elements.copy if filled else elements.text)[start:end])
            look = UNKNOWN if filled else look
    if not _PAGE.search(elements.copy, elements.start) or _DRESSED.search(elements.text, elements.start):
        look = UNKNOWN
    return sheet, look


def _css(elements: Elements, sheet: Sheet) -> Iterator[Place]:
    """Where style sheets stand; the attributes that MJML gives to all elements of a kind are read on the way."""
    stack = [elements.root]
    while stack:
        node = stack.pop()
        name = elements.name(node.children[0]) if node.type == "element" and node.children else ""
        if node.type == "raw_text" and node.parent and node.parent.type == "style_element":
            yield elements.place(node)
        elif name == "mj-style":
            yield elements.inside(node)
        elif name == "mj-attributes":
            _give(elements, node, sheet)
        elif node.type not in TAGS:
            stack += reversed(node.children)


def _give(elements: Elements, node: Node, sheet: Sheet) -> None:
    """What the elements within `mj-attributes` say holds for their kind, or for a class."""
    stack = list(node.children)
    while stack:
        child = stack.pop()
        if child.type == "element" and child.children:
            stack += child.children[1:]
            said = elements.attributes(child.children[0])
            name = elements.name(child.children[0])
            sheet.give(f".{said.get('name', '')}" if name == "mj-class" else name, said)


def _is_filled_in(text: str, start: int, end: int, tags: Sequence[Place]) -> bool:
    """Whether merge tags stand in a style sheet; `{margin:0}` is none there."""
    inside = tags[bisect_right(tags, (start, start)) : bisect_right(tags, (end, end))]
    return any(not _RULE_BODY.match(text, first) for first, _ in inside)
