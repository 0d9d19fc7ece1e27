"""Whether something around a sentence would hang in the air without it."""

from spacy.tokens import Span, Token

from pushlint.phrases.index import first_word
from pushlint.rulebook.context import Context, Match
from pushlint.rulebook.rewriting.sound import is_stub

# Words at the start of a sentence that point back at the one before, or join it to that.
_BACK = {"that", "this", "these", "those", "they", "it", "such", "both", "neither", "either", "so", "then", "otherwise"}
_JOINING = {"and", "but", "or", "also", "instead", "after", "plus"}
_THEM = {"them", "it", "that", "this", "they", "these", "those", "ones", "one"}
_AGAIN = {"also", "again", "too", "either"}
_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "expl", "csubj")
_SHORT = 4
_STUBS = {
    "just a quick heads-up", "quick heads-up", "just a heads-up", "here's the thing", "here is the thing", "no worries",
    "no hard feelings", "a quick note", "quick update", "quick note", "quick question", "both fine",
}  # fmt: skip


def needed(sentence: Span, context: Context) -> bool:
    """Whether a neighbour points back at this sentence or is answered by it, a heading announces it, or a stub is left
    beside it."""
    match = Match(sentence.start, sentence.end)
    following = _beside(match, 1, context)
    if following is not None and _points_back(following):
        return True
    block = context.block(match)
    if block is None:
        return False
    previous = _beside(match, -1, context)
    start, end = context.plain(sentence.start, sentence.end)
    if previous is not None and context.plain(previous.start, previous.end)[0] >= block.start and _asks(previous):
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


def _asks(sentence: Span) -> bool:
    """Whether the sentence is a question, that the next one may answer."""
    return sentence.text.rstrip().endswith("?")


def _points_back(sentence: Span) -> bool:
    first = sentence.doc[first_word(sentence)]
    words = [t for t in sentence if t.is_alpha]
    if first.norm_ in _BACK and first.pos_ in ("PRON", "DET", "ADV", "CCONJ"):
        return True
    if first.norm_ in _JOINING or [t.norm_ for t in words[:2]] in (["if", "so"], ["if", "not"], ["if", "yes"]):
        return True
    if [t.norm_ for t in words[:2]] in (["the", "response"], ["the", "result"], ["the", "reason"], ["the", "catch"]):
        return True
    if first.norm_ == "no" and len(words) <= _SHORT:
        return True  # "No strings", "No hard feelings"
    if len(words) <= _SHORT and words and (first.norm_ == "look" or _wants_subject(first)):
        return True
    return _wants_subject(first) or any(map(_is_loose, sentence))


def _wants_subject(first: Token) -> bool:
    """Whether it opens with a verb whose subject went before: "Takes about a week"."""
    return first.tag_ == "VBZ" and not any(t.dep_ in _SUBJECTS for t in first.children)


def _is_loose(token: Token) -> bool:
    """Whether a word points at something that its own sentence does not name before it: "one of these spots"."""
    before = token.doc[token.sent.start : token.i]
    if token.norm_ in _AGAIN:
        return token.norm_ in ("also", "again")
    if any(t.pos_ in ("NOUN", "PROPN") for t in before):
        return False
    if token.norm_ in ("these", "those", "such", "them"):
        return True
    return token.norm_ in _THEM and token.pos_ == "PRON" and token.dep_ in ("obj", "nmod", "obl")
