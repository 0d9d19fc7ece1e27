"""Every phrase that rules or moves need to have looked up, and every condition they make."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Generic, TypeVar

from spacy.language import Language

from pushlint.language.words import phrase_index
from pushlint.phrases import PhraseIndex
from pushlint.rulebook import finders
from pushlint.rulebook.rewriting.topics import LEADS
from pushlint.rulebook.schema import Condition, Finder, Move, Rule, Stacked

_Item = TypeVar("_Item", bound=Rule | Move)


def index_of(nlp: Language, items: Sequence[Rule | Move]) -> PhraseIndex:
    """An index of the phrases that the finders look for; those of conditions, and of lines to add, wait until one is
    asked. Raises PhraseError."""
    found = [phrase for item in items for finder in item.finders for phrase in finders.phrases(finder)]
    asked = [p for item in items for c in conditions_of(item) for phrases in c.phrases().values() for p in phrases]
    return phrase_index(nlp, found, [*asked, *(f"@{name}" for name in LEADS)])


class Possible(Generic[_Item]):
    """Which finders of rules or moves can find anything in a draft: not those of phrases that are not there, nor those
    that wait for the others of a sequence, or for all the findings of a file."""

    def __init__(self, items: Sequence[_Item]) -> None:
        self._items = items
        self._always: list[tuple[int, int]] = []
        self._by_phrase: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, item in enumerate(items):
            for place, finder in enumerate(item.finders):
                for phrase in finders.phrases(finder):
                    self._by_phrase[phrase].append((number, place))
                if finder.kind not in ("phrase", "order", "sequence", "suppression"):
                    self._always.append((number, place))

    def given(self, hits: Mapping[str, object]) -> Iterator[tuple[_Item, list[Finder]]]:
        """The rules or moves that can, in their order, each with its finders that can, given the phrases there are."""
        places = {place for phrase in hits.keys() & self._by_phrase.keys() for place in self._by_phrase[phrase]}
        for number, some in groupby(sorted(places.union(self._always)), key=itemgetter(0)):
            item = self._items[number]
            yield item, [item.finders[place] for _, place in some]


def phrases_of(item: Rule | Move) -> Iterator[str]:
    """The phrases of its finders and its conditions."""
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
    whens = [finder.when for finder in item.finders]
    if isinstance(item, Rule):
        rewrites += item.rewrite
        whens.append(item.when)
    for rewrite in rewrites:
        whens.append(rewrite.when)
        yield from rewrite.unless
    yield from (when for when in whens if isinstance(when, Condition))
