"""pushlint as one component of any spaCy pipeline with Universal Dependencies labels.

    nlp.add_pipe("pushlint")
    doc = nlp("I need your answer by Friday, because that is when our quarter closes.")
    doc._.pushlint.deadlines[0].owner          # "sender"

What it sets is documented in `pushlint.language.facts.Facts`.
"""

from spacy.language import Language
from spacy.tokens import Doc

from pushlint.draft import Draft, Segment, Source, SourceMap
from pushlint.language.facts import facts
from pushlint.language.pipeline import COMPONENTS
from pushlint.readers.layout import lay_out
from pushlint.rulebook.moves import ASKS, MOVES, PROFILE, STAGE, ZONES

PARTS = (ZONES, *COMPONENTS, STAGE, ASKS, MOVES, PROFILE)


@Language.component(ZONES, assigns=["doc._.pushlint"])
def zones(doc: Doc) -> Doc:
    """Sets `doc._.pushlint.draft`, the zones and blocks of the Doc's text, unless the Doc was made of a draft."""
    known = facts(doc)
    known.done.add(ZONES)
    if known.draft is None:
        known.draft = draft_of(doc.text)
    return doc


@Language.factory(
    "pushlint",
    assigns=["doc._.pushlint", "doc.ents"],
    requires=["token.pos", "token.morph", "token.lemma", "token.dep", "token.head"],
)
def make_pushlint(nlp: Language, name: str) -> "Pushlint":
    """Makes the component."""
    return Pushlint(nlp)


class Pushlint:
    """Sets `doc._.pushlint`, the Doc's `Facts`: zones, stage, profile, clauses, amounts, deadlines, asks, moves."""

    def __init__(self, nlp: Language) -> None:
        self._parts = [nlp.create_pipe(part) for part in PARTS]

    def __call__(self, doc: Doc) -> Doc:
        for part in self._parts:
            doc = part(doc)
        return doc


def draft_of(text: str) -> Draft:
    """A text as it stands, as a draft: its zones and blocks told from its lines, nothing decoded, no merge tags."""
    source = Source("", text)
    source_map = SourceMap([Segment(text, 0, len(text), "literal")] if text else [])
    zones, blocks = lay_out(source, source_map, 0, (), (), wrapped=True, quotes=True)
    return Draft(source, source_map, zones, blocks, typed=text)
