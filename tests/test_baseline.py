"""A baseline: what is known is not shown again, wherever it moves, and what is gone is counted."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from pushlint import baseline
from pushlint.baseline import Baseline
from pushlint.errors import InputError
from pushlint.result import FileResult
from pushlint.run import Inputs, run
from pushlint.settings import Settings

PUSH = "Buy now, and the boxes are yours."
SETTINGS = Settings(isolated=True, select=("CLO002", "VAL001"), stage="first-touch")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _lint() -> list[FileResult]:
    return list(run(Inputs(["."], SETTINGS)))


def _made() -> Baseline:
    made = baseline.of(_lint(), Path(baseline.NAME))
    Path(baseline.NAME).write_text(baseline.text(made))
    return baseline.load(Path(baseline.NAME))


def _new(known: Baseline) -> list[tuple[str, str, int]]:
    return [(r.path, d.code, d.location.row) for r in map(known.only_new, _lint()) for d in r.diagnostics]


def test_nothing_is_new_after_it_is_written_and_what_moves_stays_known() -> None:
    Path("a.md").write_text(f"Hi Sam,\n\n{PUSH}\n")
    known = _made()
    assert _new(known) == [] and known.gone() == []
    Path("a.md").write_text("Hi Sam,\n\nThe rain has stopped at last.\n\n" + PUSH.replace(", and", ",\nand"))
    assert _new(known) == [] and known.gone() == []


def test_one_more_of_the_same_is_new() -> None:
    Path("a.md").write_text(f"Hi Sam,\n\n{PUSH}\n")
    known = _made()
    Path("a.md").write_text(f"Hi Sam,\n\n{PUSH}\n\n{PUSH}\n")
    Path("b.md").write_text(f"Hi Sam,\n\n{PUSH}\n")
    assert [(path, code) for path, code, _ in _new(known)] == [
        ("a.md", "CLO002"),
        ("b.md", "VAL001"),
        ("b.md", "CLO002"),
    ]


def test_what_is_put_right_is_gone_and_does_not_come_back_unseen() -> None:
    Path("a.md").write_text(f"Hi Sam,\n\n{PUSH}\n")
    Path("b.md").write_text(f"Hi Sam,\n\n{PUSH}\n")
    known = _made()
    Path("a.md").write_text("Hi Sam,\n\nHere is the list of boxes that you asked for.\n")
    Path("b.md").unlink()
    _new(known)
    assert {(name, entry.code) for name, entry in known.gone()} >= {("a.md", "CLO002"), ("b.md", "CLO002")}
    kept = known.without_gone()
    Path("a.md").write_text(f"Hi Sam,\n\n{PUSH}\n")
    assert ("a.md", "CLO002", 3) in _new(kept)


def test_a_file_that_was_not_looked_at_is_not_gone() -> None:
    for name in ("a.md", "b.md"):
        Path(name).write_text(f"Hi Sam,\n\n{PUSH}\n")
    known = _made()
    for result in run(Inputs(["a.md"], SETTINGS)):
        known.only_new(result)
    assert known.gone() == []


def test_it_is_the_same_from_any_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("drafts").mkdir()
    Path("drafts/a.md").write_text(f"Hi Sam,\n\n{PUSH}\n")
    _made()
    monkeypatch.chdir("drafts")
    found = baseline.find(Path())
    assert found is not None and _new(baseline.load(found)) == []


def test_the_search_ends_at_the_root_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / baseline.NAME).write_text("{}")
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    assert baseline.find(tmp_path / "repo") is None


def test_the_file_is_sorted_with_a_line_for_each_finding() -> None:
    for name in ("b.md", "a.md", "größe.md"):
        Path(name).write_text(f'Hi Sam,\n\n{PUSH} It\'s a "box".\n\n{PUSH}\n')
    _made()
    text = Path(baseline.NAME).read_text()
    assert list(json.loads(text)["files"]) == ["a.md", "b.md", "größe.md"]
    assert text.count("CLO002") == sum("CLO002" in line for line in text.splitlines()) == 6


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "this is no baseline"),
        (b"{", "this is no baseline"),
        (b'{"version": 1, "files": []}', "this is no baseline"),
        (b'{"version": 1, "files": {"a.md": [{"code": "CLO002"}]}}', "this is no baseline"),
        (b"\xff\xfe", "this is no baseline"),
        (b'{"version": 1, "files": {}, "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "this is no baseline"),
        (b'{"version": 7, "files": {}}', "version 7"),
    ],
)
def test_what_is_no_baseline_is_refused(content: bytes, said: str) -> None:
    Path(baseline.NAME).write_bytes(content)
    with pytest.raises(InputError, match=said):
        baseline.load(Path(baseline.NAME))


def test_a_large_one_is_read_at_once() -> None:
    entries: Iterable[dict[str, str]] = [
        {"fingerprint": f"{number:032x}", "code": "CLO002", "words": "w" * 80} for number in range(300_000)
    ]
    Path(baseline.NAME).write_text(json.dumps({"version": 1, "files": {"a.md": list(entries)}}))
    assert len(baseline.load(Path(baseline.NAME)).files["a.md"]) == 300_000
