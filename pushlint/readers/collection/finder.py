"""The e-mails in a file: one pass over its pieces."""

import re
from collections.abc import Sequence

from pushlint.readers.collection.labels import Label, kind_of, label_of, stripped, vocabulary
from pushlint.readers.collection.outline import Piece, Span
from pushlint.readers.collection.places import is_step
from pushlint.readers.collection.survey import LEAST_WORDS, NEAR_THE_TOP, Email, Survey, filled, greets
from pushlint.readers.signoff import is_closing_phrase

_BOLD_TITLE = re.compile(r"[ \t]*(?P<mark>\*\*|__)(?P<words>[^*_\n]{2,80})(?P=mark):?\s*\Z")
_PLAIN_TITLE = re.compile(r"[^\w\n]*(?P<words>\w[^.!?,\n]{2,60})\s*")
_LINE_BELOW = re.compile(r"\s*(?P<words>\S[^\r\n]*)")
_ITALIC = re.compile(r"\s*(?:\*(?!\*)[^*]+\*|_(?!_)[^_]+_)\s*\Z")
_NAME = re.compile(r"[A-Z][\w.'\u2019-]*(?:[ \t]+[A-Z][\w.'\u2019-]*){0,2}")
_BOLD_LEVEL = 7
_LEAST_UNMARKED = 12


class Finder:
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
        self.survey = Survey(text, pieces)

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

    # Pieces, one after the other

    def _heading(self, index: int, piece: Piece) -> None:
        label = label_of(self.text, piece.lines[0])
        kind = "other" if is_step(piece.title) else kind_of(piece.title)
        if label and label.kind == "subject" and self.survey.has_words(label.value):
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
            if self.survey.starts[at]:
                return True
        return False

    def _is_passed_over(self, title: str, kind: str) -> bool:
        words = title.lower()
        return kind == "commentary" or any(words.startswith(known) for known in vocabulary()["passed_over"])

    def _text(self, index: int, piece: Piece) -> None:
        writing = self.open is not None and bool(self.open.body) and not self.ended
        if self.open and writing and self.survey.is_thread(piece):
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
            elif self.awaiting and self.survey.words(line):
                self.open.subjects.append(stripped(self.text, line))
            elif label and label.kind == "alternative":
                self.open.subjects += [label.value] if self.survey.has_words(label.value) else []
                self.awaiting, self.ended = not self.survey.has_words(label.value), bool(self.open.body)
            elif self.ended or self.passing:
                pass
            elif self.open.body:
                self._more(line, label, piece)
            else:
                said = self._before(index, line, label, piece, said)
            labels_only &= label is not None or title is not None

    def _is_meant(self, index: int, piece: Piece) -> bool:
        """Whether a subject begins an e-mail; in a section of commentary only one with a text that greets does."""
        if not self.passing:
            return True
        return self._is_letter_ahead(index) and not piece.listed

    def _title(self, index: int, line: Span) -> str | None:
        """What a line says that is no heading but names a step, with its e-mail below: one in bold, or right above
        a subject."""
        words = self.text[line[0] : line[1]]
        if bold := _BOLD_TITLE.match(words):
            followed = self.survey.starts_ahead[index] or self.survey.greetings_ahead[index]
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
        if self.survey.has_words(value):
            self.open.subjects.append(value)
        self.awaiting, self.passing = not self.survey.has_words(value), False

    def _opening(self, line: Span, piece: Piece) -> None:
        """A text that greets right under a heading that names a step is an e-mail without a subject."""
        step = self.path and is_step(self.path[-1].title) and not self._is_elsewhere()
        if step and not self.passing and not piece.listed and greets(self.text, line):
            self.open = Email(tuple(self.path), body=[line])

    def _more(self, line: Span, label: Label | None, piece: Piece) -> None:
        """A line after the text has begun."""
        assert self.open
        remark = len(piece.lines) < 3 and _ITALIC.match(self.text[line[0] : line[1]])
        if (label and label.strong and label.kind == "commentary") or (remark and self.open.signed):
            self.ended = True
            return
        words = filled(self.text, line)
        closes = len(words) < 60 and is_closing_phrase(words.partition(",")[0])
        self.open.signed |= closes or (not piece.listed and _NAME.fullmatch(words) is not None)
        self.open.body.append(line)

    def _before(self, index: int, line: Span, label: Label | None, piece: Piece, said: bool) -> bool:
        """A line before the text has begun; gives whether the lines below it belong to what a label says."""
        assert self.open
        if not self.survey.words(line):
            return said
        if label and label.kind == "preheader":
            self.open.preheader = label.value if self.survey.has_words(label.value) else None
        elif label and label.kind == "body":
            self.open.told = True
            if self.survey.has_words(label.value):
                self.open.body.append((label.value[0], line[1]))
            return False
        elif greets(self.text, line) or (not said and not self._is_remark(index, line, label, piece)):
            self.open.body.append(line)
        return label is not None or said

    def _is_remark(self, index: int, line: Span, label: Label | None, piece: Piece) -> bool:
        assert self.open
        if label and (label.strong or label.kind in ("header", "commentary")):
            return True
        if self.open.told:
            return False
        aside = piece.listed or _ITALIC.match(self.text[line[0] : line[1]]) or self.text.startswith("<!--", line[0])
        return bool(aside) or self.survey.greetings_ahead[index] or self.survey.blocks_ahead[index]

    def _block(self, index: int, piece: Piece) -> None:
        letter = self.survey.letters[index]
        if self.passing or (self._is_elsewhere() and not (letter and letter.subjects)):
            return
        if self.open and self.open.body and not self.ended:
            if piece.kind == "quote" and not self.open.signed:
                self.open.body += piece.whole  # it quotes something
                return
            if not (letter and (self.open.signed or letter.subjects)):
                return
        if self.awaiting and self.open and not letter and len(piece.lines) <= NEAR_THE_TOP:
            self.open.subjects += [stripped(self.text, line) for line in piece.lines if self.survey.words(line)]
            self.awaiting = False
        elif self.open and not self.open.body and (letter or self._may_be_text(index)):
            self._take(letter or self.survey.inside(piece))
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
        while email.body and not self.survey.words(email.body[-1]):
            email.body.pop()
        lines = [line for line in email.body if self.survey.words(line)]
        marked = email.block or email.told or any(greets(self.text, line) for line in lines[:NEAR_THE_TOP])
        marked = marked or any(is_step(heading.title) for heading in email.headings)
        if sum(map(self.survey.words, lines)) >= (LEAST_WORDS if marked else _LEAST_UNMARKED):
            self.found.append(email)

    # Small questions

    def _may_be_text(self, index: int) -> bool:
        """Whether a block that does not look like an e-mail is the text of the one that is open."""
        if not self.survey.is_long(index):
            return False
        if self.open and self.open.told:
            return True
        label = label_of(self.text, self.pieces[index].lines[0]) if self.pieces[index].lines else None
        said = label is not None and label.kind == "commentary"
        return not said and not self._is_letter_ahead(index)

    def _is_letter_ahead(self, index: int) -> bool:
        """Whether text that greets, or a block that is an e-mail, comes before the section ends."""
        return self.survey.greetings_ahead[index] or self.survey.letters_ahead[index]

    def _is_elsewhere(self) -> bool:
        """Whether the nearest heading speaks of a message that is no e-mail."""
        title = self.path[-1].title.lower() if self.path else ""
        return "mail" not in title and any(
            re.search(rf"\b{re.escape(w)}\b", title) for w in vocabulary()["other_channels"]
        )
