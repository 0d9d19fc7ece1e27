"""What each sentence does: gives value, asks about the reader, asks for time, states a price, nudges, and so on."""

from spacy.language import Language
from spacy.tokens import Doc

from pushlint.language.facts import facts
from pushlint.language.words import phrase_index
from pushlint.rulebook import finders
from pushlint.rulebook.conditions import allowed
from pushlint.rulebook.context import Context
from pushlint.rulebook.load import shipped_moves
from pushlint.rulebook.phrases import phrases_of

NAME = "pushlint_moves"


@Language.factory(NAME)
def make_moves(nlp: Language, name: str) -> "Moves":
    """Makes the component."""
    return Moves(nlp)


class Moves:
    """Sets `doc._.pushlint.moves`: the first token of a sentence to the names of the moves it makes."""

    def __init__(self, nlp: Language) -> None:
        self._moves = shipped_moves()
        self._index = phrase_index(nlp, phrases_of(self._moves))

    def __call__(self, doc: Doc) -> Doc:
        known = facts(doc)
        if known.draft is None:
            return doc
        context = Context(known.draft, doc, self._index.find(doc))
        for move in self._moves:
            for finder in move.finders:
                for match in finders.find(finder, context):
                    if allowed(match, context, finder.when, [*finder.unless, *move.unless]):
                        sentence = context.sentence(match)
                        if sentence is not None:
                            known.moves.setdefault(sentence.start, set()).add(move.name)
        return doc
