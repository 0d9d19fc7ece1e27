"""Every phrase that rules or moves need to have looked up, their conditions' among them."""

from collections.abc import Iterable, Iterator

from msgspec import UNSET

from pushlint.rulebook import finders
from pushlint.rulebook.schema import Condition, Move, Rule, Stacked


def phrases_of(items: Iterable[Rule | Move]) -> list[str]:
    """The phrases, each once."""
    return list(dict.fromkeys(phrase for item in items for phrase in _phrases(item)))


def _phrases(item: Rule | Move) -> Iterator[str]:
    conditions: list[Condition] = list(item.unless)
    if isinstance(item, Rule):
        rewrites = [*item.rewrite, *(rewrite for finder in item.finders for rewrite in finder.rewrite)]
        conditions += [asked for asked in (item.when, *(r.when for r in rewrites)) if isinstance(asked, Condition)]
    for finder in item.finders:
        yield from finders.phrases(finder)
        conditions += finder.unless
        if isinstance(finder.stacked, Stacked):
            conditions += finder.stacked.unless
        if finder.when is not UNSET and isinstance(finder.when, Condition):
            conditions.append(finder.when)
    for condition in conditions:
        for phrases in condition.phrases().values():
            yield from phrases
