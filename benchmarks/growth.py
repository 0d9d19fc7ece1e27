"""How time and memory of a run grow: with the number of files, and with the length of a draft.

    python benchmarks/growth.py files [--most 10000] [--words 30] [--jobs 1]
    python benchmarks/growth.py words [--most 10000] [--pushy 0.15] [--html] [--fix]

Runs of the command on drafts that are all different, and again on the unchanged ones. Seconds are those of the
processor (user and system, all processes together, which other work on the machine touches less than time on the
clock), less what a run on one word takes; medians, as small sizes are measured several times. The ratio is that of the
time a file, or a word, takes to what it takes among 1,000: 1 is time in proportion. The megabytes are the most that one
of the processes has at any time. 100,000 files, or words, take their time: ask for them with `--most 100000`.
"""

import html
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import mails
from timing import PUSHLINT, Run, machine, timed, used

CHECK = (*PUSHLINT, "check", "--isolated", "--exit-zero", "--quiet")
REPORTS = ("--output", "json=../report.json", "--output", "html=../report.html")
TAKEN = ("--stage", "first-touch", "--profile", "cold")  # or it would hang on chance which rules there are
IN_A_FOLDER = 1_000  # files
ENOUGH = 5_000  # files, or words, to measure at each size
FEWEST, BASE, STEP = 100, 1_000, 10
GOAL, MEGABYTES = 1.15, 600


@click.group()
def main() -> None:
    """Print the time of each size, and how it grew."""
    print(f"{machine()}; goals: a ratio of at most {GOAL}, {MEGABYTES} MB a process")


@main.command()
@click.option("--most", default=10_000, show_default=True)
@click.option("--words", default=30, show_default=True, help="Of each draft.")
@click.option("--jobs", default=1, show_default=True)
def files(most: int, words: int, jobs: int) -> None:
    """With the number of files."""

    def write(folder: Path, count: int) -> None:
        mails.write(folder, count, words, IN_A_FOLDER)
        (folder / ".gitignore").write_text("*.tmp\nold/\n", encoding="utf-8")

    grow(most, "files", write, ("--jobs", str(jobs), "."))


@main.command()
@click.option("--most", default=10_000, show_default=True)
@click.option("--pushy", default=mails.PUSHY, show_default=True, help="How many of the sentences are, of 1.")
@click.option("--html", "is_html", is_flag=True, help="A page instead of a text.")
@click.option("--fix", is_flag=True, help="Have all fixes applied instead of reports written.")
def words(most: int, pushy: float, is_html: bool, fix: bool) -> None:
    """With the length of a draft."""

    name = "draft.html" if is_html else "draft.txt"  # given by its name, it is a draft however it begins

    def write(folder: Path, count: int) -> None:
        folder.mkdir()
        paragraphs = mails.body(count, random.Random(count), pushy)
        if is_html:
            page = "\n".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)
            (folder / name).write_text(f"<html><body>\n{page}\n</body></html>\n", encoding="utf-8")
        else:
            (folder / name).write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")

    grow(most, "words", write, (*TAKEN, *(("--fix-only", "--unsafe-fixes") if fix else REPORTS), name))


def grow(most: int, unit: str, write: Callable[[Path, int], None], arguments: tuple[str, ...]) -> None:
    """Prints a row for each size, of runs on what is written of that size."""
    start: dict[str, float] = {}
    base: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        for size in (1, *sizes(most)):
            for what, runs in measured(Path(name), size, write, arguments).items():
                if size == 1:
                    start[what] = used(runs)
                    continue
                seconds = used(runs) - start[what]
                if size == BASE:
                    base[what] = seconds / size
                ratio = f"{seconds / size / base[what]:6.2f}" if what in base else f"{'-':>6}"
                each, megabytes = 1000 * seconds / size, max(run.megabytes for run in runs)
                row = f"{size:>9,} {unit}, {what:<9} {seconds:9.2f} s {each:9.3f} ms each {ratio} {megabytes:6.0f} MB"
                print(row, flush=True)


def sizes(most: int) -> Iterator[int]:
    """From the fewest to the most, each ten times the one before."""
    size = FEWEST
    while size <= most:
        yield size
        size *= STEP


def measured(
    place: Path, size: int, write: Callable[[Path, int], None], arguments: tuple[str, ...]
) -> dict[str, list[Run]]:
    """Runs on new drafts, and after each one on the unchanged ones."""
    runs: dict[str, list[Run]] = {"new": [], "unchanged": []}
    for _ in range(max(1, min(5, ENOUGH // size))):
        shutil.rmtree(place / "kept" / "results", ignore_errors=True)  # what is compiled stays
        shutil.rmtree(place / "drafts", ignore_errors=True)
        write(place / "drafts", size)
        for of in runs.values():
            of.append(timed((*CHECK, *arguments), place / "drafts", PUSHLINT_CACHE_DIR=str(place / "kept")))
    return runs


if __name__ == "__main__":
    main()
