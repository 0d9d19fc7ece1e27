"""A Markdown file that holds several e-mails: where each begins and ends, and what in between is only said of them."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from pushlint.draft import Draft, Segment, Source, SourceMap, Zone, ZoneKind
from pushlint.readers.assembly import Head
from pushlint.readers.embedded import Reader, read_embedded
from pushlint.readers.frontmatter import read_front_matter
from pushlint.readers.greeting import is_greeting
from pushlint.readers.header import read_header
from pushlint.readers.labels import Label, kind_of, label_of, stripped, vocabulary
from pushlint.readers.markdown import read_markdown
from pushlint.readers.outline import Piece, Span, joined, outline
from pushlint.readers.places import is_step, places
from pushlint.readers.plain import read_plain
from pushlint.readers.sequences import reader_of
from pushlint.readers.signoff import is_closing_phrase
from pushlint.templating import find_tags

_MAY_HOLD = re.compile(r"^[^\w\n]*(?:\w+[ \t]+){0,2}subject|^[ \t]*(?:>|```|~~~|#)", re.IGNORECASE | re.MULTILINE)
_BOLD_TITLE = re.compile(r"[ \t]*(?P<mark>\*\*|__)(?P<words>[^*_\n]{2,80})(?P=mark):?\s*\Z")
_PLAIN_TITLE = re.compile(r"[^\w\n]*(?P<words>\w[^.!?,\n]{2,60})\s*")
_LINE_BELOW = re.compile(r"\s*(?P<words>\S[^\r\n]*)")
_ITALIC = re.compile(r"\s*(?:\*(?!\*)[^*]+\*|_(?!_)[^_]+_)\s*\Z")
_THREAD = re.compile(r"^[^\w\n]*from:.*\n(?:.*\n){0,4}?[^\w\n]*(?:sent|date|to):", re.IGNORECASE | re.MULTILINE)
_NAME = re.compile(r"[A-Z][\w.'\u2019-]*(?:[ \t]+[A-Z][\w.'\u2019-]*){0,2}")
_SUBJECT_LINE = re.compile(r"^[^\w\n]*subject\b.*:", re.IGNORECASE | re.MULTILINE)
_BOLD_LEVEL = 7
_NEAR_THE_TOP = 6
_LEAST_WORDS, _LEAST_IN_BLOCK, _LEAST_UNMARKED = 5, 8, 12


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


def read_collection(source: Source, plain: bool = False) -> list[Draft]:
    """The e-mails of a file that holds several, or one among other text; none where the file is one e-mail.

    A file of `plain` text is parted in the same way, where it has subject lines for two.
    """
    if plain and len(_SUBJECT_LINE.findall(source.text)) < 2:
        return []
    front = read_front_matter(source) or Head(hints=source.hints)
    if {"subject", "stage", "step"} & set(front.meta):
        return []
    found = emails_in(source, front)
    if plain and sum(bool(email.subjects) for email in found) < 2:
        return []
    told = places([[heading.title for heading in email.headings] for email in found])
    return [
        draft.with_all(step=place.step)
        for email, place in zip(found, told, strict=True)
        for draft in _drafts(email, source, replace(front, body=0, stage=place.stage), plain)
    ]


def emails_in(source: Source, front: Head) -> list[Email]:
    """The e-mails of a file that holds several, or one among other text; none where the file is one e-mail."""
    if not _MAY_HOLD.search(source.text, front.body):
        return []
    pieces = outline(source.text, front.body)
    found = _Finder(source.text, pieces).emails()
    subjects = sum(bool(email.subjects) for email in found)
    if subjects < 2 and _begins_as_letter(source.text, pieces):
        return []
    if len(found) == 1 and (read_header(source, front).subject.segments or not (subjects or found[0].block)):
        return []
    return found


def _begins_as_letter(text: str, pieces: Sequence[Piece]) -> bool:
    """Whether a file begins with a greeting, under no heading that names a step."""
    first = next((at for at, piece in enumerate(pieces) if piece.kind != "heading"), None)
    if first is None or pieces[first].kind != "text" or any(is_step(piece.title) for piece in pieces[:first]):
        return False
    return _greets(text, pieces[first].lines[0])


def _drafts(email: Email, source: Source, head: Head, plain: bool) -> Iterator[Draft]:
    """The draft of an e-mail, and those of its preheader and its other subjects."""
    text = source.text
    subject = _map(text, email.subjects[:1]) if email.subjects else None
    draft = read_embedded(source, _map(text, email.body), _reader(email, text, plain), subject, head)
    if email.block is None or email.block.kind == "quote":
        mark = "\n> " if email.block else "\n"
        draft = draft.carried(lambda words, start, end: words.replace("\n", mark))
    yield draft
    if email.preheader:
        yield from _line(email.preheader, "preheader", source, head)
    for other in email.subjects[1:]:
        yield from _line(other, "subject", source, head)


def _line(span: Span, kind: ZoneKind, source: Source, head: Head) -> Iterator[Draft]:
    """A line of an e-mail that is read apart from it."""
    draft = read_embedded(source, _map(source.text, [span]), read_plain, None, head)
    if draft.text.strip():
        yield _zoned(draft, kind)


def _zoned(draft: Draft, kind: ZoneKind) -> Draft:
    return replace(
        draft,
        zones=(Zone(kind, 0, len(draft.text)),),
        subject=draft.text if kind == "subject" else None,
        repeats=True,
        others=tuple(_zoned(other, kind) for other in draft.others),
    )


def _map(text: str, spans: Sequence[Span]) -> SourceMap:
    return SourceMap([Segment(text[start:end], start, end, "literal") for start, end in joined(spans)])


def _reader(email: Email, text: str, plain: bool) -> Reader:
    if plain:
        return read_plain
    if email.block and email.block.kind == "fence" and email.block.language not in ("markdown", "md"):
        return reader_of("".join(text[start:end] for start, end in email.body))
    return read_markdown


def _greets(text: str, line: Span) -> bool:
    return is_greeting(_filled(text, line))


def _filled(text: str, line: Span) -> str:
    """The words of a line, its merge tags filled in."""
    words = text[line[0] : line[1]]
    for tag in reversed(find_tags(words)):
        words = words[: tag.start] + tag.filler + words[tag.end :]
    return words.strip("*_ \t\r\n")


class _Finder:
    """Goes through the pieces of a file, with the e-mail that is open, and what is to come of it."""

    def __init__(self, text: str, pieces: Sequence[Piece]) -> None:
        self.text = text
        self.pieces = pieces
        self.found: list[Email] = []
        self.path: list[Piece] = []
        self.open: Email | None = None
        self.ended = False  # the text of the open e-mail is complete
        self.passing = False  # in a section of commentary
        self.awaiting = False  # the next line is a subject
        self.letters = [self._letter(piece) for piece in pieces]
        self.starts = [
            letter is not None or self._names_subject(piece) for piece, letter in zip(pieces, self.letters, strict=True)
        ]

    def emails(self) -> list[Email]:
        """All that are found, in their order."""
        for index, piece in enumerate(self.pieces):
            if piece.kind == "heading":
                self._heading(index, piece)
            elif piece.kind == "break":
                if self.open and self.open.body:
                    self._close()
            elif piece.kind == "text":
                self._text(index, piece)
            elif piece.kind != "table":
                self._block(index, piece)
        self._close()
        return self.found

    # What begins an e-mail

    def _names_subject(self, piece: Piece) -> bool:
        if piece.kind not in ("heading", "text"):
            return False
        return any(label.kind == "subject" for line in piece.lines if (label := label_of(self.text, line)))

    def _letter(self, piece: Piece) -> Email | None:
        """What a fence or quote holds, if that is an e-mail by its subject or its greeting."""
        if piece.kind not in ("fence", "quote"):
            return None
        if piece.kind == "quote" and self._is_thread(piece):
            return None
        letter = self._inside(piece)
        lines = [line for line in letter.body if self._words(line)][:_NEAR_THE_TOP]
        if piece.kind == "fence" and piece.language not in vocabulary()["languages"]:
            return None
        count = sum(map(self._words, letter.body))
        is_letter = letter.subjects or (any(_greets(self.text, line) for line in lines) and count >= _LEAST_IN_BLOCK)
        return letter if is_letter and count >= _LEAST_WORDS else None

    def _inside(self, piece: Piece) -> Email:
        """The parts of an e-mail in a fence or quote."""
        letter = Email((), block=piece)
        for at, line in enumerate(piece.lines):
            label = label_of(self.text, line)
            if label and label.kind in ("subject", "alternative") and self._has_words(label.value):
                letter.subjects.append(label.value)
            elif label and label.kind == "preheader":
                letter.preheader = label.value
            elif label and label.kind == "body" and not self._has_words(label.value):
                letter.told = True
            elif not (label and label.kind == "header") and self._words(line):
                letter.body = list(piece.lines[at:])
                break
        return letter

    # Pieces, one after the other

    def _heading(self, index: int, piece: Piece) -> None:
        label = label_of(self.text, piece.lines[0])
        kind = "other" if is_step(piece.title) else kind_of(piece.title)
        if label and label.kind == "subject" and self._has_words(label.value):
            self.path = [above for above in self.path if above.level < piece.level]
            self.passing = False
            return self._subject(label.value)
        if self._ends(index, piece, kind):
            self._close()
        if self.open and self.open.body:
            self.open.body += [] if self.ended else piece.lines
        elif kind in ("subject", "preheader", "body") and not (kind == "body" and self.open is None):
            self.passing = kind == "preheader"
            self.open = self.open or Email(tuple(above for above in self.path if above.level < piece.level))
            self.awaiting = kind == "subject"
            self.open.told |= kind == "body"
        else:
            self.path = [*(above for above in self.path if above.level < piece.level), piece]
            self.passing = self._is_passed_over(piece.title, kind)
        return None

    def _ends(self, index: int, piece: Piece, kind: str) -> bool:
        """Whether a heading ends the open e-mail."""
        if self.open is None:
            return False
        own = self.open.headings[-1].level if self.open.headings else 0
        if own and piece.level <= own:
            return True
        if not self.open.body:
            return kind not in ("subject", "preheader", "body", "commentary") and self._holds_start(index)
        return self.open.signed or self._is_passed_over(piece.title, kind) or self._holds_start(index)

    def _holds_start(self, index: int) -> bool:
        """Whether another e-mail begins between a heading and the next one that is as high, or a break."""
        level = self.pieces[index].level or _BOLD_LEVEL
        for at in range(index + 1, len(self.pieces)):
            piece = self.pieces[at]
            if piece.kind == "break" or (piece.kind == "heading" and piece.level <= level):
                return False
            if self.starts[at]:
                return True
        return False

    def _is_passed_over(self, title: str, kind: str) -> bool:
        words = title.lower()
        return kind == "commentary" or any(words.startswith(known) for known in vocabulary()["passed_over"])

    def _text(self, index: int, piece: Piece) -> None:
        writing = self.open is not None and bool(self.open.body) and not self.ended
        if self.open and writing and self._is_thread(piece):
            self.open.body += piece.lines
            return
        if self.awaiting and self.open and self.open.subjects and not piece.listed:
            self.awaiting = False
        labels_only, said = True, False
        for line in piece.lines:
            label = label_of(self.text, line)
            title = self._title(index, line)
            if title:
                self._heading(index, Piece("heading", (line,), _BOLD_LEVEL, title))
            elif label and label.kind == "subject" and labels_only and self._is_meant(index, piece):
                self._subject(label.value)
            elif self.open is None:
                self._opening(line, piece)
            elif self.awaiting and self._words(line):
                self.open.subjects.append(stripped(self.text, line))
            elif label and label.kind == "alternative":
                self.open.subjects += [label.value] if self._has_words(label.value) else []
                self.awaiting, self.ended = not self._has_words(label.value), bool(self.open.body)
            elif self.ended or self.passing:
                pass
            elif self.open.body:
                self._more(line, label, piece)
            else:
                said = self._before(index, line, label, piece, said)
            labels_only &= label is not None or title is not None

    def _is_meant(self, index: int, piece: Piece) -> bool:
        """Whether a subject begins an e-mail; in a section of commentary only one with a text that greets does."""
        greets = self._greetings_ahead[index] or self._letters_ahead[index]
        return not self.passing or (greets and not piece.listed)

    def _title(self, index: int, line: Span) -> str | None:
        """What a line says that is no heading but names a step, with its e-mail below: one in bold, or right above
        a subject."""
        words = self.text[line[0] : line[1]]
        if bold := _BOLD_TITLE.match(words):
            followed = self._starts_ahead[index] or self._greetings_ahead[index]
            return bold["words"] if followed and is_step(bold["words"]) else None
        plain = _PLAIN_TITLE.fullmatch(words)
        if plain is None or not is_step(plain["words"]):
            return None
        below = _LINE_BELOW.match(self.text, line[1])
        label = label_of(self.text, below.span("words")) if below else None
        return plain["words"] if label and label.kind == "subject" else None

    def _subject(self, value: Span) -> None:
        if self.open is None or self.open.body:
            self._close()
            self.open = Email(tuple(self.path))
        if self._has_words(value):
            self.open.subjects.append(value)
        self.awaiting, self.passing = not self._has_words(value), False

    def _opening(self, line: Span, piece: Piece) -> None:
        """A text that greets right under a heading that names a step is an e-mail without a subject."""
        step = self.path and is_step(self.path[-1].title) and not self._is_elsewhere()
        if step and not self.passing and not piece.listed and _greets(self.text, line):
            self.open = Email(tuple(self.path), body=[line])

    def _more(self, line: Span, label: Label | None, piece: Piece) -> None:
        """A line after the text has begun."""
        assert self.open
        remark = len(piece.lines) < 3 and _ITALIC.match(self.text[line[0] : line[1]])
        if (label and label.strong and label.kind == "commentary") or (remark and self.open.signed):
            self.ended = True
            return
        words = _filled(self.text, line)
        closes = len(words) < 60 and is_closing_phrase(words.partition(",")[0])
        self.open.signed |= closes or (not piece.listed and _NAME.fullmatch(words) is not None)
        self.open.body.append(line)

    def _before(self, index: int, line: Span, label: Label | None, piece: Piece, said: bool) -> bool:
        """A line before the text has begun; gives whether the lines below it belong to what a label says."""
        assert self.open
        if not self._words(line):
            return said
        greets = _greets(self.text, line)
        if label and label.kind == "preheader":
            self.open.preheader = label.value if self._has_words(label.value) else None
        elif label and label.kind == "body":
            self.open.told = True
            if self._has_words(label.value):
                self.open.body.append((label.value[0], line[1]))
            return False
        elif greets or (not said and not self._is_remark(index, line, label, piece)):
            self.open.body.append(line)
        return label is not None or said

    def _is_remark(self, index: int, line: Span, label: Label | None, piece: Piece) -> bool:
        assert self.open
        if label and (label.strong or label.kind in ("header", "commentary")):
            return True
        if self.open.told:
            return False
        aside = piece.listed or _ITALIC.match(self.text[line[0] : line[1]]) or self.text.startswith("<!--", line[0])
        return bool(aside) or self._greetings_ahead[index] or self._blocks_ahead[index]

    def _block(self, index: int, piece: Piece) -> None:
        letter = self.letters[index]
        if self.passing or (self._is_elsewhere() and not (letter and letter.subjects)):
            return
        if self.open and self.open.body and not self.ended:
            if piece.kind == "quote" and not self.open.signed:
                self.open.body += piece.whole  # it quotes something
                return
            if not (letter and (self.open.signed or letter.subjects)):
                return
        if self.awaiting and self.open and not letter and len(piece.lines) <= _NEAR_THE_TOP:
            self.open.subjects += [stripped(self.text, line) for line in piece.lines if self._words(line)]
            self.awaiting = False
        elif self.open and not self.open.body and (letter or self._may_be_text(index)):
            self._take(letter or self._inside(piece))
        elif letter:
            self._close()
            self.open = Email(tuple(self.path))
            self._take(letter)

    def _take(self, letter: Email) -> None:
        assert self.open
        self.open.subjects += letter.subjects
        self.open.preheader = letter.preheader or self.open.preheader
        self.open.body, self.open.block = letter.body, letter.block
        self.ended, self.awaiting = True, False

    def _close(self) -> None:
        email, self.open, self.ended, self.awaiting = self.open, None, False, False
        if email is None:
            return
        while email.body and not self._words(email.body[-1]):
            email.body.pop()
        lines = [line for line in email.body if self._words(line)]
        marked = email.block or email.told or any(_greets(self.text, line) for line in lines[:_NEAR_THE_TOP])
        marked = marked or any(is_step(heading.title) for heading in email.headings)
        if sum(map(self._words, lines)) >= (_LEAST_WORDS if marked else _LEAST_UNMARKED):
            self.found.append(email)

    # Small questions

    def _may_be_text(self, index: int) -> bool:
        """Whether a block that does not look like an e-mail is the text of the one that is open."""
        if self.open and self.open.told:
            return self._is_long(index)
        label = label_of(self.text, self.pieces[index].lines[0]) if self.pieces[index].lines else None
        said = label is not None and label.kind == "commentary"
        return self._is_long(index) and not (said or self._greetings_ahead[index] or self._letters_ahead[index])

    def _is_long(self, index: int) -> bool:
        """Whether a fence or quote has words enough for an e-mail."""
        piece = self.pieces[index]
        if piece.kind not in ("fence", "quote") or piece.language not in vocabulary()["languages"]:
            return False
        return sum(map(self._words, piece.lines)) >= _LEAST_IN_BLOCK

    def _ahead(self, holds: Callable[[int], bool], ends: Callable[[int], bool]) -> list[bool]:
        """For each piece, whether something holds for it or for one after it before the section ends."""
        found = [False] * (len(self.pieces) + 1)
        for at in range(len(self.pieces) - 1, -1, -1):
            goes_on = at + 1 < len(self.pieces) and not ends(at + 1)
            found[at] = holds(at) or (goes_on and found[at + 1])
        return found

    def _is_border(self, at: int) -> bool:
        return self.pieces[at].kind in ("heading", "break")

    def _is_end(self, at: int) -> bool:
        return self._is_border(at) or (self.starts[at] and self.pieces[at].kind == "text")

    @cached_property
    def _starts_ahead(self) -> list[bool]:
        return self._ahead(lambda at: self.starts[at], self._is_border)

    @cached_property
    def _letters_ahead(self) -> list[bool]:
        return self._ahead(lambda at: self.letters[at] is not None, self._is_end)

    @cached_property
    def _blocks_ahead(self) -> list[bool]:
        return self._ahead(self._is_long, self._is_end)

    @cached_property
    def _greetings_ahead(self) -> list[bool]:
        return self._ahead(self._has_greeting, self._is_end)

    def _has_greeting(self, at: int) -> bool:
        piece = self.pieces[at]
        lines = piece.lines[:_NEAR_THE_TOP] if piece.kind == "text" and not piece.listed else ()
        return any(_greets(self.text, line) for line in lines)

    def _is_elsewhere(self) -> bool:
        """Whether the nearest heading speaks of a message that is no e-mail."""
        title = self.path[-1].title.lower() if self.path else ""
        return "mail" not in title and any(
            re.search(rf"\b{re.escape(w)}\b", title) for w in vocabulary()["other_channels"]
        )

    def _is_thread(self, piece: Piece) -> bool:
        return _THREAD.search("".join(self.text[start:end] for start, end in piece.lines)) is not None

    def _words(self, line: Span) -> int:
        return len(self.text[line[0] : line[1]].split())

    def _has_words(self, span: Span) -> bool:
        return bool(self.text[span[0] : span[1]].strip())
