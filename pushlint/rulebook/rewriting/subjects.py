"""What is left to say in a subject line when the words found are taken out of it."""

from spacy.tokens import Span

from pushlint.rulebook.context import Context, Match
from pushlint.rulebook.rewriting.slots import written

_FEWEST = 2


def topic(sentence: Span, match: Match, context: Context) -> str | None:
    """The longest noun phrase beside the match: "Your tune-up" in "Last chance to book your tune-up"; no mere name."""
    found: list[tuple[int, int]] = []
    for token in sentence:
        if token.pos_ in ("NOUN", "PROPN") and token.ent_type_ not in ("DATE", "TIME", "PERSON", "ORG"):
            own = [t.i for t in token.lefts if t.dep_ in ("det", "nmod:poss", "amod", "compound", "nummod")]
            start = min([token.i, *(t.left_edge.i for t in token.lefts if t.i in own)])
            if all(i not in range(match.start, match.end) for i in range(start, token.i + 1)):
                found.append((start, token.i + 1))
    if not found:
        return None
    start, end = max(found, key=lambda place: place[1] - place[0])
    text = written(start, end, context)
    return text[0].upper() + text[1:]


def says_something(text: str) -> bool:
    """Whether what is left of a subject line is worth sending."""
    return sum(1 for word in text.split() if any(c.isalpha() for c in word)) >= _FEWEST
