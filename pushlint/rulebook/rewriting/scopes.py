"""Which words a finding marks and a rewrite replaces: the match, its clause, its sentence."""

from spacy.tokens import Doc

from pushlint.phrases.index import is_word
from pushlint.rulebook.context import Context, Match
from pushlint.rulebook.schema import Scope

_CLITICS = {"n't", "'ll", "'s", "'d", "'ve", "'re", "'m"}
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
