"""A copy of HTML that the grammar can parse, of the same length: what would mislead it is overwritten."""

import re
from collections.abc import Iterable, Iterator

from pushlint.draft import Source
from pushlint.errors import InputError
from pushlint.readers.html.folding import Gap
from pushlint.templating import Template, ascii_twin, mask

# What the standard reads as a comment though it is not written as one: `<![if !mso]>`, `<?xml ... ?>`.
_BOGUS_COMMENT = re.compile(r"<!(?!--|doctype\b)[^>]*>?|<\?[^>]*>?", re.IGNORECASE)
_UNCLOSED_COMMENT = re.compile(r"<!--.*", re.DOTALL)
_TEXT_SIGN = re.compile(r"<(?![A-Za-z/!?])")
_OPENS_OR_CLOSES = re.compile(r"<(/?)([A-Za-z][\w:-]*)")
_CLOSES_ITSELF = {
    "p", "li", "td", "th", "tr", "dt", "dd", "option", "br", "img", "hr", "meta", "link", "input", "col", "area",
}  # fmt: skip
# A message of more levels is none, and the grammar loses count of them.
_DEEPEST = 500


def neutral_copy(text: str, template: Template) -> str:
    """A copy without merge tags: steering tags, which may stand among attributes, and unread branches are blank."""
    copy = mask(ascii_twin(text), ((tag.start, tag.end) for tag in template.tags if tag.filler))
    copy = mask(copy, ((tag.start, tag.end) for tag in template.tags if not tag.filler), " ")
    return mask(copy, template.unread, " ")


def parsable(copy: str, start: int, comments: Iterable[Gap]) -> str:
    """A copy without these comments, and from `start` on without signs that begin no tag ("< 5 minutes")."""
    copy = mask(copy, ((gap.start, gap.end) for gap in comments), " ")
    return copy[:start] + _TEXT_SIGN.sub("x", copy[start:])


def unknown_comments(copy: str, start: int, end: int) -> Iterator[re.Match[str]]:
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
    if open_at >= 0 and (unclosed := _UNCLOSED_COMMENT.match(copy, open_at, end)):
        yield unclosed


def refuse_depth(source: Source, copy: str, start: int) -> None:
    """Raises InputError where elements are nested too deeply."""
    if copy.count("<", start) <= _DEEPEST:
        return
    depth = 0
    for tag in _OPENS_OR_CLOSES.finditer(copy, start):
        if tag[2].lower() not in _CLOSES_ITSELF:
            depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > _DEEPEST:
            row, column = source.position(tag.start())
            raise InputError(
                f"elements nested more than {_DEEPEST:,} deep", source.path, row, column, hint="are some never closed?"
            )
