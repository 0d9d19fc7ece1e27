"""A phrase that was kept is the phrase that was compiled."""

from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.tokens import Doc

from pushlint.kept import FOLDER, Kept
from pushlint.phrases import PhraseIndex
from pushlint.phrases.compile import Compiler, KeptPhrase

VOCABULARIES = {
    "fruit": ["apple", "passion fruit", "(red|green) grape"],
    "basket": ["@fruit", "bread"],
    "one": ["pear"],
}
PHRASES = ["buy @basket", '(eat|buy:verb) (a|the)? @one ... "today"', "^ (get|buy) <money> of @fruit $", "@one? please"]
TEXT = "Buy passion fruit. Bought the pears just today. Get $5 of green grapes. I want a pear please."


def test_it_needs_and_finds_the_same(
    words_compiler: Compiler, parse: Callable[[str], Doc], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER, str(tmp_path))
    seen: list[object] = []
    for keeps in (False, True, True):
        kept: Kept[KeptPhrase] | None = Kept("phrases", KeptPhrase) if keeps else None
        compiler = Compiler(words_compiler._split, words_compiler._forms, VOCABULARIES, kept)
        patterns = [compiler.compile(phrase) for phrase in PHRASES]
        hits = PhraseIndex(compiler, PHRASES).find(parse(TEXT))
        assert set(hits) == set(PHRASES)
        found = [(phrase, hit.start, hit.end, hit.captures) for phrase in PHRASES for hit in hits[phrase]]
        steps = [[(step.kind, step.name, step.most) for step in pattern.steps] for pattern in patterns]
        seen.append((found, steps, [(set(pattern.anchor), pattern.anchors) for pattern in patterns]))
        if kept:
            kept.save()
    assert seen[0] == seen[1] == seen[2]
