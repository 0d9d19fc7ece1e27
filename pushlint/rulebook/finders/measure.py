"""Finds a figure of the draft, or of each of its parts, outside its band."""

from collections.abc import Callable, Iterator

from pushlint.language.readability import grade
from pushlint.rulebook.aboutness import sender_share
from pushlint.rulebook.context import Context, Match
from pushlint.rulebook.prose import paragraphs
from pushlint.rulebook.schema import Figure, Finder, Measure

_OPENING = 5  # tokens of a paragraph that stand for all of it: to underline every line would hide the rest

Part = tuple[int, int, float]
"""Tokens of the draft, and a figure of theirs."""


def find(finder: Finder, context: Context) -> Iterator[Match]:
    """A match for the whole draft, or for each part, whose figure is over or under the band."""
    assert isinstance(finder.measure, Measure)
    return outside(finder.measure, context)


def outside(measure: Measure, context: Context) -> Iterator[Match]:
    """The parts of the draft whose figure is over or under the band, with the figure."""
    over = float("inf") if measure.over is None else measure.over
    under = float("-inf") if measure.under is None or _open_ended(context) else measure.under
    for start, end, value in _measured(measure.of, context):
        if not under <= value <= over:
            yield Match(start, end, value=value)


def _measured(of: Figure, context: Context) -> list[Part]:
    """Each part, or the whole draft, and its figure."""
    return [(0, len(context.doc), context.once(MEASURES[of]))] if of in MEASURES else context.once(PARTS[of])


def _open_ended(context: Context) -> bool:
    """Whether a tag will be filled with a text of a length not yet known: such a draft is not called short."""
    return any(tag.type == "text" or (tag.type == "block" and tag.start < tag.end) for tag in context.draft.tags)


def _words(context: Context) -> float:
    return sum(len(sentence.words) for sentence in context.prose)


def _questions(context: Context) -> float:
    return sum(sentence.asks for sentence in context.prose)


def _grade(context: Context) -> float:
    return grade(sentence.words for sentence in context.prose if not sentence.is_label)


def _sentences(context: Context) -> list[Part]:
    return [(sentence.span.start, sentence.span.end, len(sentence.words)) for sentence in context.prose]


def _paragraphs(context: Context) -> list[Part]:
    """The words of each paragraph, at the first words of it."""
    return [
        (first.start, min(first.start + _OPENING, first.end), sum(len(s.words) for s in sentences))
        for sentences in paragraphs(context.prose)
        for first in [sentences[0].span]
    ]


def _subject(context: Context) -> list[Part]:
    """The characters of the subject line."""
    return [
        (start, end, len(context.draft.text[zone.start : zone.end].strip()))
        for zone in context.draft.zones
        if zone.kind == "subject"
        for start, end in [context.tokens_of(zone)]
        if start < end
    ]


# Figures of the draft.
MEASURES: dict[Figure, Callable[[Context], float]] = {
    "words": _words,
    "sender-share": sender_share,
    "questions": _questions,
    "grade": _grade,
}
# Figures of its parts.
PARTS: dict[Figure, Callable[[Context], list[Part]]] = {
    "sentence-words": _sentences,
    "paragraph-words": _paragraphs,
    "subject-characters": _subject,
}
