"""Every phrase that rules or moves need to have looked up, and every condition they make."""

from collections.abc import Iterable, Iterator

from pushlint.rulebook import finders
from pushlint.rulebook.schema import Condition, Move, Rule, Stacked


def phrases_of(items: Iterable[Rule | Move]) -> list[str]:
    """The phrases, each once."""
    return list(dict.fromkeys(phrase for item in items for phrase in _phrases(item)))


def _phrases(item: Rule | Move) -> Iterator[str]:
    for finder in item.finders:
        yield from finders.phrases(finder)
    for condition in conditions_of(item):
        for phrases in condition.phrases().values():
            yield from phrases


def conditions_of(item: Rule | Move) -> Iterator[Condition]:
    """The conditions of a rule or move, of its finders and of their rewrites."""
    yield from item.unless
    for finder in item.finders:
        yield from finder.unless
        yield from finder.stacked.unless if isinstance(finder.stacked, Stacked) else ()
    rewrites = [rewrite for finder in item.finders for rewrite in finder.rewrite]
    whens = [*(finder.when for finder in item.finders), *(rewrite.when for rewrite in rewrites)]
    if isinstance(item, Rule):
        whens += [item.when, *(rewrite.when for rewrite in item.rewrite)]
    yield from (when for when in whens if isinstance(when, Condition))
