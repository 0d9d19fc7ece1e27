"""Where in some sentences each kind of token stands, as the bits of a number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, TypeVar

from spacy.attrs import (  # type: ignore[import-not-found]
    ENT_ID,
    ENT_IOB,
    ENT_KB_ID,
    ENT_TYPE,
    NORM,
    ORTH,
    POS,
    SENT_START,
    TAG,
)
from spacy.parts_of_speech import NAMES  # type: ignore[import-not-found]
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pushlint.phrases.anchors import Anchor
from pushlint.phrases.bits import union
from pushlint.phrases.classes import ANCHORS, ENTITIES, NO_MARK, TAGS, spellings
from pushlint.phrases.compile import Options, Piece, Steps

Places = int
"""A set of places: number n at bit n."""

_TOKENS = 256  # of a window, where there are so many: all that is done with a number takes time with its length
ENTITY = [ENT_TYPE, ENT_ID, ENT_KB_ID, ENT_IOB]
_INSIDE, _BEGINS = 1, 3  # an entity, to spaCy
_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Text:
    """The tokens of a window, before their entities are known.

    Each token has a place, and after each sentence there is an empty one where no piece stands, so that no phrase runs
    on into the next sentence. `bits` are the places of the tokens from token `start` on, one by one, `everywhere` all
    of them, `sentences` those of each sentence; `first` are the places of the sentences' first words, `ends` those
    after their last words. `tokens` are the token indices of all places; `words` tell where each word stands,
    `sentence_words` those of each sentence.
    """

    start: int
    bits: list[Places]
    tokens: list[int]
    everywhere: Places
    sentences: list[Places]
    first: Places
    ends: Places
    words: dict[str, Places]
    sentence_words: list[set[str]]
    parts: dict[str, Places]
    classes: dict[str, Places]


class Window(dict[Piece, Places]):
    """Where each piece stands in some sentences, worked out when it is first asked for.

    `begins` and `inside` are the first and the other tokens of entities; `features` are the words and the classes
    ("<money>") that stand anywhere, `sentences` those of each sentence, with its places.
    """

    def __init__(self, text: Text, entities: Iterable[tuple[Places, str, str, str, int]]) -> None:
        self.text = text
        self.begins = self.inside = 0
        self._classes = dict(text.classes)
        for places, label, entity_id, kb_id, iob in entities:
            self.begins |= places if iob == _BEGINS else 0
            self.inside |= places if iob == _INSIDE else 0
            for name in _entity_classes(label, entity_id, kb_id):
                self._classes[name] = self._classes.get(name, 0) | places
        classes = {f"<{name}>": places for name, places in self._classes.items() if places and name in ANCHORS}
        self._words = set(text.words)
        self.features = self._words.union(classes)
        self.sentences = [
            (words.union([name for name, at in classes.items() if at & places]), places)
            for words, places in zip(text.sentence_words, text.sentences, strict=True)
        ]
        self._live: dict[Options, list[Steps]] = {}

    def __missing__(self, piece: Piece) -> Places:
        places = -1
        if piece.words is not None:
            places = 0
            for word in self._words & piece.words:
                places |= self.text.words[word]
        if piece.parts is not None:
            places &= union(self.text.parts.get(part, 0) for part in piece.parts)
        if piece.class_name is not None:
            places &= self._classes.get(piece.class_name, 0)
        self[piece] = places
        return places

    def having(self, anchors: Sequence[Anchor]) -> Places:
        """The sentences that have something of each anchor."""
        if any(map(self.features.isdisjoint, anchors)):
            return 0
        return union(places for words, places in self.sentences if not any(map(words.isdisjoint, anchors)))

    def live(self, options: Options) -> list[Steps]:
        """The options that could stand here."""
        if options not in self._live:
            self._live[options] = [
                steps for steps, anchor in options.sequences if anchor is None or not anchor.isdisjoint(self.features)
            ]
        return self._live[options]


def read_texts(doc: Doc) -> list[Text]:
    """The Doc's sentences, some in each text."""
    texts, sentences = list[Text](), list[tuple[int, int]]()
    rows = doc.to_array([NORM, ORTH, POS, TAG])
    starts = [token for token, sent_start in enumerate(doc.to_array(SENT_START).tolist()) if token and sent_start == 1]
    for start, end in pairwise([0, *starts, len(doc)]):
        sentences.append((start, end))
        if end - sentences[0][0] >= _TOKENS or end == len(doc):
            texts.append(_text(doc.vocab, rows[sentences[0][0] : end], sentences))
            sentences = []
    return texts


def _text(vocab: Vocab, rows: Any, sentences: Sequence[tuple[int, int]]) -> Text:
    bits, extents, place, first = list[Places](), list[Places](), 0, sentences[0][0]
    for start, end in sentences:
        length = end - start
        bits += (1 << number for number in range(place, place + length))
        extents.append((1 << place + length) - (1 << place))
        place += length + 1
    norms, orths, parts, tags = rows.T.tolist()
    strings = vocab.strings
    known = {norm: strings[norm] for norm in set(norms)}
    texts = [known[norm] for norm in norms]
    tagged = {strings[tag]: places for tag, places in _grouped(tags, bits).items()}
    classes = {name: union(tagged.get(tag, 0) for tag in some) for name, some in TAGS.items()}
    for names, places in _grouped((_spellings(vocab, orth) for orth in orths), bits).items():
        for name in names:
            classes[name] = classes.get(name, 0) | places
    marked = [extent & classes.get(NO_MARK, 0) or extent for extent in extents]
    return Text(
        start=first,
        bits=bits,
        tokens=[token for start, end in sentences for token in range(start, end + 1)],
        everywhere=union(extents),
        sentences=extents,
        first=union(extent & -extent for extent in marked),
        ends=union(1 << extent.bit_length() for extent in marked),
        words=_grouped(texts, bits),
        sentence_words=[set(texts[start - first : end - first]) for start, end in sentences],
        parts={NAMES[part]: places for part, places in _grouped(parts, bits).items()},
        classes=classes,
    )


def windows(doc: Doc, texts: Iterable[Text], entities: Any) -> list[Window]:
    """The texts of a Doc with its entities, as `doc.to_array(ENTITY)` gives them."""
    strings = doc.vocab.strings
    found = []
    for text in texts:
        rows = entities[text.start : text.start + len(text.bits)]
        at = rows[:, :3].any(axis=1).nonzero()[0].tolist()
        groups = _grouped(map(tuple, rows[at].tolist()), [text.bits[number] for number in at])
        found.append(
            Window(
                text,
                (
                    (places, strings[label], strings[entity_id], strings[kb_id], iob)
                    for (label, entity_id, kb_id, iob), places in groups.items()
                ),
            )
        )
    return found


@lru_cache(maxsize=1 << 15)
def _spellings(vocab: Vocab, orth: int) -> tuple[str, ...]:
    return spellings(vocab[orth])


@lru_cache(maxsize=1 << 10)
def _entity_classes(label: str, entity_id: str, kb_id: str) -> tuple[str, ...]:
    return tuple(name for name, entity in ENTITIES.items() if entity.is_at(label, entity_id, kb_id))


def _grouped(keys: Iterable[_Key], bits: Iterable[Places]) -> dict[_Key, Places]:
    """Where each key stands, given one for each bit."""
    groups: dict[_Key, Places] = {}
    for key, bit in zip(keys, bits, strict=True):
        groups[key] = groups.get(key, 0) | bit
    return groups
