"""Finds a pattern in a window: all places at once, as bits that each step moves on."""

from collections.abc import Iterator

from pushlint.phrases.bits import numbers
from pushlint.phrases.classes import ANYTHING
from pushlint.phrases.compile import Kind, Pattern, Steps
from pushlint.phrases.window import Places, Window

_ONE, _MAYBE, _SOME, _GAP, _ENTITY, _CHOICE = Kind  # names of the module, as those of an enumeration are slow

Span = tuple[int, int]
"""The place of its first token, and that after its last."""


def spans(pattern: Pattern, places: Places, window: Window) -> list[Span]:
    """Where the pattern stands in sentences at some places, in order; of those that overlap the longest."""
    text = window.text
    starts = places & text.first if pattern.at_start else places
    ends = text.ends if pattern.at_end else -1
    reached = after(pattern.steps, starts, window) & ends
    if not reached:
        return []
    found = [
        (start, end)
        for start in numbers(starts & _openings(pattern.steps, window)[0])
        for end in numbers(after(pattern.steps, 1 << start, window) & ends)
    ]
    return found if len(found) == 1 else _longest(found)


def captures(steps: Steps, span: Span, window: Window) -> Iterator[tuple[str, Span]]:
    """What the named steps took where they took all of a span: each as much as it can, but any words as few."""
    start, last = span
    for number, step in enumerate(steps, 1):
        ends = numbers(after((step,), 1 << start, window))
        fitting = [end for end in ends if after(steps[number:], 1 << end, window) >> last & 1]
        end = fitting[0] if step.name in ANYTHING else fitting[-1]
        if step.name and start < end:
            yield step.name, (start, end)
        elif step.kind is _CHOICE:
            taken = next(option for option in window.live(step.takes) if after(option, 1 << start, window) >> end & 1)
            yield from captures(taken, (start, end), window)
        start = end


def after(steps: Steps, places: Places, window: Window) -> Places:
    """The places where the steps can end, beginning at some places."""
    for kind, takes, _, most in steps:
        if kind is _ONE:
            places = (places & window[takes]) << 1
        elif kind is _MAYBE:
            places |= (places & window[takes]) << 1
        elif kind is _GAP:
            piece = window[takes]
            for _ in range(most):
                places |= (places & piece) << 1
        elif kind is _SOME:
            piece, ends = window[takes], 0
            for _ in range(most):
                places = (places & piece) << 1
                ends |= places
            places = ends
        elif kind is _ENTITY:
            places &= window[takes]
            places = _after_entities(places, window[takes], window) if places else 0
        else:
            ends = 0
            for option in window.live(takes):
                ends |= after(option, places, window)
            places = ends
        if not places:
            return 0
    return places


def _after_entities(places: Places, piece: Places, window: Window) -> Places:
    """After these tokens of entities and those that follow in them, and after those of the next, side by side."""
    inside = piece & window.inside
    ends = _through(inside, places << 1)
    return _through(inside, ends | (ends & piece & window.begins) << 1)


def _through(piece: Places, places: Places) -> Places:
    """The places, and all those after as many tokens of the piece."""
    while more := (places & piece) << 1 & ~places:
        places |= more
    return places


def _openings(steps: Steps, window: Window) -> tuple[Places, bool]:
    """Where the first token of the steps can be, and whether they may take none at all."""
    places = 0
    for step in steps:
        if step.kind is _CHOICE:
            opened = [_openings(option, window) for option in window.live(step.takes)]
            may_miss = any(missing for _, missing in opened)
            for option, _ in opened:
                places |= option
        else:
            places |= window[step.takes]
            may_miss = step.kind in (_MAYBE, _GAP)
        if not may_miss:
            return places, False
    return places, True


def _longest(found: list[Span]) -> list[Span]:
    kept: list[Span] = []
    taken = 0
    for start, end in sorted(found, key=lambda span: (span[0] - span[1], span[0])):
        tokens = (1 << end) - (1 << start)
        if not taken & tokens:
            taken |= tokens
            kept.append((start, end))
    return sorted(kept)
