"""`pushlint init` writes a settings file that fits the drafts."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pushlint.config.resolve import Configuration

Run = Any

OFFER = "---\nprofile: newsletter\n---\nHi {{firstName}},\n\nHere is what {{companyName}} can learn in May.\n"
NOTE = "Hi {{firstName}},\n\nHow do you prune roses today?\n\n{{accountSignature}}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: notes, and newsletters in a folder of their own."""
    (tmp_path / "news").mkdir()
    for number in range(4):
        (tmp_path / "news" / f"{number}.md").write_text(OFFER)
        (tmp_path / f"{number}.md").write_text(NOTE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_it_fits_the_drafts(pushlint: Run, folder: Path) -> None:
    result = pushlint("init")
    assert result.exit_code == 0
    assert "Looked at 8 drafts in 2 folders." in result.stdout
    text = (folder / "pushlint.toml").read_text()
    assert text.startswith("#:schema https://")
    settings = tomllib.loads(text)
    assert settings["per-file"]["news/*"]["profile"] == "newsletter"
    assert '# firstName = {type = "person"}  # 8\n' in text and '# companyName = {type = "company"}  # 4\n' in text
    assert Configuration().of("news/x.md").unsaid.profile == "newsletter"
    assert pushlint("check").exit_code in (0, 1)


def test_what_is_offered_as_a_comment_can_be_taken_as_it_is(pushlint: Run, folder: Path) -> None:
    pushlint("init")
    lines = (folder / "pushlint.toml").read_text().splitlines()
    taken = [line.removeprefix("# ") if " = " in line or line == "# [tags]" else line for line in lines]
    (folder / "pushlint.toml").write_text("\n".join(line for line in taken if not line.startswith("with ")))
    assert Configuration().of("x.md").unsaid.tags


def test_nothing_is_overwritten_unasked(pushlint: Run, folder: Path) -> None:
    (folder / "pushlint.toml").write_text("# ours\n")
    result = pushlint("init")
    assert result.exit_code == 2 and "there are settings already" in result.stderr and "--force" in result.stderr
    assert (folder / "pushlint.toml").read_text() == "# ours\n"
    assert pushlint("init", "--force").exit_code == 0
    assert "# ours" not in (folder / "pushlint.toml").read_text()


@pytest.mark.parametrize("name", [".pushlint.toml", "pyproject.toml"])
def test_settings_of_another_name_are_not_shadowed(pushlint: Run, folder: Path, name: str) -> None:
    (folder / name).write_text("[tool.pushlint]\n" if name == "pyproject.toml" else "")
    assert pushlint("init", "--force").exit_code == 2
    assert not (folder / "pushlint.toml").exists()


def test_it_builds_on_the_settings_above(pushlint: Run, folder: Path) -> None:
    (folder / "pushlint.toml").write_text('stage = "reply"\n')
    pushlint("init", "news")
    assert Configuration().of("news/x.md").unsaid.stage == "reply"


def test_a_folder_without_drafts_gets_one_too(pushlint: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = pushlint("init")
    assert result.exit_code == 0 and "No drafts found here yet" in result.stdout
    assert tomllib.loads((tmp_path / "pushlint.toml").read_text()) == {}


def test_a_folder_that_is_not_there_is_an_error(pushlint: Run, folder: Path) -> None:
    assert pushlint("init", "nowhere").exit_code == 2


def test_nothing_is_half_written(pushlint: Run, folder: Path) -> None:
    (folder / "pushlint.toml").mkdir()
    assert pushlint("init", "--force").exit_code == 2
    assert sorted(path.name for path in folder.iterdir()) == ["0.md", "1.md", "2.md", "3.md", "news", "pushlint.toml"]
