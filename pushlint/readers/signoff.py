"""The sign-off: a closing and the short lines after it, or a last block of a name without one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from pushlint.draft import Tag
from pushlint.readers.lines import Line, beginning_within, vocabulary

_NAMED = {"person", "sender", "company", "role"}
_DASHES = "-~\u2013\u2014\u2012\u2015"
_SENTENCE_END = (".", "!", "?", ":", "\u2026")
_PHRASE_AND_NAME = re.compile(rf"(?P<phrase>[^,!{_DASHES}.]+)(?:[,!.]|\s*[{_DASHES}])\s*(?P<name>\S.*)")


def is_closing_phrase(text: str) -> bool:
    """Whether a line is nothing but words that close an e-mail."""
    bare = re.sub(r"[^\w&']+", " ", text.replace("\u2019", "'")).strip().lower()
    return bare in vocabulary()["closings"] and not text.rstrip().endswith("?")


def find_sign_off(lines: Sequence[Line], tags: Sequence[Tag], listed: Sequence[bool]) -> range:
    """The indexes of the sign-off in the `lines` of a body; `listed` tells which of them are list items."""
    body = _Body(lines, tags, listed)
    return body.closed() or body.named() or body.tail()


@dataclass(frozen=True, slots=True)
class _Body:
    lines: Sequence[Line]
    tags: Sequence[Tag]
    listed: Sequence[bool]

    def closed(self) -> range:
        """From the last closing line on: it and the short lines after it."""
        for at in range(len(self.lines) - 1, -1, -1):
            if not self._closes(at):
                continue
            end = self._end_of_signature(at)
            if self._words(end, len(self.lines)) > self._words(0, at):
                return range(0)
            start = at
            while start > 0 and is_closing_phrase(self.lines[start - 1].text):
                start -= 1
            return range(start, end)
        return range(0)

    def named(self) -> range:
        """A last paragraph of a name and short lines; one that begins with the sender's tag may stand earlier."""
        paragraphs = [list(group) for _, group in groupby(range(len(self.lines)), lambda i: self.lines[i].paragraph)]
        for back, paragraph in enumerate(reversed(paragraphs[1:][-3:])):
            head = self.lines[paragraph[0]]
            own = any(tag.type == "sender" for tag in self._tags_of(head))
            signed = self._is_name(head) and all(self._is_signature(self.lines[i]) for i in paragraph)
            if signed and (back == 0 or own) and self._may_begin(paragraph[0]):
                return range(paragraph[0], paragraph[-1] + 1)
        return range(0)

    def tail(self) -> range:
        """A name, and short lines below it, right after the last sentence of the last paragraph."""
        start = len(self.lines)
        while start > 1 and self._is_signature(self.lines[start - 1]):
            start -= 1
        for at in range(start, len(self.lines)):
            before, name = self.lines[at - 1], self.lines[at]
            if before.paragraph != name.paragraph or name.paragraph != self.lines[-1].paragraph:
                continue
            alone = at + 1 < len(self.lines) or len(name.text.split()) <= 2
            ended = before.text.endswith((*_SENTENCE_END, ","))
            if ended and alone and self._is_name(name) and self._may_begin(at):
                return range(at, len(self.lines))
        return range(0)

    def _may_begin(self, at: int) -> bool:
        """Not in a list of several items, nor right after a colon."""
        if at and self.lines[at - 1].text.endswith(":"):
            return False
        beside = [i for i in (at - 1, at + 1) if 0 <= i < len(self.lines)]
        return not (self.listed[at] and any(self.listed[i] for i in beside))

    def _end_of_signature(self, at: int) -> int:
        """The index after the short lines that follow a closing; past the first paragraph no sentences."""
        near = {line.paragraph for line in self.lines[at : at + 2]}
        end = at + 1
        while end < len(self.lines) and self._is_signature(line := self.lines[end]):
            if line.paragraph not in near and line.text.endswith(_SENTENCE_END):
                break
            end += 1
        return end

    def _closes(self, at: int) -> bool:
        text = self.lines[at].text
        following = self.lines[at + 1] if at + 1 < len(self.lines) else None
        if not text.strip(_DASHES + "_ "):
            return text.startswith("--") and len(text) <= 3 and following is not None and self._is_signature(following)
        if text[0] in _DASHES:
            return self._is_dashed_name(self.lines[at]) and self._may_begin(at)
        if is_closing_phrase(text):
            return True
        split = _PHRASE_AND_NAME.match(text)
        if split and is_closing_phrase(split["phrase"]):
            name = split["name"]
            return _is_capitalised(name) and len(name.split()) <= 4 and not name.endswith(("?", ":"))
        words = text.lower().split()
        opens = text.endswith(",") and len(words) <= 6 and words[0] in vocabulary()["closing_starts"]
        return opens and following is not None and (self._is_name(following) or _is_capitalised(following.text))

    def _is_dashed_name(self, line: Line) -> bool:
        name = line.text.lstrip(_DASHES + " ")
        short = bool(name) and len(name.split()) <= 5 and not name.endswith(_SENTENCE_END)
        return short and (_is_capitalised(name) or self._has_only_tags(line))

    def _is_signature(self, line: Line) -> bool:
        """A short line that is no sentence: a name, a title, a company, a phone number, a link."""
        words = line.text.split()
        if len(words) > 12 or line.text.endswith("?"):
            return False
        return len(words) < 5 or not line.text.endswith((".", "!")) or self._has_only_tags(line)

    def _is_name(self, line: Line) -> bool:
        """One to four capitalised words, or nothing but tags for people, companies and roles."""
        if self._has_only_tags(line):
            return all(tag.type in _NAMED for tag in self._tags_of(line))
        ends = line.text.endswith((*_SENTENCE_END, ","))
        return len(line.text.split()) <= 4 and _is_capitalised(line.text) and not ends

    def _has_only_tags(self, line: Line) -> bool:
        inside = self._tags_of(line)
        rest = list(line.text)
        for tag in inside:
            rest[tag.start - line.start : tag.end - line.start] = " " * (tag.end - tag.start)
        return bool(inside) and not any(character.isalnum() for character in rest)

    def _tags_of(self, line: Line) -> list[Tag]:
        return [tag for tag in beginning_within(self.tags, line.start, line.end) if tag.end > tag.start]

    def _words(self, start: int, end: int) -> int:
        return sum(len(line.text.split()) for line in self.lines[start:end])


def _is_capitalised(text: str) -> bool:
    """Whether each word begins with a capital, but for such as `and`, `of`, `team`."""
    words = [word.strip("(),.|") for word in text.split()]
    return all(not word[:1].isalpha() or word[0].isupper() or word in vocabulary()["name_words"] for word in words)
