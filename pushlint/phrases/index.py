"""Finds many phrases in a Doc at once, trying each only in sentences that hold a word it cannot do without."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.matcher import Matcher
from spacy.tokens import Doc, Span, Token
from spacy.vocab import Vocab

from pushlint.phrases.compile import Compiler, Pattern, Piece

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: token indices `start`..`end` in the Doc, and those of what its classes and lists took."""

    phrase: str
    start: int
    end: int
    captures: Mapping[str, Place]


class PhraseIndex:
    """Phrases by anchor word. The matcher of a pattern is built when it is first tried."""

    def __init__(self, vocab: Vocab, compiler: Compiler, phrases: Iterable[str]) -> None:
        self._vocab = vocab
        self._by_anchor: dict[str, list[_Entry]] = defaultdict(list)
        compiled = ((phrase, pattern) for phrase in dict.fromkeys(phrases) for pattern in compiler.compile(phrase))
        for number, (phrase, pattern) in enumerate(compiled):
            entry = _Entry(number, phrase, pattern)
            for anchor in pattern.anchors:
                self._by_anchor[anchor].append(entry)

    def find(self, doc: Doc) -> dict[str, list[Hit]]:
        """All hits in the Doc by phrase, in text order; overlapping hits of one phrase are merged to the longest."""
        found: dict[str, list[Hit]] = defaultdict(list)
        for sentence in doc.sents:
            features = _features(sentence)
            opening = doc[first_word(sentence)].norm_
            for entry in self._candidates(features):
                if entry.pattern.opening is None or opening in entry.pattern.opening:
                    found[entry.phrase].extend(self._try(entry, sentence))
        return {phrase: _longest(hits) for phrase, hits in found.items() if hits}

    def _candidates(self, features: set[str]) -> list["_Entry"]:
        """The patterns that could be found, in the order they were given (that of a set differs from run to run)."""
        anchored = (entry for anchor in features & self._by_anchor.keys() for entry in self._by_anchor[anchor])
        possible = {e.number: e for e in anchored if not any(n.isdisjoint(features) for n in e.pattern.needs)}
        return [possible[number] for number in sorted(possible)]

    def _try(self, entry: "_Entry", sentence: Span) -> Iterator[Hit]:
        pattern = entry.pattern
        if entry.matcher is None:
            entry.matcher = Matcher(self._vocab, validate=False)
            tokens = [(token, piece.name) for piece in pattern.pieces for token in _token_patterns(piece)]
            entry.matcher.add("phrase", [[token for token, _ in tokens]], greedy="LONGEST")
            entry.names = [name for _, name in tokens]
        found: list[tuple[int, int, int, list[int]]] = entry.matcher(sentence, with_alignments=True)  # type: ignore[assignment]
        for _, start, end, alignment in found:
            if pattern.at_start and start != first_word(sentence) - sentence.start:
                continue
            if pattern.at_end and end != last_word(sentence) + 1 - sentence.start:
                continue
            start += sentence.start
            yield Hit(entry.phrase, start, end + sentence.start, _captures(entry.names, start, alignment))


@dataclass(slots=True)
class _Entry:
    number: int
    phrase: str
    pattern: Pattern
    matcher: Matcher | None = None
    names: Sequence[str | None] = ()


def first_word(sentence: Span) -> int:
    """The index of the sentence's first token that is a word, number or tag (else its first token)."""
    return next((t.i for t in sentence if is_word(t)), sentence.start)


def last_word(sentence: Span) -> int:
    """The index of the sentence's last token that is a word, number or tag (else its last token)."""
    return next((t.i for t in reversed(list(sentence)) if is_word(t)), sentence.end - 1)


def is_word(token: Token) -> bool:
    """Whether it is a word or number, or a part of one such as "n't"."""
    return any(character.isalnum() for character in token.text)


_WORDS = "pushlint.words"


def _features(sentence: Span) -> set[str]:
    """What a pattern may need: the sentence's words, which are looked at once a Doc, and its entities."""
    known: dict[int, set[str]] = sentence.doc.user_data.setdefault(_WORDS, {})
    if sentence.start not in known:
        known[sentence.start] = _word_features(sentence)
    features = set(known[sentence.start])
    for token in sentence:  # not `sentence.ents`, which makes all the entities of the Doc each time
        if token.ent_type:
            features |= _ENTITY_FEATURES.get(token.ent_type_, set())
            features |= {f"<{word}>" for word in (token.ent_id_, token.ent_kb_id_) if word}
    return features


def _word_features(sentence: Span) -> set[str]:
    features = {token.norm_ for token in sentence}
    if any(word[0].isdigit() for word in features):
        features.add("<digits>")
    if any(token.like_num for token in sentence):
        features.add("<number>")
    if any(token.is_upper and len(token) > 2 for token in sentence):
        features.add("<capitals>")
    return features


_ENTITY_FEATURES = {
    "MONEY": {"<money>"},
    "PERCENT": {"<percent>"},
    "DATE": {"<date>", "<when>"},
    "TIME": {"<time>", "<when>"},
    "DURATION": {"<duration>"},
    "PERSON": {"<person>"},
    "ORG": {"<company>"},
}


def _token_patterns(piece: Piece) -> list[dict[str, Any]]:
    if piece.words is not None and "NORM" not in piece.spec:
        return [{"NORM": {"IN": sorted(piece.words)}, **piece.spec}]
    if not piece.anchor or piece.spec.get("OP") != "+":
        return [dict(piece.spec)]
    # An entity or two side by side. A plain "+" would run on through a hundred of them, in time and memory that grow
    # with the cube of their number.
    first = {key: value for key, value in piece.spec.items() if key != "OP"}
    rest = {**first, "ENT_IOB": "I", "OP": "*"}
    return [first, rest, {**first, "ENT_IOB": "B", "OP": "?"}, rest]


def _captures(names: Sequence[str | None], start: int, alignment: list[int]) -> dict[str, Place]:
    captures: dict[str, Place] = {}
    for offset, number in enumerate(alignment):
        name = names[number]
        if name:
            first, _ = captures.get(name, (start + offset, 0))
            captures[name] = (first, start + offset + 1)
    return captures


def _longest(hits: list[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    taken: set[int] = set()
    for hit in sorted(hits, key=lambda h: (h.start - h.end, h.start)):
        tokens = range(hit.start, hit.end)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            kept.append(hit)
    return sorted(kept, key=lambda h: h.start)
