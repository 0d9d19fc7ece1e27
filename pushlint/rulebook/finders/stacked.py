"""Finds that the draft asks for several different things."""

from collections.abc import Iterator

from msgspec import UNSET

from pushlint.language.facts import Ask
from pushlint.rulebook.conditions import allowed
from pushlint.rulebook.context import Context, Match
from pushlint.rulebook.schema import Finder, Stacked, many

# Two asks of these kinds are two different things where the verb is another.
_SHOWN = 2
_MANIFOLD = {"task", "details"}


def find(finder: Finder, context: Context) -> Iterator[Match]:
    """One match for the whole draft when it asks for two things or more."""
    assert isinstance(finder.stacked, Stacked)
    kinds = many(finder.stacked.asks)
    things: dict[str, Ask] = {}
    for ask in context.facts.asks:
        same = any(ask.start == other.start for other in things.values())
        if ask.what in kinds and not same and _counts(ask, finder.stacked, context):
            things.setdefault(_thing(ask, context), ask)
    if len(things) > 1:
        asks = sorted(things.values(), key=lambda ask: ask.start)[:_SHOWN]
        words = " or ".join(f'"{_words(ask, context)}"' for ask in asks)
        yield Match(0, len(context.doc), value=len(things), words={"asks": words})


def _words(ask: Ask, context: Context) -> str:
    return " ".join(context.draft.text[slice(*context.plain(ask.start, ask.end))].split())


def _counts(ask: Ask, stacked: Stacked, context: Context) -> bool:
    return allowed(Match(ask.start, ask.end), context, UNSET, stacked.unless)


def _thing(ask: Ask, context: Context) -> str:
    verb = context.doc[ask.start].lemma_.lower() if ask.what in _MANIFOLD else ""
    return f"{ask.what} {verb}"
