"""Gives a merge tag the fallback that its dialect has a form for."""

import re
from collections import Counter

from pushlint.draft import Draft, Tag
from pushlint.templating.dialects import Dialect, dialects, read_tag

_MARKS = (("{{", "}}"), ("<%=", "%>"), ("{!", "}"), ("[[", "]]"), ("##", "##"), ("{", "}"))
_BESIDE_MARK = re.compile(r"(?<=\{) | (?=\})|(?<==) (?=<inner>)| (?=%>)")


def with_fallback(tag: Tag, word: str, draft: Draft) -> str | None:
    """The tag as its tool wants it written so that `word` is sent where the value is missing.

    None where the tool has no form for it, or where it is in doubt which tool it is and they differ.
    """
    made = _made(tag, word, draft)
    return next(iter(made)) if len(made) == 1 else None


def ways_to_fall_back(tag: Tag, word: str, draft: Draft) -> list[str]:
    """How the tools that it may be of write it, what most of them write first, and of that the shortest."""
    made = _made(tag, word, draft)
    return sorted(filter(None, made), key=lambda text: (-made[text], len(text)))


def _made(tag: Tag, word: str, draft: Draft) -> Counter[str | None]:
    """The forms of the tools that it may be of, None for those that have none, and how many have each."""
    names = set(draft.dialects) & set(tag.dialects)
    for other in draft.tags:
        names = {name for name in names if other.fallback is None or name in other.dialects}
    return Counter(_written(tag, word, dialects()[name]) for name in sorted(names))


def _written(tag: Tag, word: str, dialect: Dialect) -> str | None:
    marks = next(((a, b) for a, b in _MARKS if tag.source.startswith(a) and tag.source.endswith(b)), None)
    if marks is None or dialect.writes is None:
        return None
    inner = tag.source[len(marks[0]) : -len(marks[1])]
    form = dialect.writes if inner != inner.strip() else _BESIDE_MARK.sub("", dialect.writes)
    text = form.replace("<inner>", inner.strip()).replace("<fallback>", word)
    if marks[0] == "##":
        text = text.replace("{{", "##").replace("}}", "##")
    read = read_tag(text, (dialect.name,))
    right = read.kind == "fallback" and read.fallback and text[slice(*read.fallback)].strip() == word
    return text if right and read.variable and tag.variable.endswith(read.variable) else None
