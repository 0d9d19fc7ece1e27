"""Takes the volume out of words."""

from collections.abc import Mapping

import regex
from spacy.tokens import Doc, Token

from pushlint.language.loud import is_acronym, is_loud

_MARKS = regex.compile(r"[!?‼❗]{2,}|!(?:\s*!)+")
_SMALL = {"a", "an", "and", "at", "for", "in", "it", "of", "on", "or", "the", "to", "with"}
_TITLE = 2  # words of a label by whose capitals it is told how it writes
_ALL = 4  # words of a sentence that is shouted from end to end
_PICTURES = regex.compile(r"(\p{Extended_Pictographic}\ufe0f?)(?:\s*\p{Extended_Pictographic}\ufe0f?)+")


def calm(text: str, names: Mapping[str, str]) -> str:
    """Capitals lowered (but "I" and `names`, by their lower form), one mark for several, one emoji for a string."""
    text = _MARKS.sub(lambda found: "?" if "?" in found[0] else "!", text)
    text = _PICTURES.sub(r"\1", text)
    if len(text.split()) > 1 and text.isupper():
        text = regex.sub(r"\bi\b", "I", text.lower())
    else:
        text = regex.sub(r"\p{Lu}{2,}", lambda found: found[0].lower(), text)
    return regex.sub(r"\p{Ll}+", lambda found: names.get(found[0], found[0]), text)


def names(text: str) -> dict[str, str]:
    """The rare words that the text writes with a capital within a sentence, and never without, by their lower form."""
    found = {name.lower(): name for name in regex.findall(r"(?<=\p{Ll},? )\p{Lu}\p{Ll}+", text)}
    return {
        lower: name
        for lower, name in found.items()
        if not is_loud(name.upper()) and not regex.search(rf"\b{lower}\b", text)
    }


def is_name(start: int, end: int, doc: Doc) -> bool:
    """Whether the one word in capitals is where somebody goes or something comes from: "sign in at ACORN"."""
    case = doc[start - 1] if start else None
    named = doc[start].pos_ in ("PROPN", "NOUN") and not list(doc[start].rights)
    return end - start == 1 and named and case is not None and case.dep_ == "case" and case.norm_ in ("to", "at", "via")


def titled(text: str, like: str) -> str:
    """The text with capitals as the words of a label have them: "How to Book" for "Book Your Seat"."""
    words = [word for word in like.split() if word[0].isalpha()]
    if len(words) < _TITLE or like.isupper() or any(w[0].islower() for w in words if w.lower() not in _SMALL):
        return text
    return " ".join(w if w in _SMALL else w[0].upper() + w[1:] for w in text.split())


def loud_run(start: int, end: int, doc: Doc) -> tuple[int, int]:
    """The words with those in capitals right beside them: "DO NOT (EVER TOUCH) A KNIFE"; a sentence all in capitals."""
    if not any(t.is_alpha and t.is_upper for t in doc[start:end]):
        return start, end
    sentence = doc[start].sent
    words = [t for t in sentence if any(c.isalpha() for c in t.text) and not t.is_title]
    if len(words) >= _ALL and all(t.text.isupper() and not is_acronym(t.text) for t in words):
        return sentence.start, sentence.end  # all of it is shouted, whatever is not known among its words
    while start > sentence.start and _is_loud(doc[start - 1]):
        start -= 1
    while end < sentence.end and _is_loud(doc[end]):
        end += 1
    beside = end + 1 < sentence.end and doc[end].text == "," and _is_loud(doc[end + 1])
    before = start - 1 > sentence.start and doc[start - 1].text == "," and _is_loud(doc[start - 2])
    if not beside and not before:
        return start, end
    return loud_run(start - 2 if before else start, end + 2 if beside else end, doc)


def _is_loud(token: Token) -> bool:
    """Whether a word in capitals is one for volume; a name or an abbreviation is left alone."""
    return token.text.isupper() and (is_loud(token.text) or token.is_stop or not token.is_alpha or len(token) == 1)
