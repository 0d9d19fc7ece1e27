"""Fills the slots of a message or rewrite with words of the draft.

`{match}`, `{value}` (what was measured), `{hidden}` and `{target}` (what nobody sees, where a link leads), what the
phrase captured (`{date}`, `{money}`, `{rest}` for `...`, a vocabulary's name), `{verb:see}` (that verb in the form of
the match's first verb), `{object}` (what the verb acts on), `{we}` and `{me}` (I or we, as the draft has it), `{name}`,
`{company}` and `{product}` (merge tags; `{sender-company}` is the sender's), what is said of the merge tag found
(`{nearest}`, `{closed}`), that tag with a fallback (`{fallback:there}`) or
the ways to write it where the tool is in doubt (`{fallbacks:there}`), the pieces of `pieces.py` and `topics.py`, and
a default after a bar: `{company|your team}`.
"""

import re

from pushlint.language.inflect import inflect_like
from pushlint.rulebook.context import Context, Match
from pushlint.rulebook.rewriting import pieces, topics
from pushlint.rulebook.rewriting.pieces import written
from pushlint.rulebook.rewriting.scopes import scope_tokens
from pushlint.rulebook.schema import Scope
from pushlint.templating.fallbacks import ways_to_fall_back, with_fallback

_LONG = 24  # a longer tag, with its fallback, would drown the sentence it stands in
_LOGIN = re.compile(r"user|login|nick|author|agent|sender", re.IGNORECASE)  # not what one is greeted by
_SLOT = re.compile(r"\{([A-Za-z.-]+)(?::([^}|]+))?(?:\|([^}]*))?\}")
_LABELS = {
    "date": ("DATE",),
    "time": ("TIME",),
    "when": ("DATE", "TIME"),
    "duration": ("DURATION",),
    "money": ("MONEY",),
}
_HOUSE = re.compile(r"\b(?:company|business|organi[sz]ation|agency|firm|brand)\b")
_SOME = 3
_TAG_TYPES = {"name": "person", "company": "company", "product": "product"}

_PIECES = {
    "gain": pieces.gain,
    "action": pieces.action,
    "whole-action": pieces.whole_action,
    "demand": pieces.demand,
    "last": pieces.last,
    "reason": pieces.reason,
    "said": pieces.said,
    "hedged": pieces.hedged,
    "matter": pieces.matter,
    "about": pieces.about,
    "asked": pieces.asked,
    "purpose": pieces.purpose,
}
_OF_DRAFT = {"longest": pieces.longest, "question": pieces.question, "own": pieces.own}
_LISTS = {"resource", "paperwork"}
_LEADING = {"on", "at", "for"}  # "Would Tuesday suit you?" asks for a day, wherever it stood


class _Missing(Exception):
    """The draft does not have what a slot asks for."""


def fill(text: str, match: Match, context: Context, scope: Scope = "match") -> str:
    """The text with its slots filled; `{match}` is the words of `scope`.

    Raises ValueError when a slot without default has nothing to hold.
    """
    try:
        return _SLOT.sub(lambda slot: _slot(slot, match, context, scope), text)
    except _Missing as missing:
        raise ValueError(f"nothing for {{{missing}}}") from None


def _slot(slot: "re.Match[str]", match: Match, context: Context, scope: Scope) -> str:
    name, argument, default = slot.groups()
    if name == "match" and match.tag:
        return " ".join(match.tag.source.split())
    if name == "match":
        return written(*scope_tokens(scope, match, context), context)
    value = _value(name, argument, match, context)
    if value is None and default is None:
        raise _Missing(name)
    return default if value is None else value


def _value(name: str, argument: str | None, match: Match, context: Context) -> str | None:
    if name in match.words:
        return match.words[name]
    if name == "verb" and argument:
        return inflect_like(argument, context.doc[match.start : match.end])
    if name == "fallback" and argument and match.tag:
        return with_fallback(match.tag, argument, context.draft)
    if name == "fallbacks" and argument and match.tag:
        ways = ways_to_fall_back(match.tag, argument, context.draft)
        return " or ".join(ways[:_SOME]) or None
    if name == "value":
        return None if match.value is None else f"{round(match.value, 1):,g}"
    if name == "we":
        return context.sender
    if name == "me":
        return "us" if context.sender == "we" else "me"
    if name == "sender-company":
        return next((t.source for t in context.draft.tags if t.type == "sender" and _HOUSE.search(t.name)), None)
    if name in _TAG_TYPES:
        kind = _TAG_TYPES[name]
        fitting = (tag.source for tag in context.draft.tags if tag.type == kind and len(tag.source) < _LONG)
        return next((source for source in fitting if name != "name" or not _LOGIN.search(source)), None)
    if name in _PIECES:
        return _PIECES[name](match, context)
    if name in _OF_DRAFT:
        return context.once(_OF_DRAFT[name])
    if name in topics.PIECES:
        topic = context.once(topics.PIECES[name])
        return topic.words if topic else None
    if name in _LISTS:
        return pieces.resource(name, context)
    place = pieces.thing(match, context) if name == "object" else match.captures.get("..." if name == "rest" else name)
    place = place or _entity(name, match, context)
    if not place:
        return None
    start, end = pieces.named(place, context) if name == "np" else place
    if name == "when" and end - start > 1 and context.doc[start].norm_ in _LEADING:
        start += 1
    return written(start, end, context)


def _entity(name: str, match: Match, context: Context) -> tuple[int, int] | None:
    """The first such entity in the sentence of the match; for `when`, a date and time that stand together."""
    sentence = context.sentence(match)
    found = [e for e in context.entities(sentence) if e.label_ in _LABELS.get(name, ())] if sentence else []
    if not found:
        return None
    last = found[-1] if name == "when" and found[-1].start - found[0].end <= 2 else found[0]
    return found[0].start, last.end
