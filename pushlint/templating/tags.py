"""Merge tags in all the forms that senders' tools use, found in raw source text."""

import re
from dataclasses import dataclass, replace
from functools import cache

from pushlint.draft import TagType
from pushlint.templating.meaning import guess, is_known, name_words, vocabulary, words_of

_FORMS = re.compile(
    r"""
      (?P<statement> \{%.{0,1000}?%\} | \{\#.{0,1000}?\#\} | <\?.{0,1000}?\?> | <%(?!=)-?.{0,1000}?%> )
    | (?P<erb>       <%[=-].{0,1000}?%> )
    | (?P<mustache>  \{\{\{?(?:(?!\{\{|\}\}).){1,400}?\}\}\}? | \{\{!--.{0,1000}?--\}\} )
    | (?P<mailchimp> \*\|[^|*\n]{1,100}\|\* )
    | (?P<wiki>      \[\[[^\[\]\n]{1,100}\]\] )
    | (?P<chevron>   <<[A-Za-z][^<>\n]{0,100}>> )
    | (?P<percent>   %%[A-Za-z][\w .-]{0,60}%% | %[A-Z][A-Z0-9_]{2,40}% )
    | (?P<printf>    (?<![\d%])%(?:\([A-Za-z]\w*\)|\d\$)?[sd](?!\w) )
    | (?P<dollar>    \$\{[^{}\n]{1,200}\} )
    | (?P<brace>     \{ [!\#/^]?[A-Za-z][\w .'&()/-]{0,80} (?: \|[^{}|\n]{0,100} | :[,.+\d]{0,8}[a-z%]? )? \} )
    | (?P<square>    \[ (?: [^\[\]<>\n] | \n(?![ \t]*\n) | \[[^\[\]<>\n]{1,80}\] ){1,240} \] )
    | (?P<angle>     <[A-Za-z][A-Za-z0-9 _'/-]{1,50}> )
    """,
    re.VERBOSE | re.DOTALL,
)
_DELIMITERS = "{}[]<>%*|$=!-#? \t\r\n"
_EXPLAINED = re.compile(
    r"""\s*(?:[|:("\u201c]|\s[\u2013\u2014-]+\s|[,;]?\s*\be\.?g\b|,?\s*\bi\.?e\b|\bdefault\b)""", re.I
)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_ENDING = re.compile(r"\|\s*(\w+)\s*$")
_CURRENCY_BEFORE = re.compile(r"[$\u00a3\u20a0-\u20c0]\s?$")
_DEFINITION = re.compile(r"^[ ]{0,3}\[([^\]\n]+)\]:[ \t]*\S+(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'))?[ \t]*\r?$", re.M)
_IDENTIFIER = re.compile(r"\w*(?:_|[a-z][A-Z])\w*|[A-Z]{3,}")
_MAY_STEER = ("mustache", "mailchimp", "brace", "erb", "dollar")
_STEERING_MARK = re.compile(r"[#/^>!&~]")
_LIST_START = re.compile(r"(?m:^)[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+$")
_NEAR = 200
_BRACKETED = re.compile(r"\[([^\[\]<>\n]{2,80})\](?![(\[:])")


@dataclass(frozen=True, slots=True)
class FoundTag:
    """A merge tag in a source text: code points `start`..`end`, as typed, its name's words, its guessed type,
    and the word that stands for it in the plain text (empty for a tag that only steers)."""

    start: int
    end: int
    source: str
    name: str
    type: TagType
    filler: str


def find_tags(source: str) -> list[FoundTag]:
    """All merge tags of `source`, in order and disjoint."""
    definitions = {match[1].lower() for match in _DEFINITION.finditer(source)}
    tags: list[FoundTag] = []
    at = 0
    while match := _FORMS.search(source, at):
        said = spoken_words(match[0]) if match.lastgroup == "statement" else None
        tag = None if said else _tag(match, definitions)
        if tag:
            tags.append(tag)
        at = match.end() if tag else match.start() + 1
    return tags


def find_spoken(source: str) -> list[tuple[int, int]]:
    """The (start, end) ranges around the words that a translation call will send as they stand."""
    unread: list[tuple[int, int]] = []
    if "<?" not in source and "{%" not in source and "<%" not in source:
        return unread
    for match in _FORMS.finditer(source):
        said = spoken_words(match[0]) if match.lastgroup == "statement" else None
        if said:
            unread += (match.start(), match.start() + said[0]), (match.start() + said[1], match.end())
    return unread


def spoken_words(statement: str) -> tuple[int, int] | None:
    """Where in a statement the words of a translation call stand, if there is one."""
    match = _spoken().search(statement)
    return match.span("words") if match else None


@cache
def _spoken() -> re.Pattern[str]:
    calls = "|".join(map(re.escape, sorted(words_of("translations"), key=len, reverse=True)))
    return re.compile(
        rf"(?<![\w$])(?:{calls})\s*\(?\s*(?P<quote>[\"'])(?P<words>(?:(?!(?P=quote)).){{2,600}})(?P=quote)", re.S
    )


def find_calls(masked: str) -> list[tuple[int, int]]:
    """The (start, end) ranges of bracketed calls to action; tags in `masked` are already overwritten."""
    return [match.span() for match in _BRACKETED.finditer(masked) if _is_call(match)]


def _tag(match: re.Match[str], definitions: set[str]) -> FoundTag | None:
    form, typed = match.lastgroup, match[0]
    inner = typed[1:-1].strip() if form == "square" else typed.strip(_DELIMITERS)
    if form == "statement" or (form in _MAY_STEER and _steers(typed)):
        return FoundTag(*match.span(), typed, _name(inner), "block", "")
    accepts = {"square": _is_placeholder, "angle": _is_angle_tag, "brace": _is_brace_tag}.get(form or "")
    if (accepts and not accepts(match)) or (form == "square" and inner.lower() in definitions):
        return None
    name = _told_name(inner)
    meaning = guess(name)
    ending = _ENDING.search(inner) if form == "mustache" else None
    filler = vocabulary()["endings"].get(ending[1]) if ending else None
    tag = FoundTag(*match.span(), typed, _name(name), meaning.type, filler or meaning.filler)
    return _beside_sign(tag, match.string)


def _told_name(inner: str) -> str:
    """The name without its fallback, filters, examples and explanation."""
    name = _EXPLAINED.split(inner, maxsplit=1)[0].strip()
    return name if name_words(name) else _QUOTED.sub(" ", inner)


def _name(typed: str) -> str:
    return " ".join(name_words(typed.replace("/", " ")))


def _beside_sign(tag: FoundTag, source: str) -> FoundTag:
    """`$[Price]` and `[X]%` need no second sign."""
    filler = tag.filler
    if filler.startswith("$") and _CURRENCY_BEFORE.search(source, max(0, tag.start - 2), tag.start):
        filler = filler.removeprefix("$")
    if filler.endswith("%") and source.startswith("%", tag.end):
        filler = filler.removesuffix("%")
    return replace(tag, filler=filler)


def _steers(typed: str) -> bool:
    inner = re.sub(r"^[{*|$<%=\s-]+", "", typed)
    if _STEERING_MARK.match(inner) and not typed.startswith("{!"):
        return True
    words = re.split(r"[\s:]+", inner.rstrip("}|*%> \t").lower(), maxsplit=1)
    if words[0] in words_of("steering"):
        return len(words) > 1
    return words[0] in words_of("steering_alone") and (len(words) == 1 or not words[1] or ":" in inner)


def _is_brace_tag(match: re.Match[str]) -> bool:
    """`{name}`, but not spintax: a fallback follows an identifier, or a one-word tag known to have them."""
    name, bar, _ = match[0].strip("{}!").partition("|")
    return not bar or bool(_IDENTIFIER.fullmatch(name.strip())) or name.strip().lower() in words_of("fallback")


def _is_angle_tag(match: re.Match[str]) -> bool:
    """`<Company Name>`, but not an HTML element."""
    inner = match[0][1:-1]
    words = inner.lower().split()
    if not words or inner.startswith("/") or inner.endswith("/") or words[0] in words_of("elements"):
        return False
    closed = f"</{words[0]}" in match.string.lower() if len(words) == 1 else False
    known = words[0] not in words_of("elements_too") or len(words) == 1 or is_known(inner)
    return known and not closed and "-" not in words[0] and len(words) <= 6


def _is_placeholder(match: re.Match[str]) -> bool:
    """`[Company]`, but not a link, an image, a check box, a footnote, or words that are meant as they stand."""
    source, (start, end), inner = match.string, match.span(), match[0][1:-1].strip()
    if not inner or not (inner[0].isalpha() or inner[0] in "#+$€£“\"'[") or source[end : end + 1] == "(":
        return False
    if source[start - 1 : start] == "!":
        return False
    if (
        inner in ("x", "X")
        and source[end : end + 1] in (" ", "")
        and _LIST_START.search(source, max(0, start - 40), start)
    ):
        return False
    return inner.lower() not in words_of("kept") and not _is_label(match) and not _is_call(match)


def _is_label(match: re.Match[str]) -> bool:
    """A subject's `[Webinar]`: words in brackets that open the text and name nothing that could be filled in."""
    before = match.string[: match.start()]
    return not before and "\n" not in match.string.strip() and not is_known(match[0][1:-1])


def _is_call(match: re.Match[str]) -> bool:
    """`[Book a call]` alone on its line, or after a colon or an arrow."""
    words = name_words(match[0][1:-1])
    if not words or words[0] not in words_of("calls") or words[-1] in words_of("fills") or not 1 <= len(words) <= 7:
        return False
    source, (start, end) = match.string, match.span()
    before = source[source.rfind("\n", max(0, start - _NEAR), start) + 1 : start]
    after = source[end : end + _NEAR].partition("\n")[0]
    return _stands_out(before) and not any(letter.isalnum() for letter in _BRACKETED.sub("", after))


def _stands_out(before: str) -> bool:
    rest = _BRACKETED.sub("", before).rstrip("*_ \t")
    return rest.endswith((":", "→", "👉", "➡", "➡️", "▶")) or not any(letter.isalnum() for letter in rest)
