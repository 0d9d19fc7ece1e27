"""Finds many phrases in a Doc at once, trying each only where a word stands that it cannot do without."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from pushlint.phrases import classes, match
from pushlint.phrases.anchors import Anchors
from pushlint.phrases.compile import Compiler, Pattern
from pushlint.phrases.window import ENTITY, Places, Window, read_texts, windows

Place = tuple[int, int]
_READING = "pushlint.reading"


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """A pattern found: token indices `start`..`end` in the Doc, and its places in the window."""

    start: int
    end: int
    pattern: Pattern
    span: match.Span
    window: Window

    @property
    def captures(self) -> Mapping[str, Place]:
        """The token indices of what its classes, gaps and lists took; worked out when it is asked for."""
        captures: dict[str, Place] = {}
        tokens = self.window.text.tokens
        for name, (start, end) in match.captures(self.pattern.steps, self.span, self.window):
            first, _ = captures.get(name, (tokens[start], 0))
            captures[name] = first, tokens[end]
        return captures


class Hits(dict[str, list[Hit]]):
    """What was found in a Doc, by phrase, in text order; where asked for, also the index's phrases that wait for it."""

    def __init__(self, index: "PhraseIndex", reading: "_Reading") -> None:
        self._index = index
        self._reading = reading

    def __missing__(self, phrase: str) -> list[Hit]:
        self[phrase] = found = self._reading.find(self._index.waiting[phrase]) if phrase in self._index.waiting else []
        return found


class PhraseIndex:
    """Phrases by anchor word. Raises PhraseError."""

    def __init__(self, compiler: Compiler, phrases: Iterable[str], waiting: Iterable[str] = ()) -> None:
        self._patterns = [compiler.compile(phrase) for phrase in dict.fromkeys(phrases)]
        self._anchors = Anchors([p.anchor for p in self._patterns], lambda number: self._patterns[number].anchors[1:])
        self.waiting = {phrase: compiler.compile(phrase) for phrase in waiting}

    def find(self, doc: Doc) -> Hits:
        """All hits in the Doc by phrase, in text order; overlapping hits of one phrase are merged to the longest."""
        reading = _reading(doc)
        found: dict[int, list[Hit]] = defaultdict(list)
        for window in reading.windows:
            places: dict[int, Places] = defaultdict(int)
            for words, sentence in window.sentences:
                for number in self._anchors.given(words):
                    places[number] |= sentence
            for number, some in places.items():
                if hits := _hits(self._patterns[number], some, window):
                    found[number] += hits
        in_order = Hits(self, reading)
        in_order.update((self._patterns[number].phrase, found[number]) for number in sorted(found))
        return in_order


def _hits(pattern: Pattern, places: Places, window: Window) -> list[Hit]:
    tokens = window.text.tokens
    return [
        Hit(tokens[span[0]], tokens[span[1]], pattern, span, window) for span in match.spans(pattern, places, window)
    ]


class _Reading:
    """A Doc as it was when phrases were last looked for: what was found holds until its entities are others."""

    def __init__(self, doc: Doc) -> None:
        self._texts = read_texts(doc)
        self._entities: bytes | None = None

    def update(self, doc: Doc) -> None:
        """Sees the entities of the Doc."""
        rows = doc.to_array(ENTITY)
        entities = rows.tobytes()
        if entities != self._entities:
            self._entities = entities
            self.windows = windows(doc, self._texts, rows)
            self._found: dict[Pattern, list[Hit]] = {}

    def find(self, pattern: Pattern) -> list[Hit]:
        """The hits of a pattern."""
        if pattern not in self._found:
            self._found[pattern] = [
                hit
                for window in self.windows
                if (places := window.having(pattern.anchors))
                for hit in _hits(pattern, places, window)
            ]
        return self._found[pattern]


def _reading(doc: Doc) -> _Reading:
    reading: _Reading = doc.user_data.setdefault(_READING, None) or _Reading(doc)
    doc.user_data[_READING] = reading
    reading.update(doc)
    return reading


def first_word(sentence: Span) -> int:
    """The index of the sentence's first token that is a word, number or tag (else its first token)."""
    return next((t.i for t in sentence if is_word(t)), sentence.start)


def last_word(sentence: Span) -> int:
    """The index of the sentence's last token that is a word, number or tag (else its last token)."""
    return next((t.i for t in reversed(list(sentence)) if is_word(t)), sentence.end - 1)


def is_word(token: Token) -> bool:
    """Whether it is a word or number, or a part of one such as "n't"."""
    return classes.is_word(token.text)
