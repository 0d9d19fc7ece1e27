"""Which phrases a sentence may have, told by what they cannot do without, as bits of a number.

There are thousands of phrases, each with some anchors of dozens of words, and ten words in a sentence. As each word
knows the phrases that it is an anchor of, to ask for all of them at once is to unite the numbers of these words.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence, Set
from functools import reduce
from operator import or_

from pushlint.phrases.bits import numbers

Anchor = frozenset[str]
"""Words (norms) and classes ("<money>"): where none of them stands, a phrase cannot be found."""

_ASKED = 3  # anchors of a phrase: the others rule out hardly a place more


class Anchors:
    """The anchors of some phrases: the `first` of each, and its `others`, asked for when that first stands somewhere.

    Of n phrases, number i has bit i for its first anchor, bit n + i for its second, and bit 2n + i for its third.
    """

    def __init__(self, first: Sequence[Collection[str]], others: Callable[[int], Sequence[Anchor]]) -> None:
        self._others = others
        self._count = len(first)
        self._every = (1 << self._count) - 1
        self._met = self._always = 0
        self._by_word: dict[str, int] = defaultdict(int)
        for number, anchor in enumerate(first):
            for word in anchor:
                self._by_word[word] |= 1 << number

    def given(self, words: Set[str]) -> Iterator[int]:
        """The numbers of the phrases that a sentence with these words and classes may have, in order."""
        bits = self._bits(words)
        if new := bits & self._every & ~self._met:
            for number in numbers(new):
                self._meet(number)
            bits = self._bits(words)
        return numbers(bits & bits >> self._count & bits >> 2 * self._count & self._every)

    def _bits(self, words: Set[str]) -> int:
        return reduce(or_, [self._by_word[word] for word in words if word in self._by_word], self._always)

    def _meet(self, number: int) -> None:
        self._met |= 1 << number
        others = self._others(number)
        for place in range(1, _ASKED):
            bit = 1 << place * self._count + number
            if place > len(others):
                self._always |= bit
            else:
                for word in others[place - 1]:
                    self._by_word[word] |= bit
