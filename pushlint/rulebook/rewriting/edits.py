"""Edits in the source: whole pairs of markup and brackets, capitals fitted, no empty shells left behind."""

import re
from bisect import bisect_left, bisect_right
from itertools import takewhile

from pushlint.diagnostic import Applicability, Edit, Position
from pushlint.draft import Segment
from pushlint.rulebook.context import Context

_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ("«", "»"))
_AROUND = (("(", ")"), ("“", "”"), ("«", "»"), ('"', '"'))
_EVEN = ("**", "__", "`", '"', "~~")
_ELEMENT = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^<>]*?(/?)>")
_LINK_TARGET = re.compile(r"\]\(|\bhref\s*=", re.IGNORECASE)
_TARGET = re.compile(r"\]\(|\bhref\s*=|https?://", re.IGNORECASE)
POSTSCRIPT = re.compile(r"P\.? ?(?:P\.? ?)?S\.?(?!\w)[\s:,.–—-]*", re.IGNORECASE)
_NEAR = 12  # segments looked at on either side
_STEERS = re.compile(r"\s*(?:---|\{%|\{\{[#/^]|<%|<\?)")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_VOID = {"br", "img", "hr", "wbr", "input"}


def edit(start: int, end: int, content: str, context: Context) -> Edit:
    """Replaces plain `start`..`end`. Raises ValueError when that would break a pair of marks or lose a link."""
    if not content:
        start, end = _with_brackets(start, end, context.draft.text)
    first, last = context.draft.map.span(start, end)
    before, after = _markup_before(first, context), _markup_after(last, context)
    text = context.draft.source.text
    for one, two in ((first, last), (before, last), (first, after), (before, after)):
        if _balanced(text[one:two]) and not (content and _LINK_TARGET.search(text[one:two])):
            return _edit(one, two, content, context)
    raise ValueError("it would break a pair or lose a link")


def edit_tag(place: tuple[int, int], content: str, context: Context) -> Edit:
    """Replaces a merge tag as it was typed; what it keeps stays so, as the marks of a tag are none of the file's.

    Raises ValueError when the file cannot hold what is new.
    """
    source = context.draft.source
    typed = source.text[slice(*place)]
    head = _shared(typed, content)
    tail = min(_shared(typed[::-1], content[::-1]), len(typed) - head, len(content) - head)
    new = context.draft.encode(content[head : len(content) - tail], place[0] + head, place[1] - tail)
    if new is None:
        raise ValueError("it cannot be written there")
    words = content[:head] + new + content[len(content) - tail :]
    return Edit(*place, words, Position(*source.position(place[0])), Position(*source.position(place[1])))


def _shared(one: str, two: str) -> int:
    """How many characters two texts have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False)))


def loses_link(made: Edit, context: Context) -> bool:
    """Whether the edit takes along where a link leads."""
    return bool(_TARGET.search(context.draft.source.text, made.start, made.end))


def empties(made: Edit, context: Context) -> bool:
    """Whether nothing is left between two tags that steer: {% block title %}{% endblock %}."""
    text = context.draft.source.text
    before, after = text[: made.start].rstrip(" "), text[made.end :].lstrip(" ")
    bare = not made.content.strip() and "<" not in text[made.start : made.end]
    return bare and before.endswith("%}") and after.startswith("{%")


def _with_brackets(start: int, end: int, text: str) -> tuple[int, int]:
    """The range with the brackets around it, and the space before them, where nothing else stands in them."""
    if not any(text[start - 1 : start] == one and text[end : end + 1] == two for one, two in _AROUND):
        return start, end
    start, end = start - 1, end + 1
    return (start - 1 if text[:start].endswith(" ") else start), end


def take_out(start: int, end: int, context: Context) -> Edit:
    """Takes plain `start`..`end` out, and its line, bullet and elements where nothing else is left of the block."""
    made = edit(start, end, "", context)
    block = context.draft.block_at(start)
    rest = context.draft.text[block.start : start] + context.draft.text[end : block.end] if block else "x"
    if block and POSTSCRIPT.fullmatch(rest.strip()):
        made, rest = edit(block.start, block.end, "", context), ""  # a "P.S." goes with what it announced
    if any(c.isalnum() for c in rest) or context.draft.zone_at(start) == "subject":
        return made
    first, last = made.start, made.end
    text = context.draft.source.text
    while wider := _wider(first, last, context):
        first, last = wider
    lines = context.draft.source.line_starts
    line = lines[bisect_right(lines, first) - 1]
    if not any(c.isalnum() for c in text[line:first]):
        after = bisect_left(lines, last)
        stop = lines[after] if after < len(lines) else len(text)
        own = "carrier" not in context.draft.map.kinds(line, stop)
        if own and not any(c.isalnum() for c in text[last:stop]) and _balanced(text[line:stop]):
            first, last = line, stop
    return _edit(first, last, "", context)


def _wider(first: int, last: int, context: Context) -> tuple[int, int] | None:
    """The range with the next pair of marks or tags around it, if only markup stands between."""
    text = context.draft.source.text
    befores = [s.start for s in _run_of_markup(first, -1, context)]
    afters = [s.end for s in _run_of_markup(last, 1, context)]
    pairs = sorted(((b, a) for b in befores for a in afters), key=lambda pair: pair[1] - pair[0])
    return next(((b, a) for b, a in pairs if _balanced(text[b:a]) and not _balanced(text[b:first])), None)


def _run_of_markup(at: int, step: int, context: Context) -> list[Segment]:
    """The segments of markup that follow each other from a source offset on, in one direction."""
    segments = context.draft.map.by_source
    found: list[Segment] = []
    edge = at
    number = context.draft.map.index(at)
    for segment in segments[max(0, number - _NEAR) : number + _NEAR][::step]:
        if (segment.end if step < 0 else segment.start) == edge and segment.start < segment.end:
            if not _is_markup(segment, context):
                break
            found.append(segment)
            edge = segment.start if step < 0 else segment.end
    return found


def fit_capital(text: str, start: int, opens: bool, context: Context) -> str:
    """The text with the capital, or without the capital, that the words replaced had; `opens`: it opens a sentence."""
    found = _LETTER_OR_DIGIT.search(context.draft.text, start)
    old = found[0] if found else "a"
    old = "A" if old.isdigit() else old
    first = text[:1]
    if not first.isalpha() or re.match(r"I\b|[A-Z]{2}", text):
        return text
    if old.isupper() and opens:
        return first.upper() + text[1:]
    return first.lower() + text[1:] if old.islower() and opens else text


def applicability(wanted: Applicability, made: Edit, context: Context) -> Applicability:
    """As the rule says, but only for reading where the edit touches a tag or markup, or its words cannot stand there
    as they are; not safe where it touches a decoded character."""
    touched = context.draft.map.kinds(made.start, made.end)
    fits = context.draft.encode(made.content, made.start, made.end) is not None
    if not fits or not touched <= {"literal", "space", "entity"}:
        return "display"
    return "unsafe" if "entity" in touched and wanted == "safe" else wanted


def _edit(first: int, last: int, content: str, context: Context) -> Edit:
    source = context.draft.source
    encoded = context.draft.encode(content, first, last)
    words = content if encoded is None else encoded
    return Edit(first, last, words, Position(*source.position(first)), Position(*source.position(last)))


def _markup_before(first: int, context: Context) -> int:
    segments = context.draft.map.by_source
    for number in range(context.draft.map.index(first), -1, -1):
        segment = segments[number]
        if segment.end == first and _is_markup(segment, context) and segment.start < first:
            first = segment.start
        elif segment.end < first or (segment.end == first and not _is_markup(segment, context)):
            break
    return first


def _markup_after(last: int, context: Context) -> int:
    segments = context.draft.map.by_source
    for number in range(context.draft.map.index(last), len(segments)):
        segment = segments[number]
        if segment.start == last and _is_markup(segment, context) and segment.end > last:
            last = segment.end
        elif segment.start > last or (segment.start == last and not _is_markup(segment, context)):
            break
    return last


def _is_markup(segment: Segment, context: Context) -> bool:
    """Whether it dresses the words, if only by ending their block; front matter and what steers a template do not."""
    typed = context.draft.source.text[segment.start : segment.end]
    dresses = segment.kind == "markup" or (segment.kind == "space" and typed.startswith("</"))
    return dresses and not _STEERS.match(typed)


def _balanced(text: str) -> bool:
    if any(text.count(one) != text.count(two) for one, two in _PAIRS) or any(text.count(mark) % 2 for mark in _EVEN):
        return False
    open_elements: list[str] = []
    for closes, name, empty in _ELEMENT.findall(text):
        if closes:
            if not open_elements or open_elements.pop() != name.lower():
                return False
        elif not empty and name.lower() not in _VOID:
            open_elements.append(name.lower())
    return not open_elements and text.replace("**", "").count("*") % 2 == 0
