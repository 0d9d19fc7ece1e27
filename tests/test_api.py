"""The Python API: one text or file or many, typed errors, settings, and nothing shared."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import pushlint

ROOT = Path(__file__).parents[1]
PUSHY = "Hi Sam,\n\nI need your answer by Friday.\n"
CALM = "Hi Sam,\n\nHow do you keep track of late parcels?\n"


@pytest.fixture(scope="module")
def linter() -> pushlint.Linter:
    return pushlint.Linter(pushlint.Settings(select=("URG",)))


def codes(result: pushlint.FileResult) -> list[str]:
    return [diagnostic.code for diagnostic in result.diagnostics]


def test_a_text_is_read_in_the_format_of_its_path(linter: pushlint.Linter) -> None:
    (found,) = linter.lint_text(PUSHY).diagnostics
    assert (found.code, found.path, found.location, found.text) == (
        "URG001", "-", pushlint.Position(3, 1), "I need your answer by Friday",
    )  # fmt: skip
    assert found.fixes[0].edits
    html = "<p>Hi Sam,</p><p>I need your <b>answer</b> by Friday.</p>"
    for result in (linter.lint_text(html, "a.html"), linter.lint_text(html, Path("a"), format="html")):
        assert result.format == "html"
        assert html[result.diagnostics[0].start :].startswith("I need your <b>")


def test_a_file_is_read_and_one_that_cannot_be_is_an_error(linter: pushlint.Linter, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(PUSHY, encoding="utf-8")
    assert codes(linter.lint_file(path)) == ["URG001"]
    with pytest.raises(pushlint.InputError, match="No such file"):
        linter.lint_file(tmp_path / "b.md")
    with pytest.raises(pushlint.InputError, match="Is a directory"):
        linter.lint_file(tmp_path)
    with pytest.raises(pushlint.InputError, match="empty"):
        linter.lint_text("", "c.md")
    with pytest.raises(pushlint.InputError, match="half a character at 3"):
        linter.lint_text("Hi \ud83d", "d.md")


def test_many_texts_come_back_in_their_order_as_they_come(linter: pushlint.Linter) -> None:
    taken = []

    def texts() -> Iterator[str | tuple[str, str]]:
        for number in range(200):
            taken.append(number)
            yield ("\ud83d" if number == 3 else "") if number % 50 == 3 else (f"{number}.md", PUSHY + "x" * number)

    results = linter.lint_texts(texts())
    assert next(results).path == "0.md"
    assert len(taken) < 200
    rest = list(results)
    assert len(rest) == 199
    for number, result in enumerate(rest, start=1):
        assert bool(result.error) is (number % 50 == 3)
        assert result.path == ("-" if result.error else f"{number}.md")
        assert codes(result) == ([] if result.error else ["URG001"])


def test_texts_are_judged_each_by_itself() -> None:
    step = "---\nsubject: One\nsequence: s\nstep: {}\nday: {}\n---\n" + CALM
    linter = pushlint.Linter(pushlint.Settings(select=("SEQ",)))
    texts = [(f"{number}.md", step.format(number, number)) for number in (1, 2, 3)]
    assert [codes(result) for result in linter.lint_texts(texts)] == [[], [], []]


def test_folders_are_walked_and_sequences_seen_together(tmp_path: Path) -> None:
    step = "---\nsubject: One\nsequence: s\nstep: {}\nday: {}\n---\n" + CALM
    for number in (1, 2, 3):
        (tmp_path / f"{number}.md").write_text(step.format(number, number))
    (tmp_path / "notes.md").write_text("Nothing here is a draft.\n")
    results = list(pushlint.Linter(pushlint.Settings(select=("SEQ",))).lint_files([tmp_path, "missing"]))
    assert {code for result in results for code in codes(result)}
    assert [result.path for result in results if result.error] == ["missing"]
    assert [Path(result.path).name for result in results if result.passed_over] == ["notes.md"]


def test_a_file_that_is_called_as_standard_input_is_a_file(
    linter: pushlint.Linter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("-").write_text(PUSHY)
    assert codes(linter.lint_file("-")) == ["URG001"]
    assert [codes(result) for result in linter.lint_files(["-"])] == [["URG001"]]


def test_settings_files_hold_where_they_are_asked_for(tmp_path: Path) -> None:
    (tmp_path / "pushlint.toml").write_text('select = ["URG001"]\nlevels = {URG001 = "error"}\n')
    path = tmp_path / "a.md"
    path.write_text(PUSHY)
    assert len(pushlint.lint_file(path).diagnostics) > 1
    (found,) = pushlint.lint_file(path, settings=pushlint.Configuration()).diagnostics
    assert (found.code, found.severity) == ("URG001", "error")
    (tmp_path / "pushlint.toml").write_text('select = ["URG999"]\n')
    with pytest.raises(pushlint.InputError, match="URG999"):
        pushlint.lint_file(path, settings=pushlint.Configuration())
    with pytest.raises(pushlint.InputError, match="URG999"):
        pushlint.lint_text(PUSHY, settings=pushlint.Settings(select=("URG999",)))


def test_what_may_stand_is_told_with_its_reason(linter: pushlint.Linter) -> None:
    text = "Hi Sam,\n\n<!-- pushlint: ignore URG001 because the fair opens then -->\nI need your answer by Friday.\n"
    result = linter.lint_text(text, "a.md")
    assert codes(result) == []
    assert [one.reason for one in result.suppressed] == ["the fair opens then"]


def test_every_name_is_there_and_importing_takes_nothing_along() -> None:
    assert all(getattr(pushlint, name) for name in pushlint.__all__)
    with pytest.raises(AttributeError):
        pushlint.lint_mail  # type: ignore[attr-defined]  # noqa: B018
    code = "import sys, pushlint; print([name for name in sys.modules if 'spacy' in name or name == 'click'])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "[]\n"


@pytest.mark.parametrize("page", ["docs/api.md", "README.md"])
def test_the_examples_run(page: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    examples = re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, object] = {}
    for example in examples:
        exec(example, names)
        printed = capsys.readouterr().out
        assert printed or "print" not in example, example


def test_types_are_told() -> None:
    assert (ROOT / "pushlint" / "py.typed").exists()
