"""Every phrase that rules or moves need to have looked up, their conditions' among them."""

from collections.abc import Iterable, Iterator

from msgspec import UNSET

from pushlint.rulebook import finders
from pushlint.rulebook.schema import Condition, Measure, Move, Rule


def phrases_of(items: Iterable[Rule | Move]) -> list[str]:
    """The phrases, each once."""
    return list(dict.fromkeys(phrase for item in items for phrase in _phrases(item)))


def _phrases(item: Rule | Move) -> Iterator[str]:
    conditions: list[Condition] = list(item.unless)
    if isinstance(item, Rule) and isinstance(item.when, Condition):
        conditions.append(item.when)
    for finder in item.finders:
        yield from finders.phrases(finder)
        conditions += finder.unless
        if isinstance(finder.measure, Measure):
            conditions += finder.measure.unless
        if finder.when is not UNSET and isinstance(finder.when, Condition):
            conditions.append(finder.when)
    for condition in conditions:
        for phrases in condition.phrases().values():
            yield from phrases
