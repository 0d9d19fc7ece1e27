"""Makes two sentences of one where its main clause ends and another, with a subject of its own, is joined to it."""

from spacy.tokens import Span, Token

from pushlint.rulebook.context import Context

_SUBJECTS = {"nsubj", "nsubj:pass", "expl", "csubj"}
# Joining words, and what the second sentence begins with.
_JOINING = {"and": "", "but": "But ", "so": "So ", "yet": "Yet "}
_FEWEST = 5  # tokens of either half
_PAIRS = {"(": ")", "“": "”", "[": "]"}


def split(sentence: Span, context: Context) -> tuple[int, int, str] | None:
    """What to replace of the plain text, and by what, to split the sentence as near to its middle as can be.

    None where there is no such place, or where the first half would no longer say when or whether the second holds.
    """
    text = context.doc[sentence.start : sentence.end].text.rstrip()
    clauses = (clause for clause in context.facts.clauses if sentence.start <= clause.head < sentence.end)
    if text.endswith("?") or any(clause.conditional or clause.mood == "question" for clause in clauses):
        return None
    middle = (sentence.start + sentence.end) // 2
    places = [token for token in sentence if _joins_main_clauses(token, sentence)]
    return _edit(min(places, key=lambda token: abs(token.i - middle)), context) if places else None


def _joins_main_clauses(token: Token, sentence: Span) -> bool:
    """Whether the word joins the sentence's main clause to another that stands alone."""
    second = token.head
    first, after = sentence.doc[sentence.start : token.i], sentence.doc[token.i + 1 : sentence.end]
    return (
        token.norm_ in _JOINING
        and token.dep_ == "cc"
        and (second.dep_, second.head) == ("conj", sentence.root)
        and any(child.dep_ in _SUBJECTS and child.i > token.i for child in second.children)
        and any(child.dep_ in _SUBJECTS and child.i < token.i for child in sentence.root.children)
        and ("VerbForm=Inf" not in str(second.morph) or any(child.dep_ == "aux" for child in second.children))
        and min(len(first), len(after)) >= _FEWEST
        and _is_closed(first)
        and not any(t.head.i > token.i and t.head != second for t in first)
    )


def _is_closed(words: Span) -> bool:
    """Whether no bracket or quotation is open at the end."""
    texts = [token.text for token in words]
    return texts.count('"') % 2 == 0 and all(texts.count(one) == texts.count(two) for one, two in _PAIRS.items())


def _edit(joining: Token, context: Context) -> tuple[int, int, str]:
    """A full stop for the joining word and the comma before it; a capital for the word after it, if it is no tag."""
    last = joining.i - 1
    while context.doc[last].is_punct and context.doc[last].text in (",", ";", "—", "–", "-"):
        last -= 1
    start = context.plain(last, last + 1)[1]
    end = context.facts.offsets[joining.i + 1]
    lead = ". " + _JOINING[joining.norm_]
    if lead != ". " or any(tag.start == end for tag in context.draft.tags):
        return start, end, lead
    return start, end + 1, lead + context.draft.text[end].upper()
