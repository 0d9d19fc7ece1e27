"""What further rules cost: words a second with the shipped rules, and with 1,000 phrase rules more.

    python benchmarks/more_rules.py [FOLDER | MAILS.jsonl]

The phrases of the further rules are made of words of the drafts themselves, so that each has to be looked for.
"""

import random
import re
import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from speed import EXAMPLES, drafts, enough

from pushlint.draft import Draft
from pushlint.linter import Linter
from pushlint.readers import read
from pushlint.rulebook import Rule, load_rules
from pushlint.rulebook.schema import Example

RULES = 1_000
PHRASES = 3  # of each rule
ROUNDS = 5
GOAL = 0.75  # of the throughput with the shipped rules alone


def further(texts: Sequence[str], count: int) -> Iterator[Rule]:
    """Rules of three phrases each, of words that stand in the texts."""
    chosen = random.Random(8)
    words = sorted({word for text in texts for word in re.findall(r"[a-z]{3,}", text)})

    def phrase() -> str:
        one, two, three, four, five = chosen.sample(words, 5)
        return chosen.choice(
            [
                f"({one}|{two}) (the|a|your|our)? {three}",
                f"{one} ... ({two}|{three} {four})",
                f"(<sender>|<reader>) ({one}|{two}|{three})",
                f"{one} (<word>)? {two} (by <when>|for <money>)?",
                f"({one}|{two}) {three} ({four}|{five})? ...",
            ]
        )

    for number in range(count):
        yield Rule(
            code=f"BENCH{number:03}",
            name=f"bench-{number}",
            level="warning",
            basis="style",
            summary="A rule more",
            message="{match}",
            why="To measure.",
            find=[phrase() for _ in range(PHRASES)],
            examples=[Example(bad="a"), Example(good="b")],
        )


def rates(linters: Sequence[Linter], read_drafts: Sequence[Draft], words: int) -> list[float]:
    """Words a second of processor time of each linter, the median of rounds in which they take turns."""
    seconds: list[list[float]] = [[] for _ in linters]
    for _ in range(ROUNDS + 1):
        for linter, times in zip(linters, seconds, strict=True):
            start = time.process_time()
            for _ in linter.lint(read_drafts):
                pass
            times.append(time.process_time() - start)
    return [words / statistics.median(times[1:]) for times in seconds]


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path), default=EXAMPLES)
def main(path: Path) -> None:
    """Print both figures, and how many times as long the linting takes."""
    texts = list(enough(drafts(path)))
    read_drafts = [draft for text in texts for draft in read("draft.md", text.encode())]
    shipped = load_rules(plugins=False)
    start = time.process_time()
    more = Linter([*shipped, *further(texts, RULES)])
    ready = time.process_time() - start
    few, many = rates([Linter(shipped), more], read_drafts, sum(len(text.split()) for text in texts))
    print(f"{len(shipped)} rules: {few:,.0f} words a second; {len(more.rules):,}: {many:,.0f} (ready in {ready:.1f} s)")
    print(f"{RULES:,} phrase rules more leave {many / few:.0%} of the throughput (goal: {GOAL:.0%})")


if __name__ == "__main__":
    main()
