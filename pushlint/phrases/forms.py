"""All the forms a word can take: close, closes, closed, closing; and go, went, gone."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cached_property

# Closed-class words have no forms but their own (without this "us" would find "used", "I" would find "is").
_CLOSED_WORDS = """
a about above after again all along also although am among an and any are around as at because been before
behind being below beneath between both but by can could does down during each either else even ever every few
for from had has he her here hers him his how i if in inside into is it its just last least less let like many
may me might mine more most much must my near neither never no nor not now of off on once one only or other our
ours out over own per please quite rather re really same she should since so some soon still such than that the
their them then there these they this those though through till to too toward towards under until up upon us
very via was we were what when where whether which while who whom whose why will with within without would yes
yet you your yours today tomorrow tonight
"""
CLOSED = frozenset(_CLOSED_WORDS.split())
# Short forms that a norm cannot tell apart.
_SHORT = {"would": {"would", "'d"}, "had": {"had", "'d"}, "is": {"is", "'s"}, "has": {"has", "'s"}}
_VOWELS = "aeiou"


class Forms:
    """Inflects words by English spelling rules and the irregular forms of a lemmatizer's exception table.

    The table is asked for with the first word. A form may not exist ("goed"), which does no harm in a phrase.
    """

    def __init__(self, exceptions: Callable[[], Mapping[str, Mapping[str, list[str]]]]) -> None:
        self._exceptions = exceptions

    @cached_property
    def _irregular(self) -> Mapping[str, set[str]]:
        """Each lemma with its irregular forms."""
        irregular: dict[str, set[str]] = defaultdict(set)
        for table in self._exceptions().values():
            for form, lemmas in table.items():
                for lemma in lemmas:
                    irregular[lemma].add(form)
        return irregular

    def __call__(self, word: str) -> set[str]:
        """The word itself and every form of which it is the lemma, in lower case."""
        word = word.lower()
        if word == "be":
            return {"be", "am", "is", "are", "was", "were", "been", "being", "'s"}
        if word in _SHORT:
            return _SHORT[word] | self._irregular[word]
        if word in CLOSED or not word.isalpha():
            return {word}
        if word.endswith("ing") and set(word[:-3]) & set(_VOWELS + "y"):  # a form already, or a noun: meeting, listing
            return {word, word + "s"}
        return {word} | self._irregular[word] | _regular(word)


def _regular(word: str) -> set[str]:
    stem = word
    if word.endswith("e"):
        stem = word[:-1]
    elif len(word) > 2 and word[-1] not in _VOWELS + "wxyhj" and word[-2] in _VOWELS and word[-3] not in _VOWELS:
        return {word + "s", word + word[-1] + "ed", word + word[-1] + "ing", word + "ed", word + "ing"}
    elif word.endswith("y") and word[-2:-1] not in _VOWELS:
        stem = word[:-1] + "i"
        return {stem + "es", stem + "ed", word + "ing", stem + "er", stem + "est"}
    plural = word + "es" if word.endswith(("s", "x", "z", "ch", "sh", "o")) else word + "s"
    return {plural, stem + "ed", stem + "ing"} | ({stem + "er", stem + "est"} if len(word) < 6 else set())
