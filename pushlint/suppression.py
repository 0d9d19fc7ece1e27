"""Findings that the writer has looked at and lets stand: `<!-- pushlint: ignore CLO001 because the fair is real -->`.

A suppression stands in a comment of HTML, Markdown, YAML or the template's own, or in the front matter. It names rules
by code, family or name, and may have a last day, `until=2031-12-31`, and a reason. `ignore` holds for the line it
stands on, or for the next line with words where it has a line of its own; `ignore-start` to `ignore-end` for a block;
`ignore-file`, and the front matter, for the file.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from pushlint.diagnostic import Diagnostic, Edit, Fix, Position
from pushlint.draft import Draft, Source
from pushlint.readers.frontmatter import FENCED
from pushlint.result import Suppressed
from pushlint.rulebook.schema import Finder, Rule, SuppressionFault
from pushlint.settings import ALL, Named, closeness

Linted = Sequence[tuple[Draft, Sequence[Diagnostic]]]

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
_UNTIL = "until="
_SAID = re.compile(r"^pushlint:.*\n(?:[ \t]+.*\n|[ \t]*\r?\n)*", re.MULTILINE)
_IN_BRACKETS = re.compile(r"\bignore:[ \t]*\[[^\[\]\r\n]*[^\[\]\s](?=[ \t]*\])")
_IN_LINES = re.compile(r"^[ \t]*ignore:[ \t]*\r?\n(?:[ \t]*- .*\r?\n)*(?P<dash>[ \t]*- ).*(?P<end>\r?\n)", re.MULTILINE)
_SENT_WITH_COMMENTS = ("html", "eml", "salesforce")


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


def suppress(
    linted: Linted, rules: Sequence[Rule], known: Sequence[Rule], today: date, format: str | None = None
) -> tuple[list[tuple[Draft, list[Diagnostic]]], list[Suppressed]]:
    """The drafts of one file with the findings that are not suppressed, and those that are.

    Of the `rules`, those of the `known` that are on, the ones about suppressions add what is wrong with these.
    """
    kept = [(draft, list(found)) for draft, found in linted]
    if not kept or "pushlint" not in (source := kept[0][0].source).text:
        return kept, []
    drafts = [draft for draft, _ in kept]
    suppressions = [*_in_front_matter(source), *_in_comments(source, drafts)]
    active = [one for one in suppressions if (day := _day(one)) is None or today <= day]
    silenced: list[Suppressed] = []
    for _, found in kept:
        for diagnostic in list(found):
            if by := _suppressing(diagnostic, active):
                found.remove(diagnostic)
                silenced.append(Suppressed(diagnostic, by.reason))
    for diagnostic in _faults(suppressions, rules, known, today, source, drafts, format):
        _, found = kept[_draft_at(diagnostic.start, drafts)]
        found.append(diagnostic)
        found.sort(key=lambda d: d.order)
    return kept, silenced


def _suppressing(diagnostic: Diagnostic, active: Iterable[Suppression]) -> Suppression | None:
    """The suppression that a finding is silenced by; all that mean it count as used."""
    by: Suppression | None = None
    for one in active:
        start, end = one.scope
        meant = [word for word in one.rules if word.text != ALL and closeness(word.text, diagnostic)]
        if meant and diagnostic.start < end and start <= max(diagnostic.start, diagnostic.end - 1):
            one.used.update(meant)
            by = by or one
    return by


# -- where they stand


def _in_comments(source: Source, drafts: Sequence[Draft]) -> Iterator[Suppression]:
    opened: list[Suppression] = []
    for comment in _COMMENT.finditer(source.text):
        one = _read(comment["words"], comment.start("words"))
        one.comment, one.place = comment, comment.span()
        match comment["kind"]:
            case "ignore":
                one.scope = _lines_meant(comment, source, drafts)
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


def _read(words: str, start: int) -> Suppression:
    """The rules, the last day and the reason in what follows `ignore`."""
    reason = _REASON.search(words)
    named = [
        Word(found[0], start + found.start(), start + found.end())
        for found in _WORD.finditer(words, 0, reason.start() if reason else len(words))
    ]
    until = next((word for word in named if word.text.startswith(_UNTIL)), None)
    return Suppression([word for word in named if word is not until], reason[1] if reason else "", until)


def _lines_meant(comment: re.Match[str], source: Source, drafts: Sequence[Draft]) -> tuple[int, int]:
    """The line of the comment, where there are words beside it; else the next line with words.

    A comment in YAML means the key after it with all that is indented under that."""
    starts = [*source.line_starts, len(source.text) + 1]
    row = source.position(comment.start())[0] - 1
    beside = source.text[starts[row] : comment.start()] + source.text[comment.end() : starts[row + 1]]
    if beside.strip():
        return starts[row], starts[row + 1]
    last = source.position(comment.end())[0] - 1
    below = range(last + 1, len(starts) - 1)
    if comment["line"] is not None and (rows := _key_below(source, starts, below)):
        return starts[rows[0]], starts[rows[-1] + 1]
    for row in below:
        if _has_words(starts[row], starts[row + 1], source, drafts):
            return starts[row], starts[row + 1]
    return len(source.text), len(source.text) + 1


def _key_below(source: Source, starts: Sequence[int], below: range) -> list[int]:
    """The rows of the first key below and of what is indented under it."""
    lines = [source.text[starts[row] : starts[row + 1]] for row in below]
    filled = [number for number, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#")]
    if not filled:
        return []
    first = filled[0]
    depth = _indent(lines[first])
    ended = next((n for n in filled[1:] if _indent(lines[n]) <= depth), len(lines))
    return list(below[first:ended])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _has_words(start: int, end: int, source: Source, drafts: Sequence[Draft]) -> bool:
    """Whether something of this range of the source is read."""
    return any(
        _is_read(at, draft) for draft in drafts for at in range(start, end) if source.text[at : at + 1].isalnum()
    )


def _is_read(at: int, draft: Draft) -> bool:
    segment = draft.map.by_source[draft.map.index(at)] if draft.map.by_source else None
    return segment is not None and bool(segment.text.strip()) and segment.start <= at < segment.end


def _in_front_matter(source: Source) -> Iterator[Suppression]:
    """`pushlint: {ignore: [CLO001, VAL002 until=2031-12-31 because why]}`."""
    fenced = FENCED.match(source.text)
    if not fenced or "pushlint" not in fenced["yaml"]:
        return
    try:
        node = yaml.SafeLoader(fenced["yaml"]).get_single_node()
    except yaml.YAMLError:
        return
    ignored = _value(_value(node, "pushlint"), "ignore")
    for item in ignored.value if isinstance(ignored, SequenceNode) else [ignored]:
        if isinstance(item, ScalarNode):
            quoted = item.style in ("'", '"')
            start = fenced.start("yaml") + item.start_mark.index + quoted
            one = _read(source.text[start : fenced.start("yaml") + item.end_mark.index - quoted], start)
            one.scope = 0, len(source.text) + 1
            yield one


def _value(node: Node | None, key: str) -> Node | None:
    pairs = node.value if isinstance(node, MappingNode) else []
    return next((value for name, value in pairs if isinstance(name, ScalarNode) and name.value == key), None)


# -- what is wrong with them


def _faults(
    suppressions: Iterable[Suppression],
    rules: Sequence[Rule],
    known: Sequence[Rule],
    today: date,
    source: Source,
    drafts: Sequence[Draft],
    format: str | None,
) -> Iterator[Diagnostic]:
    by_fault = {finder.suppression: (rule, finder) for rule in rules for finder in rule.finders}
    for one in suppressions:
        for fault, word, like in _wrong(one, rules, known, today, drafts, format):
            if fault in by_fault:
                start, end = (word.start, word.end) if word else one.place
                yield _diagnostic(*by_fault[fault], one, source, start, end, like)


_Fault = tuple[SuppressionFault, Word | None, str]


def _wrong(
    one: Suppression,
    rules: Sequence[Rule],
    known: Sequence[Rule],
    today: date,
    drafts: Sequence[Draft],
    format: str | None,
) -> Iterator[_Fault]:
    """What is wrong with a suppression, at which of its words, and what it should be like."""
    comment = one.comment
    if comment and any(_is_read(comment.start("kind"), draft) for draft in drafts):
        yield "seen", None, ""
    elif comment and comment["html"] and format in _SENT_WITH_COMMENTS:
        yield "sent", None, ""
    if not one.rules:
        yield ("no-start" if comment and comment["kind"] == "ignore-end" else "no-rule"), None, ""
    day = _day(one)
    if one.until and day is None:
        yield "no-date", one.until, ""
    if day and day < today:
        yield "expired", one.until, day.isoformat()
        return
    for word in one.rules:
        if word.text == ALL or not any(closeness(word.text, rule) for rule in known):
            yield "unknown", word, _nearest(word.text, known)
        elif word not in one.used and any(closeness(word.text, rule) for rule in rules):
            yield "unused", word, ""


def _nearest(word: str, rules: Sequence[Named]) -> str:
    """The code or name that is likely meant, or a sample of what can be."""
    names = {name.casefold(): name for rule in rules for name in (rule.code, rule.name)}
    near = difflib.get_close_matches(word.casefold(), names, n=1)
    return names[near[0]] if near else "CLO001"


def _day(one: Suppression) -> date | None:
    """The last day it holds."""
    try:
        return date.fromisoformat(one.until.text.removeprefix(_UNTIL)) if one.until else None
    except ValueError:
        return None


def _diagnostic(
    rule: Rule, finder: Finder, one: Suppression, source: Source, start: int, end: int, like: str
) -> Diagnostic:
    words = source.text[start:end]
    message = (finder.message or rule.message).replace("{match}", words).replace("{like}", like)
    return Diagnostic(
        code=rule.code,
        name=rule.name,
        severity=finder.level or rule.level,
        basis=rule.basis,
        message=" ".join(message.split()),
        path=source.path,
        start=start,
        end=end,
        location=Position(*source.position(start)),
        end_location=Position(*source.position(end)),
        text=words,
        zone="body",
        fixes=tuple(_fixes(finder, rule, one, source, start, end)),
    )


def _fixes(finder: Finder, rule: Rule, one: Suppression, source: Source, start: int, end: int) -> Iterator[Fix]:
    for rewrite in finder.rewrite or rule.rewrite:
        if rewrite.advise:
            yield Fix("display", rewrite.advise, advice=True)
        elif rewrite.cut and one.comment:
            cut = _without(one, source, start, end)
            edit = Edit(*cut, "", Position(*source.position(cut[0])), Position(*source.position(cut[1])))
            yield Fix(rewrite.applicability, rewrite.help or "", (edit,))


def _without(one: Suppression, source: Source, start: int, end: int) -> tuple[int, int]:
    """The source range to cut: the one name of several; else the comment, with its line where it stands alone."""
    text = source.text
    if len(one.rules) > 1:
        before = re.compile(r"[\s,]*\Z").search(text, one.place[0], start)
        return (before.start() if before else start), end
    start, end = one.place
    row = source.position(start)[0] - 1
    first = source.line_starts[row]
    rest = re.compile(r"[ \t]*(?:\r\n|\n|\r|\Z)").match(text, end)
    if text[first:start].strip() or rest is None:
        return start, end
    return first, rest.end()


def _draft_at(offset: int, drafts: Sequence[Draft]) -> int:
    """The number of the draft that a place in the file belongs to: the last that begins before it."""
    begins = [draft.map.by_source[0].start if draft.map.by_source else 0 for draft in drafts]
    return max((n for n, start in enumerate(begins) if start <= offset), default=0)


# -- adding one


def ignored(draft: Draft) -> tuple[str, ...]:
    """The rules that the front matter of a draft says to leave out: codes, prefixes or names."""
    said = draft.meta.get("pushlint")
    items = said.get("ignore") if isinstance(said, Mapping) else None
    return tuple(
        word.text for item in (items if isinstance(items, list) else [items]) for word in _read(str(item), 0).rules
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
