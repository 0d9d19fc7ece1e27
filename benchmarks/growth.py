"""How the time of a run grows: with the length of a draft, and with the number of files.

    python benchmarks/growth.py [FOLDER | MAILS.jsonl] [--longest 100000] [--files 10000] [--rounds 3]

Medians of processor time (user and system, which other work on the machine touches less than time on the clock) of one
core. Each ratio is that of the time a word, or a file, takes to what it takes in the row before it: 1 is time in
proportion. The drafts given, or those in `examples/`, are joined to one of each length; files are 100-word drafts that
differ in a line. `--files 100000` takes an hour or more.
"""

import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from itertools import cycle
from pathlib import Path

import click
from speed import DRAFT, EXAMPLES, drafts

from pushlint.linter import Linter
from pushlint.readers import read
from pushlint.rulebook import load_rules
from pushlint.run import run
from pushlint.settings import Settings

FEWEST_WORDS, FEWEST_FILES, STEP = 100, 100, 10
GOAL = 1.15  # times as long a word or a file, at most


def sizes(first: int, last: int) -> Iterator[int]:
    """From the first size to the last, each ten times the one before."""
    while first <= last:
        yield first
        first *= STEP


def long_draft(texts: list[str], words: int) -> str:
    """A draft of so many words, or some more, of the bodies of drafts one after another."""
    parts, count = list[str](), 0
    for text in cycle(texts):
        body = text.split("---\n", 2)[-1] if text.startswith("---\n") else text
        parts.append(body)
        count += len(body.split())
        if count >= words:
            return "\n\n".join(parts)
    raise ValueError("no drafts")


def median_seconds(work: Callable[[], object], rounds: int) -> float:
    """Processor time of the work, the median of some rounds."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def row(size: int, unit: str, seconds: float, before: float | None) -> float:
    """Prints a row; gives back the time of each unit."""
    each = seconds / size
    ratio = "" if before is None else f"{each / before:10.2f}"
    print(f"{size:>10,} {unit} {seconds:10.2f} s {1000 * each:10.3f} ms each{ratio}", flush=True)
    return each


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path), default=EXAMPLES)
@click.option("--longest", default=100_000, help="Words of the longest draft.")
@click.option("--files", default=10_000, help="The most files.")
@click.option("--rounds", default=3)
def main(path: Path, longest: int, files: int, rounds: int) -> None:
    """Print the time of each size, and how it grew."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    print(f"{platform.machine()}, one of {os.cpu_count()} cores, Python {platform.python_version()}, ", end="")
    print(f"spaCy {version('spacy')}; a ratio of at most {GOAL} is time in proportion")
    linter, texts = Linter(load_rules(plugins=False)), drafts(path)
    before = None
    for words in sizes(FEWEST_WORDS, longest):
        text = long_draft(texts, words)
        list(linter.lint(read("draft.txt", text.encode())))  # what is made once for all drafts is made

        def lint(text: str = text) -> None:
            for _ in linter.lint(read("draft.txt", text.encode())):
                pass

        before = row(len(text.split()), "words", median_seconds(lint, rounds), before)
    before = None
    with tempfile.TemporaryDirectory() as folder:
        for count in sizes(FEWEST_FILES, files):
            place = Path(folder, str(count))
            place.mkdir()
            for number in range(count):
                text = DRAFT.replace("ten minutes", f"{number + 2} minutes")
                (place / f"{number:06}.md").write_text(text, encoding="utf-8")

            def check(place: str = str(place)) -> None:
                for _ in run([place], Settings(isolated=True)):
                    pass

            before = row(count, "files", median_seconds(check, rounds), before)


if __name__ == "__main__":
    main()
