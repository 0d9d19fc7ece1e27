"""What is left to say in a subject line when the words found are taken out of it."""

import re
from bisect import bisect_left

from spacy.tokens import Span, Token

from pushlint.language.inflect import gerund
from pushlint.rulebook.context import Context, Match
from pushlint.rulebook.rewriting.cut import aside, like_opening
from pushlint.rulebook.rewriting.pieces import written

_FEWEST = 2
# Parts that tell nothing, and nouns that name nothing but the letter.
_EMPTY = {
    "last chance",
    "final chance",
    "last call",
    "final call",
    "final hours",
    "act now",
    "reminder",
    "don't miss out",
    "ends tonight",
}
_LETTERS = {
    "email",
    "emails",
    "e-mail",
    "message",
    "messages",
    "note",
    "chance",
    "call",
    "days",
    "hours",
    "side",
    "ends",
    "end",
}
_BREAKS = {":", "|", "–", "—", "!", "?", ".", "…", "...", ",", ";"}
_LEADS = {"for", "on", "about", "at", "of", "with", "regarding", "re"}
_ABOUT = {"on", "about", "regarding", "re", "in", "for", "with"}

# Words that a subject may hold and say nothing yet.
_HOLLOW = {
    "about", "this", "that", "your", "you", "our", "the", "and", "for", "last", "final", "note", "reminder", "friendly",
    "day", "chance", "call", "notice", "urgent", "from", "today", "now", "soon", "with", "just", "quick", "still",
    "their", "its", "interested", "file", "previous", "earlier", "email", "emails", "message", "messages", "notes",
    "saw", "seen", "competitor", "competitors",
}  # fmt: skip
_TELLING = 2
_DANGLING = re.compile(r"\(\s*then\b|\bthen i\b", re.IGNORECASE)  # it followed the words found
_FREE = re.compile(r"\bfree\b", re.IGNORECASE)
_AGAINST = {"to", "than", "from", "by", "against"}  # what follows is not what is offered

Left = tuple[int, int, str]


def subject_span(match: Match, context: Context) -> tuple[int, int]:
    """The plain span of the subject."""
    at = context.facts.offsets[match.start]
    zone = next(zone for zone in context.draft.zones if zone.start <= at < zone.end)
    text = context.draft.text[zone.start : zone.end]
    return zone.start + len(text) - len(text.lstrip()), zone.start + len(text.rstrip())


def left_of_subject(match: Match, context: Context) -> Left | None:
    """The plain span to replace and by what, so that the subject does without the words found and still says something.

    Parts between marks that the words do not touch; what they are said of; the thing they name.
    """
    ways = (way(match, context) for way in (_bracketed, _other_parts, _said_of, _named))
    return next((left for left in ways if left and _is_telling(left, match, context)), None)


def _is_telling(left: Left, match: Match, context: Context) -> bool:
    """Whether what is left of the subject says what the e-mail is about, and not only that it is the last."""
    begin, stop = subject_span(match, context)
    start, end, content = left
    kept = context.draft.text[begin:start] + " " + content + context.draft.text[end:stop]
    tags = 0
    for tag in context.draft.tags:
        if begin <= tag.start < stop:
            filler = tag.source if tag.source in kept else context.draft.text[tag.start : tag.end]
            kept, count = kept.replace(filler, " ", 1), int(filler in kept)
            tags |= count
    if context.draft.text[begin:start].strip() == "" and not content and stop == end:
        return False
    if _DANGLING.search(kept) or (_FREE.search(context.draft.text[begin:stop]) and not _FREE.search(kept)):
        return False
    telling = [word for word in re.findall(r"[^\W\d_]+", kept.lower()) if len(word) > 2 and word not in _HOLLOW]
    owned = re.match(r"\W*(?:your|our|the)\b", kept, re.IGNORECASE)
    said_beside = context.draft.text[end - 1 : end] == ")"  # only what stood in brackets goes
    return bool(telling) and len(telling) + tags + bool(owned) + said_beside >= _TELLING


def says_something(text: str) -> bool:
    """Whether what is left of a subject line is worth sending."""
    return sum(1 for word in text.split() if any(c.isalpha() for c in word)) >= _FEWEST


def _bracketed(match: Match, context: Context) -> Left | None:
    """What stands in brackets round the words left out."""
    brackets = aside(match.start, match.end, context.doc[slice(*_tokens(match, context))])
    if brackets is None:
        return None
    start, end = context.plain(*brackets)
    return start - context.draft.text[:start].endswith(" "), end, ""


def _tokens(match: Match, context: Context) -> tuple[int, int]:
    start, end = subject_span(match, context)
    offsets = context.facts.offsets
    return bisect_left(offsets, start), bisect_left(offsets, end)


def _other_parts(match: Match, context: Context) -> Left | None:
    """The parts of the subject between marks that hold none of the words."""
    doc, (first, last) = context.doc, _tokens(match, context)
    parts: list[tuple[int, int]] = []
    start = first
    for i in range(first, last):
        spaced = doc[i].text in ("-", "--") and i > first and bool(doc[i - 1].whitespace_)
        if spaced or (doc[i].text in _BREAKS and (i + 1 == last or doc[i].whitespace_ or doc[i].text in "!?")):
            parts.append((start, i + 1))
            start = i + 1
    if start < last:
        parts.append((start, last))
    parts = [part for part in parts if written(*part, context).lower().strip(" :!?.-–—") not in _EMPTY]
    kept = [part for part in parts if part[1] <= match.start or part[0] >= match.end]
    begin, end = subject_span(match, context)
    before = [part for part in kept if part[1] <= match.start]
    after = [part for part in kept if part[0] >= match.end]
    if not kept or not any(says_something(written(*part, context)) for part in kept):
        return None
    if not after:
        stop = context.plain(*before[-1])[1]
        while stop > begin and context.draft.text[stop - 1] in ":-–—|,; ":
            stop -= 1
        return stop, end, ""
    start = context.facts.offsets[after[0][0]]
    if before:
        return context.plain(*before[-1])[1], start, " "
    return _opened(begin, start, context)


def _opened(begin: int, start: int, context: Context) -> Left:
    """Everything before `start` left out, and a capital there if the subject had one."""
    text = context.draft.text
    if context.draft.has_tag_at(start):
        return begin, start, ""
    return begin, start + 1, like_opening(text[begin:start], text[start])


def _said_of(match: Match, context: Context) -> Left | None:
    """What follows the words that open the subject, as a phrase: "last chance to book it" is "Booking it"."""
    first, last = _tokens(match, context)
    start = match.end
    while (
        start - 1 > match.start and context.doc[start - 1].dep_ == "compound" and context.doc[start - 1].head.i >= start
    ):
        start -= 1  # "(budget-friendly) music classes"
    if any(token.is_alpha for token in context.doc[first : match.start]) or start >= last:
        return None
    words = [t for t in context.doc[start:last] if t.is_alpha]
    if not says_something(written(start, last, context)) or words[0].i != start:
        return None
    begin = subject_span(match, context)[0]
    verb = context.doc[start + 1] if words[0].norm_ == "to" and start + 1 < last else words[0]
    if verb.pos_ == "VERB" and context.doc[verb.i - 1].norm_ == "to":
        offset, end = context.plain(verb.i, verb.i + 1)
        form = gerund(verb.norm_)
        return begin, end, like_opening(context.draft.text[begin:offset], form[0]) + form[1:]
    if words[0].norm_ in _LEADS and start + 1 < last:
        return _opened(begin, context.facts.offsets[start + 1], context)
    if context.doc[start - 1].norm_ in _AGAINST or words[0].norm_ in _AGAINST:
        return None
    if context.doc[start - 1].norm_ in _LEADS or context.doc[start:last].root.pos_ in ("NOUN", "PROPN"):
        return _opened(begin, context.facts.offsets[start], context)
    return None


def _named(match: Match, context: Context) -> Left | None:
    """The longest noun phrase beside the words, or the thing they are about: "proposal" in "following up on"."""
    first, last = _tokens(match, context)
    sentence = context.doc[first:last]
    beside = [
        place
        for noun in _nouns(sentence)
        if (place := _phrase(noun, match)) and (place[1] - place[0] > 1 or noun.pos_ == "PROPN")
    ]
    within = [
        (noun.left_edge.i, noun.right_edge.i + 1)
        for noun in _nouns(sentence)
        if any(t.dep_ == "case" and t.norm_ in _ABOUT for t in noun.lefts)
        or (noun.dep_ == "nsubj" and not beside and _tells(noun))
    ]
    begin, end = subject_span(match, context)
    for start, stop in sorted(beside, key=lambda p: p[0] - p[1]) + sorted(within, key=lambda p: p[0] - p[1]):
        while start < stop and context.doc[start].dep_ in ("case", "mark", "punct"):
            start += 1
        text = written(start, stop, context) if start < stop else ""
        lost = [t for t in context.draft.tags if begin <= t.start < end and t.source not in text and t.type != "person"]
        if text and not lost:
            old = context.draft.text[begin:end]
            bare = re.match(r"(?:the|this|that) \S+$", text, re.IGNORECASE)
            full = (
                text if says_something(text) and not bare else f"About {text[0].lower() + text[1:] if bare else text}"
            )
            after = context.plain(match.start, match.end)[1]
            if re.match(r"\s*[-–—|:]\s*\w", context.draft.text[after:end]):  # the part beside it stays
                end = after if stop <= match.end else end
            return begin, end, like_opening(old, full[0]) + full[1:]
    return None


def _nouns(sentence: Span) -> list[Token]:
    """The nouns that name something, and not when it was, who it is from, or the letter itself."""
    nouns = (t for t in sentence if t.pos_ in ("NOUN", "PROPN") and t.text.isascii() and t.norm_ not in _LETTERS)
    nouns = (t for t in nouns if not any(c.dep_ == "case" and c.norm_ in _AGAINST for c in t.lefts))
    nouns = (t for t in nouns if t.dep_ != "compound" or t.head.pos_ not in ("NOUN", "PROPN"))
    return [t for t in nouns if t.ent_type_ not in ("DATE", "TIME", "PERSON", "ORG")]


def _tells(noun: Token) -> bool:
    """Whether a noun with its own words names more than "the clock"."""
    return noun.pos_ == "PROPN" or any(t.dep_ in ("amod", "compound", "nummod") for t in noun.lefts)


def _phrase(noun: Token, match: Match) -> tuple[int, int] | None:
    """The noun with what stands before it, none of it among the words found."""
    own = [t for t in noun.lefts if t.dep_ in ("det", "nmod:poss", "amod", "compound", "nummod")]
    start = min([noun.i, *(t.left_edge.i for t in own)])
    return None if any(i in range(match.start, match.end) for i in range(start, noun.i + 1)) else (start, noun.i + 1)
