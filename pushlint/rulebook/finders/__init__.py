"""The finders: one file for each way to find a fault. Each yields the matches of one finder in one draft."""

from collections.abc import Callable, Iterator

from pushlint.rulebook.context import Context, Match
from pushlint.rulebook.finders import absence, ask, hidden, link, measure, order, pattern, phrase, stacked, tag
from pushlint.rulebook.schema import Finder

_FINDERS: dict[str, Callable[[Finder, Context], Iterator[Match]]] = {
    "phrase": phrase.find,
    "pattern": pattern.find,
    "ask": ask.find,
    "absence": absence.find,
    "order": order.find,
    "measure": measure.find,
    "stacked": stacked.find,
    "hidden": hidden.find,
    "link": link.find,
    "tag": tag.find,
}


def find(finder: Finder, context: Context) -> Iterator[Match]:
    """The matches of a finder, before its conditions are asked."""
    return _FINDERS[finder.kind](finder, context)


def phrases(finder: Finder) -> list[str]:
    """The phrases a finder must have looked up."""
    return phrase.phrases(finder) + order.phrases(finder)
