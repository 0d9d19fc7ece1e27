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
    """A repository with a pushy draft, a considerate one and a README."""
    folder = tmp_path / "templates"
    folder.mkdir()
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


@pytest.mark.slow
def test_the_hook_lints_the_drafts_and_leaves_a_readme_alone(
    hook_repository: Path, templates: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "pre_commit", "try-repo", str(hook_repository), "pushlint", "--all-files"]
    env = os.environ | from_here() | {"PRE_COMMIT_HOME": str(tmp_path / "home")}
    run = subprocess.run(command, cwd=templates, env=env, capture_output=True, text=True, timeout=600)
    output = run.stdout + run.stderr
    assert run.returncode == 1, output
    assert "CLO001" in output and "--> pushy.txt:3:13" in output
    assert "of 2 drafts" in output or "both drafts" in output
    assert "README.md" not in output and "notes.py" not in output
