"""Whether something around a sentence would hang in the air without it."""

from spacy.tokens import Span

from pushlint.phrases.index import first_word
from pushlint.rulebook.context import Context, Match

# Words at the start of a sentence that point back at the one before, and those that do so before its verb alone.
_BACK = {"that", "this", "these", "those", "they", "it", "such", "both", "neither", "either", "so", "then", "otherwise"}
_THEM = {"them", "it", "that", "this", "ones", "one"}
_FREE = {"it"}  # "It takes ten minutes" may speak of anything before; "It's called Vault" does not
_SHORT = 6
_STUBS = {
    "just a quick heads-up", "quick heads-up", "just a heads-up", "here's the thing", "here is the thing", "no worries",
    "no hard feelings", "a quick note", "quick update", "quick note", "quick question", "both fine",
}  # fmt: skip


def needed(sentence: Span, context: Context) -> bool:
    """Whether the next sentence points back at this one, a heading announces it, or a stub is left beside it."""
    match = Match(sentence.start, sentence.end)
    following = context.sentence(match, 1)
    beside = following is not None and context.zone(Match(following.start, following.end)) == context.zone(match)
    if beside and following is not None and _points_back(following):
        return True
    block = context.block(match)
    if block is None:
        return False
    text = context.draft.text
    start, end = context.plain(sentence.start, sentence.end)
    rest = (text[block.start : start] + " " + text[end : block.end]).strip()
    if any(c.isalnum() for c in rest):
        return rest.strip(" .!*:–—-").lower().replace("’", "'") in _STUBS
    before = max((b for b in context.draft.blocks if b.end <= block.start), key=lambda b: b.end, default=None)
    return (
        before is not None and text[before.start : before.end].rstrip(" *_").endswith(":") and block.kind != "list-item"
    )


def _points_back(sentence: Span) -> bool:
    first = sentence.doc[first_word(sentence)]
    if first.norm_ in _BACK and first.pos_ in ("PRON", "DET", "ADV", "CCONJ"):
        return first.dep_ in ("nsubj", "nsubj:pass", "nsubj:outer", "advmod", "obj", "csubj")
    words = [t for t in sentence if t.is_alpha]
    if [t.norm_ for t in words[:2]] in (["no", "strings"], ["no", "obligation"], ["no", "catch"]):
        return True
    return len(words) <= _SHORT and any(t.norm_ in _THEM and t.dep_ in ("obj", "nmod", "obl") for t in words)
