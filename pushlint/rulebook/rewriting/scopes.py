"""Which words a finding marks and a rewrite replaces: the match, its clause, its sentence."""

from spacy.tokens import Doc

from pushlint.phrases.index import is_word
from pushlint.rulebook.context import Context, Match
from pushlint.rulebook.schema import Scope

_CLITICS = {"n't", "'ll", "'s", "'d", "'ve", "'re", "'m"}
_JOINING = {"so", "then", "and", "but", "because", "as"}
_SUBJECTS = ("nsubj", "nsubj:pass", "expl", "csubj")
_DASHES = {"–", "—", "-", "--"}
_TIMES = {"DATE", "TIME"}
# Words that belong to one that follows, and say nothing without it.
_LEANING = {"case", "det", "cc", "mark", "aux", "aux:pass", "nmod:poss", "cop"}


def scope_tokens(scope: Scope, match: Match, context: Context) -> tuple[int, int]:
    """The tokens of the match, of its clause (without the punctuation around it) or of its sentence."""
    start, end = match.start, match.end
    sentence, clause = context.sentence(match), context.clause(match)
    if scope == "sentence" and sentence is not None:
        start, end = sentence.start, sentence.end
        if context.zone(match) != "subject":
            return start, end
    if scope == "clause" and clause is not None:
        start, end = min(start, clause.start), max(end, clause.end)
    return _trimmed(start, end, context.doc)


def replaced_tokens(scope: Scope, match: Match, context: Context) -> tuple[int, int]:
    """The tokens that new words for the scope take the place of.

    A time is replaced whole. A clause keeps the word that joins it to another, and takes in what shares its subject.
    """
    start, end = cut_tokens(scope, match, context)
    if scope == "match":
        return whole_time(start, end, context.doc)
    clause = context.clause(match) if scope == "clause" else None
    if clause is None:
        return start, end
    while end - start > 1 and context.doc[start].norm_ in _JOINING and context.doc[start].dep_ != "case":
        start += 1
    found = context.doc[start:end]
    for part in [child for word in found for child in word.rights if child.dep_ == "conj"]:
        if part.i >= end and part.pos_ == "VERB" and not any(t.dep_ in _SUBJECTS for t in part.lefts):
            own = {t.i for t in part.subtree}
            end = part.i + 1
            while end in own and context.doc[end].text not in _DASHES and context.doc[end].dep_ != "cc":
                end += 1
    while end - start > 1 and context.doc[end - 1].is_punct:
        end -= 1
    return start, end


def cut_tokens(scope: Scope, match: Match, context: Context) -> tuple[int, int]:
    """The tokens that a cut of the scope begins with; of a clause, its own words, not all up to its full stop."""
    start, end = scope_tokens(scope, match, context)
    clause = context.clause(match) if scope == "clause" else None
    if clause is None:
        return start, end
    words = [i for i in clause.tokens if not context.doc[i].is_punct] or [clause.head]
    return start, max(start + 1, match.end, min(end, words[-1] + 1))


def whole_time(start: int, end: int, doc: Doc) -> tuple[int, int]:
    """The words with the rest of a time that they begin to tell: "before midnight (on Sunday)"."""
    if doc[end - 1].ent_type_ not in _TIMES:
        return start, end
    while end < len(doc):
        step = 2 if doc[end].norm_ in ("on", "at", "of", "in") and end + 1 < len(doc) else 1
        if doc[end + step - 1].ent_type_ not in _TIMES or doc[end].is_sent_start:
            break
        end += step
    return start, end


def bare(start: int, end: int, doc: Doc) -> tuple[int, int]:
    """The words without the arrows, emoji and marks on either side of them."""
    words = [i for i in range(start, end) if any(map(str.isalnum, doc[i].text))]
    return (words[0], words[-1] + 1) if words else (start, end)


def scope_span(scope: Scope, match: Match, context: Context) -> tuple[int, int]:
    """The same as a plain span."""
    return context.plain(*scope_tokens(scope, match, context))


def _trimmed(start: int, end: int, doc: Doc) -> tuple[int, int]:
    """From a whole word to a whole one, and without what leans on words outside at the end; marks alone are left."""
    if not any(is_word(token) for token in doc[start:end]):
        return start, end
    while start and doc[start].lower_.replace("’", "'") in _CLITICS:
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1  # an amount or a date is not cut in two
    while end - start > 1 and (
        _is_loose(doc, end - 1) or (doc[end - 1].dep_ in _LEANING and doc[end - 1].head.i >= end)
    ):
        end -= 1
    while end - start > 1 and (doc[start].is_punct or doc[start].dep_ == "cc"):
        start += 1
    return start, end


def _is_loose(doc: Doc, index: int) -> bool:
    return not is_word(doc[index]) and doc[index].text not in ("%", ")", "]")
