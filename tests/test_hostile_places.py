"""What stands around the drafts and is broken, hostile or missing: clear behaviour, and nothing lost.

Settings files have tests/config/test_hostile_settings.py, files of drafts test_hostile.py.
"""

import json
import os
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pushlint import baseline
from pushlint.globs import Glob

PROGRAM = [sys.executable, "-m", "pushlint"]
PUSH = "Hi Sam,\n\nBuy now, and the boxes are yours!!!\n\nBest,\nAnn\n"
GIT = ["git", "-c", "user.name=Ann", "-c", "user.email=ann@example.com"]
Ran = subprocess.CompletedProcess[str]


def pushlint(*args: str, cwd: Path, before: str = "", **env: str) -> Ran:
    """Runs pushlint in a process of its own, after shell commands in an own name space of mounts if there are any."""
    words = [*PROGRAM, *args]
    if before:
        words = ["unshare", "--map-root-user", "--mount", "sh", "-c", f"{before} && {shlex.join(words)}"]
    clean = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])} | env
    return subprocess.run(words, cwd=cwd, env=clean, capture_output=True, text=True, timeout=300)


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    folder = tmp_path / "drafts"
    folder.mkdir()
    (folder / "a.md").write_text(PUSH)
    (folder / "pushlint.toml").write_text('select = ["CLO", "HYP"]\n')
    return folder


def can_mount() -> bool:
    try:
        words = ["unshare", "--map-root-user", "--mount", "sh", "-c", "mount -t tmpfs none /tmp"]
        return subprocess.run(words, capture_output=True).returncode == 0
    except OSError:
        return False


READ_ONLY = pytest.mark.skipif(not can_mount(), reason="needs to mount a folder read-only")
MOUNT = "mount --bind . . && mount -o remount,bind,ro . && cd ."


@READ_ONLY
def test_a_read_only_file_system_is_linted_as_ever(drafts: Path) -> None:
    cache = drafts / "cache"
    cache.mkdir()
    before = f"{MOUNT} && cd {shlex.quote(str(drafts))}"
    ran = pushlint("check", "--output-format", "concise", cwd=drafts, before=before, PUSHLINT_CACHE_DIR=str(cache))
    assert ran.returncode == 1 and "a.md:3:1: CLO002" in ran.stdout and ran.stderr == ""
    assert list(cache.iterdir()) == []


@READ_ONLY
@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["check", "--fix"], "a.md: read-only\n  the file is as it was"),
        (["check", "--output", "sarif=report.sarif"], "report.sarif: cannot be written: Read-only file system"),
        (["baseline"], ".pushlint-baseline.json: cannot be written: Read-only file system"),
        (["baseline", "--file", "known.json", "--update"], "known.json"),
        (["init", "--force"], "pushlint.toml: cannot be written: Read-only file system"),
    ],
)
def test_what_cannot_be_written_there_is_an_error_and_all_is_as_it_was(
    drafts: Path, args: list[str], told: str
) -> None:
    known = '{"version": 1, "files": {"a.md": [{"fingerprint": "0", "code": "CLO001", "words": "gone"}]}}'
    (drafts / "known.json").write_text(known)
    old = {path.name: path.read_bytes() for path in drafts.iterdir()}
    ran = pushlint(*args, cwd=drafts, before=f"{MOUNT} && cd {shlex.quote(str(drafts))}")
    assert ran.returncode == 2, ran.stdout + ran.stderr
    assert f"error: {told}" in ran.stderr and "Traceback" not in ran.stderr
    assert {path.name: path.read_bytes() for path in drafts.iterdir()} == old


def test_without_git_all_is_as_ever_but_changed_lines(drafts: Path, tmp_path: Path) -> None:
    assert pushlint("check", cwd=drafts, PATH="").returncode == 1
    assert pushlint("baseline", cwd=drafts, PATH="").returncode == 0
    ran = pushlint("check", "--diff-base", "main", cwd=drafts, PATH="")
    assert ran.returncode == 2 and "--diff-base: git is not installed" in ran.stderr
    outside = pushlint("check", "--diff-base", "main", cwd=drafts, GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert outside.returncode == 2 and "not a git repository" in outside.stderr


@pytest.mark.parametrize("ref", ["origin/main", "main", "HEAD~1"])
def test_in_a_shallow_clone_it_says_what_to_fetch_and_that_helps(drafts: Path, tmp_path: Path, ref: str) -> None:
    for words in (["init", "-qb", "main"], ["add", "-A"], ["commit", "-qm", "one"], ["checkout", "-qb", "mine"]):
        subprocess.run([*GIT, *words], cwd=drafts, check=True, capture_output=True)
    (drafts / "b.md").write_text(PUSH)
    for words in (["add", "-A"], ["commit", "-qm", "two"]):
        subprocess.run([*GIT, *words], cwd=drafts, check=True, capture_output=True)
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", "--depth=1", f"file://{drafts}", str(clone)], check=True, capture_output=True)
    ran = pushlint("check", "--diff-base", ref, cwd=clone)
    assert ran.returncode == 2 and f'git knows no "{ref}"' in ran.stderr and "fetch-depth: 0" in ran.stderr
    command = ran.stderr.split("`")[1]
    assert command.startswith("git fetch --unshallow")
    subprocess.run(command, shell=True, cwd=clone, check=True, capture_output=True)
    again = pushlint("check", "--output-format", "concise", "--diff-base", ref, cwd=clone)
    if ref == "main":  # a branch of this name is nowhere here, and that is said
        assert again.returncode == 2 and "git branch --all" in again.stderr
    else:
        assert again.returncode == 1 and "b.md:3" in again.stdout and "a.md" not in again.stdout


def test_a_baseline_of_50_mb_costs_a_few_seconds_and_little_memory(tmp_path: Path) -> None:
    path = tmp_path / baseline.NAME
    entry = {"code": "CLO002", "words": "w" * 60}
    files = {f"templates/{n}.md": [entry | {"fingerprint": f"{n:028x}{m:04x}"} for m in range(50)] for n in range(7600)}
    path.write_text(json.dumps({"version": 1, "files": files}))
    assert path.stat().st_size > 50_000_000
    script = (
        "import resource, sys, time; from pathlib import Path; from pushlint import baseline\n"
        "most = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "before = most(); known = baseline.load(Path(sys.argv[1])); known.gone()\n"
        "print(time.process_time(), (most() - before) / 1024)"
    )
    ran = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, ran.stdout.split())
    assert seconds < 10 and megabytes < 400


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('{"version": 2, "findings": []}', ("a baseline of version 2, not 1", "a newer pushlint: install that")),
        ('{"version": 9, "files": {}}', ("a baseline of version 9, not 1", "a newer pushlint: install that")),
        (
            '{\n "version": 1,\n "files": {\n<<<<<<< mine\n=======\n>>>>>>> theirs\n }\n}\n',
            (".pushlint-baseline.json:4: the baseline has a merge conflict", "keep the lines of both sides"),
        ),
        ('{"version": 1, "files": {"a.md": [', ("this is no baseline: Input data was truncated", "write it anew")),
        ("[" * 100_000, ("this is no baseline", "write it anew")),
    ],
)
def test_a_baseline_that_cannot_be_used_lets_nothing_pass(drafts: Path, content: str, told: tuple[str, str]) -> None:
    path = drafts / baseline.NAME
    path.write_text(content)
    for args in (["check"], ["check", "--fix"], ["baseline", "--update"], ["baseline", "--check"]):
        ran = pushlint(*args, cwd=drafts)
        assert ran.returncode == 2 and ran.stdout == "" and "Traceback" not in ran.stderr
        assert all(part in ran.stderr for part in told), ran.stderr
    assert path.read_text() == content and (drafts / "a.md").read_text() == PUSH


def test_runs_at_once_do_not_disturb_each_other(drafts: Path, tmp_path: Path) -> None:
    for number in range(8):
        (drafts / f"{number}.md").write_text(PUSH)
    cache = tmp_path / "cache"
    args = ["check", "--output-format", "json", "--output", "sarif=report.sarif"]

    def run(command: list[str]) -> Ran:
        return pushlint(*command, cwd=drafts, PUSHLINT_CACHE_DIR=str(cache))

    with ThreadPoolExecutor(3) as pool:
        ran = list(pool.map(run, [args] * 3))
        assert [one.returncode for one in ran] == [1] * 3 and {one.stderr for one in ran} == {""}
        assert len({one.stdout for one in ran}) == 1 and len(json.loads(ran[0].stdout)) == 18
        assert json.loads((drafts / "report.sarif").read_text())["runs"][0]["results"]
        fixed = list(pool.map(run, [["check", "--fix", "--fix-only"]] * 3))
        assert all(one.returncode == 0 or "changed since it was read" in one.stderr for one in fixed)
        made = list(pool.map(run, [["baseline"]] * 3))
    assert all(one.returncode == 0 or "there is a baseline already" in one.stderr for one in made)
    assert not [path for path in drafts.iterdir() if path.name.endswith("-tmp")]
    kept = [path for path in cache.rglob("*") if path.is_file() and path.name[0].isalnum()]
    assert {path.suffix for path in kept} == {".msgpack", ".results", ".TAG"}
    assert {path.read_text() for path in drafts.glob("*.md")} == {PUSH.replace("!!!", "!")}
    assert run(["check"]).returncode == 0


def test_links_in_a_circle_are_walked_once_and_one_to_itself_stops_nothing(drafts: Path) -> None:
    (drafts / "again").symlink_to(drafts, target_is_directory=True)
    (drafts / "all.md").symlink_to("all.md")
    (drafts / "b.md").write_text(PUSH)
    ran = pushlint("check", "-v", "--output-format", "concise", cwd=drafts)
    assert ran.returncode == 1
    assert [ran.stdout.count(f"{name}.md:3:1: CLO002") for name in ("a", "b")] == [1, 1]
    assert ran.stderr == "passed over all.md: not a regular file\n"


def test_links_in_a_circle_in_a_folder_of_rules_end(drafts: Path) -> None:
    rules = drafts / "house"
    rules.mkdir()
    (rules / "TST001-hum.yaml").write_text(
        "code: TST001\nname: hum\nlevel: warning\nbasis: style\nsummary: Hums\nmessage: hums\nwhy: It hums.\n"
        "find: [hum]\nexamples:\n  - {bad: 'A [hum] for you.'}\n  - {good: 'A nap.'}\n"
    )
    (rules / "again").symlink_to(rules, target_is_directory=True)
    (rules / "self.yaml").symlink_to("self.yaml")
    ran = pushlint("check", "--output-format", "concise", "--rules", "house", "a.md", cwd=drafts)
    assert "a.md:3:1: CLO002" in ran.stdout and "Traceback" not in ran.stderr
    assert ran.returncode == 2 and "error: house/self.yaml: cannot be read" in ran.stderr


@pytest.mark.parametrize("pattern", ["*a" * 40 + "b", "**/" * 40 + "b", "[a-]*" * 30 + "b", "a/" + "**/a/" * 30 + "b"])
def test_no_pattern_of_paths_runs_for_ever(pattern: str) -> None:
    assert not Glob(pattern, "/x").matches("/x/" + "a/" * 400 + "a" * 200)
