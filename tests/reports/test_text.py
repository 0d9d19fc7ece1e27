from dataclasses import replace
from typing import Any

import pytest

from pushlint.diagnostic import Severity
from pushlint.reports.text import closing
from pushlint.result import FileResult, Summary


@pytest.mark.parametrize(
    ("drafts", "expected"),
    [
        ([], "No drafts found."),
        ([[]], "No pushing found in 1 draft."),
        ([[], []], "No pushing found in 2 drafts."),
        ([["info"]], "Found 1 note in 1 draft."),
        ([["warning", "warning"], []], "Found 2 warnings in 1 of 2 drafts."),
        ([["warning"], ["info", "info"]], "Found 1 warning and 2 notes in both drafts."),
        ([["error"], ["warning"], ["info"]], "Found 1 error, 1 warning and 1 note in all 3 drafts."),
    ],
)
def test_the_last_line_counts_in_plain_words(drafts: list[list[Severity]], expected: str, maker: Any) -> None:
    summary = Summary()
    made = maker("close\n")
    for levels in drafts:
        summary.add(made.result(*(replace(made.finding("close"), severity=level) for level in levels)))
    explains = " `pushlint rule CLO001` explains." if any(drafts) else ""
    assert closing(summary) == expected + explains


def test_a_run_that_found_no_drafts_says_how_to_see_why() -> None:
    summary = Summary()
    summary.add(FileResult("README.md", passed_over="a readme by its name"))
    assert closing(summary) == "No drafts found. -v says what was passed over, and why."
