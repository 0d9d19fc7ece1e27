"""The grade is that of textstat, on counts that agree with ours, and costs nothing until it is asked for."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushlint.language.readability import grade, measures

EASY = [["we", "met", "on", "the", "train"], ["it", "was", "late"]]
HARD = [["considerable", "administrative", "complexity", "necessitates", "documentation"]]
words = st.text("abcdefghijklmnopqrstuvwxyzéß0123456789", min_size=1, max_size=12)


def test_the_grade_is_by_the_formula_of_flesch_and_kincaid() -> None:
    assert grade([["one", "two", "three", "four"]]) == 0
    assert grade([["paper", "garden", "winter"]]) == pytest.approx(0.39 * 3 + 11.8 * 6 / 3 - 15.59)
    assert grade([["paper", "garden", "sun", "sea"]] * 3) == pytest.approx(0.39 * 4 + 11.8 * 6 / 4 - 15.59)
    assert grade(EASY) < 2 < 10 < grade([*HARD, *EASY]) < grade(HARD)


def test_nothing_to_measure_is_grade_0() -> None:
    assert grade([]) == grade([[]]) == grade([["considerable", "complexity"]]) == 0


@given(st.lists(st.lists(words, max_size=8), max_size=6))
def testmeasures_counts_the_sentences_and_words_that_it_is_given(sentences: list[list[str]]) -> None:
    assert grade(sentences) >= 0
    counted = [sentence for sentence in sentences if len(sentence) > 2]
    text = " ".join(" ".join(sentence) + "." for sentence in counted)
    assert measures().lexicon_count(text) == sum(map(len, counted))
    assert measures().sentence_count(text) == max(1, len(counted))


def testmeasures_is_loaded_when_it_is_needed_without_a_word_and_without_pkg_resources() -> None:
    code = """if True:
        import socket, sys
        from pushlint.language.readability import grade
        assert not {"textstat", "pyphen"} & set(sys.modules)
        socket.socket = None
        assert grade([["one", "two", "three"]]) == 0
        assert "textstat" in sys.modules and "pkg_resources" not in sys.modules
        import textstat
        assert textstat.difficult_words("It is an administrative complexity.") == 2
    """
    done = subprocess.run([sys.executable, "-W", "error::UserWarning", "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
