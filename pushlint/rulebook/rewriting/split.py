"""Makes two sentences of one where its main clause ends and another, with a subject of its own, is joined to it."""

from spacy.tokens import Span, Token

from pushlint.rulebook.context import Context
from pushlint.rulebook.prose import words_of

_SUBJECTS = {"nsubj", "nsubj:pass", "expl", "csubj"}
# Joining words, and what the second sentence begins with.
_JOINING = {"and": "", "but": "But ", "so": "So ", "yet": "Yet "}
_MARKS = {",", ";", "—", "–", "-"}
_FEWEST = 5  # tokens of either half
_MOST = 30  # words of either half: more would be split again
_PAIRS = {"(": ")", "“": "”", "[": "]"}


def split(sentence: Span, context: Context) -> tuple[int, int, str] | None:
    """What to replace of the plain text, and by what, to split the sentence as near to its middle as can be.

    None where there is no such place, or where the first half would no longer say when or whether the second holds.
    """
    clauses = (clause for clause in context.facts.clauses if sentence.start <= clause.head < sentence.end)
    if sentence.text.endswith("?") or any(clause.conditional or clause.mood == "question" for clause in clauses):
        return None
    middle = (sentence.start + sentence.end) // 2
    places: list[Token] = []
    for second in filter(_is_clause, sentence.root.rights):
        opening = _opening(second, sentence)
        if opening is None:
            break  # "A is on, B is off, and C is out" is one row
        places.append(opening)
    best = min(places, key=lambda word: abs(word.i - middle), default=None)
    if (
        best is None
        or max(
            len(words_of(part)) for part in (sentence.doc[sentence.start : best.i], sentence.doc[best.i : sentence.end])
        )
        > _MOST
    ):
        return None
    return _edit(best, context)


def _opening(second: Token, sentence: Span) -> Token | None:
    """The word by which a second main clause opens: the one that joins it to the first, or follows a semicolon."""
    if not _has_subject(sentence.root):
        return None
    if "VerbForm=Inf" in str(second.morph) and not any(child.dep_ == "aux" for child in second.children):
        return None
    opening = next(token for token in second.subtree if not token.is_punct)
    before, after = sentence.doc[sentence.start : opening.i], sentence.doc[opening.i : sentence.end]
    if opening.i <= sentence.root.i or min(len(before), len(after)) <= _FEWEST or not _is_closed(before):
        return None
    if after[1].is_punct or after[1].is_quote:
        return None
    joins = opening.dep_ == "cc" or (opening.norm_ == "so" and before[-1].text == ",")
    return opening if before[-1].text == ";" or (joins and opening.norm_ in _JOINING) else None


def _is_clause(second: Token) -> bool:
    return second.dep_ in ("conj", "parataxis") and _has_subject(second)


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in _SUBJECTS for child in verb.lefts)


def _is_closed(words: Span) -> bool:
    """Whether no bracket or quotation is open at the end."""
    texts = [token.text for token in words]
    return texts.count('"') % 2 == 0 and all(texts.count(one) == texts.count(two) for one, two in _PAIRS.items())


def _edit(opening: Token, context: Context) -> tuple[int, int, str]:
    """A full stop for the mark and the joining word, and a capital for the word after it, if that is no tag."""
    last, first = opening.i - 1, opening.i
    while context.doc[last].text in _MARKS:
        last -= 1
    lead = ". "
    if opening.norm_ in _JOINING:
        first += 1
        lead += _JOINING[opening.norm_]
    start, end = context.plain(last, last + 1)[1], context.facts.offsets[first]
    if lead != ". " or context.draft.has_tag_at(end):
        return start, end, lead
    return start, end + 1, lead + context.draft.text[end].upper()
