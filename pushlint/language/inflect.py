"""Puts a verb into the form of another."""

from functools import cache
from pathlib import Path

from spacy.tokens import Span

VERBS = Path(__file__).with_name("verbs.tsv")
"""The forms of the verbs that lemminflect knows, as `tools/write_verbs.py` writes them: its own dictionary takes as
long to load as the pipeline does."""
TAGS = ("VBD", "VBN", "VBG", "VBZ")
"""The forms, in their order there."""
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
    if verb in known_verbs():
        return known_verbs()[verb].split("\t")[TAGS.index(tag)]
    from lemminflect import getInflection  # heavy, and seldom needed

    forms = getInflection(verb, tag)
    return forms[0] if forms else verb


@cache
def known_verbs() -> dict[str, str]:
    """The verbs that have their forms in the table, each with these."""
    lines = VERBS.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines)


def _tag(morph: str, norm: str, lemma: str) -> str:
    if "VerbForm=Ger" in morph or ("VerbForm=Part" in morph and norm.endswith("ing")):
        return "VBG"
    if "VerbForm=Part" in morph:
        return "VBN"
    if norm == lemma:
        return "VB"
    return next((tag for feature, tag in _FINITE.items() if feature in morph), "VB")
