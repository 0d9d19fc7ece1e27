"""Lines to add to a draft, and where: after the greeting, after the words they take up, before what is asked for."""

import re
from collections.abc import Callable, Mapping
from itertools import islice

from spacy.tokens import Span

from pushlint.diagnostic import Fix
from pushlint.rulebook.context import Context, Match
from pushlint.rulebook.rewriting.pieces import opening_words
from pushlint.rulebook.rewriting.slots import fill
from pushlint.rulebook.rewriting.topics import PIECES
from pushlint.rulebook.schema import At, Rewrite

BLANK = "______"
_SLOT = re.compile(r"\{([a-z-]+)\}")
_ASKS = {"time", "purchase", "attend", "task", "details", "referral"}
_MOST = 2
_FEWEST = 3  # words of a sentence that is one, and no link


def line(rewrite: Rewrite, match: Match, context: Context) -> Fix:
    """The line and its place. Raises ValueError where the draft has no words for it."""
    text = fill(rewrite.add or "", match, context)
    return Fix(
        "display", text[:1].upper() + text[1:], place=_PLACES[rewrite.at](rewrite, context) if rewrite.at else ""
    )


def may_be_needed(rewrite: Rewrite, others: list[Fix]) -> bool:
    """Whether the line may say more than those made before it: one in the draft's words does, and two are enough."""
    return not others or (len(others) < _MOST and any(name != "we" for name in _SLOT.findall(rewrite.add or "")))


def is_needed(made: Fix, others: list[Fix]) -> bool:
    """Whether the line does, now that its words are known: one without a blank is enough."""
    return BLANK not in made.message or all(BLANK in other.message for other in others)


def _opening(rewrite: Rewrite, context: Context) -> str:
    return "after the greeting" if _has_zone("greeting", context) else "as the first line"


def _end(rewrite: Rewrite, context: Context) -> str:
    return "before the sign-off" if _has_zone("sign-off", context) else "at the end"


def _footer(rewrite: Rewrite, context: Context) -> str:
    return "below the sign-off" if _has_zone("sign-off", context) else "at the very end"


def _mention(rewrite: Rewrite, context: Context) -> str:
    """After the sentence of the body that the line takes up."""
    for name in _SLOT.findall(rewrite.add or ""):
        topic = context.once(PIECES[name]) if name in PIECES else None
        sentence = context.sentence(Match(topic.at, topic.at + 1)) if topic else None
        if sentence is not None and _zone(sentence, context) in ("body", "postscript"):
            return f'after "{opening_words(sentence, context)}"'
    return _opening(rewrite, context)


def _before_ask(rewrite: Rewrite, context: Context) -> str:
    """Before the last thing that the reader is asked for, where the body ends with it."""
    last = context.once(_last_ask)
    return f'before "{opening_words(last, context)}"' if last else _end(rewrite, context)


def _last_ask(context: Context) -> Span | None:
    """The sentence with the last thing that the reader is asked for, one of the last two of the body."""
    ending = (s for s in reversed(context.sentences) if _zone(s, context) == "body")
    two = list(islice((s for s in ending if sum(t.is_alpha for t in s) >= _FEWEST), 2))
    last = next((s for s in reversed(two) for ask in context.facts.asks if s.start <= ask.start < s.end), None)
    asked = last and any(a.what in _ASKS for a in context.facts.asks if last.start <= a.start < last.end)
    return last if asked and len(two) > 1 else None


_PLACES: Mapping[At, Callable[[Rewrite, Context], str]] = {
    "opening": _opening,
    "mention": _mention,
    "ask": _before_ask,
    "end": _end,
    "footer": _footer,
}


def _zone(sentence: Span, context: Context) -> str:
    return context.zone(Match(sentence.start, sentence.end))


def _has_zone(kind: str, context: Context) -> bool:
    return any(zone.kind == kind and zone.start < zone.end for zone in context.draft.zones)
