"""One pass over the elements of HTML: which text is seen, which is hidden, and what it stands in."""

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from tree_sitter import Node

from pushlint.draft import BlockKind, Hidden, Segment
from pushlint.readers.assembly import MarkedLink, MarkedSource
from pushlint.readers.html.elements import NOT_READ, TAGS, WORDS, Elements, Place
from pushlint.readers.html.folding import NOTHING, Gap
from pushlint.readers.html.sheets import read_sheets
from pushlint.readers.html.styles import Look, look_within
from pushlint.templating import Template

_UNSEEN = {
    "script", "style", "svg", "template", "noscript", "textarea", "select", "object", "mj-style", "mj-html-attributes",
}  # fmt: skip
_HEADS = {"head", "mj-head"}
_TITLES = {"title", "mj-title"}
_PREVIEW = "mj-preview"
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol",
    "option", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "button", "caption",
    "details", "summary", "mjml",
    "mj-body", "mj-section", "mj-column", "mj-text", "mj-button", "mj-wrapper", "mj-hero", "mj-table", "mj-divider",
    "mj-spacer", "mj-image", "mj-raw", "mj-group", "mj-social", "mj-social-element", "mj-navbar", "mj-navbar-link",
    "mj-preview", "mj-accordion", "mj-accordion-element", "mj-accordion-title", "mj-accordion-text", "mj-carousel",
    "mj-carousel-image",
}  # fmt: skip
_HEADINGS: dict[str, BlockKind] = {f"h{level}": "heading" for level in range(1, 7)}
_KINDS: dict[str, BlockKind] = {
    **_HEADINGS, "li": "list-item", "button": "button", "mj-button": "button", "a": "button",
}  # fmt: skip
_LINKS = {"a", "mj-button", "mj-navbar-link", "mj-social-element"}
_PICTURES = {"img", "mj-image", "mj-carousel-image", "area"}
_PREHEADER = re.compile(r"pre-?header|preview|inbox-?text", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>?")

_Within: TypeAlias = tuple[Node, Look, bool]
"""A node, how text looks there, and whether it is in the head of the page."""


@dataclass(slots=True)
class Marks:
    """What was found in a stretch of HTML. `title` is the range of a title's text and of the tag that ends it."""

    segments: list[Segment] = field(default_factory=list)
    blocks: list[MarkedSource] = field(default_factory=list)
    links: list[MarkedLink] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)
    preheader: Place | None = None
    title: tuple[int, int, int] | None = None
    alts: list[Place] = field(default_factory=list)


class Walk:
    """Collects `marks`, and the `gaps` between what is read."""

    def __init__(self, text: str, copy: str, start: int, template: Template | None) -> None:
        self.text = text
        self.copy = copy
        self.gaps: list[Gap] = []
        self.marks = Marks()
        self._tags = [(tag.start, tag.end) for tag in template.tags] if template else []
        self._elements = Elements(text, copy, start)
        self._sheet, self._page = read_sheets(self._elements, self._tags)
        self._looks: dict[tuple[Look, str], Look] = {}
        self._seen_words = False
        self._seen_at = -1  # where the text stands that a person saw last, so that no element is searched twice

    def run(self) -> None:
        """Reads the tree."""
        stack: list[_Within] = [(self._elements.root, self._page, False)]
        while stack:
            node, look, in_head = stack.pop()
            kind = node.type
            if kind in WORDS:
                self._text(node, look, in_head)
            elif kind in TAGS:
                self._gap(node, _breaks(self._elements.name(node)))
            elif kind in NOT_READ or (kind == "ERROR" and (in_head or not look.is_seen)):
                self._gap(node, 0)
            elif kind == "element":
                stack += self._element(node, look, in_head)
            else:
                if kind == "ERROR":
                    tags = _TAG.finditer(self.copy, *self._elements.place(node))
                    self.gaps += [Gap(*tag.span(), 0) for tag in tags]
                stack += _within(node.children, look, in_head)

    def _text(self, node: Node, look: Look, in_head: bool) -> None:
        if in_head or not look.is_seen:
            self._gap(node, 0)
            if not in_head:
                self._hide([self._elements.place(node)], look)
        elif not self._seen_words and not look.kept:
            self._seen_words = _has_words(self._elements.typed(node))

    def _element(self, node: Node, look: Look, in_head: bool) -> Iterable[_Within]:
        """Marks an element; gives back what of it is still to be walked."""
        opening = node.children[0] if node.children else node
        name = self._elements.name(opening)
        if name in _UNSEEN:
            self._gap(node, _breaks(name))
            return ()
        if name in _TITLES:
            self._title(node)
            self._gap(node, 0)
            return ()
        within = self._look(opening, look)
        in_head = (in_head or name in _HEADS) and name != _PREVIEW
        if in_head:
            return _within(node.children, within, in_head)
        if look.is_seen and (not within.is_seen or name == _PREVIEW):
            texts = self._unseen_texts(node, within)
            if texts and self._is_preheader(opening, name, texts):
                self.marks.preheader = texts[0][0], texts[-1][1]
                within = replace(within, kept=True)
            elif within.gone or texts:
                self._hide(texts or [], within)
                self._gap(node, _breaks(name))
                return ()
        if name in _PICTURES and within.shows_pictures and self._alt(opening):
            return _within(node.children[1:], within, in_head)
        if within.is_seen:
            self._block(node, name)
        return _within(node.children, within, in_head)

    def _look(self, opening: Node, around: Look) -> Look:
        """How text looks within a tag."""
        typed = self._elements.typed(opening)
        look = self._looks.get((around, typed))
        if look is None:
            name, said = self._elements.name(opening), self._elements.attributes(opening)
            look = self._looks[around, typed] = look_within(around, name, said, self._sheet)
        return look

    def _title(self, element: Node) -> None:
        closing = element.children[-1]
        if self.marks.title is None and closing.type == "end_tag" and len(element.children) > 2:
            start, end = self._elements.inside(element)
            self.marks.title = start, end, self._elements.place(closing)[1]

    def _alt(self, opening: Node) -> bool:
        """Reads what stands for a picture: words as a block of their own, an emoji within its line."""
        place = self._elements.value(opening, "alt")
        if place is None or not self.text[slice(*place)].strip():
            return False
        first, last = self._elements.place(opening)
        breaks = 2 * _has_words(self.copy[slice(*place)])
        self.gaps += Gap(first, place[0], breaks), Gap(place[1], last, breaks)
        self.marks.alts.append(place)
        return True

    def _block(self, element: Node, name: str) -> None:
        """Marks a block of a kind, and a link with its target."""
        if name not in _KINDS and name not in _LINKS:
            return
        start, end = self._elements.inside(element)
        if start == end:
            return
        if name in _KINDS:
            self.marks.blocks.append((_KINDS[name], start, end))
        if name in _LINKS and (href := self._elements.value(element.children[0], "href")):
            self.marks.links.append((html.unescape(self.text[slice(*href)]).strip(), start, end))

    # What is hidden

    def _unseen_texts(self, element: Node, look: Look) -> list[Place] | None:
        """Where the text of an element stands, if a person sees none of it."""
        first, last = self._elements.place(element)
        if first <= self._seen_at < last:
            return None
        is_preview = self._elements.name(element.children[0]) == _PREVIEW
        found: list[Place] = []
        stack = [(child, look) for child in reversed(element.children)]
        while stack:
            node, look = stack.pop()
            if node.type in WORDS:
                place = self._elements.place(node)
                if look.is_seen and not is_preview:
                    self._seen_at = place[0]
                    return None
                found.append(place)
            elif node.type == "element" and node.children:
                if self._elements.name(node.children[0]) not in _UNSEEN | _TITLES:
                    within = self._look(node.children[0], look)
                    stack += [(child, within) for child in reversed(node.children)]
            elif node.type not in TAGS and node.type not in NOT_READ:
                stack += [(child, look) for child in reversed(node.children)]
        return found

    def _is_preheader(self, opening: Node, name: str, texts: Sequence[Place]) -> bool:
        """Whether hidden text is what an inbox shows beside the subject: it comes first, or is said to be that."""
        if self.marks.preheader or not any(_has_words(self.copy[start:end]) for start, end in texts):
            return False
        if name == _PREVIEW or not self._seen_words:
            return True
        places = filter(None, (self._elements.value(opening, key) for key in ("class", "id")))
        return any(_PREHEADER.search(self.text[slice(*place)]) for place in places)

    def _hide(self, texts: Sequence[Place], look: Look) -> None:
        """Notes text that is hidden, if it has words."""
        words = " ".join(" ".join(html.unescape(self._untagged(*place)).split()) for place in texts)
        words = re.sub(f"[{NOTHING}\u200d]", "", words)
        if any(character.isalnum() for character in words):
            self.marks.hidden.append(Hidden(words.strip(), texts[0][0], texts[-1][1], look.revealed))

    def _untagged(self, start: int, end: int) -> str:
        """Text without its merge tags."""
        parts = []
        for tag in self._tags[bisect_right(self._tags, (start, start)) :]:
            if tag[0] >= end:
                break
            parts.append(self.text[start : tag[0]])
            start = min(tag[1], end)
        return " ".join([*parts, self.text[start:end]])

    def _gap(self, node: Node, breaks: int) -> None:
        self.gaps.append(Gap(*self._elements.place(node), breaks))


def _within(nodes: Sequence[Node], look: Look, in_head: bool) -> Iterable[_Within]:
    """Nodes to be walked, the last first, as a stack wants them."""
    return [(node, look, in_head) for node in reversed(nodes)]


def _has_words(text: str) -> bool:
    """Whether there are letters or digits in a text, entities decoded."""
    return any(character.isalnum() for character in html.unescape(text))


def _breaks(name: str) -> int:
    return 2 if name in _BLOCKS else 1 if name == "br" else 0
