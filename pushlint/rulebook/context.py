"""What a rule is judged on: one draft's Doc with its facts, and every phrase found in it."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import accumulate
from operator import attrgetter
from typing import Any, Literal, TypeVar

from msgspec import Struct
from spacy.tokens import Doc, Span

from pushlint.draft import Block, Draft, Tag, Zone
from pushlint.language.facts import Clause, Facts, facts
from pushlint.phrases import Hit, Hits
from pushlint.phrases.index import first_word, last_word
from pushlint.rulebook.prose import Sentence, prose

_Made = TypeVar("_Made")


class Match(Struct, frozen=True):
    """Where a finder found its fault: tokens `start`..`end`, the phrase that was hit, what was measured; the source
    span of a text that nobody sees, and that has no tokens; the merge `tag`, which may stand for no words; of several
    things that are asked for, the tokens of all `others` but the one to keep; other `words` for the message."""

    start: int
    end: int
    hit: Hit | None = None
    value: float | None = None
    unseen: tuple[int, int] | None = None
    tag: Tag | None = None
    others: tuple[tuple[int, int], ...] = ()
    words: Mapping[str, str] = {}

    @property
    def captures(self) -> Mapping[str, tuple[int, int]]:
        """The tokens that classes, gaps and lists of the phrase took, by name."""
        return {} if self.hit is None else self.hit.captures


_start = attrgetter("start")


@dataclass
class Context:
    """One draft under judgement, as on the day `today`."""

    draft: Draft
    doc: Doc
    hits: Hits
    today: date = field(default_factory=date.today)
    _known: dict[Callable[["Context"], Any], Any] = field(default_factory=dict)

    def once(self, work: Callable[["Context"], _Made]) -> _Made:
        """What `work` makes of the draft, worked out when it is first asked for."""
        if work not in self._known:
            self._known[work] = work(self)
        made: _Made = self._known[work]
        return made

    @cached_property
    def facts(self) -> Facts:
        """The Doc's facts."""
        return facts(self.doc)

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences in reading order."""
        return list(self.doc.sents)

    @cached_property
    def _entities(self) -> list[Span]:
        return list(self.doc.ents)

    def entities(self, sentence: Span) -> list[Span]:
        """The entities of a sentence."""
        start, end = (bisect_left(self._entities, at, key=lambda e: e.start) for at in (sentence.start, sentence.end))
        return self._entities[start:end]

    @cached_property
    def lower(self) -> str:
        """The plain text in lower case, every character where it stands in the text."""
        lower = self.draft.text.lower()
        return lower if len(lower) == len(self.draft.text) else "".join(c.lower()[0] for c in self.draft.text)

    @cached_property
    def sender(self) -> str:
        """What the sender calls themselves: I, or we where that is more frequent."""
        words = Counter(token.norm_ for token in self.doc)
        return "we" if words["we"] > words["i"] else "I"

    @cached_property
    def words(self) -> int:
        """How many words the draft has."""
        return sum(1 for token in self.doc if token.is_alpha)

    @cached_property
    def prose(self) -> list[Sentence]:
        """The sentences of the body and the postscript, with their words."""
        return prose(self.doc)

    @cached_property
    def _sentence_of(self) -> dict[int, int]:
        return {i: number for number, s in enumerate(self.sentences) for i in range(s.start, s.end)}

    def sentence_at(self, token: int) -> int:
        """The number of the sentence that a token stands in."""
        return self._sentence_of[token]

    def sentence(self, match: Match, step: int = 0) -> Span | None:
        """The sentence a match starts in, or the one `step` sentences on."""
        number = self._sentence_of[match.start] + step
        return self.sentences[number] if 0 <= number < len(self.sentences) else None

    def clause(self, match: Match) -> Clause | None:
        """The clause of the match: of its syntactic head, as that is what the words are about."""
        place = match.start, match.end
        if place not in self._roots:
            self._roots[place] = self.doc[match.start : match.end].root.i
        return self.facts.clause_of.get(self._roots[place])

    @cached_property
    def _roots(self) -> dict[tuple[int, int], int]:
        """The syntactic heads of spans that were asked for."""
        return {}

    def plain(self, start: int, end: int) -> tuple[int, int]:
        """The plain span of tokens `start`..`end`."""
        return self.facts.span(self.doc, start, end)

    def block(self, match: Match) -> Block | None:
        """The paragraph, list item, heading or button a match stands in."""
        return self.draft.block_at(self.facts.offsets[match.start])

    def zone(self, match: Match) -> str:
        """The zone a match stands in."""
        return self.draft.zone_at(match.tag.start if match.tag else self.facts.offsets[match.start])

    def tokens_of(self, zone: Zone) -> tuple[int, int]:
        """The tokens of a zone."""
        return bisect_left(self.facts.offsets, zone.start), bisect_left(self.facts.offsets, zone.end)

    def zone_at(self, token: int) -> str:
        """The zone a token stands in."""
        return self.draft.zone_at(self.facts.offsets[token])

    def body_before(self, match: Match) -> int:
        """How many sentences of the body stand before the match's."""
        return self._body_before[self._sentence_of[match.start]]

    @cached_property
    def _body_before(self) -> list[int]:
        """How many sentences of the body stand before each."""
        is_body = (self.draft.zone_at(self.facts.offsets[s.start]) == "body" for s in self.sentences)
        return list(accumulate(is_body, initial=0))

    def found(self, phrases: Iterable[str], start: int, end: int) -> bool:
        """Whether one of the phrases stands within tokens `start`..`end`."""
        for phrase in phrases:
            hits = self.hits[phrase]
            first = bisect_left(hits, start, key=_start) if hits else 0
            if first < len(hits) and hits[first].end <= end:
                return True
        return False

    def found_in(self, phrases: Iterable[str], tokens: Sequence[int]) -> bool:
        """Whether one of the phrases stands in these tokens alone, which are in order."""
        inside = set(tokens)
        return any(
            inside.issuperset(range(hit.start, hit.end))
            for phrase in phrases
            if (hits := self.hits[phrase])
            for hit in hits[bisect_left(hits, tokens[0], key=_start) : bisect_right(hits, tokens[-1], key=_start)]
        )

    def touches(self, phrases: Iterable[str], match: Match, side: Literal["before", "after"]) -> bool:
        """Whether one of the phrases stands right before or after the match."""
        for phrase in phrases:
            hits = self.hits[phrase]
            if side == "before":
                last = bisect_left(hits, match.start, key=_start) - 1
                if last >= 0 and match.start <= hits[last].end:
                    return True
            else:
                last = bisect_right(hits, match.end, key=_start) - 1
                if last >= 0 and match.end < hits[last].end:
                    return True
        return False

    def moves(self, sentence: Span) -> set[str]:
        """The moves a sentence makes."""
        return self.facts.moves.get(sentence.start, set())

    @cached_property
    def move_counts(self) -> Counter[str]:
        """How many sentences make each move."""
        return Counter(move for made in self.facts.moves.values() for move in made)

    @cached_property
    def first_moves(self) -> dict[str, int]:
        """The first token of the first sentence that makes each move."""
        first: dict[str, int] = {}
        for start, moves in self.facts.moves.items():
            for move in moves:
                first[move] = min(start, first.get(move, start))
        return first

    @cached_property
    def all_moves(self) -> set[str]:
        """The moves the draft makes anywhere."""
        return set().union(*self.facts.moves.values()) if self.facts.moves else set()

    def fills_sentence(self, match: Match, sentence: Span) -> bool:
        """Whether the match takes in every word of the sentence."""
        return match.start <= first_word(sentence) and match.end > last_word(sentence)
