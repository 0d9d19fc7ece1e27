"""Lets each component be used alone: what it stands on is run first, where the pipeline has not done so."""

from collections.abc import Callable
from weakref import WeakKeyDictionary

from spacy.language import Language
from spacy.tokens import Doc

from pushlint.language.facts import facts

_made: WeakKeyDictionary[Language, dict[str, Callable[[Doc], Doc]]] = WeakKeyDictionary()


def require(nlp: Language, doc: Doc, *names: str) -> None:
    """Runs the components `names` on the Doc, in order, as far as they have not run on it."""
    made = _made.setdefault(nlp, {})
    for name in names:
        if name not in facts(doc).done:
            if name not in made:
                made[name] = nlp.create_pipe(name)
            made[name](doc)
