"""Every phrase that rules or moves need to have looked up, and every condition they make."""

from collections.abc import Iterable, Iterator

from pushlint.rulebook import finders
from pushlint.rulebook.schema import Condition, Move, Rule


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
    """The conditions of a rule or move and of its finders."""
    yield from item.unless
    if isinstance(item, Rule) and isinstance(item.when, Condition):
        yield item.when
    for finder in item.finders:
        yield from finder.unless
        if isinstance(finder.when, Condition):
            yield finder.when
