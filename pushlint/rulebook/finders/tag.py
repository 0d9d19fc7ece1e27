"""Finds merge tags by what they are, and by what is wrong with them."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import cast

from msgspec import UNSET

from pushlint.draft import Draft, KnownTag, Tag
from pushlint.rulebook.context import Context, Match
from pushlint.rulebook.schema import Finder, TagFault, Tagged, many
from pushlint.templating.dialects import dialects
from pushlint.templating.meaning import vocabulary, words_of
from pushlint.templating.names import is_listed, nearest, slip
from pushlint.vocabulary import load_vocabularies

_ARTICLE = re.compile(r"(?<![\w-])(an?|A[nN]?)\s+[\"'\u201c\u2018]?$")
_POSSESSIVE = re.compile(r"['\u2019]s\b")
_PLURAL = re.compile(r"s\b")
_PLAIN_NAME = re.compile(r"[\w .-]+")
# Words that begin with another sound than their first letter has.
_SOUNDS_AN = re.compile(r"(?:8|11(?!\d)|18(?!\d)|hour|hono|heir|[FHLMNRSX](?:[A-Z]|\b))")
_SOUNDS_A = re.compile(r"(?:uni(?!n|m)|us[aeiu]|util|eu|ewe|one\b|once|U[A-Z]|UK\b)", re.IGNORECASE)

_FEW = 3

Words = Mapping[str, str]


def find(finder: Finder, context: Context) -> Iterator[Match]:
    """Each tag that is as the finder says."""
    wanted = finder.tag
    assert isinstance(wanted, Tagged)
    offsets = context.facts.offsets
    for tag in context.draft.tags:
        words = _words(tag, wanted, context)
        if words is not None:
            token = max(0, bisect_right(offsets, tag.start) - 1)
            yield Match(token, token + 1, tag=tag, words=words)


def _words(tag: Tag, wanted: Tagged, context: Context) -> Words | None:
    """What there is to say of a tag that is as wanted; None for another."""
    draft = context.draft
    if wanted.type is not UNSET and tag.type not in many(cast("str | list[str]", wanted.type)):
        return None
    if wanted.fallback is not UNSET and wanted.fallback is not bool(tag.fallback):
        return None
    if wanted.guarded is not UNSET and wanted.guarded is not tag.guarded:
        return None
    if wanted.by_hand is not UNSET and wanted.by_hand is not _by_hand(tag):
        return None
    if wanted.sampled is not UNSET and wanted.sampled is not bool(_given(tag, draft)):
        return None
    if wanted.may_be_empty is not UNSET and wanted.may_be_empty is not _known(tag, draft).may_be_empty:
        return None
    if wanted.can_fall_back is not UNSET and not _can_fall_back(tag, draft, surely=wanted.can_fall_back == "surely"):
        return None
    return {} if wanted.fault is UNSET else _FAULTS[wanted.fault](tag, context)


def _can_fall_back(tag: Tag, draft: Draft, surely: bool) -> bool:
    names = set(draft.dialects) & set(tag.dialects)
    can = [dialects()[name].can_fall_back for name in names]
    return (bool(can) and all(can)) or any(other.fallback for other in draft.tags) if surely else any(can)


def _by_hand(tag: Tag) -> bool:
    """Whether a person fills the tag in, not a tool."""
    return bool(tag.dialects) and all(dialects()[name].by_hand for name in tag.dialects)


def _broken(tag: Tag, context: Context) -> Words | None:
    if not tag.broken:
        return None
    name = tag.variable
    if not name:
        return {}
    if "*" in tag.source:
        return {"closed": f"*|{name}|*"}
    return {"closed": f"{{{{{name}}}}}" if "{{" in tag.source or "}}" in tag.source else f"{{{name}}}"}


def _foreign(tag: Tag, context: Context) -> Words | None:
    """The first tag that is not of the dialect of the others, and one of those."""
    if not tag.foreign or tag.broken:
        return None
    draft = context.draft
    own = set(draft.dialects)
    others = [other.source for other in draft.tags if own & set(other.dialects) and len(other.source) < 60]
    like = others[0] if others else dialects()[draft.dialects[0]].title if draft.dialects else ""
    return {"like": " ".join(like.split())} if like else None


def _unknown(tag: Tag, context: Context) -> Words | None:
    """A tag that is not among those given, where those are names of tags at all."""
    names = context.draft.known_tags
    if not names or not _has_name(tag) or is_listed(tag.variable, names):
        return None
    meant = nearest(tag.variable, names)
    if meant:
        return {"nearest": tag.source.replace(tag.variable, meant, 1)}
    return {} if any(is_listed(other.variable, names) for other in context.draft.tags) else None


def _misspelt(tag: Tag, context: Context) -> Words | None:
    if context.draft.known_tags or not _has_name(tag):
        return None
    meant = slip(tag.variable)
    return {"nearest": tag.source.replace(tag.variable, meant, 1)} if meant else None


def _has_name(tag: Tag) -> bool:
    """Whether it is a tag that a tool fills in by its name."""
    return tag.type != "block" and not _by_hand(tag) and bool(_PLAIN_NAME.fullmatch(tag.variable))


def _unfilled(tag: Tag, context: Context) -> Words | None:
    """A placeholder that a person forgot, in a draft to somebody whose name stands there; many are a template's."""
    tags = context.draft.tags
    few = len({other.source for other in tags}) <= _FEW
    return {} if few and all(map(_by_hand, tags)) and _greets_by_name(context) else None


def _greets_by_name(context: Context) -> bool:
    offsets, draft = context.facts.offsets, context.draft
    greeting = [t for t, at in zip(context.doc, offsets, strict=True) if draft.zone_at(at) == "greeting"]
    tagged = any(draft.zone_at(tag.start) == "greeting" for tag in draft.tags)
    named = any(token.is_title for token in greeting[1:])
    return named and not tagged and _nobody().isdisjoint(token.lower_ for token in greeting[1:])


@cache
def _nobody() -> frozenset[str]:
    """Words that greet anybody, or what people are instead of who."""
    lists = load_vocabularies()
    return words_of("addressed").union(*(lists[name] for name in ("anybody", "everybody", "addressee")))


def _given(tag: Tag, draft: Draft) -> tuple[str, ...]:
    """The sample values that the user gives for a tag."""
    return _known(tag, draft).samples


def _known(tag: Tag, draft: Draft) -> KnownTag:
    """What the user says of a tag."""
    known = draft.known_tags or {}
    return known.get(tag.variable) or known.get(tag.variable.rpartition(".")[2]) or KnownTag()


def _samples(tag: Tag, draft: Draft) -> tuple[str, ...]:
    """What a tag may be filled with: as given, or what breaks grammar most easily."""
    if _by_hand(tag) or tag.start == tag.end:
        return ()
    given = _given(tag, draft)
    return given or (tuple(vocabulary()["values"].get(tag.type, ())) if _PLAIN_NAME.fullmatch(tag.variable) else ())


def _article(tag: Tag, context: Context) -> Words | None:
    """ "a {{industry}}": an article that fits some values and not others."""
    before = context.draft.text[max(0, tag.start - 8) : tag.start]
    found = _ARTICLE.search(before)
    if found is None:
        return None
    wrong = (v for v in _samples(tag, context.draft) if _takes_an(v) is not (found[1].lower() == "an"))
    return _reads(f"{found[1]} ", next(wrong, None), "")


def _takes_an(word: str) -> bool:
    if _SOUNDS_AN.match(word):
        return True
    return word[:1].lower() in "aeiou" and not _SOUNDS_A.match(word)


def _possessive(tag: Tag, context: Context) -> Words | None:
    """ "{{company}}'s": a name that ends in s takes another ending."""
    return _ending(tag, context, _POSSESSIVE)


def _plural(tag: Tag, context: Context) -> Words | None:
    """ "{{job_title}}s": an ending that not every value takes."""
    return _ending(tag, context, _PLURAL)


def _ending(tag: Tag, context: Context, ending: re.Pattern[str]) -> Words | None:
    found = ending.match(context.draft.text, tag.end)
    if found is None:
        return None
    return _reads("", next((v for v in _samples(tag, context.draft) if v.endswith("s")), None), found[0])


def _reads(before: str, value: str | None, after: str) -> Words | None:
    return None if value is None else {"reads": f"{before}{value}{after}"}


_FAULTS: Mapping[TagFault, Callable[[Tag, Context], Words | None]] = {
    "broken": _broken,
    "unknown": _unknown,
    "misspelt": _misspelt,
    "foreign": _foreign,
    "unfilled": _unfilled,
    "article": _article,
    "possessive": _possessive,
    "plural": _plural,
}
