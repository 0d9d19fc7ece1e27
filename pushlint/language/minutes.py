"""How long a span of time is."""

from collections.abc import Iterator

from spacy.tokens import Span

_MINUTES = {"minute": 1, "min": 1, "hour": 60, "hr": 60, "day": 480}
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "five": 5, "ten": 10, "fifteen": 15}
_NUMBERS |= {"twenty": 20, "thirty": 30, "forty": 40, "forty-five": 45, "sixty": 60}


def minutes(sentence: Span) -> int | None:
    """The longest span of time that the sentence names, in minutes (a day is eight hours); None where it names none."""
    found = [_length(span) for span in _durations(sentence)]
    return max((length for length in found if length), default=None)


def _durations(sentence: Span) -> Iterator[Span]:
    """The spans of time in the sentence; `sentence.ents` would look through all those of the Doc."""
    doc = sentence.doc
    for token in sentence:
        if token.ent_type_ == "DURATION" and token.ent_iob_ == "B":
            end = token.i + 1
            while end < sentence.end and doc[end].ent_iob_ == "I":
                end += 1
            yield doc[token.i : end]


def _length(span: Span) -> int | None:
    unit = next((_MINUTES[t.norm_.rstrip("s")] for t in span if t.norm_.rstrip("s") in _MINUTES), None)
    number = next((_number(t.norm_) for t in reversed(span) if _number(t.norm_)), None)
    if unit is None or number is None:
        return None
    return unit * number // 2 if any(t.norm_ == "half" for t in span) else unit * number


def _number(word: str) -> int | None:
    return int(word) if word.isdigit() else _NUMBERS.get(word)
