"""How long the hook takes in the real pre-commit, in a repository of 200 templates: on all files and on one changed.

    python benchmarks/hook.py

Both hooks run as `language: system`, with the flags of .pre-commit-hooks.yaml and the pushlint of this Python: what is
measured is what a commit takes, not the environment that pre-commit builds once and keeps. Beside them stands a hook
that does nothing, which is pre-commit's own share. Times are seconds of the wall, medians.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted((ROOT / "examples").iterdir())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--templates", type=int, default=200)
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        one = build(Path(folder), args.templates)
        print(f"{args.templates} templates, median of {args.runs} runs, seconds")
        print(f"{'hook':<14}{'all files':>10}{'one changed':>13}")
        for hook in ("nothing", "pushlint", "pushlint-fix"):
            every = median(Path(folder), hook, ["--all-files"], args.runs)
            print(f"{hook:<14}{every:>10.2f}{median(Path(folder), hook, ['--files', one], args.runs):>13.2f}")


def build(folder: Path, number: int) -> str:
    """Makes the repository, and gives back the path of one template that hooks leave as it is."""
    for at in range(number):
        source = EXAMPLES[at % len(EXAMPLES)]
        text = source.read_text(encoding="utf-8").replace("Best,", f"Best regards from desk {at},")
        path = folder / f"campaign-{at % 10}" / f"{at:03}-{source.name}"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    program = f"{sys.executable} -m pushlint"
    for hook in hooks:
        hook |= {"language": "system", "entry": hook["entry"].replace("pushlint", program, 1), "verbose": True}
        hook["entry"] += " --no-baseline"
    nothing = hooks[0] | {"id": "nothing", "name": "nothing", "entry": "true"}
    config = {"repos": [{"repo": "local", "hooks": [nothing, *hooks]}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    git(folder, "init", "--quiet")
    commit(folder)
    run(folder, "pushlint-fix", ["--all-files"])  # what can be fixed is: later runs find the files as they leave them
    commit(folder)
    return "campaign-1/001-" + EXAMPLES[1].name


def git(folder: Path, *words: str) -> None:
    who = ["-c", "user.name=Ann", "-c", "user.email=ann@example.com"]
    subprocess.run(["git", "-C", str(folder), *who, *words], check=True, capture_output=True)


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message=templates")  # there may be nothing to fix


def median(folder: Path, hook: str, which: list[str], runs: int) -> float:
    return statistics.median(run(folder, hook, which) for _ in range(runs))


def run(folder: Path, hook: str, which: list[str]) -> float:
    """How long pre-commit takes for a hook. Raises SystemExit where it breaks off instead of passing or failing."""
    command = [sys.executable, "-m", "pre_commit", "run", hook, *which]
    env = os.environ | {"PRE_COMMIT_HOME": str(folder / ".git" / "home")}
    start = time.perf_counter()
    ran = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
    took = time.perf_counter() - start
    if ran.returncode not in (0, 1) or "error:" in ran.stdout:
        raise SystemExit(ran.stdout + ran.stderr)
    return took


if __name__ == "__main__":
    main()
