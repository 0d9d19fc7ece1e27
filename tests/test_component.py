"""pushlint as a component of a spaCy pipeline, ours or somebody's own."""

import contextlib
import io
import re
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

import pushlint
from pushlint.resources import MODEL

TEXT = "Hi Sam,\n\nPlans start at $99 a month until Friday. Do you have 15 minutes on Tuesday?\n\nBest,\nDana"
README = Path(__file__).parent.parent / "README.md"


def own() -> Language:
    """A pipeline with UD labels and nothing of ours in it."""
    return spacy.load(MODEL)


def test_one_component_sets_all_the_facts() -> None:
    nlp = own()
    nlp.add_pipe("pushlint")
    known = nlp(TEXT)._.pushlint
    assert [amount.role for amount in known.amounts] == ["price"]
    assert [(ask.what, ask.minutes) for ask in known.asks] == [("time", 15)]
    assert [zone.kind for zone in known.draft.zones] == ["greeting", "body", "sign-off"]
    assert any("asks-time" in moves for moves in known.moves.values())


@pytest.mark.parametrize(
    ("component", "fact"),
    [("amounts", "amounts"), ("deadlines", "deadlines"), ("asks", "asks"), ("moves", "moves"), ("clauses", "clauses")],
)
def test_each_component_can_be_used_alone(component: str, fact: str) -> None:
    nlp = own()
    nlp.add_pipe(f"pushlint_{component}")
    assert getattr(nlp(TEXT)._.pushlint, fact)


def test_the_examples_in_the_readme_run() -> None:
    examples = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        for code in examples:
            exec(code, {})
    assert "our quarter closes is the clock of the sender" in printed.getvalue()


def test_load_pipeline_gives_the_same_language_each_time() -> None:
    assert isinstance(pushlint.load_pipeline(), Language)
    assert pushlint.load_pipeline() is pushlint.load_pipeline()


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Hi Sam,\n\nJust following up on my last note.", "follow-up"),
        ("Hi Sam,\n\nMy name is Dana and I run a studio in Leeds.", "first-touch"),
        ("Hi Sam,\n\nThis is my last email about the audit.", "breakup"),
        ("Hi Sam,\n\nThanks for getting back to me; the list is attached.", "reply"),
        ("Hi Sam,\n\nYour order has been shipped.", "transactional"),
        ("Hi Sam,\n\nHow do you handle returns today?", None),
    ],
)
def test_the_stage_is_told_from_the_words_or_left_open(text: str, stage: str | None) -> None:
    nlp = own()
    nlp.add_pipe("pushlint")
    assert nlp(text)._.pushlint.stage == stage
