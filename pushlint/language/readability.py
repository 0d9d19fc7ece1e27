"""How hard a text is to read, by textstat."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from types import ModuleType
from typing import Any

# textstat takes two words or fewer for an abbreviation's end, and does not count them as a sentence.
_FEWEST = 3


def grade(sentences: Iterable[Sequence[str]]) -> float:
    """The Flesch-Kincaid grade of sentences of words without marks; 0 where there is nothing to measure.

    textstat tells sentences by their end marks, also those of "e.g." and "3.5", and finds none in a list. So it is
    given the sentences and words that the pipeline knows, and its counts agree with ours.
    """
    text = " ".join(" ".join(words) + "." for words in sentences if len(words) >= _FEWEST)
    return max(0.0, float(measures().flesch_kincaid_grade(text))) if text else 0.0


@cache
def measures() -> Any:
    """textstat's measures, without their rounding; loaded when they are first asked for, as it takes time."""
    with _without_pkg_resources():
        from textstat.textstat import textstatistics
    measures = textstatistics()
    measures.set_rounding(False)
    return measures


@contextmanager
def _without_pkg_resources() -> Iterator[None]:
    """A stand-in for pkg_resources, which textstat imports to open one word list.

    setuptools has had none since its version 82, and where it has, it is slow to import and warns that it will go.
    """
    name = "pkg_resources"
    if name in sys.modules:
        yield
        return
    stand_in: Any = ModuleType(name)
    stand_in.resource_stream = lambda package, path: files(package).joinpath(path).open("rb")
    sys.modules[name] = stand_in
    try:
        yield
    finally:
        del sys.modules[name]
