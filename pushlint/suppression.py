"""What a draft says that it is not to be told: `pushlint: {ignore: [CLO001]}` in its front matter."""

import re
from collections.abc import Mapping, Sequence

from pushlint.diagnostic import Diagnostic
from pushlint.draft import Draft
from pushlint.settings import closeness

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?P<yaml>(?:.*\n)*?)(?=(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z))")
_SAID = re.compile(r"^pushlint:.*\n(?:[ \t]+.*\n|[ \t]*\r?\n)*", re.MULTILINE)
_IN_BRACKETS = re.compile(r"\bignore:[ \t]*\[[^\[\]\r\n]*[^\[\]\s](?=[ \t]*\])")
_IN_LINES = re.compile(r"^[ \t]*ignore:[ \t]*\r?\n(?:[ \t]*- .*\r?\n)*(?P<dash>[ \t]*- ).*(?P<end>\r?\n)", re.MULTILINE)


def ignored(draft: Draft) -> tuple[str, ...]:
    """The rules that the draft's front matter says to leave out: codes, prefixes or names."""
    said = draft.meta.get("pushlint")
    words = said.get("ignore") if isinstance(said, Mapping) else None
    return tuple(map(str, words)) if isinstance(words, list) else (words,) if isinstance(words, str) else ()


def kept(draft: Draft, found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The findings that the draft does not say to leave out."""
    selectors = ignored(draft)
    return [one for one in found if not any(closeness(selector, one) for selector in selectors)]


def insertion(text: str, code: str, begin: bool) -> tuple[int, str] | None:
    """Where to put which words in a file, for its front matter to say that one rule more is left out; None where there
    is no place for it.

    `begin`: a file without front matter may be given one.
    """
    found = _FRONT_MATTER.match(text)
    line_end = "\r\n" if "\r\n" in text else "\n"
    line = f"pushlint: {{ignore: [{code}]}}{line_end}"
    if found is None:
        return (0, f"---{line_end}{line}---{line_end}") if begin and not text.startswith("---") else None
    said = _SAID.search(text, *found.span("yaml"))
    if said is None:
        return found.end(), line
    if listed := _IN_BRACKETS.search(text, *said.span()):
        return listed.end(), f", {code}"
    if listed := _IN_LINES.search(text, *said.span()):
        return listed.end(), f"{listed['dash']}{code}{listed['end']}"
    return None
