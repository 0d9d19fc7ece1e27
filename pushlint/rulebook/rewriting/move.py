"""Moves a sentence behind the first later one that makes a move: a price behind what it buys.

Only a sentence that stands by itself where it is and where it goes: nothing in it points back, nothing beside it leans
on it, and what follows its new place does not lean on what stood before.
"""

import re
from dataclasses import replace

from spacy.tokens import Span

from pushlint.diagnostic import Edit, Position
from pushlint.rulebook.context import Context, Match
from pushlint.rulebook.rewriting.cut import cuts
from pushlint.rulebook.rewriting.edits import edit, take_out
from pushlint.rulebook.rewriting.hanging import needed, points_back
from pushlint.rulebook.rewriting.pieces import first_after
from pushlint.rulebook.rewriting.sound import is_closed

_BLANK = re.compile(r"[ \t]*\r?\n")
_AFTER_BLANK = re.compile(r"\n[ \t]*\r?\n[ \t]*$")
_LINE_ABOVE = re.compile(r"\S[ \t]*\n[ \t]*\Z")
_LINE_BELOW = re.compile(r"[ \t]*\n[ \t]*\S")
_NEAR = 80  # characters looked at before it
_END_MARKS = (".", "!", "?")
_POINTING = {
    "it",
    "they",
    "them",
    "this",
    "that",
    "these",
    "those",
    "he",
    "she",
    "here",
    "there",
    "such",
    "its",
    "their",
}
_STAYS_OPEN = re.compile(r"</(?:a|b|i|u|em|strong|span|font|mark|small)\b|[*_~`\])\"'”’]", re.IGNORECASE)


def move(moves: set[str], sentence: Span, context: Context) -> tuple[Edit, Edit] | None:
    """The edits that take the sentence out and put it behind that one, or None where it would not be sound.

    Raises ValueError when an edit would break a pair of marks.
    """
    target = first_after(moves, sentence, context)
    if target is None or not _is_alone(sentence, context) or not _has_room(target, context):
        return None
    *_, taken = cuts(sentence.start, sentence.end, sentence, context)  # the last is all of it
    first, last = context.plain(sentence.start, sentence.end)
    source = context.draft.source
    span = context.draft.map.span(first, last)
    if not taken.whole or not context.draft.map.kinds(*span) <= {"literal", "space", "entity"}:
        return None
    out = (
        edit(taken.start, taken.end, taken.content, context)
        if taken.content
        else take_out(taken.start, taken.end, context)
    )
    out = _with_blank_line(out, context)
    at = context.draft.map.span(*_last_character(target, context))[1]
    own = "carrier" not in context.draft.map.kinds(at, at + 1)  # or else it is the end of a string of JSON, say
    if out.end > at or (own and _STAYS_OPEN.match(source.text, at)):
        return None
    place = Position(*source.position(at))
    return out, Edit(at, at, " " + " ".join(source.text[slice(*span)].split()), place, place)


def _with_blank_line(out: Edit, context: Context) -> Edit:
    """What takes a paragraph out, with one of the blank lines around it."""
    source = context.draft.source
    blank = _BLANK.match(source.text, out.end)
    if blank is None or not _AFTER_BLANK.search(source.text[max(0, out.start - _NEAR) : out.start]):
        return out
    return replace(out, end=blank.end(), end_location=Position(*source.position(blank.end())))


def _is_alone(sentence: Span, context: Context) -> bool:
    """Whether the sentence can leave its place and stand at another."""
    start, end = context.plain(sentence.start, sentence.end)
    text = context.draft.text[start:end].rstrip()
    return (
        text.endswith(_END_MARKS)
        and text[0].isupper()
        and _in_paragraph(sentence, context)
        and not _is_row(start, start + len(text), context)
        and not any(token.norm_ in _POINTING for token in sentence)
        and not points_back(sentence)
        and not needed(sentence, context)
        and is_closed(start, end, context)
    )


def _is_row(start: int, end: int, context: Context) -> bool:
    """Whether it is a line of its own with others right above or below, as in an address or a list of figures."""
    text = context.draft.text
    above, below = _LINE_ABOVE.search(text[max(0, start - _NEAR) : start]), _LINE_BELOW.match(text, end)
    return (above is not None and text[end : end + 1] in ("", "\n")) or (
        below is not None and text[start - 1 : start] in ("", "\n")
    )


def _has_room(target: Span, context: Context) -> bool:
    """Whether another sentence can stand behind this one."""
    following = context.sentence(Match(target.start, target.end), 1)
    text = context.draft.text[slice(*context.plain(target.start, target.end))].rstrip()
    return (
        text.endswith(_END_MARKS)
        and _in_paragraph(target, context)
        and (following is None or _block(following, context) != _block(target, context) or not points_back(following))
    )


def _last_character(sentence: Span, context: Context) -> tuple[int, int]:
    start, end = context.plain(sentence.start, sentence.end)
    end = start + len(context.draft.text[start:end].rstrip())
    return end - 1, end


def _in_paragraph(sentence: Span, context: Context) -> bool:
    block = context.block(Match(sentence.start, sentence.end))
    return block is not None and block.kind == "paragraph"


def _block(sentence: Span, context: Context) -> int | None:
    block = context.block(Match(sentence.start, sentence.end))
    return block.start if block else None
