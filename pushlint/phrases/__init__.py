"""The phrase language: patterns in words, looked for only where their rarest word occurs."""

from pushlint.phrases.index import Hit, Hits, PhraseIndex
from pushlint.phrases.parse import PhraseError

__all__ = ["Hit", "Hits", "PhraseError", "PhraseIndex"]
