"""Finds a figure of the draft, or of each of its parts, outside its band."""

from collections.abc import Callable, Iterator

from pushlint.language.readability import grade
from pushlint.rulebook.aboutness import sender_share
from pushlint.rulebook.context import Context, Match
from pushlint.rulebook.prose import paragraphs
from pushlint.rulebook.schema import Figure, Finder, Measure

_OPENING = 5  # tokens of a paragraph that stand for all of it: to underline every line would hide the rest


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


def _measured(of: Figure, context: Context) -> list[tuple[int, int, float]]:
    """Each part, or the whole draft, and its figure."""
    if of not in context.figures:
        whole = of in MEASURES
        context.figures[of] = [(0, len(context.doc), MEASURES[of](context))] if whole else list(PARTS[of](context))
    return context.figures[of]


def _open_ended(context: Context) -> bool:
    """Whether a tag will be filled with a text of a length not yet known: such a draft is not called short."""
    return any(tag.type == "text" or (tag.type == "block" and tag.start < tag.end) for tag in context.draft.tags)


def _words(context: Context) -> float:
    return sum(len(sentence.words) for sentence in context.prose)


def _questions(context: Context) -> float:
    return sum(sentence.asks for sentence in context.prose)


def _grade(context: Context) -> float:
    return grade(sentence.words for sentence in context.prose if not sentence.is_label)


def _sentences(context: Context) -> Iterator[tuple[int, int, float]]:
    for sentence in context.prose:
        yield sentence.span.start, sentence.span.end, len(sentence.words)


def _paragraphs(context: Context) -> Iterator[tuple[int, int, float]]:
    """The words of each paragraph, at the first words of it."""
    for sentences in paragraphs(context.prose):
        first = sentences[0].span
        yield first.start, min(first.start + _OPENING, first.end), sum(len(s.words) for s in sentences)


def _subject(context: Context) -> Iterator[tuple[int, int, float]]:
    """The characters of the subject line."""
    offsets = context.facts.offsets
    for zone in context.draft.zones:
        tokens = [i for i, offset in enumerate(offsets) if zone.start <= offset < zone.end]
        if zone.kind == "subject" and tokens:
            yield tokens[0], tokens[-1] + 1, len(context.draft.text[zone.start : zone.end].strip())


# Figures of the draft.
MEASURES: dict[Figure, Callable[[Context], float]] = {
    "words": _words,
    "sender-share": sender_share,
    "questions": _questions,
    "grade": _grade,
}
# Figures of its parts: tokens and the figure.
PARTS: dict[Figure, Callable[[Context], Iterator[tuple[int, int, float]]]] = {
    "sentence-words": _sentences,
    "paragraph-words": _paragraphs,
    "subject-characters": _subject,
}
