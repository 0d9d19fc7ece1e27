"""What msgspec says of data that is not as its type wants it: which key, in what words, and the nearest right word."""

import difflib
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec


class Explained(NamedTuple):
    """What is wrong, the keys and indices that lead to it, and the nearest right word as a hint."""

    message: str
    steps: tuple[str | int, ...]
    hint: str | None


def explain(error: msgspec.ValidationError, kind: Any) -> Explained:
    """Takes apart what msgspec says of data that should have been of a `kind`."""
    message, _, place = str(error).partition(" - at `")
    keys = re.findall(r"\[(\d+)\]|\.([\w-]+)", place)
    steps = [int(number) if number else name for number, name in keys]
    wrong = re.search(r"unknown field `(.+)`|Invalid enum value '(.+)'", message)
    if wrong is None:
        return Explained(message, tuple(steps), None)
    steps += [wrong[1]] if wrong[1] else []
    return Explained(message, tuple(steps), did_you_mean(wrong[1] or wrong[2], _words(kind)))


def did_you_mean(word: str, words: Iterable[str]) -> str | None:
    """A hint at the word nearest to the one given, whatever its case."""
    folded = {known.casefold(): known for known in sorted(words)}
    near = difflib.get_close_matches(word.casefold(), folded, n=1)
    return f'did you mean "{folded[near[0]]}"?' if near else None


def _words(kind: Any) -> list[str]:
    """Every key and value that the schema of a kind names."""
    return re.findall(r'"([a-z_-]+)"', msgspec.json.encode(msgspec.json.schema(kind)).decode())
