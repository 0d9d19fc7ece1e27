"""Loads the trained pipeline with pushlint's components, and makes Docs of drafts."""

from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

import pushlint.language.amounts
import pushlint.language.clauses
import pushlint.language.deadlines
import pushlint.language.entities
import pushlint.language.words  # noqa: F401  these imports register the components
from pushlint.draft import Draft
from pushlint.language.facts import Facts
from pushlint.resources import MODEL

COMPONENTS = ("pushlint_words", "pushlint_entities", "pushlint_clauses", "pushlint_amounts", "pushlint_deadlines")


def _after_filler(draft: Draft, offsets: list[int], words: list[str]) -> bool:
    """Whether the last word, in capitals, follows a tag that stands for a sentence: "{{icebreaker}} How do you ..."."""
    before = offsets[-2] if len(offsets) > 1 else None
    is_text = any(tag.type == "text" and tag.start == before for tag in draft.tags)
    opens = any(block.start == before for block in draft.blocks)
    return is_text and opens and words[-1][0].isupper()


@cache
def load_pipeline() -> Language:
    """The pipeline that ships with pushlint: tagger, morphologizer, parser, lemmatizer, then our components.

    It is loaded from the package, never from the network.
    """
    nlp = spacy.load(MODEL)
    for component in COMPONENTS:
        nlp.add_pipe(component)
    return nlp


def make_doc(nlp: Language, draft: Draft) -> Doc:
    """The draft's words as a Doc, not yet parsed: a sentence starts with each block, white space is no token."""
    words: list[str] = []
    spaces: list[bool] = []
    offsets: list[int] = []
    starts: list[bool | int | None] = []
    for block in draft.blocks:
        first = len(words)
        for token in nlp.make_doc(draft.text[block.start : block.end].replace("\n", " ")):
            if token.is_space:
                continue
            words.append(token.text)
            spaces.append(bool(token.whitespace_))
            offsets.append(block.start + token.idx)
            starts.append(True if len(words) == first + 1 or _after_filler(draft, offsets, words) else None)
        if len(words) > first:
            spaces[-1] = True
    doc = Doc(nlp.vocab, words=words, spaces=spaces, sent_starts=starts)
    doc._.pushlint = Facts(offsets=offsets, draft=draft)
    return doc
