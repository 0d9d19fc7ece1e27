"""Whether a condition of a rule file holds around a match. One small test for each key."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, Literal, TypeVar

from msgspec import UNSET
from spacy.tokens import Span

from pushlint.draft import FOOTERS
from pushlint.language.facts import Amount, Deadline
from pushlint.language.minutes import minutes
from pushlint.phrases.index import first_word, last_word
from pushlint.rulebook.context import Context, Match
from pushlint.rulebook.finders import pattern
from pushlint.rulebook.finders.measure import outside
from pushlint.rulebook.schema import Condition, Measure, Part, Place, many

_start = attrgetter("start")
_Fact = TypeVar("_Fact", Amount, Deadline)
_Test = Callable[[Match, Context, Any], bool]


def allowed(match: Match, context: Context, when: Condition | Any, unless: Sequence[Condition]) -> bool:
    """Whether `when` holds (if it is set) and none of `unless` does."""
    return (when is UNSET or holds(when, match, context)) and not any(holds(c, match, context) for c in unless)


def allowed_draft(context: Context, when: Condition | Any, unless: Sequence[Condition]) -> bool:
    """The same for a finding about the draft as a whole, of which only draft-wide keys can be asked."""
    return allowed(Match(0, min(1, len(context.doc))), context, when, unless)


def holds(condition: Condition, match: Match, context: Context) -> bool:
    """Whether all keys of the condition hold."""
    for test, wanted in _asked(condition):  # noqa: SIM110 - "all" takes longer, and this is asked most of all
        if not test(match, context, wanted):
            return False
    return True


@cache
def _asked(condition: Condition) -> list[tuple[_Test, Any]]:
    """The tests of the keys that a condition has, each with what it wants."""
    wanted = ((test, getattr(condition, key)) for key, test in _TESTS.items())
    phrases = ((_PARTS[part], phrases) for part, phrases in condition.phrases().items())
    return [*((test, value) for test, value in wanted if value is not UNSET), *phrases]


def _in_draft(match: Match, context: Context, phrases: list[str]) -> bool:
    return context.found(phrases, 0, len(context.doc))


def _in_clause(match: Match, context: Context, phrases: list[str]) -> bool:
    clause = context.clause(match)
    return clause is not None and context.found_in(phrases, clause.tokens)


def _in_sentence(step: int) -> _Test:
    def test(match: Match, context: Context, phrases: list[str]) -> bool:
        sentence = context.sentence(match, step)
        return sentence is not None and context.found(phrases, sentence.start, sentence.end)

    return test


def _earlier(match: Match, context: Context, phrases: list[str]) -> bool:
    sentence = context.sentence(match)
    return sentence is not None and context.found(phrases, sentence.start, match.start)


def _later(match: Match, context: Context, phrases: list[str]) -> bool:
    sentence = context.sentence(match)
    return sentence is not None and context.found(phrases, match.end, sentence.end)


def _beside(side: Literal["before", "after"]) -> _Test:
    def test(match: Match, context: Context, phrases: list[str]) -> bool:
        return context.touches(phrases, match, side)

    return test


def _clause_is(attribute: str) -> _Test:
    def test(match: Match, context: Context, wanted: Any) -> bool:
        clause = context.clause(match)
        return clause is not None and getattr(clause, attribute) in many(wanted)

    return test


def _quoted(match: Match, context: Context, wanted: Any) -> bool:
    return (match.start in context.facts.quoted) is wanted


def _stage(match: Match, context: Context, wanted: Any) -> bool:
    return (context.facts.stage or context.draft.stage or "unknown") in many(wanted)


def _profile(match: Match, context: Context, wanted: Any) -> bool:
    return (context.facts.profile or context.draft.profile or "unknown") in many(wanted)


def _draft_block(match: Match, context: Context, wanted: Any) -> bool:
    return any(block.kind in many(wanted) for block in context.draft.blocks)


def _footer(match: Match, context: Context, wanted: Any) -> bool:
    return (context.draft.footer or FOOTERS[0]) in many(wanted)


def _offer_ends(match: Match, context: Context, wanted: Any) -> bool:
    last_day = context.draft.offer_ends
    known = "unknown" if last_day is None else "ahead" if last_day >= context.today else "past"
    return known in many(wanted)


def _source(match: Match, context: Context, wanted: Any) -> bool:
    """Whether one of the regular expressions matches the draft as it was typed, markup and merge tags included."""
    return any(next(pattern.spans(text, context, context.draft.typed), None) for text in many(wanted))


def _zone(match: Match, context: Context, wanted: Any) -> bool:
    return context.zone(match) in many(wanted)


def _block(match: Match, context: Context, wanted: Any) -> bool:
    block = context.block(match)
    return block is not None and block.kind in many(wanted)


def _owner(match: Match, context: Context, wanted: Any) -> bool:
    return any(deadline.owner in many(wanted) for deadline in _touching(context.facts.deadlines, match))


def _role(match: Match, context: Context, wanted: Any) -> bool:
    return any(amount.role in many(wanted) for amount in _touching(context.facts.amounts, match))


def _touching(facts: Sequence[_Fact], match: Match) -> Sequence[_Fact]:
    """Of the deadlines or amounts of a draft, which stand apart and in order, those that the match touches."""
    first = bisect_right(facts, match.start, key=attrgetter("end"))
    return facts[first : bisect_left(facts, match.end, lo=first, key=attrgetter("start"))]


def _tag(match: Match, context: Context, wanted: Any) -> bool:
    """Whether the match touches a merge tag whose name has one of the words."""
    start, end = context.plain(match.start, match.end)
    names = [tag.name for tag in ((match.tag,) if match.tag else context.draft.tags_in(start, end))]
    return any(f" {word} " in f" {name} " for name in names for word in many(wanted))


def _stand_in(match: Match, context: Context, wanted: bool) -> bool:
    """Whether the match touches what is sent in place of a value that is missing."""
    start, end = context.draft.map.span(*context.plain(match.start, match.end))
    return any(first < end and start < last for first, last in context.draft.stand_ins) is wanted


def _ask(match: Match, context: Context, wanted: Any) -> bool:
    """Whether the sentence of the match asks for one of these."""
    sentence = context.sentence(match)
    if sentence is None:
        return False
    asks = context.facts.asks
    first = bisect_left(asks, sentence.start, key=_start)
    return any(ask.what in many(wanted) for ask in asks[first : bisect_left(asks, sentence.end, first, key=_start)])


def _move(match: Match, context: Context, wanted: Any) -> bool:
    sentence = context.sentence(match)
    return sentence is not None and bool(context.moves(sentence) & set(many(wanted)))


def _draft_move(match: Match, context: Context, wanted: Any) -> bool:
    return bool(context.all_moves & set(many(wanted)))


def _earlier_move(match: Match, context: Context, wanted: Any) -> bool:
    return any(context.first_moves.get(move, match.start) < match.start for move in many(wanted))


def _words_under(match: Match, context: Context, wanted: int) -> bool:
    return context.words < wanted


def _measure(match: Match, context: Context, wanted: Measure) -> bool:
    """Whether a figure of the draft, or of any of its parts, is outside the band."""
    return any(True for _ in outside(wanted, context))


def _minutes_over(match: Match, context: Context, wanted: int) -> bool:
    sentence = context.sentence(match)
    asked = minutes(sentence) if sentence is not None else None
    return asked is not None and asked > wanted


def _case(match: Match, context: Context, wanted: Any) -> bool:
    text = context.doc[match.start : match.end].text
    cases = {"upper": text.isupper(), "lower": text.islower(), "title": text.istitle()}
    return any(cases[case] for case in many(wanted))


def _place(match: Match, context: Context, wanted: Any) -> bool:
    sentence = context.sentence(match)
    return sentence is not None and any(_PLACES[place](match, sentence, context) for place in many(wanted))


def _starts_sentence(match: Match, sentence: Span, context: Context) -> bool:
    return match.start <= first_word(sentence)


def _ends_sentence(match: Match, sentence: Span, context: Context) -> bool:
    return match.end > last_word(sentence)


def _fills_sentence(match: Match, sentence: Span, context: Context) -> bool:
    return context.fills_sentence(match, sentence)


def _fills_block(match: Match, sentence: Span, context: Context) -> bool:
    block = context.block(match)
    if block is None:
        return False
    start, end = context.plain(match.start, match.end)
    return not any(map(str.isalnum, context.draft.text[block.start : start] + context.draft.text[end : block.end]))


def _in_label(match: Match, sentence: Span, context: Context) -> bool:
    block = context.block(match)
    return block is not None and _is_label(context.draft.text[block.start : block.end])


def _starts_draft(match: Match, sentence: Span, context: Context) -> bool:
    return match.start - sentence.start < _START and context.body_before(match) == 0


def _in_opening(match: Match, sentence: Span, context: Context) -> bool:
    return context.body_before(match) < _OPENING


def _is_label(text: str) -> bool:
    """Whether a block is the words of a button or a link, not a sentence."""
    words = [word for word in text.split() if any(c.isalnum() for c in word)]
    return len(words) <= _LABEL and not text.rstrip(" *_").endswith((".", "!", "?", ":", ","))


_START = 4  # tokens
_OPENING = 3  # sentences
_LABEL = 8  # words

_PLACES: dict[Place, Callable[[Match, Span, Context], bool]] = {
    "sentence-start": _starts_sentence,
    "sentence-end": _ends_sentence,
    "whole-sentence": _fills_sentence,
    "whole-block": _fills_block,
    "label": _in_label,
    "draft-start": _starts_draft,
    "draft-opening": _in_opening,
}
_PARTS: dict[Part, _Test] = {
    "draft": _in_draft,
    "clause": _in_clause,
    "sentence": _in_sentence(0),
    "next": _in_sentence(1),
    "previous": _in_sentence(-1),
    "before": _beside("before"),
    "after": _beside("after"),
    "earlier": _earlier,
    "later": _later,
}
_TESTS: dict[str, _Test] = {
    "zone": _zone,
    "stage": _stage,
    "profile": _profile,
    "footer": _footer,
    "offer_ends": _offer_ends,
    "source": _source,
    "actor": _clause_is("actor"),
    "mood": _clause_is("mood"),
    "tense": _clause_is("tense"),
    "negated": _clause_is("negated"),
    "conditional": _clause_is("conditional"),
    "quoted": _quoted,
    "reported": _clause_is("reported"),
    "modal": _clause_is("modal"),
    "owner": _owner,
    "role": _role,
    "place": _place,
    "block": _block,
    "draft_block": _draft_block,
    "tag": _tag,
    "stand_in": _stand_in,
    "ask": _ask,
    "move": _move,
    "draft_move": _draft_move,
    "earlier_move": _earlier_move,
    "words_under": _words_under,
    "measure": _measure,
    "minutes_over": _minutes_over,
    "case": _case,
}
