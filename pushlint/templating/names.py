"""Names of merge tags that were meant: the nearest of a list, or a well-known one that is one letter off."""

import difflib
import re
from collections.abc import Collection
from functools import cache

from pushlint.templating.meaning import known_names, name_words, words_of

_LEAST = 5  # letters: shorter names are too near to each other


def is_listed(variable: str, names: Collection[str]) -> bool:
    """Whether a name as typed is one of a list, with or without what it belongs to: `lead.First Name`."""
    return variable in names or variable.rpartition(".")[2] in names


def nearest(variable: str, names: Collection[str]) -> str | None:
    """The name of a list that is most like the one typed."""
    by_letters = {_letters(name): name for name in names}
    near = difflib.get_close_matches(_letters(variable), by_letters, n=1, cutoff=0.75)
    return by_letters[near[0]] if near else None


def slip(variable: str) -> str | None:
    """The name that is meant where one letter of a well-known one is amiss, written as the typed one is."""
    typed = name_words(variable.rpartition(".")[2])
    letters = "".join(typed)
    if len(letters) < _LEAST or not letters.isalpha() or letters in _taken():
        return None
    for name in sorted(words_of("well_known")):
        meant = name.split()
        if _is_one_off(letters, "".join(meant)):
            pairs = zip(typed, meant, strict=True) if len(typed) == len(meant) else [(letters, "".join(meant))]
            return _respelt(variable, [pair for pair in pairs if pair[0] != pair[1]])
    return None


@cache
def _taken() -> frozenset[str]:
    return frozenset("".join(name.split()) for name in (*known_names(), *words_of("other_names")))


def _letters(name: str) -> str:
    return "".join(name_words(name))


def _is_one_off(typed: str, meant: str) -> bool:
    """Whether a letter is missing, too many, another, or two have changed places; a plural is none."""
    same = next(
        (at for at, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), min(len(typed), len(meant))
    )
    rest, other = typed[same:], meant[same:]
    if rest == other or rest == "s" + other:
        return False
    swapped = rest[:2] == other[1::-1] and rest[2:] == other[2:]
    return swapped or rest[1:] == other[1:] or rest[1:] == other or rest == other[1:]


def _respelt(variable: str, pairs: Collection[tuple[str, str]]) -> str | None:
    """The name with a word of it spelt as it is meant, in its own case."""
    for typed, meant in pairs:
        found = re.search(re.escape(typed), variable, re.IGNORECASE)
        if found:
            old = found[0]
            word = meant.upper() if old.isupper() else meant.capitalize() if old[0].isupper() else meant
            return variable[: found.start()] + word + variable[found.end() :]
    return None
