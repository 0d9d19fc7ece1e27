"""The elements of HTML as the grammar parses them: their names, their attributes, and where they stand in the file."""

from functools import cache
from typing import TypeAlias

import tree_sitter_html
from tree_sitter import Language, Node, Parser

Place: TypeAlias = tuple[int, int]

TAGS = {"start_tag", "end_tag", "self_closing_tag", "erroneous_end_tag"}
NOT_READ = {"comment", "doctype", "script_element", "style_element", "raw_text", "attribute", "erroneous_end_tag_name"}
WORDS = {"text", "entity"}


class Elements:
    """The tree of a file from `start` on; `copy` is the neutral twin of its `text`. All places are in the file."""

    def __init__(self, text: str, copy: str, start: int) -> None:
        self.text = text
        self.copy = copy
        self.start = start
        self.root = _parser().parse(copy[start:].encode("ascii")).root_node
        self._values: dict[str, dict[str, Place]] = {}

    def place(self, node: Node) -> Place:
        """Where a node stands."""
        return node.start_byte + self.start, node.end_byte + self.start

    def typed(self, node: Node) -> str:
        """A node as it is typed, merge tags overwritten."""
        return self.copy[node.start_byte + self.start : node.end_byte + self.start]

    def inside(self, element: Node) -> Place:
        """Where stands what an element holds; an empty range where that is nothing."""
        inside = [child for child in element.children if child.type not in TAGS]
        return (inside[0].start_byte + self.start, inside[-1].end_byte + self.start) if inside else (0, 0)

    def name(self, tag: Node) -> str:
        """The name in a tag, or nothing."""
        for child in tag.children:
            if child.type in ("tag_name", "erroneous_end_tag_name"):
                return self.typed(child).lower()
        return ""

    def attributes(self, tag: Node) -> dict[str, str]:
        """A tag's attributes, merge tags in them overwritten."""
        base = tag.start_byte + self.start
        return {key: self.copy[base + start : base + end] for key, (start, end) in self._spans(tag).items()}

    def value(self, tag: Node, key: str) -> Place | None:
        """Where the value of an attribute stands."""
        span = self._spans(tag).get(key)
        base = tag.start_byte + self.start
        return (base + span[0], base + span[1]) if span else None

    def _spans(self, tag: Node) -> dict[str, Place]:
        """Where the values of a tag's attributes stand, counted from the tag's start; the first of a name counts."""
        typed = self.typed(tag)
        if typed not in self._values:  # a message has the same tags over and over
            spans = self._values[typed] = {}
            for attribute in tag.children:
                if attribute.type == "attribute":
                    name = attribute.children[0]
                    key = typed[name.start_byte - tag.start_byte : name.end_byte - tag.start_byte].lower()
                    start, end = _value(attribute)
                    spans.setdefault(key, (start - tag.start_byte, end - tag.start_byte))
        return self._values[typed]


def _value(attribute: Node) -> Place:
    """Where the value of an attribute stands in what was parsed, without its quotation marks."""
    name, value = attribute.children[0], attribute.children[-1]
    if value.type == "quoted_attribute_value":
        return value.start_byte + 1, max(value.start_byte + 1, value.end_byte - 1)
    if value.type == "attribute_value":
        return value.start_byte, value.end_byte
    return name.end_byte, name.end_byte


@cache
def _parser() -> Parser:
    return Parser(Language(tree_sitter_html.language()))
