"""The phrase language: patterns in words, compiled to spaCy matchers that run only where their rarest word occurs."""

from pushlint.phrases.index import Hit, PhraseIndex
from pushlint.phrases.parse import PhraseError

__all__ = ["Hit", "PhraseError", "PhraseIndex"]
