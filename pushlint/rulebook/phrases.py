"""Every phrase that rules or moves need to have looked up, and every condition they make."""

from collections.abc import Iterator, Sequence

from spacy.language import Language

from pushlint.language.words import phrase_index
from pushlint.phrases import PhraseIndex
from pushlint.rulebook import finders
from pushlint.rulebook.schema import Condition, Move, Rule, Stacked


def index_of(nlp: Language, items: Sequence[Rule | Move]) -> PhraseIndex:
    """An index of the phrases that the finders look for; those of conditions wait until one is asked. Raises
    PhraseError."""
    found = [phrase for item in items for finder in item.finders for phrase in finders.phrases(finder)]
    asked = [p for item in items for c in conditions_of(item) for phrases in c.phrases().values() for p in phrases]
    return phrase_index(nlp, found, asked)


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
    whens = [*(finder.when for finder in item.finders), *(rewrite.when for rewrite in rewrites)]
    if isinstance(item, Rule):
        whens += [item.when, *(rewrite.when for rewrite in item.rewrite)]
    yield from (when for when in whens if isinstance(when, Condition))
