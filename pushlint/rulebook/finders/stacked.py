"""Finds that the draft asks for several different things."""

from collections.abc import Iterator

from msgspec import UNSET

from pushlint.language.facts import Ask
from pushlint.rulebook.conditions import allowed
from pushlint.rulebook.context import Context, Match
from pushlint.rulebook.schema import Finder, Stacked, many

# Two asks of these kinds are two different things where the verb is another.
_MANIFOLD = {"task", "details"}
_JOINING = {"and", "also", "but", "so", "then", "or"}
_LONGEST = 8  # words of an ask that a message repeats


def find(finder: Finder, context: Context) -> Iterator[Match]:
    """One match for the whole draft when it asks for two things or more; the one to keep is of the first kind."""
    assert isinstance(finder.stacked, Stacked)
    kinds = many(finder.stacked.asks)
    things: dict[str, list[Ask]] = {}
    counted = set[int]()
    for ask in context.facts.asks:
        if ask.what in kinds and ask.start not in counted and _counts(ask, finder.stacked, context):
            things.setdefault(_thing(ask, context), []).append(ask)
            counted.add(ask.start)
    if len(things) > 1:
        kept, *others = sorted(things.values(), key=lambda asks: (kinds.index(asks[0].what), asks[0].start))
        others.sort(key=lambda asks: asks[0].start)
        words = {"kept": _words(kept[0], context), "others": '", "'.join(_words(asks[0], context) for asks in others)}
        places = tuple((ask.start, ask.end) for asks in others for ask in asks)
        yield Match(0, len(context.doc), value=len(things), others=places, words=words)


def _words(ask: Ask, context: Context) -> str:
    """The clause that asks, up to the next ask, or only the ask where it shares its clause with another."""
    clause = context.clause(Match(ask.start, ask.end))
    rest = [other for other in context.facts.asks if other is not ask]
    shared = clause is None or any(context.facts.clause_of.get(other.start) is clause for other in rest)
    start, end = (ask.start, ask.end) if shared or clause is None else (min(clause.start, ask.start), clause.end)
    begins = (_clause_start(other, context) for other in rest if other.start >= ask.end)
    end = min([end, *(begin for begin in begins if ask.end <= begin)])
    while end - start > 1 and (context.doc[start].is_punct or context.doc[start].norm_ in _JOINING):
        start += 1
    while end - start > 1 and (context.doc[end - 1].is_punct or context.doc[end - 1].norm_ in _JOINING):
        end -= 1
    words = context.draft.text[slice(*context.plain(start, end))].split()
    return " ".join(words[:_LONGEST]) + (" …" if len(words) > _LONGEST else "")


def _clause_start(ask: Ask, context: Context) -> int:
    clause = context.clause(Match(ask.start, ask.end))
    return ask.start if clause is None else clause.start


def _counts(ask: Ask, stacked: Stacked, context: Context) -> bool:
    return allowed(Match(ask.start, ask.end), context, UNSET, stacked.unless)


def _thing(ask: Ask, context: Context) -> str:
    verb = context.doc[ask.start].lemma_.lower() if ask.what in _MANIFOLD else ""
    return f"{ask.what} {verb}"
