"""Puts a verb into the form of another."""

from spacy.tokens import Span

_FINITE = {"Tense=Past": "VBD", "Person=3": "VBZ"}


def inflect_like(verb: str, words: Span) -> str:
    """`verb` (its first word) in the form of the first verb in `words` (closing -> seeing), or as it is."""
    model = next((token for token in words if token.pos_ in ("VERB", "AUX")), None)
    tag = _tag(str(model.morph), model.norm_, model.lemma_) if model is not None else "VB"
    if tag == "VB":
        return verb
    head, *rest = verb.split()
    return " ".join([_inflect(head, tag), *rest])


def gerund(verb: str) -> str:
    """The -ing form of a verb."""
    return _inflect(verb, "VBG")


def _inflect(verb: str, tag: str) -> str:
    from lemminflect import getInflection  # heavy, and seldom needed

    forms = getInflection(verb, tag)
    return forms[0] if forms else verb


def _tag(morph: str, norm: str, lemma: str) -> str:
    if "VerbForm=Ger" in morph or ("VerbForm=Part" in morph and norm.endswith("ing")):
        return "VBG"
    if "VerbForm=Part" in morph:
        return "VBN"
    if norm == lemma:
        return "VB"
    return next((tag for feature, tag in _FINITE.items() if feature in morph), "VB")
