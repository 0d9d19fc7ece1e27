"""Whatever the draft, every finding stands exactly where it says, in order, and the same each time."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pushlint.diagnostic import Diagnostic
from pushlint.draft import Draft
from pushlint.errors import InputError
from pushlint.language import pipeline
from pushlint.linter import Linter
from pushlint.readers import read

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").iterdir())
PIECES = [
    "Hi Sam,\n\n", "Hi {{first_name}},\n\n", "Subject: Last chance\n\n", "Just checking in", "close this deal",
    "by Friday", "because our quarter closes", "$99 a month", "20% off", "only 3 seats left", "ACT NOW!!!",
    "I can hold this", "sign on the dotted line", "don’t miss out", "let's", "I", "we", "you", "need", "to know", "if",
    "and", "the", "{{company}}", "[Company]", "*|FNAME|*", "${{price}}", "{% if x %}", "{% endif %}", "&amp;", "**",
    "_", "[link](http://a.b)", "<b>", "</b>", "<br>", "\n\n", "\n", "\r\n", "- ", "> ", "On Monday, Sam wrote:\n",
    "P.S. ", "\n\nBest,\nDana\n", ", ", ". ", "? ", "! ", "“", "”", '"', "’s", "(", ")", "—", "👍🏽", "é",
    "e\u0301", "\u00a0",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), min_size=1, max_size=40).map(" ".join)
names = st.sampled_from(["draft.txt", "draft.md", "draft.html"])


def drafts_of(text: str, name: str = "draft.txt") -> list[Draft]:
    """The drafts of a file; none where the file is refused, being empty or binary."""
    try:
        return read(name, text.encode())
    except InputError:
        return []


def position(text: str, offset: int) -> tuple[int, int]:
    """Row and column by counting, not by the code under test."""
    before = text[:offset].replace("\r\n", "\0\n").replace("\r", "\n")
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def assert_exact(draft: Draft, found: Sequence[Diagnostic]) -> None:
    """Places, texts, order; no two findings of a rule overlap; nothing is said of a quoted thread."""
    source = draft.source.text
    for diagnostic in found:
        assert source[diagnostic.start : diagnostic.end] == diagnostic.text
        assert diagnostic.is_document == (not diagnostic.text)
        assert diagnostic.text == diagnostic.text.strip()
        assert diagnostic.zone != "quoted"
        assert diagnostic.message == " ".join(diagnostic.message.split()) != ""
        edits = [edit for fix in diagnostic.fixes for edit in fix.edits]
        for place in (diagnostic, *edits):
            assert 0 <= place.start <= place.end <= len(source)
            for offset, said in ((place.start, place.location), (place.end, place.end_location)):
                assert (said.row, said.column) == position(source, offset)
    documents = [d for d in found if d.is_document]
    spans = [d for d in found if not d.is_document]
    assert [*documents, *spans] == list(found)
    assert [d.start for d in spans] == sorted(d.start for d in spans)
    levels = ["error", "warning", "info"]
    assert [levels.index(d.severity) for d in documents] == sorted(levels.index(d.severity) for d in documents)
    for code in {d.code for d in spans}:
        places = sorted((d.start, d.end) for d in spans if d.code == code)
        assert all(one[1] <= two[0] for one, two in pairwise(places)), (code, places)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_findings_in_the_examples_are_exact(linter: Linter, path: Path) -> None:
    drafts = read(path.name, path.read_bytes())
    for draft, found in linter.lint(drafts):
        assert_exact(draft, found)


def test_considerate_examples_are_left_alone_and_pushy_ones_are_not(linter: Linter) -> None:
    for path in EXAMPLES:
        ((_, found),) = linter.lint(read(path.name, path.read_bytes()))
        places = {d.code for d in found if not d.is_document}
        if "considerate" in path.name:
            assert not places, path.name
        if "pushy" in path.name:
            assert {"CLO001", "PRI001", "URG001"} <= places


@given(text=texts, name=names)
@example(text="\r\n Hi Sam,\n\n Hi Sam,\n\n", name="draft.txt")
@example(text="Just checking in On Monday, Sam wrote:\n \x1b and ${{price}}", name="draft.txt")
@settings(max_examples=200, deadline=None)
def test_findings_in_any_draft_are_exact(linter: Linter, text: str, name: str) -> None:
    for draft, found in linter.lint(drafts_of(text, name)):
        assert_exact(draft, found)


@given(st.lists(texts, min_size=2, max_size=8))
@settings(max_examples=25, deadline=None)
def test_a_draft_is_judged_alike_alone_and_in_a_batch(linter: Linter, several: list[str]) -> None:
    drafts = [draft for text in several for draft in drafts_of(text)]
    together = [found for _, found in linter.lint(drafts)]
    assert together == [found for draft in drafts for _, found in linter.lint([draft])]


def test_a_finding_about_the_whole_draft_stands_at_its_first_word(linter: Linter) -> None:
    ((_, found),) = linter.lint(
        read("draft.txt", b"\r\n\r\n Hi Sam,\n\nWe would love to tell you all about our new office.\n")
    )
    assert {(d.location.row, d.location.column) for d in found if d.is_document} == {(3, 2)}


def test_a_quoted_thread_is_the_business_of_who_wrote_it(linter: Linter) -> None:
    push = "Let's close this deal by Friday, because that is when our quarter closes."
    text = f"Hi Sam,\n\nThanks for the note.\n\nOn Mon, 3 May 2026, Dana wrote:\n> {push}\n> Only 3 seats left!\n"
    ((_, found),) = linter.lint(read("draft.txt", text.encode()))
    assert [d.code for d in found if not d.is_document] == []
    ((_, found),) = linter.lint(read("draft.txt", f"Hi Sam,\n\n{push}\n".encode()))
    assert {"CLO001", "URG001"} <= {d.code for d in found}


def test_a_quoted_thread_is_not_parsed_and_changes_nothing(linter: Linter) -> None:
    """However long it is, it costs no time, and what the reader or the sender said in it does not count as said now."""
    text = "Hi Sam,\n\nWe should close this deal by Friday. Do you have an hour?\n"
    thread = "\nOn Mon, 3 May 2026, Dana wrote:\n> Hi {{first_nam}},\n> Here is a guide to late vans: https://a.example/guide\n"
    [alone], [quoting] = (read("draft.txt", body.encode()) for body in (text, text + thread))
    assert quoting.text != alone.text
    assert [[token.text for token in doc] for doc in linter.parse([quoting])] == [
        [token.text for token in doc] for doc in linter.parse([alone])
    ]
    (_, found), (_, found_quoting) = linter.lint([alone, quoting])
    assert found_quoting == found != []


@pytest.mark.parametrize(
    "text", ["", "\n", " \r\n\t", "{{body}}", "{% if x %}{% endif %}", "---\nstage: promo\n---\n", "> quoted\n",
             "<!-- -->", "*|A|* *|B|*", "---\n", "\ufeff", "!!!", "👍"]
)  # fmt: skip
@pytest.mark.parametrize("name", ["draft.txt", "draft.md", "draft.html"])
def test_a_draft_of_next_to_nothing_is_no_trouble(linter: Linter, name: str, text: str) -> None:
    for draft, found in linter.lint(drafts_of(text, name)):
        assert_exact(draft, found)


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        "I can hold this until Friday, because that is when our quarter closes. Let's close this deal.\n\n",
        "The report shows what changed in the shops last year and what did not. ",
        "a price, a name, a place, ",
    ],
)
def test_a_long_draft_is_judged_to_its_end(linter: Linter, unit: str) -> None:
    drafts = read("draft.txt", ("Hi Sam,\n\n" + unit * (20_000 // len(unit)) + "\n\nLet's close this deal.").encode())
    ((draft, found),) = linter.lint(drafts)
    assert "close this deal" in [draft.source.text[d.start : d.end] for d in found][-1]


def test_two_rules_of_a_family_do_not_find_the_same_words(linter: Linter) -> None:
    text = "Hi Sam,\n\nPlease sign before Friday, because that is when our quarter closes.\n"
    ((_, found),) = linter.lint(drafts_of(text))
    urgent = [d for d in found if d.code.startswith("URG")]
    assert "URG001" in {d.code for d in urgent}
    assert len({(d.start, d.end) for d in urgent}) == len(urgent)


def test_every_branch_of_a_template_is_judged_and_each_place_named_once(linter: Linter) -> None:
    choice = "{% if a %}Don't miss out.{% else %}Only 3 seats left.{% endif %}"
    text = f"{{Hi|Hello}} Sam,\n\nWe {{would love to close this deal|want to talk}}. {choice} Let us seal the deal.\n"
    ((_, found),) = linter.lint(drafts_of(text))
    texts = [d.text for d in found if d.code in ("CLO001", "URG002")]
    assert texts == ["close this deal", "Don't miss out", "Only 3 seats left", "seal the deal"]


@pytest.mark.slow
def test_findings_do_not_depend_on_the_order_of_a_set() -> None:
    command = [sys.executable, "-m", "pushlint", "check", "--isolated", "--no-cache", "--output-format", "json"]
    outputs = []
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run([*command, *map(str, EXAMPLES)], capture_output=True, env=env)
        assert done.returncode == 1, done.stderr.decode()
        outputs.append(done.stdout)
    assert json.loads(outputs[0])
    assert outputs[0] == outputs[1]


def test_words_without_end_are_not_remembered_and_change_nothing(
    linter: Linter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long run meets ever new names: once it knows many words, it forgets those of each batch."""
    pushy = (
        "Hi {name},\n\n{name}'d love to close this deal by Friday, can't we? Only 3 seats at {name}. We cannot hold it."
    )
    batches = [
        [draft for letter in letters for draft in drafts_of(pushy.format(name=f"Qa{letter}xilo{letters}"))]
        for letters in ("bcd", "fgh", "jkl")
    ]
    expected = [list(linter.lint(batch)) for batch in batches]
    strings = linter._nlp.vocab.strings
    monkeypatch.setattr(pipeline, "MOST_WORDS", 0)
    assert [linter.lint_batch(batch) for batch in batches] == expected
    before = len(strings)
    unheard = [drafts_of(pushy.format(name=f"Zu{letter}vimo"))[0] for letter in "bcdfgh"]
    found = linter.lint_batch(unheard)
    assert len(strings) == before
    monkeypatch.setattr(pipeline, "MOST_WORDS", 10**9)
    assert found == list(linter.lint(unheard))
    assert len(strings) > before
