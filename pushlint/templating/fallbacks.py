"""Gives a merge tag the fallback that its dialect has a form for."""

import re

from pushlint.draft import Draft, Tag
from pushlint.templating.dialects import Dialect, dialects, read_tag

_MARKS = (("{{", "}}"), ("<%=", "%>"), ("{!", "}"), ("[[", "]]"), ("##", "##"), ("{", "}"))
_BESIDE_MARK = re.compile(r"(?<=\{) | (?=\})|(?<==) (?=<inner>)| (?=%>)")


def with_fallback(tag: Tag, word: str, draft: Draft) -> str | None:
    """The tag as its tool wants it written so that `word` is sent where the value is missing.

    None where the tool has no form for it, or where it is in doubt which tool it is and they differ.
    """
    names = set(draft.dialects) & set(tag.dialects)
    for other in draft.tags:
        names = {name for name in names if other.fallback is None or name in other.dialects}
    made = {_written(tag, word, dialects()[name]) for name in names}
    return made.pop() if len(made) == 1 else None


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
