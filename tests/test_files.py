"""Which files a run takes: folders are walked with their .gitignore, files named outright are always taken."""

import os
from pathlib import Path

import pytest

from pushlint.files import discover
from pushlint.settings import Settings

DRAFT = "Hi Sam,\n\nIt is ready.\n"


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with drafts and other files."""
    files = {
        ".gitignore": "*.html\nbuild/\n!keep.html\n",
        "README.md": DRAFT,
        "LICENSE.txt": "Copyright",
        "drafts/one.md": DRAFT,
        "drafts/two.txt": "Subject: x\n\nText\n",
        "drafts/notes.md": "# Notes\n\nNothing.\n",
        "drafts/code.py": DRAFT,
        "drafts/page.html": "<p>Hi Sam,</p>",
        "drafts/keep.html": "<p>Hi Sam,</p>",
        "drafts/.gitignore": "private*\n",
        "drafts/private.md": DRAFT,
        "drafts/deep/private-2.md": DRAFT,
        "drafts/deep/three.eml": "From: a\nSubject: x\n\nText\n",
        "drafts/binary.txt": "Hi\0Sam",
        "build/out.md": DRAFT,
        "node_modules/dep.md": DRAFT,
        ".hidden/four.md": DRAFT,
        ".git/five.md": DRAFT,
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


FOUND = ("drafts/deep/three.eml", "drafts/keep.html", "drafts/one.md", "drafts/two.txt")


def test_a_folder_is_walked(tree: Path) -> None:
    found = discover(["."])
    assert found.files == FOUND
    assert found.errors == ()
    assert {(entry.path, entry.reason) for entry in found.passed_over} == {
        ("LICENSE.txt", "a license file by its name"),
        ("README.md", "a readme file by its name"),
        ("drafts/binary.txt", "binary"),
        ("drafts/deep/private-2.md", "ignored by .gitignore"),
        ("drafts/notes.md", "no subject, stage or greeting"),
        ("drafts/page.html", "ignored by .gitignore"),
        ("drafts/private.md", "ignored by .gitignore"),
    }


def test_the_repositorys_gitignore_holds_below(tree: Path) -> None:
    assert discover(["drafts"]).files == FOUND
    os.chdir("drafts")
    assert discover(["."]).files == tuple(path.removeprefix("drafts/") for path in FOUND)


def test_a_file_named_outright_is_always_taken(tree: Path) -> None:
    named = ["README.md", "drafts/code.py", "drafts/private.md", "build/out.md"]
    assert discover(named).files == tuple(sorted(named))


def test_a_file_is_taken_once(tree: Path) -> None:
    found = discover(["drafts/one.md", "drafts", "./drafts/one.md", str(tree / "drafts" / "one.md"), "drafts/notes.md"])
    assert found.files == tuple(sorted([*FOUND, "drafts/notes.md"]))
    assert "drafts/notes.md" not in [entry.path for entry in found.passed_over]


def test_patterns_that_the_shell_left(tree: Path) -> None:
    assert discover(["drafts/*.md"]).files == ("drafts/notes.md", "drafts/one.md", "drafts/private.md")
    assert discover(["drafts/**/three.*"]).files == ("drafts/deep/three.eml",)
    (error,) = discover(["nowhere/*.md"]).errors
    assert error.hint == "no file matches this pattern"


def test_a_bad_path_stops_no_other(tree: Path) -> None:
    found = discover(["missing.md", "drafts/one.md", "gone/"])
    assert found.files == ("drafts/one.md",)
    assert [(error.path, error.message) for error in found.errors] == [
        ("missing.md", "no such file or folder"),
        ("gone/", "no such file or folder"),
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_named_pipe_is_refused_and_never_waited_for(tree: Path) -> None:
    os.mkfifo(tree / "drafts" / "pipe.md")
    assert discover(["drafts/pipe.md"]).errors[0].message == "not a regular file"
    assert "drafts/pipe.md" in [entry.path for entry in discover(["drafts"]).passed_over]


@pytest.mark.skipif(getattr(os, "geteuid", lambda: 0)() == 0, reason="root reads everything")
def test_an_unreadable_file_is_told(tree: Path) -> None:
    (tree / "drafts" / "one.md").chmod(0)
    found = discover(["drafts"])
    assert [error.path for error in found.errors] == ["drafts/one.md"]
    assert "drafts/two.txt" in found.files


def test_a_loop_of_links_ends(tree: Path) -> None:
    (tree / "drafts" / "loop").symlink_to(tree / "drafts", target_is_directory=True)
    (tree / "drafts" / "link.md").symlink_to(tree / "drafts" / "one.md")
    (tree / "drafts" / "broken.md").symlink_to(tree / "gone.md")
    found = discover(["drafts"])
    assert len(found.files) == 4
    assert found.errors == ()


def test_a_folder_named_like_a_draft_is_walked(tree: Path) -> None:
    (tree / "drafts" / "x.md").mkdir()
    (tree / "drafts" / "x.md" / "in.md").write_text(DRAFT)
    assert "drafts/x.md/in.md" in discover(["drafts"]).files


SEQUENCES = {
    "a.json": '{"sequences": [{"subject": "x", "email_body": "The text"}]}',
    "b.jsonl": '{"subject": "x", "body": "The text"}\n',
    "c.yaml": "steps:\n  - subject: x\n    body: The text\n",
    "d.yml": "- {subject: x, body: The text}\n",
    "e.csv": "Name;Subject;Body\n",
    "f.tsv": '"Subject line"\t"Body"\n',
    "g.xml": "<EmailTemplate><subject>x</subject></EmailTemplate>",
    "no.json": '{"title": "x", "text": "y"}',
    "no.yaml": "on: push\njobs: {}\n",
    "no.csv": "name,text\n",
    "no.xml": "<project><text/></project>",
}


def test_files_of_sequences_are_told_by_their_keys(tmp_path: Path) -> None:
    for name, text in SEQUENCES.items():
        (tmp_path / name).write_text(text)
    found = discover([str(tmp_path)])
    assert [Path(path).name for path in found.files] == [name for name in SEQUENCES if not name.startswith("no")]
    assert {other.reason for other in found.passed_over} == {"no keys of a subject and a text near the top"}
    assert found.named == frozenset()


def test_an_ending_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "a.tpl").write_text("<p>Hi Sam,</p>")
    (tmp_path / "a.page.json").write_text("Hi Sam,")
    assert discover([str(tmp_path)]).files == ()
    settings = Settings(extensions=((".tpl", "html"), (".json", "json"), (".page.json", "plain")))
    found = discover([str(tmp_path)], lambda _: settings)
    assert [Path(path).name for path in found.files] == ["a.page.json", "a.tpl"]
