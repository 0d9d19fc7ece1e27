"""Takes the volume out of words."""

import regex
from spacy.tokens import Doc, Token

from pushlint.language.loud import is_acronym, is_loud

_MARKS = regex.compile(r"[!?‼❗]{2,}|!(?:\s*!)+")
_ALL = 4  # words of a sentence that is shouted from end to end
_PICTURES = regex.compile(r"(\p{Extended_Pictographic}\ufe0f?)(?:\s*\p{Extended_Pictographic}\ufe0f?)+")


def calm(text: str) -> str:
    """Capitals lowered (but "I"), one mark for several, one emoji for a string of them."""
    text = _MARKS.sub(lambda found: "?" if "?" in found[0] else "!", text)
    text = _PICTURES.sub(r"\1", text)
    if len(text.split()) > 1 and text.isupper():
        return regex.sub(r"\bi\b", "I", text.lower())
    return regex.sub(r"\p{Lu}{2,}", lambda found: found[0].lower(), text)


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
