"""The hook in the real pre-commit: an environment of its own, in a repository of drafts."""

import os
import shutil
import site
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest

pytest.importorskip("pre_commit")

ROOT = Path(__file__).parent.parent
SHOUT = "Hi Sam,\n\nPage 3 of the report has the figures for clay, which you asked about in March!!!\n\nBest,\nAnn\n"
SHIPPED = ("pushlint", "rules", "pyproject.toml", "README.md", "LICENSE", "NOTICE", ".pre-commit-hooks.yaml")


def git(folder: Path, *args: str) -> None:
    who = ["-c", "user.name=Ann", "-c", "user.email=ann@example.com"]
    subprocess.run(["git", "-C", str(folder), *who, *args], check=True, capture_output=True)


def commit_all(folder: Path) -> None:
    git(folder, "init", "--initial-branch=main")
    git(folder, "add", "--all", "--force")
    git(folder, "commit", "--message=drafts", "--no-verify")


@pytest.fixture(scope="module")
def hook_repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """pushlint as a repository that pre-commit can clone."""
    folder = tmp_path_factory.mktemp("pushlint-repository")
    for name in SHIPPED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy(source, folder / name)
    commit_all(folder)
    return folder


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """A repository with a pushy draft, one with a safe fix, a considerate one, a draft set aside, and no drafts."""
    folder = tmp_path / "templates"
    (folder / "archive").mkdir(parents=True)
    (folder / "pushlint.toml").write_text('exclude = ["archive/"]\n')
    (folder / "archive" / "old.txt").write_text("Hi Sam,\n\nLet's close this deal.\n\nBest,\nAnn\n")
    (folder / "loud.txt").write_text(SHOUT)
    (folder / "pushy.txt").write_text("Hi Sam,\n\nI'd love to close this deal this week.\n\nBest,\nAnn\n")
    (folder / "calm.md").write_text("Hi Sam,\n\nHow do you plan the harvest today?\n\nBest,\nAnn\n")
    (folder / "README.md").write_text("# Templates\n\nNever write: let's close this deal.\n")
    (folder / "notes.py").write_text("# Hi Sam, let's close this deal\n")
    commit_all(folder)
    return folder


def from_here() -> dict[str, str]:
    """What pip needs is taken from this environment, so that pre-commit's own is built without a network."""
    found = {"PYTHONPATH": os.pathsep.join(site.getsitepackages())}
    backend = tomllib.loads((ROOT / "pyproject.toml").read_text())["build-system"]["build-backend"].partition(".")[0]
    if find_spec(backend):
        found["PIP_NO_BUILD_ISOLATION"] = "0"  # which pip takes for "no isolation"
    return found


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps the environment that it built, for all tests here."""
    return tmp_path_factory.mktemp("home")


def hook(name: str, repository: Path, templates: Path, home: Path) -> tuple[int, str]:
    """Runs a hook on all files: its exit code, and what was printed."""
    command = [sys.executable, "-m", "pre_commit", "try-repo", str(repository), name, "--all-files"]
    env = os.environ | from_here() | {"PRE_COMMIT_HOME": str(home)}
    run = subprocess.run(command, cwd=templates, env=env, capture_output=True, text=True, timeout=600)
    return run.returncode, run.stdout + run.stderr


@pytest.mark.slow
def test_the_hook_lints_the_drafts_and_leaves_a_readme_alone(
    hook_repository: Path, templates: Path, home: Path
) -> None:
    code, output = hook("pushlint", hook_repository, templates, home)
    assert code == 1, output
    assert "CLO001" in output and "--> pushy.txt:3:13" in output
    assert "3 drafts" in output, output
    for other in ("README.md", "notes.py", "old.txt", "pushlint.toml"):
        assert other not in output


@pytest.mark.slow
def test_the_fixing_hook_fails_when_it_wrote_and_passes_the_next_time(
    hook_repository: Path, templates: Path, home: Path
) -> None:
    before = {path.name: path.read_text() for path in templates.rglob("*.*") if path.is_file()}
    code, output = hook("pushlint-fix", hook_repository, templates, home)
    assert code == 1 and "files were modified by this hook" in output, output
    assert "loud.txt" in output and "HYP002" in output
    after = {path.name: path.read_text() for path in templates.rglob("*.*") if path.is_file()}
    assert {name for name in before if before[name] != after[name]} == {"loud.txt"}
    assert "asked about in March!\n" in after["loud.txt"]
    git(templates, "add", "--all")
    code, output = hook("pushlint-fix", hook_repository, templates, home)
    assert code == 0, output
