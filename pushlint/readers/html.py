"""HTML and MJML: the text that a person sees, parsed by tree-sitter's grammar."""

import html
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cache, partial

import tree_sitter_html
from tree_sitter import Language, Node, Parser

from pushlint.draft import BlockKind, Draft, Hidden, Segment, Source
from pushlint.errors import InputError
from pushlint.readers.assembly import Body, Head, MarkedLink, MarkedSource, assemble, template_segments
from pushlint.readers.styles import UNKNOWN, Look, Sheet, look_within
from pushlint.readers.titles import with_title
from pushlint.templating import Template, ascii_twin, mask, scan

_UNSEEN = {
    "script",
    "style",
    "svg",
    "template",
    "noscript",
    "textarea",
    "select",
    "object",
    "mj-style",
    "mj-html-attributes",
}
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
    **_HEADINGS,
    "li": "list-item",
    "button": "button",
    "mj-button": "button",
    "a": "button",
}
_LINKS = {"a", "mj-button", "mj-navbar-link", "mj-social-element"}
_PICTURES = {"img", "mj-image", "mj-carousel-image", "area"}
_TAGS = {"start_tag", "end_tag", "self_closing_tag", "erroneous_end_tag"}
_NOT_READ = {"comment", "doctype", "script_element", "style_element", "raw_text", "attribute", "erroneous_end_tag_name"}
_PREHEADER = re.compile(r"pre-?header|preview|inbox-?text", re.IGNORECASE)
_PARTING = ("block", "endblock", "for ", "endfor", "extends", "include")
# What no font shows: soft hyphens, joiners and other signs of no width, which pad preheaders and split words.
_NOTHING = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200e\u200f\u2060\ufeff"
_GAP_OR_ENTITY = re.compile(
    rf"[ \t\r\n\f]+|[{_NOTHING}]+|&(?:\#\d{{1,7}}|\#[xX][0-9a-fA-F]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}});?"
)
# What the standard reads as a comment though it is not written as one: `<![if !mso]>`, `<?xml ... ?>`.
_BOGUS_COMMENT = re.compile(r"<!(?!--|doctype\b)[^>]*>?|<\?[^>]*>?", re.IGNORECASE)
_TEXT_SIGN = re.compile(r"<(?![A-Za-z/!?])")
_OPENS_OR_CLOSES = re.compile(r"<(/?)([A-Za-z][\w:-]*)")
_RULE_BODY = re.compile(r"\{[A-Za-z-]+:")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>?")
_CLOSES_ITSELF = {
    "p",
    "li",
    "td",
    "th",
    "tr",
    "dt",
    "dd",
    "option",
    "br",
    "img",
    "hr",
    "meta",
    "link",
    "input",
    "col",
    "area",
}
_STYLED = re.compile(r"<(?:style|mj-style|mj-attributes)\b", re.IGNORECASE)
_PAGE = re.compile(r"<(?:html|body|mj-body)\b", re.IGNORECASE)
# What may give a page its colours from elsewhere.
_DRESSED = re.compile(r"stylesheet|@import|<mj-include|\{%-?\s*(?:include|extends)\b", re.IGNORECASE)
# A message of more levels is none, and the grammar loses count of them.
DEEPEST = 500


@dataclass(slots=True)
class Marks:
    """What was found in a stretch of HTML. `title` is the range of a title's text and of the tag that ends it."""

    segments: list[Segment] = field(default_factory=list)
    blocks: list[MarkedSource] = field(default_factory=list)
    links: list[MarkedLink] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)
    preheader: tuple[int, int] | None = None
    title: tuple[int, int, int] | None = None
    alts: list[tuple[int, int]] = field(default_factory=list)


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
    """The draft of an HTML or MJML file; its title is the subject where there is no other. Raises InputError where
    elements are nested too deeply."""
    text = source.text
    template = scan(" " * head.body + text[head.body :], head.reading, head.hints)
    marks = mark_html(source, _copy(text, template), head.body, len(text), template)
    if marks.title and not head.subject.segments:
        head = with_title(text, head, marks.title, [text[start:end] for start, end in marks.alts])
    segments = (*marks.segments, *template_segments(template))
    body = Body(segments, template, tuple(marks.blocks), wrapped=False, links=tuple(marks.links))
    draft = assemble(source, head, replace(body, preheader=marks.preheader, hidden=tuple(marks.hidden)))
    return draft.carried(partial(_escaped, body=head.body, tags=frozenset(tag.source for tag in template.every)))


def _escaped(words: str, start: int, end: int, body: int, tags: Set[str]) -> str:
    """Words as they stand in HTML, merge tags as they are; above the `body` is none."""
    if start < body:
        return words
    parts = re.split(f"({'|'.join(map(re.escape, sorted(tags, key=len, reverse=True)))})", words) if tags else [words]
    return "".join(part if part in tags else html.escape(part, quote=False) for part in parts)


def _copy(text: str, template: Template) -> str:
    """A copy for the parser: steering tags, which may stand among attributes, and unread branches are blank."""
    copy = mask(ascii_twin(text), ((tag.start, tag.end) for tag in template.tags if tag.filler))
    copy = mask(copy, ((tag.start, tag.end) for tag in template.tags if not tag.filler), " ")
    return mask(copy, template.unread, " ")


def _template_gaps(template: Template) -> list[_Gap]:
    """What templating found, as gaps; a tag that is read has `breaks` -1."""
    parts = [_Gap(start, end, 0) for start, end in template.unread]
    for tag in template.tags:
        parts.append(_Gap(tag.start, tag.end, -1 if tag.filler else 2 * tag.name.startswith(_PARTING)))
    return parts


def mark_html(source: Source, copy: str, start: int, end: int, template: Template | None = None) -> Marks:
    """What is not plain words in a file from `start` to `end`; `copy` is its neutral twin.

    Raises InputError where elements are nested too deeply.
    """
    bogus = [_Gap(*found.span(), 0) for found in _not_parsed(copy, start, end)]
    copy = mask(copy[:end], ((gap.start, gap.end) for gap in bogus), " ")
    copy = copy[:start] + _TEXT_SIGN.sub("x", copy[start:])
    _refuse_depth(source, copy, start)
    walk = _Walk(source.text, copy, start, template)
    walk.run()
    gaps = [*walk.gaps, *bogus, *(_template_gaps(template) if template else ())]
    _fold(source.text, start, end, _merge(gaps), walk.marks.segments)
    return walk.marks


def _not_parsed(copy: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Comments that the grammar does not know; one that is not closed goes on to the end."""
    open_at = copy.find("<!--", max(start, copy.rfind("-->", start, end) + 1), end)
    stop = end if open_at < 0 else open_at
    at = start
    while found := _BOGUS_COMMENT.search(copy, at, stop):
        comment = copy.find("<!--", at, found.start())
        if comment >= 0:
            at = copy.find("-->", comment, end) + 3
            continue
        yield found
        at = found.end()
    if open_at >= 0:
        unclosed = re.compile(r"<!--.*", re.DOTALL).match(copy, open_at, end)
        if unclosed:
            yield unclosed


def _refuse_depth(source: Source, copy: str, start: int) -> None:
    depth = 0
    if copy.count("<", start) <= DEEPEST:
        return
    for tag in _OPENS_OR_CLOSES.finditer(copy, start):
        if tag[2].lower() not in _CLOSES_ITSELF:
            depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > DEEPEST:
            row, column = source.position(tag.start())
            raise InputError(
                f"elements nested more than {DEEPEST:,} deep", source.path, row, column, hint="are some never closed?"
            )


class _Walk:
    """One pass over the tree of elements, each with how its text looks."""

    def __init__(self, text: str, copy: str, start: int, template: Template | None) -> None:
        self.text = text
        self.copy = copy
        self.start = start
        self.gaps: list[_Gap] = []
        self.marks = Marks()
        self.tags = [(tag.start, tag.end) for tag in template.tags] if template else []
        self._seen_words = False
        self._seen_at = -1
        self._spans: dict[str, dict[str, tuple[int, int]]] = {}
        self._looks: dict[tuple[Look, str], Look] = {}
        self._sheet = Sheet()

    def run(self) -> None:
        """Reads the tree."""
        root = _parser().parse(self.copy[self.start :].encode("ascii")).root_node
        page = Look()
        if _STYLED.search(self.copy, self.start):
            for start, end in self._css(root):
                filled = self._is_filled_in(start, end)
                self._sheet.read((self.copy if filled else self.text)[start:end])
                page = UNKNOWN if filled else page
        if not _PAGE.search(self.copy, self.start) or _DRESSED.search(self.text, self.start):
            page = UNKNOWN
        stack: list[tuple[Node, Look, bool]] = [(root, page, False)]
        while stack:
            node, look, in_head = stack.pop()
            kind = node.type
            if kind in ("text", "entity"):
                self._text(node, look, in_head)
            elif kind in _TAGS:
                self._gap(node, _breaks(self._name(node)))
            elif kind in _NOT_READ or (kind == "ERROR" and (in_head or not look.is_seen)):
                self._gap(node, 0)
            elif kind == "element":
                stack += self._element(node, look, in_head)
            else:
                if kind == "ERROR":
                    first, last = self._place(node)
                    self.gaps += [_Gap(*tag.span(), 0) for tag in _TAG.finditer(self.copy, first, last)]
                stack += [(child, look, in_head) for child in reversed(node.children)]

    def _css(self, root: Node) -> Iterator[tuple[int, int]]:
        """Where style sheets stand; the attributes that MJML gives to all elements of a kind are read on the way."""
        stack = [root]
        while stack:
            node = stack.pop()
            name = self._name(node.children[0]) if node.type == "element" and node.children else ""
            if node.type == "raw_text" and node.parent and node.parent.type == "style_element":
                yield self._place(node)
            elif name == "mj-style":
                yield self._inside(node)
            elif name == "mj-attributes":
                self._give(node)
            elif node.type not in _TAGS:
                stack += reversed(node.children)

    def _give(self, node: Node) -> None:
        """What the elements within `mj-attributes` say holds for their kind, or for a class."""
        stack = list(node.children)
        while stack:
            child = stack.pop()
            if child.type == "element" and child.children:
                stack += child.children[1:]
                said = self._said(child.children[0])
                name = self._name(child.children[0])
                self._sheet.give(f".{said.get('name', '')}" if name == "mj-class" else name, said)

    def _text(self, node: Node, look: Look, in_head: bool) -> None:
        if in_head or not look.is_seen:
            self._gap(node, 0)
            if not in_head:
                self._hide([self._place(node)], look)
        elif not self._seen_words and not look.kept:
            self._seen_words = _has_words(self.copy[slice(*self._place(node))])

    def _element(self, node: Node, look: Look, in_head: bool) -> list[tuple[Node, Look, bool]]:
        """Marks an element; gives back what of it is still to be walked."""
        opening = node.children[0] if node.children else node
        name = self._name(opening)
        if name in _UNSEEN:
            self._gap(node, _breaks(name))
            return []
        if name in _TITLES:
            self._title(node)
            self._gap(node, 0)
            return []
        within = self._look(opening, look)
        in_head = (in_head or name in _HEADS) and name != _PREVIEW
        if not in_head and look.is_seen and (not within.is_seen or name == _PREVIEW):
            texts = self._unseen_texts(node, within)
            if texts and self._is_preheader(opening, name, texts):
                self.marks.preheader = texts[0][0], texts[-1][1]
                within = replace(within, kept=True)
            elif within.gone or texts:
                self._hide(texts or [], within)
                self._gap(node, _breaks(name))
                return []
        if name in _PICTURES and not in_head and within.shows_pictures and self._alt(opening):
            return [(child, within, in_head) for child in reversed(node.children[1:])]
        if not in_head and within.is_seen:
            self._block(node, name)
        return [(child, within, in_head) for child in reversed(node.children)]

    def _look(self, opening: Node, around: Look) -> Look:
        typed = self.copy[slice(*self._place(opening))]
        look = self._looks.get((around, typed))
        if look is None:
            name = self._name(opening)
            look = self._looks[around, typed] = look_within(around, name, self._said(opening), self._sheet)
        return look

    def _said(self, opening: Node) -> dict[str, str]:
        """A tag's attributes, merge tags in them overwritten."""
        base = opening.start_byte + self.start
        return {k: self.copy[base + start : base + end] for k, (start, end) in self._attributes(opening).items()}

    def _unseen_texts(self, element: Node, look: Look) -> list[tuple[int, int]] | None:
        """Where the text of an element stands, if a person sees none of it."""
        first, last = self._place(element)
        if first <= self._seen_at < last:
            return None
        found: list[tuple[int, int]] = []
        stack = [(child, look) for child in reversed(element.children)]
        while stack:
            node, look = stack.pop()
            if node.type in ("text", "entity"):
                if look.is_seen and not self._is_preview(element):
                    self._seen_at = node.start_byte + self.start
                    return None
                found.append(self._place(node))
            elif node.type == "element" and node.children:
                if self._name(node.children[0]) not in _UNSEEN | _TITLES:
                    within = self._look(node.children[0], look)
                    stack += [(child, within) for child in reversed(node.children)]
            elif node.type not in _TAGS and node.type not in _NOT_READ:
                stack += [(child, look) for child in reversed(node.children)]
        return found

    def _is_preview(self, element: Node) -> bool:
        return self._name(element.children[0]) == _PREVIEW

    def _is_preheader(self, opening: Node, name: str, texts: Sequence[tuple[int, int]]) -> bool:
        """Whether hidden text is what an inbox shows beside the subject: it comes first, or is said to be that."""
        if self.marks.preheader or not any(_has_words(self.copy[start:end]) for start, end in texts):
            return False
        if name == _PREVIEW or not self._seen_words:
            return True
        spans = self._attributes(opening)
        base = opening.start_byte + self.start
        said = " ".join(
            self.text[base + start : base + end] for key in ("class", "id") for start, end in _at(spans, key)
        )
        return bool(_PREHEADER.search(said))

    def _hide(self, texts: Sequence[tuple[int, int]], look: Look) -> None:
        """Notes text that is hidden, if it has words."""
        words = " ".join(" ".join(html.unescape(self._untagged(*place)).split()) for place in texts)
        words = re.sub(f"[{_NOTHING}\u200d]", "", words)
        if any(character.isalnum() for character in words):
            self.marks.hidden.append(Hidden(words.strip(), texts[0][0], texts[-1][1], look.revealed))

    def _is_filled_in(self, start: int, end: int) -> bool:
        """Whether merge tags stand in a style sheet; `{margin:0}` is none there."""
        tags = self.tags[bisect_right(self.tags, (start, start)) : bisect_right(self.tags, (end, end))]
        return any(not _RULE_BODY.match(self.text, first) for first, _ in tags)

    def _untagged(self, start: int, end: int) -> str:
        """Text without its merge tags."""
        first = bisect_right(self.tags, (start, start))
        parts = []
        for tag in self.tags[first:]:
            if tag[0] >= end:
                break
            parts.append(self.text[start : tag[0]])
            start = min(tag[1], end)
        return " ".join([*parts, self.text[start:end]])

    def _title(self, element: Node) -> None:
        closing = element.children[-1]
        if self.marks.title is None and closing.type == "end_tag" and len(element.children) > 2:
            start, end = self._inside(element)
            self.marks.title = start, end, closing.end_byte + self.start

    def _alt(self, opening: Node) -> bool:
        """Reads what stands for a picture: words as a block of their own, an emoji within its line."""
        first, last = self._place(opening)
        for start, end in _at(self._attributes(opening), "alt"):
            start, end = first + start, first + end
            if start < end and self.text[start:end].strip():
                breaks = 2 * _has_words(self.copy[start:end])
                self.gaps += _Gap(first, start, breaks), _Gap(end, last, breaks)
                self.marks.alts.append((start, end))
                return True
        return False

    def _block(self, element: Node, name: str) -> None:
        """Marks a block of a kind, and a link with its target."""
        if name not in _KINDS and name not in _LINKS:
            return
        start, end = self._inside(element)
        if start < end and name in _KINDS:
            self.marks.blocks.append((_KINDS[name], start, end))
        if start < end and name in _LINKS:
            opening = element.children[0]
            base = opening.start_byte + self.start
            for first, last in _at(self._attributes(opening), "href"):
                target = html.unescape(self.text[base + first : base + last]).strip()
                self.marks.links.append((target, start, end))

    def _attributes(self, opening: Node) -> Mapping[str, tuple[int, int]]:
        """Where the values of a tag's attributes stand, counted from the tag's start; the first of a name counts."""
        base = opening.start_byte
        typed = self.copy[slice(*self._place(opening))]
        spans = self._spans.get(typed)
        if spans is None:
            spans = self._spans[typed] = {}
            for attribute in opening.children:
                if attribute.type == "attribute":
                    name, value = attribute.children[0], attribute.children[-1]
                    if value.type == "quoted_attribute_value":
                        start, end = value.start_byte + 1, max(value.start_byte + 1, value.end_byte - 1)
                    elif value.type == "attribute_value":
                        start, end = value.start_byte, value.end_byte
                    else:
                        start = end = name.end_byte
                    key = typed[name.start_byte - base : name.end_byte - base].lower()
                    spans.setdefault(key, (start - base, end - base))
        return spans

    def _inside(self, element: Node) -> tuple[int, int]:
        inside = [child for child in element.children if child.type not in _TAGS]
        return (inside[0].start_byte + self.start, inside[-1].end_byte + self.start) if inside else (0, 0)

    def _gap(self, node: Node, breaks: int) -> None:
        self.gaps.append(_Gap(*self._place(node), breaks))

    def _place(self, node: Node) -> tuple[int, int]:
        return node.start_byte + self.start, node.end_byte + self.start

    def _name(self, tag: Node) -> str:
        for child in tag.children:
            if child.type in ("tag_name", "erroneous_end_tag_name"):
                return self.copy[slice(*self._place(child))].lower()
        return ""


def _at(spans: Mapping[str, tuple[int, int]], key: str) -> Iterator[tuple[int, int]]:
    if key in spans:
        yield spans[key]


def _has_words(text: str) -> bool:
    """Whether there are letters or digits in a text, entities decoded."""
    return any(character.isalnum() for character in html.unescape(text))


def _breaks(name: str) -> int:
    return 2 if name in _BLOCKS else 1 if name == "br" else 0


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
            if match[0].isspace() or match[0][0] in _NOTHING:
                run.append(_Gap(match.start(), at, 0))
                continue
            decoded = html.unescape(match[0])
            if decoded in _NOTHING:
                run.append(_Gap(match.start(), at, 0))
            elif decoded != match[0]:
                segments += _join(text, run, seen)
                segments.append(Segment(decoded, match.start(), at, "entity"))
                run, seen = [], True
            else:
                segments += _join(text, run, seen)
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
    owed = ("\n" * breaks or " ") if seen else ""
    joined: list[Segment] = []
    for gap in run:
        if owed and (gap.breaks if breaks else text[gap.start : gap.end].isspace()):
            same = text[gap.start : gap.end] == owed
            joined.append(Segment(owed, gap.start, gap.end, "literal" if same else "space"))
            owed = ""
        else:
            joined.append(Segment("", gap.start, gap.end, "markup"))
    return joined
