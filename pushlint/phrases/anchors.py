"""What phrases cannot do without, as bits of a number.

There are thousands of anchors, of dozens of words each, and some twenty words in a sentence. As each anchor has a bit,
to ask a sentence for all that a phrase cannot do without is to compare two numbers.
"""

from collections import defaultdict
from collections.abc import Iterable, Set
from functools import reduce
from operator import or_

Anchor = frozenset[str]
"""Words (norms) and classes ("<money>"): where none of them stands, a phrase cannot be found."""


class Anchors:
    """The anchors that were asked for so far, and their number."""

    def __init__(self) -> None:
        self.count = 0
        self._bits: dict[Anchor, int] = {}
        self._anchors: list[tuple[int, Anchor]] = []
        self._by_word: dict[str, int] = defaultdict(int)

    def bits(self, anchors: Iterable[Anchor]) -> int:
        """The bits of some anchors."""
        return reduce(or_, map(self._bit, anchors))

    def given(self, words: Set[str], since: int = 0) -> int:
        """The bits of the anchors that have one of these words or classes, of those from number `since` on."""
        if since:  # a few that were met since
            new = self._anchors[since:]
            return reduce(or_, (bit for bit, anchor in new if not anchor.isdisjoint(words)), 0)
        return reduce(or_, (self._by_word.get(word, 0) for word in words), 0)

    def _bit(self, anchor: Anchor) -> int:
        if anchor not in self._bits:
            self._bits[anchor] = bit = 1 << self.count
            self._anchors.append((bit, anchor))
            self.count += 1
            for word in anchor:
                self._by_word[word] |= bit
        return self._bits[anchor]
