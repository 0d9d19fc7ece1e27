"""Merge tags in all the forms that senders' tools use, found in raw source text."""

import re
from dataclasses import dataclass, replace

from pushlint.draft import NO_HINTS, TagHints, TagType
from pushlint.templating.brackets import ACCEPTS, Links, find_links
from pushlint.templating.dialects import Reading, read_tag
from pushlint.templating.meaning import meaning_of, name_words, vocabulary, words_of
from pushlint.templating.translations import words_sent

_STATEMENT = re.compile(
    r"\{%[-+]?\s{0,9}comment\b[^%]{0,80}%\}(?:(?!\{%[-+]?\s{0,9}comment\b).){0,1000}?"
    r"\{%[-+]?\s{0,9}endcomment\s{0,9}[-+]?%\}"
    r"|\{%(?:(?!\{%).){0,1000}?%\}|\{\#(?:(?!\{\#).){0,1000}?\#\}"
    r"|<\?(?:(?!<\?).){0,1000}?\?>|<%(?![=-])(?:(?!<%).){0,1000}?%>",
    re.DOTALL,
)
_FORMS = re.compile(
    r"""(?=[{<*\[%\#$]) (?:  # without this look each form would be tried at each character
      (?P<statement> """
    + _STATEMENT.pattern
    + r""" )
    | (?P<erb>       <%[=-](?:(?!<%).){0,1000}?%> )
    | (?P<mustache>  \{\{!--.{0,1000}?--\}\} | \{\{\{\{[^{}\n]{1,200}\}\}\}\}
                   | \{\{\{(?!\{)(?:(?!\{\{|\}\}).){1,400}?\}\}\}
                   | \{\{(?!\{)(?:(?!\{\{|\}\})(?:\$\{\w{1,80}\}|(?!\$\{\w{1,80}\}).)){1,400}?\}\} )
    | (?P<mailchimp> \*\|[^|*\n]{1,100}\|\* )
    | (?P<wiki>      \[\[[^\[\]\n]{1,100}\]\] )
    | (?P<chevron>   <<[A-Za-z][^<>\n]{0,100}>> )
    | (?P<percent>   %%[A-Za-z][\w .-]{0,60}%% | %[A-Z][A-Z0-9_]{2,40}% | (?<![\d%])%[A-Za-z]\w{1,40}% )
    | (?P<hashes>    \#\#[A-Za-z]\w{0,40}\.[\w.]{1,80}(?:\|[^#\n]{0,100})?\#\# )
    | (?P<printf>    (?<![\d%])%(?:\([A-Za-z]\w{0,80}\)|\d\$)?[sd](?!\w) )
    | (?P<dollar>    \$\{[^{}\n]{1,200}\} )
    | (?P<assigned>  \{[a-z]{2,40}=[A-Za-z][\w.]{0,80}(?:\|[^{}|\n]{0,100})?\} | \{![A-Z]{2,20}\([^{}\n]{1,200}\)\} )
    | (?P<brace>     \{ [!\#/^]?[A-Za-z][\w .'&()/-]{0,80} (?: \|[^{}|\n]{0,100} | :[,.+\d]{0,8}[a-z%]? )? \} )
    | (?P<square>    \[ (?: [^\[\]<>\n] | \n(?![ \t]{0,200}\n) | \[[^\[\]<>\n]{1,80}\] ){1,240} \] )
    | (?P<angle>     <[A-Za-z][A-Za-z0-9 _'/-]{1,50}> )
    )""",
    re.VERBOSE | re.DOTALL,
)
_DELIMITERS = "{}[]<>%*|$=!-#?@ \t\r\n"
_EXPLAINED = re.compile(
    r"""\s*(?:[|:("\u201c]|\s[\u2013\u2014-]+\s|[,;]?\s*\be\.?g\b|,?\s*\bi\.?e\b|,?\s*\b(?:default|fallback)\b)""", re.I
)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_ENDING = re.compile(r"\|\s*(\w+)\s*$")
_CURRENCY_BEFORE = re.compile(r"[$\u00a3\u20a0-\u20c0]\s?$")
_MAY_STEER = ("mustache", "mailchimp", "brace", "erb", "dollar")
# Forms of which a dialect that is told has the last word.
_DECIDED = ("brace", "percent")
_STEERING_MARK = re.compile(r"[#/^>!&~]")


@dataclass(frozen=True, slots=True)
class FoundTag:
    """A merge tag in a source text: code points `start`..`end`, as typed, its name's words, its guessed type,
    and the word that stands for it in the plain text (empty for a tag that only steers).

    `variable` is the name as typed. `fallback` is where in the tag as typed the text begins and ends that
    stands in for a missing value. `broken`: it is not closed, or closes nothing. `guarded`: it is within a condition.
    """

    start: int
    end: int
    source: str
    name: str
    type: TagType
    filler: str
    variable: str = ""
    fallback: tuple[int, int] | None = None
    broken: bool = False
    guarded: bool = False


def find_tags(source: str, hints: TagHints = NO_HINTS) -> list[FoundTag]:
    """All merge tags of `source`, in order and disjoint; `hints` decide what is in doubt."""
    links = find_links(source)
    tags: list[FoundTag] = []
    at = 0
    while match := _FORMS.search(source, at):
        tag = None if _is_translation(match) else _tag(match, links, hints)
        if tag:
            tags.append(tag)
        at = match.end() if tag else match.start() + 1
    return tags


def find_translations(source: str) -> list[tuple[int, int]]:
    """The (start, end) ranges of statements around the words that they send as they stand."""
    unread: list[tuple[int, int]] = []
    for match in _STATEMENT.finditer(source):
        if words := words_sent(match[0]):
            unread += (match.start(), match.start() + words[0]), (match.start() + words[1], match.end())
    return unread


def _is_translation(match: re.Match[str]) -> bool:
    return match.lastgroup == "statement" and words_sent(match[0]) is not None


def _tag(match: re.Match[str], links: Links, hints: TagHints) -> FoundTag | None:
    dialect = hints.dialect
    form, typed = match.lastgroup or "", match[0]
    inner = typed[1:-1].strip() if form == "square" else typed.strip(_DELIMITERS)
    if form == "statement" or (form in _MAY_STEER and _steers(typed)):
        return FoundTag(*match.span(), typed, _name(inner), "block", "")
    said = read_tag(typed, (dialect,) if dialect else ())
    if dialect and not said.kind:
        said = read_tag(typed)
    elif said.kind == "spin" and (dialect or form == "mustache"):
        return None
    accepts = ACCEPTS.get(form)
    if accepts and not (dialect in said.dialects and form in _DECIDED) and not accepts(match, links):
        return None
    if said.fallback:
        return _beside_sign(_falling_back(match, said, hints), match.string)
    name = _told_name(inner)
    meaning = meaning_of(name, hints.types)
    ending = _ENDING.search(inner) if form == "mustache" else None
    filler = vocabulary()["endings"].get(ending[1]) if ending else None
    tag = FoundTag(*match.span(), typed, _name(name), meaning.type, filler or meaning.filler, name.strip())
    return _beside_sign(tag, match.string)


def _falling_back(match: re.Match[str], said: Reading, hints: TagHints) -> FoundTag:
    """A tag with the text that stands in for it."""
    name = said.variable or _told_name(match[0].strip(_DELIMITERS))
    meaning = meaning_of(name, hints.types)
    return FoundTag(*match.span(), match[0], _name(name), meaning.type, meaning.filler, name, said.fallback)


def _told_name(inner: str) -> str:
    """The name without its fallback, filters, examples and explanation."""
    name = _EXPLAINED.split(inner, maxsplit=1)[0].strip()
    return name if name_words(name) else _QUOTED.sub(" ", inner)


def _name(typed: str) -> str:
    return " ".join(name_words(typed.replace("/", " ")))


def _beside_sign(tag: FoundTag, source: str) -> FoundTag:
    """`$[Price]` and `[X]%` need no second sign."""
    filler = tag.filler
    if not filler.startswith("$") and not filler.endswith("%"):
        return tag
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
    if words[0] in words_of("steering") and len(words) > 1:
        return True
    return words[0] in words_of("steering_alone") and (len(words) == 1 or not words[1] or ":" in inner)
