"""Sets of small numbers, each as one number: n is in it where bit n is set."""

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_


def numbers(bits: int) -> Iterator[int]:
    """The numbers in the set, in order."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def union(some: Iterable[int]) -> int:
    """The numbers of all the sets."""
    return reduce(or_, some, 0)
