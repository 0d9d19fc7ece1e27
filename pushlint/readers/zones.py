"""The zones of a body: greeting, body, sign-off, postscript, footer, quoted thread."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby, islice, takewhile

from pushlint.draft import Tag, Zone, ZoneKind
from pushlint.readers.lines import Line, vocabulary

_NEAR_THE_TOP = 6
_NAMED = {"person", "sender", "company", "role"}
_DASHES = "-~\u2013\u2014\u2012\u2015"
_END = rf"[,:!.]|\s[{_DASHES}]|[\u2013\u2014]"
_SENTENCE_END = (".", "!", "?", ":", "…")


def find_zones(text: str, lines: Sequence[Line], tags: Sequence[Tag], begin: int, *, quotes: bool) -> list[Zone]:
    """The zones of `text` from `begin` on, in order; they cover it. `quotes`: lines with `>` are a quoted thread."""
    kinds: list[ZoneKind] = ["body"] * len(lines)
    _mark_quoted(text, lines, kinds, quotes)
    _mark_postscripts(lines, kinds)
    _mark_footer(lines, kinds)
    greeting = _find_greeting(lines, kinds, tags)
    first = greeting[0] + 1 if greeting else 0
    _mark_sign_off(lines, kinds, tags, first)
    cuts: list[tuple[int, ZoneKind]] = []
    for index, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if greeting and index == greeting[0]:
            cuts.append((line.start, "greeting"))
            if greeting[1] < line.end:
                cuts.append((greeting[1], "body"))
        else:
            cuts.append((line.start, kind))
    return _zones(cuts, begin, len(text))


def _zones(cuts: Iterable[tuple[int, ZoneKind]], begin: int, end: int) -> list[Zone]:
    zones: list[Zone] = []
    for start, kind in cuts:
        if not zones:
            zones.append(Zone(kind, begin, end))
        elif zones[-1].kind != kind:
            zones[-1] = Zone(zones[-1].kind, zones[-1].start, start)
            zones.append(Zone(kind, start, end))
    return zones or ([Zone("body", begin, end)] if begin < end else [])


# Quoted threads, postscripts, footers


@cache
def _quoted() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in vocabulary()["quoted"]), re.MULTILINE)


@cache
def _any_of(key: str) -> re.Pattern[str]:
    words = sorted(vocabulary()[key], key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words), re.IGNORECASE)


def _mark_quoted(text: str, lines: Sequence[Line], kinds: list[ZoneKind], quotes: bool) -> None:
    for index, line in enumerate(lines):
        if quotes and line.text.startswith(">"):
            kinds[index] = "quoted"
        elif _quoted().match(text, line.start):
            below = lines[index + 1 :]
            answered = quotes and below and below[0].text.startswith(">")
            last = next((i for i, line in enumerate(below) if not line.text.startswith(">")), len(below))
            for i in range(index, index + 1 + (last if answered else len(below))):
                kinds[i] = "quoted"


def _mark_postscripts(lines: Sequence[Line], kinds: list[ZoneKind]) -> None:
    """From `P.S.` to the end of its paragraph."""
    opening = re.compile(vocabulary()["postscript"], re.ASCII)
    within: int | None = None
    for index, line in enumerate(lines):
        if kinds[index] == "body" and opening.match(line.text):
            within = line.paragraph
        if within == line.paragraph:
            kinds[index] = "postscript"


def _mark_footer(lines: Sequence[Line], kinds: list[ZoneKind]) -> None:
    """The last paragraphs, as long as each has the words of small print."""
    paragraphs = _paragraphs(lines, [i for i, kind in enumerate(kinds) if kind == "body"])
    for paragraph in reversed(paragraphs[1:]):
        if not any(_any_of("footers").search(lines[i].text) for i in paragraph):
            return
        for i in paragraph:
            kinds[i] = "footer"


def _paragraphs(lines: Sequence[Line], indexes: Sequence[int]) -> list[list[int]]:
    return [list(group) for _, group in groupby(indexes, key=lambda i: lines[i].paragraph)]


# Greeting


@cache
def _greeting() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(vocabulary()["greetings"], key=len, reverse=True))
    titles = "|".join(rf"{title}\." for title in vocabulary()["titles"])
    return re.compile(
        rf"\W{{0,3}}(?:{words})\b(?P<name>(?:\s+(?:{titles})|(?!(?:{_END})(?=\W|\Z))[^\n]){{0,60}}?)(?P<end>(?:{_END})(?=\W|\Z)|\Z)",
        re.IGNORECASE,
    )


def _find_greeting(lines: Sequence[Line], kinds: Sequence[ZoneKind], tags: Sequence[Tag]) -> tuple[int, int] | None:
    """The index of the greeting's line and the plain offset at which what follows it begins."""
    for index, line in enumerate(lines[:_NEAR_THE_TOP]):
        if kinds[index] != "body":
            return None
        length = _greeting_length(line, tags, top=index == 0)
        if length:
            rest = line.text[length:]
            return index, line.start + length + len(rest) - len(rest.lstrip())
    return None


def _greeting_length(line: Line, tags: Sequence[Tag], top: bool) -> int:
    """How many characters of the line greet. Below the `top` line only a line that is all greeting does, or
    words that a comma or mark sets apart."""
    length = _words_of_greeting(line)
    if length and (top or length == len(line.text) or (line.text[length - 1] in ",!" and " " in line.text[:length])):
        return length
    name = _bare_name(line, tags, top)
    return name if top or name == len(line.text) else 0


def _words_of_greeting(line: Line) -> int:
    match = _greeting().match(line.text)
    if match:
        words = match["name"].split()
        closed = match["end"] not in ("", ".") or (match.end() == len(line.text) and len(words) <= 4)
        if len(words) <= 6 and (closed or all(_is_greeted(word) for word in words)):
            return match.end()
    opening = re.compile(rf"\W{{0,3}}(?:{'|'.join(map(re.escape, vocabulary()['greetings']))})\b", re.IGNORECASE).match(
        line.text
    )
    if not opening:
        return 0
    end = opening.end()
    for word in re.finditer(r"\s+(\S+)", line.text[end:]):
        if not _is_greeted(word[1]) or word[1] in ("I", "I'm", "I\u2019m", "We", "My"):
            return opening.end() + word.start() if end > opening.end() or word.start() else 0
        end = opening.end() + word.end()
    return end


def _is_greeted(word: str) -> bool:
    return word[0].isupper() or word.lower().strip(".,") in vocabulary()["greeted"]


def _bare_name(line: Line, tags: Sequence[Tag], top: bool) -> int:
    """A person's tag with a comma, whatever follows, or at the top `Sam,` alone on its line."""
    tag = next((tag for tag in tags if tag.start == line.start and tag.type == "person"), None)
    if tag and (end := re.compile(rf"{_END}").match(line.text, tag.end - tag.start)):
        return end.end()
    name, comma, rest = line.text.partition(",")
    words = name.split()
    bare = top and comma and not rest and 1 <= len(words) <= 3 and all(word[0].isupper() for word in words)
    return len(line.text) if bare and not _is_closing_phrase(name) else 0


def is_greeting(line: str) -> bool:
    """Whether a line of text begins as an e-mail does."""
    alone = Line(0, len(line), line, 0, len(line), 0, 0, False, False)
    return bool(_words_of_greeting(alone) or _bare_name(alone, (), top=True))


# Sign-off


def _mark_sign_off(lines: Sequence[Line], kinds: list[ZoneKind], tags: Sequence[Tag], first: int) -> None:
    body = [i for i in range(first, len(lines)) if kinds[i] == "body"]
    span = _closed(lines, body, tags) or _named(lines, body, tags)
    for index in span:
        kinds[index] = "sign-off"


def _closed(lines: Sequence[Line], body: Sequence[int], tags: Sequence[Tag]) -> Sequence[int]:
    """From the last closing line on: it and the short lines after it."""
    for at in range(len(body) - 1, -1, -1):
        following = lines[body[at + 1]] if at + 1 < len(body) else None
        if not _is_closing(lines[body[at]], following, tags):
            continue
        end = at + 1
        while end < len(body) and _is_signature(lines[body[end]], tags):
            end += 1
        if _words(lines, body[end:]) > _words(lines, body[:at]):
            return ()
        start = at
        while start > 0 and _is_closing_phrase(lines[body[start - 1]].text):
            start -= 1
        return body[start:end]
    return ()


def _named(lines: Sequence[Line], body: Sequence[int], tags: Sequence[Tag]) -> Sequence[int]:
    """A last block of a name and short lines, without closing words."""
    paragraphs = _paragraphs(lines, body)
    for back, paragraph in enumerate(reversed(paragraphs[1:][-3:])):
        head = lines[paragraph[0]]
        own = any(tag.type == "sender" for tag in _tags_of(head, tags))
        if (back == 0 or own) and _is_name(head, tags) and all(_is_signature(lines[i], tags) for i in paragraph):
            return [i for later in paragraphs[len(paragraphs) - 1 - back :][: 1 if back else None] for i in later]
    return _tail(lines, paragraphs[-1], tags) if paragraphs else ()


def _tail(lines: Sequence[Line], paragraph: Sequence[int], tags: Sequence[Tag]) -> Sequence[int]:
    """A name, and short lines below it, right after the last sentence of a paragraph."""
    for at in range(1, len(paragraph)):
        name = lines[paragraph[at]]
        alone = at + 1 < len(paragraph) or len(name.text.split()) <= 2
        ended = lines[paragraph[at - 1]].text.endswith((*_SENTENCE_END, ","))
        if ended and alone and _is_name(name, tags) and all(_is_signature(lines[i], tags) for i in paragraph[at:]):
            return paragraph[at:]
    return ()


def _is_closing(line: Line, following: Line | None, tags: Sequence[Tag]) -> bool:
    text = line.text
    if text.strip(_DASHES + "_ ") == "":
        return text.startswith("--") and len(text) <= 3 and following is not None and _is_signature(following, tags)
    if text[0] in _DASHES and len(text.split()) <= 6:
        rest = text.lstrip(_DASHES + " ")
        return bool(rest) and (_capitalised(rest) or _only_tags(line, tags)) and not rest.endswith(_SENTENCE_END)
    if _is_closing_phrase(text):
        return True
    phrase, mark, name = _split_closing(text)
    if mark and _is_closing_phrase(phrase):
        return _capitalised(name) and len(name.split()) <= 4 and not name.endswith(("?", ":"))
    short = text.endswith(",") and len(text.split()) <= 6 and text.split()[0].lower() in vocabulary()["closing_starts"]
    return short and following is not None and (_is_name(following, tags) or _capitalised(following.text))


def _split_closing(text: str) -> tuple[str, str, str]:
    match = re.match(rf"(?P<phrase>[^,!{_DASHES}.]+)(?P<mark>[,!.]|\s*[{_DASHES}])\s*(?P<name>\S.*)", text)
    return (match["phrase"], match["mark"], match["name"]) if match else (text, "", "")


def _is_closing_phrase(text: str) -> bool:
    bare = re.sub(r"[^\w&']+", " ", text.replace("\u2019", "'")).strip().lower()
    return bare in vocabulary()["closings"] and not text.rstrip().endswith("?")


def _is_signature(line: Line, tags: Sequence[Tag]) -> bool:
    """A short line that is no sentence: a name, a title, a company, a phone number, a link."""
    words = line.text.split()
    if len(words) > 12 or line.text.endswith("?"):
        return False
    return not (line.text.endswith((".", "!")) and len(words) >= 5) or _only_tags(line, tags)


def _is_name(line: Line, tags: Sequence[Tag]) -> bool:
    """One to four capitalised words, or nothing but tags for people, companies and roles."""
    if _only_tags(line, tags):
        return all(tag.type in _NAMED for tag in _tags_of(line, tags))
    words = line.text.split()
    return 1 <= len(words) <= 4 and _capitalised(line.text) and not line.text.endswith((*_SENTENCE_END, ","))


def _capitalised(text: str) -> bool:
    words = [word.strip("(),.|") for word in text.split()]
    return all(not word[:1].isalpha() or word[0].isupper() or word in vocabulary()["name_words"] for word in words)


def _only_tags(line: Line, tags: Sequence[Tag]) -> bool:
    inside = _tags_of(line, tags)
    rest = list(line.text)
    for tag in inside:
        rest[tag.start - line.start : tag.end - line.start] = " " * (tag.end - tag.start)
    return bool(inside) and not any(character.isalnum() for character in rest)


def _tags_of(line: Line, tags: Sequence[Tag]) -> list[Tag]:
    first = bisect_left(tags, line.start, key=lambda tag: tag.start)
    inside = takewhile(lambda tag: tag.end <= line.end, islice(tags, first, None))
    return [tag for tag in inside if tag.end > tag.start]


def _words(lines: Sequence[Line], indexes: Iterable[int]) -> int:
    return sum(len(lines[i].text.split()) for i in indexes)
