"""Fills the slots of a message or rewrite with words of the draft.

`{match}`, `{value}` (what was measured), `{hidden}` and `{target}` (what nobody sees, where a link leads), what the
phrase captured (`{date}`, `{money}`, `{rest}` for `...`, a vocabulary's name), `{verb:see}` (that verb in the form of
the match's first verb), `{action}` (the clause from its verb on, if that is a base form), `{object}` (what the verb
acts on), `{we}` (I or we, as the draft has it), `{name}`, `{company}` and `{product}` (merge tags), what is
said of the merge tag found (`{nearest}`, `{closed}`), and a default after a bar: `{company|your team}`.
"""

import re

from spacy.tokens import Token

from pushlint.language.facts import base_form
from pushlint.rulebook.context import Context, Match
from pushlint.rulebook.rewriting.inflect import inflect_like
from pushlint.rulebook.rewriting.scopes import scope_tokens
from pushlint.rulebook.schema import Scope

_LONG = 24  # a longer tag, with its fallback, would drown the sentence it stands in
_SLOT = re.compile(r"\{([A-Za-z.-]+)(?::([^}|]+))?(?:\|([^}]*))?\}")
_LABELS = {
    "date": ("DATE",),
    "time": ("TIME",),
    "when": ("DATE", "TIME"),
    "duration": ("DURATION",),
    "money": ("MONEY",),
}
_TAG_TYPES = {"name": "person", "company": "company", "product": "product"}
_HURRY = {"now", "today", "tonight", "immediately", "asap", "quickly", "away", "right", "straight", "fast", "!"}
_NOW = {"now", "today", "tonight", "immediately", "asap"}  # hurry wherever in the clause it stands
_ARROWS = {"→", "»", "›", "➜", "➔", "▶", ">", ">>"}

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


def written(start: int, end: int, context: Context) -> str:
    """The words of tokens `start`..`end` on one line: merge tags as they were typed, no markup."""
    source = context.draft.source.text
    parts = context.draft.map.seen(*context.plain(start, end))
    text = "".join(source[segment.start : segment.end] if segment.kind == "tag" else part for segment, part in parts)
    return " ".join(text.split())


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
    if name == "value":
        return None if match.value is None else f"{round(match.value, 1):,g}"
    if name == "we":
        return context.sender
    if name in _TAG_TYPES:
        kind = _TAG_TYPES[name]
        return next((tag.source for tag in context.draft.tags if tag.type == kind and len(tag.source) < _LONG), None)
    if name == "action":
        return _action(match, context)
    place = _object(match, context) if name == "object" else match.captures.get("..." if name == "rest" else name)
    place = place or _entity(name, match, context)
    if not place:
        return None
    start, end = place
    if name == "when" and end - start > 1 and context.doc[start].norm_ in _LEADING:
        start += 1
    return written(start, end, context)


def _action(match: Match, context: Context) -> str | None:
    """The clause from its verb to its end, without words of hurry at the end: "upgrade to Pro"."""
    clause = context.clause(match)
    if clause is None:
        return None
    head = context.doc[clause.head]
    if head.pos_ not in ("VERB", "AUX") or not base_form(head):
        return None
    end = head.i + 1
    while end in clause.tokens:
        end += 1
    text = _unhurried(head.i, _without_hurry(head.i, end, context), context)
    if text.isupper():
        return text.lower()
    return text if head.text[0].islower() else text[0].lower() + text[1:]


def _unhurried(start: int, end: int, context: Context) -> str:
    """The words without those of hurry among them: "call us on 555 0100" of "call us today on 555 0100"."""
    hurries = [i for i in range(start + 1, end) if context.doc[i].norm_ in _NOW and _is_adverbial(context.doc[i])]
    starts = [start, *(i + 1 for i in hurries)]
    return " ".join(written(a, b, context).strip() for a, b in zip(starts, [*hurries, end], strict=True) if a < b)


def _is_adverbial(token: Token) -> bool:
    return token.dep_.partition(":")[0] in ("advmod", "obl") and not any(t.dep_ == "case" for t in token.children)


def _object(match: Match, context: Context) -> tuple[int, int] | None:
    """What the clause's verb acts on, with its words: "your seat at the workshop"."""
    clause = context.clause(match)
    head = context.doc[clause.head] if clause else None
    thing: Token | None = next((t for t in head.children if t.dep_ == "obj"), None) if head is not None else None
    if thing is None or thing.pos_ not in ("NOUN", "PROPN"):
        return None
    return thing.left_edge.i, _without_hurry(thing.left_edge.i, thing.right_edge.i + 1, context)


def _without_hurry(start: int, end: int, context: Context) -> int:
    while end - start > 1 and _is_hurry_or_mark(context.doc[end - 1]):
        end -= 1
    return end


def _is_hurry_or_mark(token: Token) -> bool:
    return token.norm_ in _HURRY or token.is_punct or token.text in _ARROWS


def _entity(name: str, match: Match, context: Context) -> tuple[int, int] | None:
    """The first such entity in the sentence of the match; for `when`, a date and time that stand together."""
    sentence = context.sentence(match)
    found = [e for e in context.entities(sentence) if e.label_ in _LABELS.get(name, ())] if sentence else []
    if not found:
        return None
    last = found[-1] if name == "when" and found[-1].start - found[0].end <= 2 else found[0]
    return found[0].start, last.end
