"""Finds where outreach e-mail pushes, says why, and suggests the considerate rewrite. Works offline."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["load_pipeline"]


def load_pipeline() -> "Language":
    """The language pipeline that ships with pushlint, as spaCy loads it; never from the network."""
    from pushlint.language import load_pipeline as load  # here, so that `import pushlint` does not import spaCy

    return load()
