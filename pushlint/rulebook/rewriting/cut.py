"""Takes words out of a sentence so that what remains still stands: space, commas, "and", articles, capitals mended."""

import re
from dataclasses import dataclass

from spacy.tokens import Span, Token

from pushlint.rulebook.context import Context

# Dependents that a sentence can do without.
_OPTIONAL = {
    "advmod", "advcl", "obl", "obl:tmod", "obl:npmod", "obl:unmarked", "amod", "acl", "acl:relcl", "appos", "parataxis",
    "conj", "discourse", "vocative", "nmod", "nmod:tmod", "dep", "list",
}  # fmt: skip
# Verbs that are unfinished without their "to ...": "I can get my manager (to approve it)".
_CAUSING = {"get", "ask", "tell", "want", "need", "allow", "convince", "persuade", "urge", "force", "help", "try"}
_LEANING = {"or", "and", "but", "so", "then", "because", "which", "that", "as"}
_FEWEST = 3
_ARTICLE = re.compile(r"\b(an?)$", re.IGNORECASE)
_VOWEL = re.compile(r"\s*(?:(?!uni|use|usu|eu|one|once)[aeiou]|hour|honest|hono)", re.IGNORECASE)
_AFTER = re.compile(r"[\s,;:–—-]*(?:(?:and|but|so|or)\s+)?", re.IGNORECASE)
_BEFORE = re.compile(r"[\s,;:–—-]*(?:\b(?:and|but|so|or)\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cut:
    """What to take out: plain `start`..`end`, what to put there (a capital letter, or nothing), and whether it is the
    whole sentence."""

    start: int
    end: int
    content: str = ""
    whole: bool = False


def cut(start: int, end: int, sentence: Span, context: Context) -> Cut:
    """The cut of tokens `start`..`end`, widened to the clause or the sentence where less would leave a torso."""
    brackets = aside(start, end, sentence)
    if brackets:
        from_, to = context.plain(*brackets)
        return Cut(from_ - context.draft.text[:from_].endswith(" "), to)
    if not _stands_without(start, end, sentence):
        start, end = _clause_around(start, end, sentence)
    first, last = context.plain(sentence.start, sentence.end)
    if not _stands_without(start, end, sentence):
        return _whole(first, last, context)
    text = context.draft.text
    from_, to = context.plain(start, end)
    last = max(last, to)  # a pattern may match more than one sentence
    opens = not _has_words(text[first:from_])
    if opens or text[:from_].endswith("("):
        rest = _AFTER.match(text[to:last])
        to += rest.end() if rest else 0
    if opens:
        left = text[to:last]
        return Cut(first, to + 1, text[to].upper()) if _stands(left) else _whole(first, last, context)
    lead = _BEFORE.search(text[first:from_])
    from_ -= len(lead.group()) if lead else 0
    if not _stands(text[first:from_] + text[to:last]):
        return _whole(first, last, context)
    article = _ARTICLE.search(text[first:from_])
    if article is None:
        return Cut(from_, to)
    return Cut(first + article.start(), to, article[1][0] + ("n" if _VOWEL.match(text[to:last]) else ""))


def aside(start: int, end: int, sentence: Span) -> tuple[int, int] | None:
    """The round brackets around the words, where the words are most of what stands in them."""
    before = [t.i for t in sentence if t.i < start and t.text in ("(", ")")]
    after = [t.i for t in sentence if t.i >= end and t.text in ("(", ")")]
    if not before or not after or sentence.doc[before[-1]].text != "(" or sentence.doc[after[0]].text != ")":
        return None
    opens, closes = before[-1], after[0]
    left = [t for t in sentence.doc[opens:closes] if t.is_alpha and not start <= t.i < end]
    outside = [t for t in sentence if t.is_alpha and not opens < t.i < closes]
    return (opens, closes + 1) if len(left) < _FEWEST <= len(outside) else None


def _whole(first: int, last: int, context: Context) -> Cut:
    """The whole sentence and the space after it; what follows begins as the sentence did."""
    text = context.draft.text
    if text[last : last + 1] != " ":
        return Cut(first, last, whole=True)
    after = last + 1
    goes_on = text[first].isupper() and text[after : after + 1].islower()
    if goes_on and not any(tag.start == after for tag in context.draft.tags):
        return Cut(first, after + 1, text[after].upper(), whole=True)
    return Cut(first, after, whole=True)


def _stands(left: str) -> bool:
    """Whether what is left can stand: three words or more, and none that leans on what went before."""
    words = left.split()
    return sum(map(_has_words, words)) >= _FEWEST and words[0].strip(",").lower() not in _LEANING


def _stands_without(start: int, end: int, sentence: Span) -> bool:
    """Whether the words are one optional part of the sentence, with all that hangs on it."""
    inside = range(start, end)
    heads = [t for t in sentence.doc[start:end] if t.head.i not in inside or t.head == t]
    heads = [t for t in heads if not t.is_punct]
    if not heads or not all(map(_optional, heads)):
        return False
    hanging = (t for t in sentence if t.i not in inside and not t.is_punct)
    return not any(t.head.i in inside for t in hanging)


def _optional(token: Token) -> bool:
    if token.dep_ == "advcl" and token.head.lemma_ in _CAUSING and any(t.norm_ == "to" for t in token.lefts):
        return False
    return token.dep_ in _OPTIONAL and token.head != token


def _clause_around(start: int, end: int, sentence: Span) -> tuple[int, int]:
    """The nearest part around the words that hangs on the rest by an optional link."""
    token: Token = sentence.doc[start:end].root
    while not _optional(token) and token.head != token:
        token = token.head
    part = [t.i for t in token.subtree if not t.is_punct]
    return min([start, *part]), max([end, *(i + 1 for i in part)])


def _has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)
