"""The dialects of merge tags, `rules/dialects/`: which forms each tool writes, and what a form says of its tag.

A form is the tag as it is typed, with parts in angle brackets for what varies: `{{ <word> | <fallback> }}`. Space in
it stands for any space, or none.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal, cast, get_args

from pushlint.resources import DIALECTS
from pushlint.templating.meaning import words_of
from pushlint.vocabulary import load_yaml

# Where a tag can be read in two ways the first counts: a filter is no fallback.
Kind = Literal["condition", "comment", "variable", "fallback", "call", "spin"]

_PATH = r"[A-Za-z_]\w{0,80}(?:\.\w{1,80}|\[\w{1,20}\]){0,6}"
_QUOTED = r"(?P<mark>[\"'\u201c]|&quot;|&#39;|\\\")(?P<fallback>[^{}\n]{0,200}?)(?:(?P=mark)|\u201d)"
_PARTS = {
    "word": r"(?P<name>(?!(?i:random)\s*\|)[A-Za-z_]\w{0,80})",
    "capitals": r"(?P<name>[A-Z][A-Z0-9_]{0,80})",
    "words": r"(?P<name>[A-Za-z][\w '\u2019&()/-]{0,80}?)",
    "path": rf"(?P<name>{_PATH})",
    "dotted": rf"(?P<name>(?=\w{{1,80}}\.){_PATH})",
    "key": rf"[\"']?(?P<name>{_PATH})[\"']?",
    "scope": r"[a-z]{2,40}",
    "expression": r"(?:[\"'\[(]|[\w.]{1,120}\s*[(\[+*/~-]|[\w.]{1,120}\s+(?:if|or|and|in|is|not)\s)[^\n]{0,300}",
    "helper": r"[A-Za-z]\w{0,40}\s+[\w.]{0,80}\s*[\"'][^\n{}]{0,300}",
    "fallback": r"(?P<fallback>[^|{}\[\]\"'&\n]{0,100}?)",
    "quoted": _QUOTED,
    "choices": r"[^{}|=]{0,200}(?:\|[^{}|]{0,200}){1,40}",
    "inner": r"(?!\[).{1,240}?",
    "code": r"(?![=-]).{0,1000}?",
    "any": r".{0,1000}?",
}
# A dash in the mark itself only takes the space around the tag away.
_DASHED = {r"\{\{": r"\{\{-?", r"\}\}": r"-?\}\}", r"\{%": r"\{%[-+]?", r"%\}": r"[-+]?%\}"}
_MARKS = re.compile("|".join(map(re.escape, _DASHED)))
_PART = re.compile(r"<([a-z]+)>|(\s+)|([^<\s]+|<)")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one tool writes its tags. `by_hand`: no tool fills them in, a person does. `writes`: how a tag without a
    fallback is given one."""

    name: str
    title: str
    forms: tuple[tuple[Kind, str], ...]
    by_hand: bool = False
    writes: str | None = None

    @property
    def can_fall_back(self) -> bool:
        """Whether a tag can say what stands in for a missing value."""
        return any(kind == "fallback" for kind, _ in self.forms)

    def read(self, source: str) -> tuple[Kind, "re.Match[str]"] | None:
        """What a tag is in this dialect, or None where it is not of it."""
        typed = frozenset(source)
        for kind, form in self.forms:
            if marks_of(form) <= typed and (found := pattern_of(form).fullmatch(source)):
                return kind, found
        return None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the dialects that know a tag say of it: its kind, its variable as typed, and where in it the fallback
    stands."""

    dialects: tuple[str, ...] = ()
    kind: Kind | None = None
    variable: str | None = None
    fallback: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """The dialects of a text: those that explain all its tags, or most of them; and the tags that they do not."""

    dialects: tuple[str, ...]
    foreign: frozenset[str]


@cache
def dialects() -> Mapping[str, Dialect]:
    """All dialects, by name."""
    said = {path.stem: cast(dict[str, Any], load_yaml(path)) for path in sorted(DIALECTS.glob("*.yaml"))}
    return {name: _dialect(name, said) for name in said}


def _dialect(name: str, said: Mapping[str, dict[str, Any]]) -> Dialect:
    own = said[name]
    base = said.get(str(own.get("like")), {})
    forms = [(kind, text) for kind in get_args(Kind) for text in (*own.get(kind, ()), *base.get(kind, ()))]
    return Dialect(name, own["title"], tuple(forms), own.get("by_hand", False), own.get("writes", base.get("writes")))


@cache
def marks_of(form: str) -> frozenset[str]:
    """The characters, letters aside, that a tag of a form must have: its pattern, which takes time to compile, need
    not be tried on others."""
    return frozenset(c for part in _PART.finditer(form) for c in part[3] or "" if not c.isalnum())


@cache
def pattern_of(form: str) -> "re.Pattern[str]":
    """The regular expression of a form."""
    return re.compile("".join(map(_part, _PART.finditer(form))), re.DOTALL)


def _part(part: "re.Match[str]") -> str:
    name, space, typed = part.groups()
    if space:
        return r"\s*"
    if name == "filter":
        return _filter()
    if name == "filters":
        return rf"(?:\|\s*{_filter()}\s*(?:[:(][^|{{}}\n]{{0,80}})?\s*){{0,6}}"
    if name in _PARTS:
        return _PARTS[name]
    text = typed if name is None else part[0]
    return f"(?i:{_MARKS.sub(lambda mark: _DASHED[mark[0]], re.escape(text))})"


def _filter() -> str:
    return f"(?:{'|'.join(map(re.escape, sorted(words_of('filters'))))})(?![A-Za-z_])"


@lru_cache(maxsize=4096)
def read_tag(source: str, among: tuple[str, ...] = ()) -> Reading:
    """What the dialects say of a tag as typed; `among`: only these are asked."""
    asked = [dialects()[name] for name in among] if among else dialects().values()
    found = {dialect.name: said for dialect in asked if (said := dialect.read(source))}
    if not found:
        return Reading()
    kind, match = min(found.values(), key=lambda said: get_args(Kind).index(said[0]))
    parts = match.groupdict()
    place = match.span("fallback") if parts.get("fallback") is not None else None
    return Reading(tuple(found), kind, parts.get("name"), place)


def spoken(tags: Iterable[str], told: str = "") -> Spoken:
    """The dialects of a text with these tags; `told`: the one that its writer says it is of."""
    known = {tag: read_tag(tag).dialects for tag in dict.fromkeys(tags)}
    if told:
        return Spoken((told,), frozenset(tag for tag, names in known.items() if told not in names))
    known = {tag: names for tag, names in known.items() if names}
    votes = Counter(name for names in known.values() for name in names)
    most = max(votes.values(), default=0)
    main = _main([name for name in dialects() if votes[name] == most], known) if most else ()
    return Spoken(main, frozenset(tag for tag, names in known.items() if not set(main) & set(names)))


def _main(best: Sequence[str], known: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Of the dialects that explain most tags, those that explain the first tag any of them does."""
    first = next(names for names in known.values() if set(names) & set(best))
    return tuple(name for name in best if name in first)
