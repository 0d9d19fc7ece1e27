"""Adds a suppression to the front matter of a file, and tells those that are there."""

import re
from collections.abc import Mapping

from pushlint.draft import Draft
from pushlint.readers.frontmatter import FENCED
from pushlint.suppression.written import words_of

_SAID = re.compile(r"^pushlint:.*\n(?:[ \t]+.*\n|[ \t]*\r?\n)*", re.MULTILINE)
_IN_BRACKETS = re.compile(r"\bignore:[ \t]*\[[^\[\]\r\n]*[^\[\]\s](?=[ \t]*\])")
_IN_LINES = re.compile(r"^[ \t]*ignore:[ \t]*\r?\n(?:[ \t]*- .*\r?\n)*(?P<dash>[ \t]*- ).*(?P<end>\r?\n)", re.MULTILINE)


def ignored(draft: Draft) -> tuple[str, ...]:
    """The rules that the front matter of a draft says to leave out: codes, prefixes or names."""
    said = draft.meta.get("pushlint")
    items = said.get("ignore") if isinstance(said, Mapping) else None
    return tuple(
        word.text for item in (items if isinstance(items, list) else [items]) for word in words_of(str(item), 0).rules
    )


def insertion(text: str, code: str, begin: bool) -> tuple[int, str] | None:
    """Where to put which words in a file, for its front matter to say that one rule more is left out; None where there
    is no place for it.

    `begin`: a file without front matter may be given one.
    """
    found = FENCED.match(text)
    line_end = "\r\n" if "\r\n" in text else "\n"
    line = f"pushlint: {{ignore: [{code}]}}{line_end}"
    if found is None:
        return (0, f"---{line_end}{line}---{line_end}") if begin and not text.startswith("---") else None
    said = _SAID.search(text, *found.span("yaml"))
    if said is None:
        return found.end("yaml"), line
    if listed := _IN_BRACKETS.search(text, *said.span()):
        return listed.end(), f", {code}"
    if listed := _IN_LINES.search(text, *said.span()):
        return listed.end(), f"{listed['dash']}{code}{listed['end']}"
    return None
