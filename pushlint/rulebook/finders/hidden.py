"""Finds text that styling hides."""

from collections.abc import Iterator
from textwrap import shorten

from pushlint.rulebook.context import Context, Match
from pushlint.rulebook.schema import Finder, Hidden

_LONGEST = 60  # characters of the hidden text that a message repeats


def find(finder: Finder, context: Context) -> Iterator[Match]:
    """Each stretch of hidden text with enough words. It has no tokens: nobody reads it."""
    assert isinstance(finder.hidden, Hidden)
    for hidden in context.draft.hidden:
        words = [word for word in hidden.text.split() if any(character.isalpha() for character in word)]
        if not hidden.revealed and len(words) >= finder.hidden.words:
            said = shorten(hidden.text, _LONGEST, placeholder=" …")
            yield Match(0, 0, unseen=(hidden.start, hidden.end), words={"hidden": said})
