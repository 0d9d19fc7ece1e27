"""What the cache saves: `pushlint check` over 1,000 drafts that have not changed, and with one that has.

Also the time of `--help` and of `rule CLO001`. Each figure is a median over runs in processes of their own: of
processor time (user and system), which other work on the machine touches less, and of time on the clock.

    python benchmarks/cache.py [--drafts 1000] [--runs 9]
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click
from timing import DRAFT, PUSHY, write

from pushlint.kept import FOLDER

PUSHLINT = [sys.executable, "-m", "pushlint"]


def write_repository(folder: Path, drafts: int) -> None:
    """The drafts, in folders of a hundred, with settings and a .gitignore as a repository has them."""
    (folder / "pushlint.toml").write_text('exclude = ["archive"]\n[per-file."campaign-0001"]\nstage = "first-touch"\n')
    (folder / ".gitignore").write_text("*.tmp\nbuild/\n")
    write(folder, drafts)


def seconds(arguments: list[str], folder: Path) -> tuple[float, float]:
    """Processor time and time on the clock of one run."""
    unwanted = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")
    env = {name: value for name, value in os.environ.items() if name not in unwanted}
    env[FOLDER] = str(folder.parent / "kept")
    before, start = os.times(), time.perf_counter()
    subprocess.run([*PUSHLINT, *arguments], cwd=folder, env=env, check=True, capture_output=True, timeout=600)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return used, time.perf_counter() - start


def imports_spacy(folder: Path) -> bool:
    """Whether a run over the drafts imports spaCy."""
    command = [sys.executable, "-X", "importtime", "-m", "pushlint", "check", "--exit-zero"]
    env = os.environ | {FOLDER: str(folder.parent / "kept")}
    run = subprocess.run(command, cwd=folder, env=env, check=True, capture_output=True, text=True, timeout=600)
    return any(line.rpartition("|")[2].strip() == "spacy" for line in run.stderr.splitlines())


@click.command()
@click.option("--drafts", default=1000, show_default=True)
@click.option("--runs", default=9, show_default=True)
def main(drafts: int, runs: int) -> None:
    """Print the figures."""
    check = ["check", "--exit-zero"]
    with tempfile.TemporaryDirectory() as place:
        folder, one = Path(place, "many"), Path(place, "one")
        folder.mkdir()
        one.mkdir()
        write_repository(folder, drafts)
        write_repository(one, 1)
        seconds(check, one)  # writes the bytecode and the compiled rules
        draft = next(one.rglob("*.md"))
        cold = []
        for number in range(runs):
            draft.write_text(DRAFT.format(number=number + 1, more=PUSHY), encoding="utf-8")
            cold.append(seconds(check, one))
        _say("one new draft alone", cold)
        first = [seconds(check, folder)]
        _say(f"{drafts:,} drafts, first run", first)
        _say(f"{drafts:,} unchanged drafts", [seconds(check, folder) for _ in range(runs)], "at most 0.35 s")
        _say("the same, as JSON", [seconds([*check, "--output-format", "json"], folder) for _ in range(runs)])
        print(f"  imports spaCy: {'yes' if imports_spacy(folder) else 'no'}")
        changed = []
        draft = sorted(folder.rglob("*.md"))[drafts // 2]
        for number in range(runs):
            draft.write_text(DRAFT.format(number=f"{number} or so", more=PUSHY), encoding="utf-8")
            changed.append(seconds(check, folder))
        most = statistics.median(used for used, _ in cold) + 0.3
        _say(f"one changed among {drafts:,}", changed, f"at most {most:.2f} s")
        _say("--help", [seconds(["--help"], folder) for _ in range(runs)], "at most 0.15 s")
        _say("rule CLO001", [seconds(["rule", "CLO001"], folder) for _ in range(runs)], "at most 0.15 s")
        size = sum(path.stat().st_size for path in Path(place, "kept").rglob("*.results"))
        print(json.dumps({"kept, bytes a draft": size // (drafts + 1)}))


def _say(what: str, times: list[tuple[float, float]], goal: str = "") -> None:
    used, clock = (statistics.median(column) for column in zip(*times, strict=True))
    print(
        f"{what}: {used:.2f} s of processor, {clock:.2f} s on the clock{f' (goal: {goal})' if goal else ''}", flush=True
    )


if __name__ == "__main__":
    main()
