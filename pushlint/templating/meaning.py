"""What a merge tag will be filled with, guessed from the words of its name by `rules/vocabulary/tags.yaml`."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from pushlint.draft import TagType
from pushlint.resources import VOCABULARY
from pushlint.vocabulary import load_yaml

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*[%#]?|[%#/]")
_SHORT = 6
_NAMES = {"name", "names"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """The type of a tag and the word that stands for it."""

    type: TagType
    filler: str


@cache
def vocabulary() -> dict[str, Any]:
    """The tag vocabulary as it stands in its file."""
    return cast(dict[str, Any], load_yaml(VOCABULARY / "tags.yaml"))


@cache
def words_of(key: str) -> frozenset[str]:
    """One list of the tag vocabulary, in lower case."""
    return frozenset(str(word).lower() for word in vocabulary()[key])


@cache
def _meanings() -> dict[str, Meaning]:
    return {
        str(word).lower(): Meaning(entry["type"], str(entry["filler"]))
        for entry in vocabulary()["meanings"]
        for word in entry["words"]
    }


def known_names() -> Iterable[str]:
    """All names of tags whose meaning is known, in lower case."""
    return _meanings()


def name_words(name: str) -> list[str]:
    """The words of a tag's name in lower case: `Contact.FirstName`, `first_name`, `First Name`."""
    return [word.lower() for word in _WORD.findall(_HUMP.sub(" ", name.replace("_", " ")))]


@cache
def guess(name: str) -> Meaning:
    """The meaning of a tag named `name` (as typed)."""
    words = name_words(name)
    choices = [choice for choice in _split(words, {"/"}) if choice]
    found = next(filter(None, map(_known, choices if len(words) <= _SHORT else choices[:1])), None)
    owned = _owned(words, found)
    return owned or found or Meaning("text", vocabulary()["text"])


def meaning_of(name: str, types: Iterable[tuple[str, TagType]]) -> Meaning:
    """The meaning of a tag whose name may be among those with a type that is told."""
    guessed = guess(name)
    wanted = {name.strip(), name.strip().rpartition(".")[2]}
    told = next((type for known, type in types if known in wanted), guessed.type)
    return guessed if told == guessed.type else Meaning(told, _filler(told))


@cache
def _filler(type: TagType) -> str:
    """The word that stands for any tag of a type."""
    fillers = (str(entry["filler"]) for entry in vocabulary()["meanings"] if entry["type"] == type)
    return str(vocabulary()["text"]) if type == "text" else next(fillers)


def is_known(name: str) -> bool:
    """Whether the vocabulary knows what `name` stands for, or at least that it asks for something."""
    words = name_words(name)
    return bool(words) and (words[0] in words_of("prompts") or _known(words) is not None)


def _owned(words: Sequence[str], found: Meaning | None) -> Meaning | None:
    """The sender, where a name or company is said to be the sender's."""
    sender = vocabulary()["sender"]
    if not words or words[0] not in sender["words"]:
        return None
    if found is not None and found.type == "company":
        return Meaning("sender", sender["company"])
    if found is None and _NAMES.isdisjoint(words):
        return None
    return Meaning("sender", sender["person"]) if found is None or found.type in ("person", "sender") else None


def _known(words: Sequence[str]) -> Meaning | None:
    """The meaning of the longest known phrase that ends the name, names and counters (`Company A`) aside."""
    head = _head(words)
    exact = _meanings().get(" ".join(head))
    if exact:
        return exact
    kind = list(head)
    while len(kind) > 1 and _counts(kind[-1]):
        kind.pop()
    phrase = _ending(kind)
    named = bool(kind) and kind[-1] in _NAMES
    while kind and kind[-1] in _NAMES:
        kind.pop()
    found = phrase or _ending(kind)
    if named and not phrase and (found is None or found.type not in ("company", "product", "place", "sender")):
        return _meanings()["person"]
    return found


def _counts(word: str) -> bool:
    """Whether a last word only tells tags of one kind apart: `Company A`, `Date 2`, `Metric #3`, `city_lower`."""
    return word in words_of("shapes") or word.isdigit() or word == "#" or (len(word) == 1 and word.isalpha())


def _ending(words: Sequence[str]) -> Meaning | None:
    phrases = (" ".join(words[start:]) for start in range(max(0, len(words) - 3), len(words)))
    return next((_meanings()[phrase] for phrase in phrases if phrase in _meanings()), None)


def _head(words: Sequence[str]) -> Sequence[str]:
    explains = words_of("explains")
    stop = next((i for i, word in enumerate(words) if i and word in explains), len(words))
    return words[:stop]


def _split(words: Iterable[str], at: set[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for word in words:
        if word in at:
            parts.append([])
        else:
            parts[-1].append(word)
    return parts
