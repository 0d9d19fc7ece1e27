"""Suppressions as they are written: in comments and in the front matter of a file, each with the range it holds for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from pushlint.draft import Source
from pushlint.readers.frontmatter import FENCED
from pushlint.suppression.lines import Lines

_COMMENT = re.compile(
    r"""(?: (?P<html><!--) | \{\{-?!-?-? | \{\{-?[ ]?/\* | \{%[-+]?\s*\# | \{\#[-+]? | \{%-?\s*comment\s*-?%\} | <%\#
          | \[//\]:[ ]\#[ ][("'] | (?P<line>^[ \t]*\#+) )
        [ \t]* pushlint: [ \t]* (?P<kind>ignore(?:-start|-end|-file)?)\b (?P<words>[^\n]*?)
        [ \t]* (?: -?-?-?> | -?-?-?\}\} | \*/[ ]?-?\}\} | [-+]?%\} | [-+]?\#\} | \{%-?\s*endcomment\s*-?%\} | %>
               | [)"']$ | $ )""",
    re.VERBOSE | re.MULTILINE,
)
_REASON = re.compile(r"(?:^|\s)because\s+(.*)")
_WORD = re.compile(r"[^\s,]+")
UNTIL = "until="


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a suppression and its place in the source: the name of a rule, or the day it ends."""

    text: str
    start: int
    end: int


@dataclass(slots=True)
class Suppression:
    """The rules that one names, its reason, the source range that it holds for, and the range to cut to be rid of it.

    `comment` is how it is written, None in the front matter; `used` are the words that a finding was meant by.
    """

    rules: list[Word]
    reason: str = ""
    until: Word | None = None
    scope: tuple[int, int] = (0, 0)
    place: tuple[int, int] = (0, 0)
    comment: re.Match[str] | None = None
    used: set[Word] = field(default_factory=set)


def in_comments(source: Source, lines: Lines) -> Iterator[Suppression]:
    """Those in comments, whatever carries them."""
    opened: list[Suppression] = []
    for comment in _COMMENT.finditer(source.text):
        one = words_of(comment["words"], comment.start("words"))
        one.comment, one.place = comment, comment.span()
        match comment["kind"]:
            case "ignore":
                one.scope = lines.meant(comment.start(), comment.end(), is_yaml=comment["line"] is not None)
            case "ignore-file":
                one.scope = 0, len(source.text) + 1
            case "ignore-start":
                one.scope = comment.end(), len(source.text) + 1
                opened.append(one)
            case "ignore-end":
                names = {word.text for word in one.rules}
                ended = next((o for o in reversed(opened) if not names or names == {w.text for w in o.rules}), None)
                if ended:
                    opened.remove(ended)
                    ended.scope = ended.scope[0], comment.start()
                    continue
        yield one


def words_of(words: str, start: int) -> Suppression:
    """The rules, the last day and the reason in what follows `ignore`."""
    reason = _REASON.search(words)
    named = [
        Word(found[0], start + found.start(), start + found.end())
        for found in _WORD.finditer(words, 0, reason.start() if reason else len(words))
    ]
    until = next((word for word in named if word.text.startswith(UNTIL)), None)
    return Suppression([word for word in named if word is not until], reason[1] if reason else "", until)


def in_front_matter(source: Source) -> Iterator[Suppression]:
    """`pushlint: {ignore: [CLO001, VAL002 until=2031-12-31 because why]}`."""
    fenced = FENCED.match(source.text)
    if not fenced or "pushlint" not in fenced["yaml"]:
        return
    try:
        node = yaml.SafeLoader(fenced["yaml"]).get_single_node()
    except (yaml.YAMLError, RecursionError):
        return
    ignored = _value(_value(node, "pushlint"), "ignore")
    for item in ignored.value if isinstance(ignored, SequenceNode) else [ignored]:
        if isinstance(item, ScalarNode):
            quoted = item.style in ("'", '"')
            start = fenced.start("yaml") + item.start_mark.index + quoted
            one = words_of(source.text[start : fenced.start("yaml") + item.end_mark.index - quoted], start)
            one.scope = 0, len(source.text) + 1
            yield one


def _value(node: Node | None, key: str) -> Node | None:
    pairs = node.value if isinstance(node, MappingNode) else []
    return next((value for name, value in pairs if isinstance(name, ScalarNode) and name.value == key), None)
