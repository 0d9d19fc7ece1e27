"""Whether something around a sentence would hang in the air without it."""

import re

from spacy.tokens import Span, Token

from pushlint.phrases.index import first_word
from pushlint.rulebook.context import Context, Match
from pushlint.rulebook.rewriting.sound import is_stub

# Words at the start of a sentence that point back at the one before, or join it to that.
_BACK = {"that", "this", "these", "those", "they", "it", "such", "both", "neither", "either", "then", "otherwise"}
_JOINING = {"and", "but", "or", "so", "also", "after", "plus", "however", "though", "instead"}
_THEM = {"them", "it", "that", "this", "they", "these", "those", "ones", "one"}
_POINTING = _THEM | {"such", "their"}
_AGAIN = {"also", "again", "too", "either"}
_SUPPOSING = {"if", "when", "whenever", "because", "since", "how", "whether", "that", "as", "and", "but", "so"}
_TIMES = {"DATE", "TIME"}
_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "expl", "csubj")
_SHORT = 4
# The first two words of a sentence that goes on with what was said: "We're talking $350 per call."
_CONTINUING = {
    ("if", "so"), ("if", "not"), ("if", "yes"), ("the", "response"), ("the", "result"), ("the", "reason"),
    ("the", "catch"), ("we", "talking"),
}  # fmt: skip
# Nouns that no pronoun of the sentence means: "a chance to review it".
_NO_REFERENTS = {"chance", "moment", "minute", "look", "time", "way", "case", "second", "opportunity", "question"}
_BULLET = re.compile(r"\s*(?:[✓✔✅☑•▪➤➜→►👉☞⭐◆●○*–-]|\d+[.)])\ufe0f?\s")
_STUBS = {
    "just a quick heads-up", "quick heads-up", "just a heads-up", "here's the thing", "here is the thing", "no worries",
    "no hard feelings", "a quick note", "quick update", "quick note", "quick question", "both fine",
}  # fmt: skip


def needed(sentence: Span, context: Context, answers: bool = True) -> bool:
    """Whether a neighbour points back at this sentence or is answered by it, a heading announces it, or a stub is left
    beside it; `answers`: whether it may answer a question."""
    match = Match(sentence.start, sentence.end)
    following = _beside(match, 1, context)
    if following is not None and (points_back(following) or _leads_list(sentence, following, context)):
        return True
    block = context.block(match)
    if block is None:
        return False
    previous = _beside(match, -1, context)
    start, end = context.plain(sentence.start, sentence.end)
    beside = previous is not None and context.plain(previous.start, previous.end)[0] >= block.start
    if answers and previous is not None and beside and _asks(previous):
        return True
    text = context.draft.text
    rest = (text[block.start : start] + " " + text[end : block.end]).strip()
    if any(c.isalnum() for c in rest):
        return rest.strip(" .!*:–—-").lower().replace("’", "'") in _STUBS or is_stub(rest)
    before = context.draft.block_before(block)
    return (
        before is not None and text[before.start : before.end].rstrip(" *_").endswith(":") and block.kind != "list-item"
    )


def _beside(match: Match, step: int, context: Context) -> Span | None:
    """The sentence before or after, in the same zone."""
    other = context.sentence(match, step)
    if other is None or context.zone(Match(other.start, other.end)) != context.zone(match):
        return None
    return other


def _leads_list(sentence: Span, following: Span, context: Context) -> bool:
    """Whether the sentence stands right before a list and is no item itself."""
    texts = [context.draft.text[slice(*context.plain(s.start, s.end))] for s in (sentence, following)]
    blocks = [context.block(Match(s.start, s.end)) for s in (sentence, following)]
    items = [
        bool(_BULLET.match(t)) or (b is not None and b.kind == "list-item") for t, b in zip(texts, blocks, strict=True)
    ]
    return items == [False, True]


def _asks(sentence: Span) -> bool:
    """Whether the sentence is a question, that the next one may answer."""
    return sentence.text.rstrip().endswith("?")


def points_back(sentence: Span) -> bool:
    """Whether the sentence leans on the one before it."""
    first = sentence.doc[first_word(sentence)]
    words = [t for t in sentence if t.is_alpha]
    if first.norm_ in _BACK and first.pos_ in ("PRON", "DET", "ADV", "CCONJ"):
        return True
    if first.norm_ in _JOINING or tuple(t.norm_ for t in words[:2]) in _CONTINUING:
        return True
    if first.norm_ == "not" and len(words) > 1 and words[1].norm_.endswith("ing"):
        return True  # "Not asking for much."
    if first.tag_ == "VBN" and len(words) <= _SHORT:
        return True  # "Copied below."
    if any(t.norm_ == "either" and t.i + 1 < sentence.end and t.nbor().norm_ == "way" for t in words):
        return True
    if first.norm_ == "no" and len(words) <= _SHORT:
        return True  # "No strings", "No hard feelings"
    if len(words) <= _SHORT and words and (first.norm_ == "look" or _wants_subject(first)):
        return True
    return _wants_subject(first) or any(is_loose(token, sentence.start) for token in sentence)


def _wants_subject(first: Token) -> bool:
    """Whether it opens with a verb whose subject went before: "Takes about a week"."""
    return first.tag_ == "VBZ" and not any(t.dep_ in _SUBJECTS for t in first.children)


def is_loose(token: Token, start: int) -> bool:
    """Whether a word points at something that nothing from token `start` on names before it: "one of these spots"."""
    if token.norm_ in _AGAIN:
        return token.norm_ in ("also", "again")
    if token.norm_ not in _POINTING:
        return False
    before = [t for t in token.doc[start : token.i] if is_referent(t)]
    if token.norm_ == "their" and token.pos_ == "PRON":
        return all("Number=Sing" in str(t.morph) for t in before)
    if token.norm_ in ("it", "they") and token.dep_ == "nsubj":
        return not before and token.i > start and token.nbor(-1).norm_ not in _SUPPOSING
    if token.pos_ == "PRON" and token.dep_ in ("obj", "obl", "nmod"):
        before = [t for t in before if not _acts(t, token.head)]
    if before:
        return False
    if token.norm_ in ("these", "those", "such", "them"):
        return True
    return token.norm_ in _THEM and token.pos_ == "PRON" and token.dep_ in ("obj", "nmod", "obl")


def is_referent(token: Token) -> bool:
    """Whether a pronoun may mean it."""
    return token.pos_ in ("NOUN", "PROPN") and token.ent_type_ not in _TIMES and token.lemma_ not in _NO_REFERENTS


def _acts(noun: Token, verb: Token) -> bool:
    """Whether the noun is what does the verb, so that its object is something else: "those who see them first"."""
    return (noun.head == verb and noun.dep_ in _SUBJECTS) or (verb.head == noun and verb.dep_ == "acl:relcl")
