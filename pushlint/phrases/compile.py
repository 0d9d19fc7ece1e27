"""Turns a phrase into steps, each of which takes tokens, and tells the words that the phrase cannot do without."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, cached_property, partial
from typing import Any, NamedTuple

import msgspec

from pushlint.kept import Kept
from pushlint.phrases.anchors import Anchor
from pushlint.phrases.classes import ANCHORS, CLASSES, ENTITIES, GAP, GAP_WORDS, MOST, PARTS, WORDS
from pushlint.phrases.forms import CLOSED
from pushlint.phrases.parse import Choice, Class, Gap, Item, PhraseError, Vocabulary, Word, parse

PARTS_OF_SPEECH = (
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "SCONJ", "SYM",
    "VERB", "X",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A kind of token: one of some words, as one of some parts of speech, or one of a class; None where anything goes.

    A compiler makes each kind once, so that a piece is compared and hashed as an object.
    """

    words: frozenset[str] | None = None
    parts: frozenset[str] | None = None
    class_name: str | None = None


class Kind(IntEnum):
    """What a step takes: one token; one or none; one or more; none or more, a gap; an entity or two side by side; what
    one of several sequences of steps takes."""

    ONE = 0
    MAYBE = 1
    SOME = 2
    GAP = 3
    ENTITY = 4
    CHOICE = 5


class Step(NamedTuple):
    """A step of a phrase: its piece or `Options`, the name of what it captures, how many tokens it takes at most."""

    kind: Kind
    takes: Any
    name: str = ""
    most: int = 1


Steps = tuple[Step, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Options:
    """What a choice or a vocabulary offers: sequences of steps, each with its anchor if it has one."""

    sequences: tuple[tuple[Steps, Anchor | None], ...]

    @staticmethod
    def of(sequences: Iterable[Steps]) -> "Options":
        """The options that these are."""
        return Options(tuple((steps, next(iter(anchors(steps)), None)) for steps in sequences))


@dataclass(frozen=True, eq=False)
class Pattern:
    """A phrase, compiled; its anchors are worked out when it is first looked for, and its steps when it is first tried.

    It is looked for where something of each of its anchors stands; `anchor` has the words of that which is likely the
    rarest.
    """

    phrase: str
    anchor: Collection[str]
    at_start: bool
    at_end: bool
    make_anchors: Callable[[], tuple[Anchor, ...]]
    make_steps: Callable[[], Steps]

    @cached_property
    def steps(self) -> Steps:
        """What it takes, one after the other."""
        return self.make_steps()

    @cached_property
    def anchors(self) -> tuple[Anchor, ...]:
        """All that it cannot do without, the likely rarest first."""
        return self.make_anchors()


class KeptStep(msgspec.Struct, array_like=True, omit_defaults=True):
    """A step as plain data: its piece, the options it has, each with its anchor, or the vocabulary it is."""

    kind: int
    name: str
    most: int
    words: frozenset[str] | None = None
    parts: frozenset[str] | None = None
    class_name: str | None = None
    options: "list[tuple[list[KeptStep], Anchor | None]] | None" = None
    vocabulary: str | None = None


class KeptPhrase(msgspec.Struct, array_like=True):
    """A compiled phrase as plain data; the words of its rarest anchor in lines, which thousands are soon read from, the
    other anchors and the steps such that they are read when they are needed."""

    anchor: str
    at_start: bool
    at_end: bool
    others: msgspec.Raw
    steps: msgspec.Raw


_NEVER = Step(Kind.CHOICE, Options(()))


class Compiler:
    """Compiles phrases, given how words are split and inflected and which vocabularies there are."""

    def __init__(
        self,
        split: Callable[[str], list[str]],
        forms: Callable[[str], set[str]],
        vocabularies: Mapping[str, list[str]],
        kept: Kept[KeptPhrase] | None = None,
    ) -> None:
        self._kept = kept
        self._split = cache(split)
        self._forms = cache(forms)
        self._vocabularies = vocabularies
        self._pieces: dict[object, Piece] = {}
        self._words: dict[Word, Steps] = {}
        self._known: dict[str, Step] = {}
        self._patterns: dict[str, Pattern] = {}

    def compile(self, text: str) -> Pattern:
        """The pattern of the phrase `text`, the same one each time. Raises PhraseError."""
        if text not in self._patterns:
            kept = self._kept.get(text) if self._kept is not None else None
            self._patterns[text] = self._compile(text) if kept is None else self._opened(text, kept)
        return self._patterns[text]

    def prepare(self) -> None:
        """Works out all that is else worked out of each pattern when it is first looked for."""
        for pattern in self._patterns.values():
            _ = pattern.anchors, pattern.steps

    def _compile(self, text: str) -> Pattern:
        phrase = parse(text)
        steps = self._sequence(phrase.items, text)
        needed = anchors(steps)
        if not needed:
            raise PhraseError(
                f'the phrase "{text}" needs at least one word, vocabulary or entity class that must be there'
            )
        if self._kept is not None:
            packed = _packed(needed[1:]), _packed([self._keep(step) for step in steps])
            self._kept.put(text, KeptPhrase("\n".join(needed[0]), phrase.at_start, phrase.at_end, *packed))
        return Pattern(text, needed[0], phrase.at_start, phrase.at_end, lambda: needed, lambda: steps)

    def _opened(self, text: str, kept: KeptPhrase) -> Pattern:
        anchor = kept.anchor.split("\n")

        def make_anchors() -> tuple[Anchor, ...]:
            return frozenset(anchor), *msgspec.msgpack.decode(kept.others, type=tuple[Anchor, ...])

        make_steps = partial(self._restore_all, kept.steps)
        return Pattern(text, anchor, kept.at_start, kept.at_end, make_anchors, make_steps)

    def _keep(self, step: Step) -> KeptStep:
        """A step as plain data; a vocabulary by its name."""
        if self._known.get(step.name) == step:
            return KeptStep(step.kind, step.name, step.most, vocabulary=step.name)
        return self._keep_whole(step)

    def _keep_whole(self, step: Step) -> KeptStep:
        kept = KeptStep(step.kind, step.name, step.most)
        if isinstance(step.takes, Options):
            kept.options = [(list(map(self._keep, steps)), anchor) for steps, anchor in step.takes.sequences]
        else:
            kept.words, kept.parts, kept.class_name = step.takes.words, step.takes.parts, step.takes.class_name
        return kept

    def _restore_all(self, steps: msgspec.Raw) -> Steps:
        return tuple(map(self._restore, msgspec.msgpack.decode(steps, type=list[KeptStep])))

    def _restore(self, kept: KeptStep) -> Step:
        if kept.vocabulary is not None:
            return self._vocabulary(kept.vocabulary, "")
        if kept.options is not None:
            takes: Any = Options(tuple((tuple(map(self._restore, steps)), anchor) for steps, anchor in kept.options))
        else:
            takes = self._piece(kept.words, kept.parts, kept.class_name)
        return Step(Kind(kept.kind), takes, kept.name, kept.most)

    def _piece(
        self, words: frozenset[str] | None = None, parts: frozenset[str] | None = None, class_name: str | None = None
    ) -> Piece:
        return self._pieces.setdefault((words, parts, class_name), Piece(words, parts, class_name))

    def _sequence(self, items: Iterable[Item], text: str) -> Steps:
        return tuple(step for item in items for step in self._item(item, text))

    def _item(self, item: Item, text: str) -> Steps:
        match item:
            case Word():
                return self._word(item, text)
            case Gap():
                return (Step(Kind.GAP, self._piece(class_name=GAP), GAP, GAP_WORDS),)
            case Class(name):
                return (self._class(name, text),)
            case Vocabulary(name):
                return (self._vocabulary(name, text),)
            case Choice(options):
                return self._choice([self._sequence(option, text) for option in options])

    def _word(self, word: Word, text: str) -> Steps:
        if word.pos and word.pos not in PARTS_OF_SPEECH:
            known = ", ".join(PARTS_OF_SPEECH).lower()
            raise PhraseError(f'no part of speech ":{word.pos.lower()}" in the phrase "{text}"; there are: {known}')
        if word not in self._words:
            split = self._split(word.text)
            fixed = word.exact or len(split) > 1
            parts = frozenset(("VERB", "AUX") if word.pos == "VERB" else (word.pos,)) if word.pos else None
            forms = (frozenset({part} if fixed else self._forms(part)) for part in split)
            self._words[word] = tuple(Step(Kind.ONE, self._piece(words, parts)) for words in forms)
        return self._words[word]

    def _class(self, name: str, text: str) -> Step:
        if name not in CLASSES:
            raise PhraseError(f'no class "<{name}>" in the phrase "{text}"; there are: {", ".join(CLASSES)}')
        if name in ENTITIES:
            return Step(Kind.ENTITY, self._piece(class_name=name), name)
        given = name in WORDS or name in PARTS
        piece = self._piece(WORDS.get(name), PARTS.get(name), None if given else name)
        return Step(Kind.SOME, piece, name, MOST[name]) if name in MOST else Step(Kind.ONE, piece, name)

    def _choice(self, options: list[Steps]) -> Steps:
        options = self._merged(options)
        full = [steps for steps in options if steps]
        if len(full) == 1 and len(full[0]) == 1 and full[0][0].kind == Kind.ONE:
            return full[0] if len(options) == 1 else (full[0][0]._replace(kind=Kind.MAYBE),)
        return options[0] if len(options) == 1 else (Step(Kind.CHOICE, Options.of(options)),)

    def _merged(self, options: list[Steps]) -> list[Steps]:
        """The options, those of one word as one piece."""
        words: dict[frozenset[str] | None, set[str]] = {}
        others: list[Steps] = []
        for steps in options:
            piece = steps[0].takes if len(steps) == 1 and steps[0].kind == Kind.ONE and not steps[0].name else None
            if piece is None or piece.words is None:
                others.append(steps)
            else:
                words.setdefault(piece.parts, set()).update(piece.words)
        merged = [(Step(Kind.ONE, self._piece(frozenset(some), parts)),) for parts, some in words.items()]
        return [*merged, *dict.fromkeys(others)]

    def _vocabulary(self, name: str, text: str) -> Step:
        if name not in self._vocabularies:
            raise PhraseError(f'no vocabulary "@{name}" for the phrase "{text}"')
        if name not in self._known:
            self._known[name] = _NEVER  # a vocabulary that names itself finds nothing there, and ends
            self._known[name] = self._kept_vocabulary(name) if self._kept is not None else self._entries(name)
        return self._known[name]

    def _kept_vocabulary(self, name: str) -> Step:
        assert self._kept is not None
        key = f":{name}"  # no phrase begins so
        kept = self._kept.get(key)
        if kept is not None:
            return self._restore_all(kept.steps)[0]
        step = self._entries(name)
        self._kept.put(key, KeptPhrase("", False, False, _packed([]), _packed([self._keep_whole(step)])))
        return step

    def _entries(self, name: str) -> Step:
        entries = self._merged([self._sequence(parse(entry).items, entry) for entry in self._vocabularies[name]])
        if len(entries) == 1 and len(entries[0]) == 1 and entries[0][0].kind == Kind.ONE:
            return entries[0][0]._replace(name=name)
        return Step(Kind.CHOICE, Options.of(entries), name)


def _packed(data: object) -> msgspec.Raw:
    return msgspec.Raw(msgspec.msgpack.encode(data))


def anchors(steps: Steps) -> tuple[Anchor, ...]:
    """What the steps need, that which is likely the rarest first."""
    needed = dict.fromkeys(anchor for step in steps if (anchor := _needed(step)) is not None)
    return tuple(sorted(needed, key=_rarity, reverse=True))


def _needed(step: Step) -> Anchor | None:
    match step.kind:
        case Kind.ONE | Kind.SOME | Kind.ENTITY:
            piece = step.takes
            return piece.words or (frozenset({f"<{piece.class_name}>"}) if piece.class_name in ANCHORS else None)
        case Kind.CHOICE:
            known = [anchor for _, anchor in step.takes.sequences]
            return frozenset().union(*(anchor for anchor in known if anchor)) if None not in known else None
        case _:
            return None


def _rarity(anchor: Anchor) -> tuple[int, int, int]:
    """Open-class words are rarer than classes, and those than closed-class words; long ones, and few, are rare."""
    grade = 0 if not CLOSED.isdisjoint(anchor) else 2 if _CLASSES.isdisjoint(anchor) else 1
    return grade, min(map(len, anchor), default=0), -len(anchor)


_CLASSES = frozenset(f"<{name}>" for name in ANCHORS)
