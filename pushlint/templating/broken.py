"""Tags that are not whole: a brace is missing, or what was opened is not closed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pushlint.templating.meaning import guess, is_known, name_words
from pushlint.templating.tags import FoundTag

_BRACE = re.compile(r"[{}]")
_NAMED = re.compile(r"\{\{-?[ \t]{0,20}(?P<name>[A-Za-z_][\w.]{0,80})")
_STEERING = re.compile(r"\{\{[#/^][^{}\n]{0,200}\}?|\{%[^{}%\n]{0,200}[%}]?")
_ONE_BRACE = re.compile(r"\{(?P<name>[A-Za-z_][\w.]{1,80})(?=[ ,.!?;:\r\n]|\Z)")
_CHOICE = re.compile(r"\{(?=[^{}\n]{0,300}\|)")
_STARRED = re.compile(
    r"(?<![\w*|])(?:\*\|(?P<name>[A-Z][A-Z0-9_]{1,40})(?:\*(?!\*)|\|(?!\*)|(?=[\s,.!?]))|\*(?P<other>[A-Z][A-Z0-9_]{1,40})\|\*)"
)


def mend(source: str, masked: str, tags: Sequence[FoundTag]) -> list[FoundTag]:
    """The tags, and those that are not whole, marked as broken; `tags` are overwritten in `masked`."""
    loose = _loose(masked)
    if not loose and "*|" not in masked and "|*" not in masked:
        return list(tags)
    wider = [_with_brace(tag, loose, source) for tag in tags]
    found = [*_unclosed(source, masked, loose - {tag.start for tag in wider}), *_starred(source, masked)]
    return _disjoint([*wider, *found])


def _loose(masked: str) -> set[int]:
    """Where the braces stand that have no partner."""
    open_at: list[int] = []
    loose: set[int] = set()
    for brace in _BRACE.finditer(masked):
        if brace[0] == "{":
            open_at.append(brace.start())
        elif open_at:
            open_at.pop()
        else:
            loose.add(brace.start())
    return loose.union(open_at)


def _with_brace(tag: FoundTag, loose: set[int], source: str) -> FoundTag:
    """A tag in braces, with the one brace too many right before or after it."""
    if tag.source[0] != "{":
        return tag
    start = tag.start - (tag.start - 1 in loose and source[tag.start - 1] == "{")
    end = tag.end + (tag.end in loose and source[tag.end] == "}")
    if (start, end) == (tag.start, tag.end):
        return tag
    return replace(tag, start=start, end=end, source=source[start:end], fallback=None, broken=True)


def _unclosed(source: str, masked: str, loose: set[int]) -> Iterator[FoundTag]:
    """What begins like a tag or a choice of words and does not end."""
    for start in sorted(loose):
        if named := _NAMED.match(masked, start):
            yield _named(named, source)
        elif steering := _STEERING.match(masked, start):
            yield _without_words(start, steering.end(), source)
        elif (named := _ONE_BRACE.match(masked, start)) and is_known(named["name"]):
            yield _named(named, source)
        elif _CHOICE.match(masked, start):
            yield _without_words(start, start + 1, source)


def _starred(source: str, masked: str) -> Iterator[FoundTag]:
    """`*|FNAME*`: a bar or a star is missing."""
    return (_named(match, source) for match in _STARRED.finditer(masked))


def _named(match: re.Match[str], source: str) -> FoundTag:
    start, end = match.span()
    name = next(filter(None, match.groups()))
    meaning = guess(name)
    words = " ".join(name_words(name))
    return FoundTag(start, end, source[start:end], words, meaning.type, meaning.filler, name, broken=True)


def _without_words(start: int, end: int, source: str) -> FoundTag:
    return FoundTag(start, end, source[start:end], "", "block", "", broken=True)


def _disjoint(tags: Sequence[FoundTag]) -> list[FoundTag]:
    found: list[FoundTag] = []
    for tag in sorted(tags, key=lambda tag: (tag.start, -tag.end)):
        if not found or tag.start >= found[-1].end:
            found.append(tag)
    return found
