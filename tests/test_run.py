"""The run itself: order, batches, and trouble with one file that must not become trouble with all."""

import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from pushlint import books
from pushlint import run as run_module
from pushlint.diagnostic import Diagnostic
from pushlint.draft import Draft
from pushlint.errors import InputError
from pushlint.run import Inputs, run
from pushlint.settings import Settings


class Linter:
    """A linter that finds nothing, cannot judge a draft that says "stuck", and counts the drafts it has in hand."""

    seen: list[str]

    def __init__(self, rules: object) -> None:
        self.seen = []

    def lint_batch(self, drafts: Iterable[Draft]) -> list[tuple[Draft, list[Diagnostic]]]:
        return list(self.lint(drafts))

    def lint(self, drafts: Iterable[Draft]) -> Iterator[tuple[Draft, list[Diagnostic]]]:
        for draft in drafts:
            if "stuck" in draft.text:
                raise InputError("took too long", path=draft.source.path)
            self.seen.append(draft.source.path)
            yield draft, []


@pytest.fixture
def linter(monkeypatch: pytest.MonkeyPatch) -> Linter:
    made = Linter(())
    monkeypatch.setattr(books, "linter_of", lambda rules, today: (made, []))
    return made


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for number in range(150):
        (tmp_path / f"{number:03}.txt").write_text(f"Hi Sam,\n\nDraft {number}.\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_files_come_back_in_order_each_with_its_own_draft(folder: Path, linter: Linter) -> None:
    results = list(run(Inputs(["."], Settings())))
    assert [result.path for result in results] == [f"{number:03}.txt" for number in range(150)]
    assert all(result.path == draft.source.path for result in results for draft, _ in result.drafts)
    assert all(len(result.drafts) == 1 for result in results)


def test_findings_are_given_back_before_all_files_are_read(folder: Path, linter: Linter) -> None:
    results = run(Inputs(["."], Settings()))
    next(results)
    assert len(linter.seen) == run_module.BATCH


def test_a_draft_that_cannot_be_judged_costs_its_file_alone(folder: Path, linter: Linter) -> None:
    (folder / "003.txt").write_text("Hi Sam,\n\nI am stuck.\n")
    results = list(run(Inputs(["."], Settings())))
    assert [result.path for result in results if result.error] == ["003.txt"]
    assert sum(len(result.drafts) for result in results) == 149


def test_an_unreadable_file_is_told_apart_by_name(folder: Path, linter: Linter) -> None:
    (folder / "004.txt").write_bytes(b"Hi Sam,\n\xff\n")
    [error] = [result.error for result in run(Inputs(["004.txt", "005.txt"], Settings())) if result.error]
    assert error.path == "004.txt" and error.line == 2


def test_standard_input_may_stand_among_files(folder: Path, linter: Linter) -> None:
    given = io.BytesIO(b"Hi Sam,\n\n*Hello*\n")
    results = list(run(Inputs(["001.txt", "-"], Settings(stdin_filename="x.md"), stdin=given)))
    assert {result.path for result in results} == {"x.md", "001.txt"}
    [draft] = [draft for result in results if result.path == "x.md" for draft, _ in result.drafts]
    assert "*" not in draft.text


def test_the_settings_say_the_stage_and_profile(folder: Path, linter: Linter) -> None:
    (folder / "a.txt").write_text("---\nstage: reply\n---\nHi Sam,\n")
    [result] = run(Inputs(["a.txt"], Settings(stage="breakup", profile="cold")))
    assert [(draft.stage, draft.profile) for draft, _ in result.drafts] == [("breakup", "cold")]
    [result] = run(Inputs(["a.txt"], Settings()))
    assert result.drafts[0][0].stage == "reply"


def test_the_settings_say_where_the_footer_comes_from(folder: Path, linter: Linter) -> None:
    (folder / "a.txt").write_text("---\nfooter: written\n---\nHi Sam,\n")
    [result] = run(Inputs(["a.txt"], Settings(footer="injected")))
    assert result.drafts[0][0].footer == "injected"


def test_an_unknown_rule_is_refused_before_anything_is_read(folder: Path, linter: Linter) -> None:
    with pytest.raises(InputError, match="there is no rule"):
        list(run(Inputs(["."], Settings(select=("XYZ",)))))
    assert not linter.seen


def test_a_run_over_nothing_but_wrong_paths_needs_no_linter(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(books, "linter_of", None)
    [result] = run(Inputs(["missing.txt"], Settings()))
    assert result.error and "no such file" in result.error.message


def test_a_subject_that_variants_share_is_judged_once(folder: Path) -> None:
    variants = [{"body": f"Hi Sam, a text of number {number}."} for number in (1, 2)]
    (folder / "a.json").write_text(json.dumps({"steps": [{"subject": "Close this deal", "variants": variants}]}))
    [result] = run(Inputs(["a.json"], Settings(select=("CLO",))))
    assert [draft.subject for draft, _ in result.drafts] == ["Close this deal"] * 2
    assert [found.code for found in result.diagnostics] == ["CLO001"]
