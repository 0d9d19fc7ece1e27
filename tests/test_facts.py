"""The facts agree with the labels in benchmarks/, and the labels are what the benchmark says they are."""

import importlib.util
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner

from pushlint.rulebook.load import shipped_asks, shipped_moves

PATH = Path(__file__).parent.parent / "benchmarks" / "facts.py"
FLOORS = {"seen": 0.92, "unseen": 0.83}  # over all facts
LOWEST = 0.85  # of any one fact in the seen set
LOST_IN_LOWER_CASE = 0.04


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmark_facts", PATH)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up by its name
    spec.loader.exec_module(module)
    return module


def labelled(benchmark: ModuleType, of_set: str) -> list[Any]:
    return [label for fact in benchmark.FACTS for label in benchmark.labels(fact, of_set)]


@pytest.mark.parametrize(("of_set", "least"), [("seen", 740), ("unseen", 250)])
def test_labels_hold_what_they_promise(benchmark: ModuleType, of_set: str, least: int) -> None:
    """Words asked about stand once in their sentence, names are the pipeline's, half the lines are minimal pairs."""
    moves = {move.name for move in shipped_moves()}
    asks = {ask.name for ask in shipped_asks()} | {benchmark.NONE}
    every = labelled(benchmark, of_set)
    for label in every:
        assert label.text.count(label.of) == 1, label
        assert label.text.lower().count(label.of.lower()) == 1, label
        assert label.fact != "move" or moves.issuperset(label.value), label
        assert label.fact != "ask" or label.value[0].split(":")[0] in asks, label
    pairs = Counter(label.pair for label in every if label.pair)
    assert min(pairs.values()) > 1
    assert len({(label.fact, label.text, label.of) for label in every}) == len(every) >= least
    assert pairs.total() >= len(every) / 2


def test_unseen_labels_share_no_sentence_with_the_seen(benchmark: ModuleType) -> None:
    seen, unseen = ({label.text.lower() for label in labelled(benchmark, name)} for name in benchmark.SETS)
    assert not seen & unseen


@pytest.mark.parametrize("of_set", FLOORS)
def test_facts_agree_with_the_labels(benchmark: ModuleType, of_set: str) -> None:
    every = labelled(benchmark, of_set)
    typed, lowered = benchmark.answers(every), benchmark.answers([label.lowered() for label in every])
    assert benchmark.score(typed).accuracy >= FLOORS[of_set]
    assert benchmark.score(lowered).accuracy >= benchmark.score(typed).accuracy - LOST_IN_LOWER_CASE
    for fact in benchmark.FACTS if of_set == "seen" else ():
        assert benchmark.score(a for a in typed if a.label.fact == fact).accuracy >= LOWEST, fact


def test_decisions_about_moves_count_what_is_expected_or_found(benchmark: ModuleType) -> None:
    label = benchmark.Label("move", "Worth a quick reply?", "Worth a quick reply?", ("asks-time", "small-step"), None)
    assert sorted(benchmark.Answer(label, ("nudges", "small-step")).decisions) == [False, False, True]
    assert benchmark.Answer(benchmark.Label("move", "Hi.", "Hi.", (), None), ()).decisions == [True]
    assert benchmark.Answer(benchmark.Label("ask", "Hi.", "Hi.", ("none",), None), ("reply", "time")).decisions == [
        False
    ]


@pytest.mark.parametrize(
    ("chosen", "shown"), [("both", {"seen", "unseen"}), ("seen", {"seen"}), ("unseen", {"unseen"})]
)
def test_script_prints_figures_and_misses_of_the_sets_asked_for(
    benchmark: ModuleType, chosen: str, shown: set[str]
) -> None:
    result = CliRunner().invoke(
        benchmark.main, ["--set", chosen, "--misses", "1", "actor", "move"], catch_exceptions=False
    )
    assert result.exit_code == 0
    counts = {name: sum(len(benchmark.labels(fact, name)) for fact in ("actor", "move")) for name in benchmark.SETS}
    counted = {name: f"{name}: {count} sentences" for name, count in counts.items()}
    printed = result.output.splitlines()
    assert {name for name, count in counted.items() if any(line.startswith(count) for line in printed)} == shown
    assert result.output.count("exactly the moves expected") == len(shown)
