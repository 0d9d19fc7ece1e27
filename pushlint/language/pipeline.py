"""Loads the trained pipeline with pushlint's components, and makes Docs of drafts."""

from collections.abc import Container, Iterator
from contextlib import contextmanager
from functools import cache
from typing import cast

from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.tokens import Doc

from pushlint.draft import Draft
from pushlint.language import amounts, clauses, deadlines, entities, words
from pushlint.language.facts import Facts
from pushlint.language.loading import load_model
from pushlint.language.tokenizer import ContractionTokenizer

# Words without an end mark after which a sentence is taken to end (a pasted table, a list of names): the time that a
# sentence takes grows with the square of its length.
LONGEST_SENTENCE = 200
_END_MARKS = {".", "!", "?", "…"}

# Words that a pipeline remembers, at about a kilobyte each with all that is kept of it. An archive has ever new names.
MOST_WORDS = 50_000

COMPONENTS = (words.NAME, entities.NAME, clauses.NAME, amounts.NAME, deadlines.NAME)


def _starts_sentence(
    draft: Draft, offsets: list[int], texts: list[str], number: int, fillers: Container[int]
) -> bool | None:
    """Whether the last token, `number` of its block from 1, starts a sentence; None leaves it to the parser.

    After one of the `fillers`, at these offsets, a word in capitals does: "{{icebreaker}} How do you ...".
    """
    if number == 1 or (offsets[-2] in fillers and texts[-1][0].isupper()):
        return True
    if offsets[-2] + len(texts[-2]) == offsets[-1]:
        marks = not texts[-1][0].isalnum(), not texts[-2][0].isalnum()
        # An end mark opens no sentence, nor is an opening quotation mark one by itself.
        return False if marks[0] or (marks[1] and number == 2) else None
    return False if _runs_on(draft, offsets, texts) else None


def _runs_on(draft: Draft, offsets: list[int], texts: list[str]) -> bool:
    """Whether the last token is a lower-case word after another, or after "50%", on its line: no sentence starts."""
    before = offsets[-2] + len(texts[-2])
    goes_on = texts[-2][-1].isalnum() or texts[-2] == "%"
    return texts[-1][0].islower() and goes_on and "\n" not in draft.text[before : offsets[-1]]


def _fillers(draft: Draft) -> set[int]:
    """Where a block opens with a tag that stands for a sentence."""
    return {tag.start for tag in draft.tags if tag.type == "text"}.intersection(block.start for block in draft.blocks)


def _straight(word: str) -> str:
    """A word with a straight apostrophe, which the model knows best."""
    return word.replace("’", "'") if "’" in word and any(c.isalpha() for c in word) else word


@cache
def load_pipeline() -> Language:
    """The pipeline that ships with pushlint: tagger, morphologizer, parser, lemmatizer, then our components.

    It is loaded from the package, never from the network.
    """
    nlp = load_model()
    tokenizer: Tokenizer = nlp.tokenizer
    for rupees in ("Rs.", "rs."):  # no sentence ends there
        tokenizer.add_special_case(rupees, [{"ORTH": rupees}])
    for component in COMPONENTS:
        nlp.add_pipe(component)
    return nlp


@contextmanager
def forgetting(nlp: Language) -> Iterator[None]:
    """Has the pipeline forget the words that it first meets inside, once it remembers very many.

    No Doc that is made inside may be used outside.
    """
    if len(nlp.vocab) < MOST_WORDS:
        yield
        return
    cast(ContractionTokenizer, nlp.tokenizer).learn_all()  # inside, what it learns would be forgotten with the words
    with nlp.memory_zone():
        yield


def make_doc(nlp: Language, draft: Draft) -> Doc:
    """The draft's words as a Doc, not yet parsed: a sentence starts with each block, white space is no token.

    An earlier e-mail that is quoted below has no tokens: these are not the sender's words of now, and nobody asks.
    """
    texts: list[str] = []
    spaces: list[bool] = []
    offsets: list[int] = []
    starts: list[bool | int | None] = []
    fillers = _fillers(draft)
    for block in (block for block in draft.blocks if draft.zone_at(block.start) != "quoted"):
        first = start = len(texts)
        for token in nlp.make_doc(draft.text[block.start : block.end].replace("\n", " ")):
            if token.is_space:
                continue
            texts.append(_straight(token.text))
            spaces.append(bool(token.whitespace_))
            offsets.append(block.start + token.idx)
            too_long = len(texts) - start > LONGEST_SENTENCE
            starts.append(True if too_long else _starts_sentence(draft, offsets, texts, len(texts) - first, fillers))
            if too_long or token.text in _END_MARKS:
                start = len(texts)
        if len(texts) > first:
            spaces[-1] = True
    doc = Doc(nlp.vocab, words=texts, spaces=spaces, sent_starts=starts)
    doc._.pushlint = Facts(offsets=offsets, draft=draft)
    return doc
