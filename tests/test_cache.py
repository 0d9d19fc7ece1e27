"""Results that are kept between runs never change a report, never hold too long, and never get in the way."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from pushlint import cache as cache_module
from pushlint import store
from pushlint.cache import NAME, Cache
from pushlint.cli import main
from pushlint.kept import FOLDER
from pushlint.reports import FORMATS
from pushlint.run import Inputs, run
from pushlint.settings import Settings

ROOT = Path(__file__).parents[1]
CLEAN = "Hi Sam,\n\nHow do you keep track of late parcels?\n"
PUSHY = "Hi Sam,\n\nI'd love to close this deal before Friday. Plans start at $99 a month.\n"
STEP = "---\nsubject: One\nsequence: s\nstep: {0}\nday: {0}\nowner: Ann\n---\n" + CLEAN
Check = Callable[..., str]


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a few drafts; results are kept in it, what is compiled stays where it is."""
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "a.md").write_text(PUSHY)
    (folder / "b.md").write_text(CLEAN)
    (folder / "notes.md").write_text("No draft.\n")
    monkeypatch.chdir(folder)
    monkeypatch.setattr(cache_module, "FOLDER", "PUSHLINT_NOWHERE")
    return folder


@pytest.fixture
def linted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are linted anew, as they are."""
    from pushlint.books import Book

    names: list[str] = []
    lint = Book.lint

    def noted(self: Book, files):  # type: ignore[no-untyped-def]
        names.extend(file.path for file in files)
        return lint(self, files)

    monkeypatch.setattr(Book, "lint", noted)
    return names


def check(*args: str) -> str:
    done = CliRunner().invoke(main, ["check", *args])
    assert done.exit_code in (0, 1), done.output
    return done.output


def stores(folder: Path) -> Iterator[Path]:
    return (folder / NAME).glob("*.results")


def test_every_report_is_the_same_from_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, linted: list[str]
) -> None:
    monkeypatch.setattr(cache_module, "FOLDER", "PUSHLINT_NOWHERE")
    for name in ("GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)
    work = tmp_path / "work"
    shutil.copytree(ROOT / "examples", work / "drafts")
    shutil.copytree(ROOT / "tests" / "fixtures", work / "fixtures")
    (work / "CODEOWNERS").write_text("*.md Ann\n")
    (work / "kept.md").write_text("Hi,\n\n<!-- pushlint: ignore CLO001 because so -->\nI'd love to close this deal.\n")
    monkeypatch.chdir(work)

    def reports(name: str, *options: str) -> dict[str, str]:
        """All reports of one run by their format, and what was printed beside them."""
        folder = tmp_path / name
        folder.mkdir()
        outputs = [f"--output={format}={folder / format}" for format in FORMATS]
        ran = CliRunner().invoke(main, ["check", "-v", *options, *outputs])
        written = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
        assert written.keys() == set(FORMATS) and all(written.values())
        return written | {"printed": f"{ran.output}\n{ran.exit_code}"}

    without = reports("without", "--no-cache")
    cold = reports("cold")
    linted.clear()
    warm = reports("warm")
    broken = [line for line in without["printed"].splitlines() if line.startswith("error:")]
    assert len(linted) <= len(broken)
    for name, text in without.items():
        assert text == cold[name] == warm[name], name


def test_only_what_changed_is_linted_anew(work: Path, linted: list[str]) -> None:
    first = check()
    assert linted == ["a.md", "b.md"]
    linted.clear()
    assert check() == first
    assert linted == []
    (work / "b.md").write_text(PUSHY)
    assert "b.md:3" in check()
    assert linted == ["b.md"]
    linted.clear()
    (work / "b.md").write_text(CLEAN)
    (work / "c.md").write_text(CLEAN)
    (work / "a.md").unlink()
    check()
    check()
    assert linted == ["b.md", "c.md"]


def test_drafts_may_be_called_by_any_name(work: Path) -> None:
    for paths, shown in (
        (["."], "a.md"),
        ([str(work)], str(work / "a.md")),
        (["a.md"], "a.md"),
        (["../work"], "../work/a.md"),
    ):
        cold, warm = check(*paths), check(*paths)
        assert cold == warm == check("--no-cache", *paths)
        assert f"{shown}:3:" in warm


def test_a_file_without_e_mails_is_an_error_where_it_is_named(work: Path) -> None:
    (work / "x.json").write_text('{"subject": "", "note": {"body": []}}')
    for _ in range(2):
        assert "error" not in check("-v")
        assert CliRunner().invoke(main, ["check", "x.json"]).exit_code == 2
        assert CliRunner().invoke(main, ["check", "x.json", "a.md"]).exit_code == 2


def test_settings_rules_and_the_day_count(work: Path, linted: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def is_new(*args: str) -> bool:
        linted.clear()
        check(*args)
        anew = bool(linted)
        linted.clear()
        check(*args)
        assert not linted
        return anew

    assert is_new()
    assert is_new("--select", "CLO")
    assert not is_new()
    assert is_new("--stage", "reply")
    (work / "pushlint.toml").write_text('terms = ["close this deal"]\n')
    assert is_new()
    rules = work / "house"
    rules.mkdir()
    shutil.copy(next((ROOT / "rules" / "CLO-closing").glob("CLO001*")), rules / "x.yaml")
    assert is_new("--rules", "house")
    text = (rules / "x.yaml").read_text()
    (rules / "x.yaml").write_text(text + "\n# changed\n")
    assert is_new("--rules", "house")
    monkeypatch.setattr("pushlint.settings.date", Tomorrow)
    assert is_new()
    monkeypatch.setattr(cache_module, "_program", lambda: b"another version")
    assert is_new()


class Tomorrow(date):
    @classmethod
    def today(cls) -> "Tomorrow":
        return cls(2041, 1, 1)


def test_the_files_of_a_sequence_are_known_together(work: Path, linted: list[str]) -> None:
    for number in (1, 2, 3):
        (work / f"{number}.md").write_text(STEP.format(number))
    first = check("--select", "SEQ")
    assert "SEQ" in first
    linted.clear()
    assert check("--select", "SEQ") == first
    assert linted == []
    assert check("--select", "SEQ", "1.md") == check("--select", "SEQ", "1.md", "--no-cache")
    linted.clear()
    (work / "3.md").write_text(STEP.format(3) + "\nOne thing more: the list is here.\n")
    changed = check("--select", "SEQ")
    assert linted == ["1.md", "2.md", "3.md"]
    assert changed == check("--select", "SEQ", "--no-cache")


@pytest.mark.parametrize("content", [b"", b"\x00" * 500, b"\xff" * 16 + b"\x81\xa1a\x07"])
def test_a_damaged_cache_is_made_anew(work: Path, content: bytes, linted: list[str]) -> None:
    first = check()
    for path in stores(work):
        path.write_bytes(content)
    linted.clear()
    assert check() == first
    assert linted
    linted.clear()
    assert check() == first
    assert not linted


def test_a_cache_cut_short_is_made_anew(work: Path) -> None:
    first = check()
    for path in stores(work):
        path.write_bytes(path.read_bytes()[:-100])
    assert check() == first


@pytest.mark.parametrize("there", ["a file", "no rights"])
def test_where_nothing_can_be_written_nothing_is_kept(there: str, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if there == "a file":
        (work / NAME).write_text("")
    else:
        monkeypatch.setattr(cache_module, "_make", _refuse)
    assert check() == check() == check("--no-cache")
    assert not (work / NAME).is_dir()


def _refuse(folder: Path) -> None:
    raise PermissionError(13, "Read-only file system")


def test_the_folder_tells_what_it_is_and_old_files_go(work: Path) -> None:
    check()
    assert (work / NAME / ".gitignore").read_text() == "*\n"
    assert (work / NAME / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55")
    (old,) = stores(work)
    os.utime(old, (0, 0))
    check("--select", "CLO")
    assert not old.exists()
    assert len(list(stores(work))) == 1


def test_it_stands_beside_the_settings_or_where_they_say(work: Path) -> None:
    inner = work / "inner"
    inner.mkdir()
    (inner / "c.md").write_text(PUSHY)
    (inner / "pushlint.toml").write_text("")
    check("inner")
    assert (inner / NAME).is_dir()
    (inner / "pushlint.toml").write_text('cache = "../elsewhere"\n')
    check("inner")
    assert list((work / "elsewhere").glob("*.results"))
    shutil.rmtree(inner / NAME)
    (inner / "pushlint.toml").write_text("cache = false\n")
    check("inner")
    assert not (inner / NAME).exists()
    assert not (work / NAME).exists()


def test_nothing_is_kept_without_a_cache(work: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    env = {name: value for name, value in os.environ.items() if name not in (FOLDER, "XDG_CACHE_HOME")}
    command = [sys.executable, "-m", "pushlint", "check", ".", "--isolated", "--no-cache"]
    ran = subprocess.run(command, env=env | {"HOME": str(home)}, cwd=work, capture_output=True, check=False, timeout=60)
    assert ran.returncode == 1, ran.stderr
    assert not (work / NAME).exists() and not list(home.iterdir())


def test_clean_removes_the_cache_and_nothing_else(work: Path) -> None:
    check()
    (work / NAME / "mine.txt").write_text("mine")
    assert CliRunner().invoke(main, ["clean"]).output == f"Removed {work / NAME}.\n"
    assert [path.name for path in (work / NAME).iterdir()] == ["mine.txt"]
    (work / NAME / "mine.txt").unlink()
    check()
    CliRunner().invoke(main, ["clean"])
    assert CliRunner().invoke(main, ["clean"]).output == "There is nothing to remove.\n"
    assert (work / "a.md").exists()


def test_clean_leaves_a_folder_alone_that_was_there(work: Path) -> None:
    (work / "mine").mkdir()
    (work / "mine" / ".gitignore").write_text("*.tmp\n")
    (work / "mine" / "my.results").write_text("mine")
    os.utime(work / "mine" / "my.results", (0, 0))
    (work / "pushlint.toml").write_text('cache = "mine"\n')
    check()
    CliRunner().invoke(main, ["clean"])
    assert sorted(path.name for path in (work / "mine").iterdir()) == [".gitignore", "my.results"]


def test_fixing_looks_anew(work: Path, linted: list[str]) -> None:
    check()
    linted.clear()
    check("--diff")
    assert linted[:2] == ["a.md", "b.md"]


def test_errors_are_told_each_time(work: Path) -> None:
    (work / "bad.md").write_bytes(b"Hi Sam,\n\n\xff\n")
    rules = work / "house"
    rules.mkdir()
    (rules / "x.yaml").write_text("code: 7\n")
    for args in (["."], [".", "--rules", "house"]):
        cold, warm = (CliRunner().invoke(main, ["check", *args]) for _ in range(2))
        assert cold.exit_code == warm.exit_code == 2
        assert cold.output == warm.output
        assert "bad.md" in warm.output
    misspelt = [CliRunner().invoke(main, ["check", "--select", "CLO999"]) for _ in range(2)]
    assert [done.exit_code for done in misspelt] == [2, 2]


def test_what_changes_while_it_is_linted_is_not_kept(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(work / NAME)
    results = run(Inputs(["a.md"], Settings(isolated=True)), cache=cache)
    put = Cache.put

    def late(self: Cache, *args) -> None:  # type: ignore[no-untyped-def]
        (work / "a.md").write_text(CLEAN)
        put(self, *args)

    monkeypatch.setattr(Cache, "put", late)
    assert [found.code for result in results for found in result.diagnostics]
    (work / "a.md").write_text(PUSHY)
    (again,) = run(Inputs(["a.md"], Settings(isolated=True)), cache=Cache(work / NAME))
    assert again.drafts[0][0].blocks  # read anew: the cache keeps none


def test_an_unchanged_run_imports_no_language(work: Path) -> None:
    env = os.environ | {FOLDER: str(work.parent / "shared")}
    outputs = [f"--output={format}={work.parent / format}" for format in ("concise", "json", "github")]
    command = [sys.executable, "-X", "importtime", "-m", "pushlint", "check", "--exit-zero", "--output=full", *outputs]
    first, second = (
        subprocess.run(command, capture_output=True, text=True, timeout=120, env=env, check=True) for _ in range(2)
    )
    names = {line.rpartition("|")[2].strip() for line in second.stderr.splitlines() if line.startswith("import time:")}
    assert "pushlint.cache" in names
    assert not names & {
        "spacy",
        "thinc",
        "numpy",
        "yaml",
        "regex",
        "tree_sitter",
        "pushlint.readers",
        "pushlint.rulebook",
    }
    assert first.stdout == second.stdout


def test_what_is_found_in_many_drafts_is_not_held(
    work: Path, linted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It lies in a temporary file, and comes back from there and from the cache as it was."""
    (work / "sub").mkdir()
    for number in range(20):
        (work / "sub" / f"{number}.md").write_text(PUSHY.replace("$99", f"${number}"))
    alone = check("--output-format", "json", "--no-cache")
    monkeypatch.setattr(store, "_IN_MEMORY", 1000)
    monkeypatch.setattr(store, "_CHUNK", 64)
    assert check("--output-format", "json") == alone
    linted.clear()
    (work / "sub" / "7.md").write_text(PUSHY.replace("$99", "$700"))
    changed = check("--output-format", "json")
    assert linted == ["sub/7.md"]
    linted.clear()
    assert check("--output-format", "json") == changed == check("--output-format", "json", "--no-cache")
