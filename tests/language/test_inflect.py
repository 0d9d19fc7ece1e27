"""Verbs take the forms that lemminflect gives them, and its dictionary is not loaded for those that are known."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from pushlint.language.inflect import VERBS, gerund

TOOLS = Path(__file__).parents[2] / "tools"


def test_the_forms_are_those_of_lemminflect(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(TOOLS)
    assert VERBS.read_text(encoding="utf-8") == import_module("write_verbs").text(), "run `python tools/write_verbs.py`"


@pytest.mark.parametrize(
    ("verb", "form"),
    [("book", "booking"), ("see", "seeing"), ("cut", "cutting"), ("lie", "lying"), ("unpush", "unpushing")],
)
def test_a_verb_is_inflected_known_or_not(verb: str, form: str) -> None:
    assert gerund(verb) == form


def test_no_dictionary_is_loaded_for_a_known_verb() -> None:
    code = """if True:
        import sys
        import pushlint.linter
        from pushlint.language.inflect import gerund
        assert gerund("schedule") == "scheduling"
        assert "lemminflect" not in sys.modules
    """
    subprocess.run([sys.executable, "-c", code], check=True)
