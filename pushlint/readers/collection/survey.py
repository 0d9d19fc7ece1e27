"""What each piece of a file holds, before it is told which e-mail it belongs to, and what is ahead in its section."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pushlint.readers.collection.labels import label_of, vocabulary
from pushlint.readers.collection.outline import Piece, Span
from pushlint.readers.greeting import is_greeting
from pushlint.templating import find_tags

_THREAD = re.compile(r"^[^\w\n]*from:.*\n(?:.*\n){0,4}?[^\w\n]*(?:sent|date|to):", re.IGNORECASE | re.MULTILINE)
NEAR_THE_TOP = 6
LEAST_WORDS, _LEAST_IN_BLOCK = 5, 8


@dataclass(slots=True)
class Email:
    """An e-mail as it is found: the headings above it, and the spans of its parts. `block` is the fence or quote
    that it stands in; `told`: a label says where its text begins; `signed`: its text has come to a closing."""

    headings: tuple[Piece, ...]
    subjects: list[Span] = field(default_factory=list)
    preheader: Span | None = None
    body: list[Span] = field(default_factory=list)
    block: Piece | None = None
    told: bool = False
    signed: bool = False


class Survey:
    """The pieces of a file and what they hold: `letters` are the fences and quotes that are e-mails, `starts` tells
    for each piece whether an e-mail begins with it."""

    def __init__(self, text: str, pieces: Sequence[Piece]) -> None:
        self.text = text
        self.pieces = pieces
        self.letters = [self._letter(piece) for piece in pieces]
        self.starts = [
            letter is not None or self._names_subject(piece) for piece, letter in zip(pieces, self.letters, strict=True)
        ]

    # For each piece, whether one of these comes with it, or after it before the section ends

    @cached_property
    def starts_ahead(self) -> list[bool]:
        """The beginning of an e-mail."""
        return self._ahead(lambda at: self.starts[at], self._is_border)

    @cached_property
    def letters_ahead(self) -> list[bool]:
        """A fence or quote that is an e-mail."""
        return self._ahead(lambda at: self.letters[at] is not None, self._is_end)

    @cached_property
    def blocks_ahead(self) -> list[bool]:
        """A fence or quote that is long enough for one."""
        return self._ahead(self.is_long, self._is_end)

    @cached_property
    def greetings_ahead(self) -> list[bool]:
        """A greeting near the top of a text."""
        return self._ahead(self._has_greeting, self._is_end)

    # What a piece or line holds

    def is_thread(self, piece: Piece) -> bool:
        """Whether it is an earlier e-mail with its head ("From: ... Sent: ...")."""
        return _THREAD.search("".join(self.text[start:end] for start, end in piece.lines)) is not None

    def is_long(self, index: int) -> bool:
        """Whether a fence or quote has words enough for an e-mail."""
        piece = self.pieces[index]
        return self._may_be_letter(piece) and sum(map(self.words, piece.lines)) >= _LEAST_IN_BLOCK

    def _may_be_letter(self, piece: Piece) -> bool:
        """Whether it is a quote, or a fence in no language of programs."""
        return piece.kind in ("fence", "quote") and piece.language in vocabulary()["languages"]

    def inside(self, piece: Piece) -> Email:
        """The parts of an e-mail in a fence or quote."""
        letter = Email((), block=piece)
        for at, line in enumerate(piece.lines):
            label = label_of(self.text, line)
            if label and label.kind in ("subject", "alternative") and self.has_words(label.value):
                letter.subjects.append(label.value)
            elif label and label.kind == "preheader":
                letter.preheader = label.value
            elif label and label.kind == "body" and not self.has_words(label.value):
                letter.told = True
            elif not (label and label.kind == "header") and self.words(line):
                letter.body = list(piece.lines[at:])
                break
        return letter

    def words(self, line: Span) -> int:
        """The number of words in a line."""
        return len(self.text[line[0] : line[1]].split())

    def has_words(self, span: Span) -> bool:
        """Whether anything but white space stands there."""
        return bool(self.text[span[0] : span[1]].strip())

    def _letter(self, piece: Piece) -> Email | None:
        """What a fence or quote holds, if that is an e-mail by its subject or its greeting."""
        if not self._may_be_letter(piece) or (piece.kind == "quote" and self.is_thread(piece)):
            return None
        letter = self.inside(piece)
        lines = [line for line in letter.body if self.words(line)][:NEAR_THE_TOP]
        count = sum(map(self.words, letter.body))
        is_letter = letter.subjects or (any(greets(self.text, line) for line in lines) and count >= _LEAST_IN_BLOCK)
        return letter if is_letter and count >= LEAST_WORDS else None

    def _names_subject(self, piece: Piece) -> bool:
        if piece.kind not in ("heading", "text"):
            return False
        return any(label.kind == "subject" for line in piece.lines if (label := label_of(self.text, line)))

    def _ahead(self, holds: Callable[[int], bool], ends: Callable[[int], bool]) -> list[bool]:
        """For each piece, whether something holds for it, or for one after it before the section `ends`."""
        found = [False] * (len(self.pieces) + 1)
        for at in range(len(self.pieces) - 1, -1, -1):
            goes_on = at + 1 < len(self.pieces) and not ends(at + 1)
            found[at] = holds(at) or (goes_on and found[at + 1])
        return found

    def _is_border(self, at: int) -> bool:
        return self.pieces[at].kind in ("heading", "break")

    def _is_end(self, at: int) -> bool:
        return self._is_border(at) or (self.starts[at] and self.pieces[at].kind == "text")

    def _has_greeting(self, at: int) -> bool:
        piece = self.pieces[at]
        lines = piece.lines[:NEAR_THE_TOP] if piece.kind == "text" and not piece.listed else ()
        return any(greets(self.text, line) for line in lines)


def greets(text: str, line: Span) -> bool:
    """Whether a line is a greeting."""
    return is_greeting(filled(text, line))


def filled(text: str, line: Span) -> str:
    """The words of a line, its merge tags filled in."""
    words = text[line[0] : line[1]]
    for tag in reversed(find_tags(words)):
        words = words[: tag.start] + tag.filler + words[tag.end :]
    return words.strip("*_ \t\r\n")
