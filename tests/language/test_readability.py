"""The grade is that of textstat, on counts that agree with ours, and costs nothing until it is asked for."""

import subprocess
import sys
from importlib.resources import files
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushlint.language.readability import grade

EASY = [["we", "met", "on", "the", "train"], ["it", "was", "late"]]
HARD = [["considerable", "administrative", "complexity", "necessitates", "documentation"]]
words = st.text("abcdefghijklmnopqrstuvwxyzABCéß0123456789", min_size=1, max_size=12)


@pytest.fixture(scope="module")
def textstat() -> Any:
    """Its measures, without their rounding. It opens a word list by pkg_resources, which setuptools no longer has."""
    stand_in: Any = ModuleType("pkg_resources")
    stand_in.resource_stream = lambda package, path: files(package).joinpath(path).open("rb")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "pkg_resources", stand_in)
        from textstat.textstat import textstatistics
    measures = textstatistics()
    measures.set_rounding(False)
    return measures


def test_the_grade_is_by_the_formula_of_flesch_and_kincaid() -> None:
    assert grade([["one", "two", "three", "four"]]) == 0
    assert grade([["paper", "garden", "winter"]]) == pytest.approx(0.39 * 3 + 11.8 * 6 / 3 - 15.59)
    assert grade([["paper", "garden", "sun", "sea"]] * 3) == pytest.approx(0.39 * 4 + 11.8 * 6 / 4 - 15.59)
    assert grade(EASY) < 2 < 10 < grade([*HARD, *EASY]) < grade(HARD)


def test_nothing_to_measure_is_grade_0() -> None:
    assert grade([]) == grade([[]]) == grade([["considerable", "complexity"]]) == 0


@given(st.lists(st.lists(words, max_size=8), max_size=6))
def test_it_is_the_grade_of_textstat(textstat: Any, sentences: list[list[str]]) -> None:
    counted = [sentence for sentence in sentences if len(sentence) > 2]
    text = " ".join(" ".join(sentence) + "." for sentence in counted)
    assert grade(sentences) == (max(0.0, textstat.flesch_kincaid_grade(text)) if text else 0)


def test_hyphenation_is_loaded_for_words_that_are_new_without_a_network() -> None:
    code = """if True:
        import socket, sys
        import pushlint.linter
        from pushlint.language.readability import grade
        assert "pyphen" not in sys.modules
        socket.socket = None
        assert grade([["one", "two", "unheardofly"]]) > 0
        assert ("pyphen" in sys.modules) is (sys.argv[1] == "new")
    """
    for known in ("new", "kept"):
        done = subprocess.run([sys.executable, "-c", code, known], capture_output=True, text=True)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
