"""What further rules cost: words a second with the shipped rules, and with 50, 250 and 1,000 phrase rules more.

    python benchmarks/more_rules.py [FOLDER | MAILS.jsonl] [--rounds 5]

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
from timing import machine

from pushlint.draft import Draft
from pushlint.linter import Linter
from pushlint.readers import read
from pushlint.rulebook import Rule, load_rules
from pushlint.rulebook.schema import Example

RULES = (50, 250, 1_000)
PHRASES = 3  # of each rule
GOAL = 0.75  # of the throughput with the shipped rules alone, with the most rules


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


def rates(linters: Sequence[Linter], read_drafts: Sequence[Draft], words: int, rounds: int) -> list[float]:
    """Words a second of processor time of each linter, the median of rounds in which they take turns."""
    seconds: list[list[float]] = [[] for _ in linters]
    for _ in range(rounds + 1):
        for linter, times in zip(linters, seconds, strict=True):
            start = time.process_time()
            for _ in linter.lint(read_drafts):
                pass
            times.append(time.process_time() - start)
    return [words / statistics.median(times[1:]) for times in seconds]


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path), default=EXAMPLES)
@click.option("--rounds", default=5, show_default=True)
def main(path: Path, rounds: int) -> None:
    """Print the figures, and what share of the throughput is left."""
    print(machine())
    texts = list(enough(drafts(path)))
    read_drafts = [draft for text in texts for draft in read("draft.md", text.encode())]
    shipped = load_rules(plugins=False)
    more = list(further(texts, max(RULES)))
    linters = [Linter([*shipped, *more[:number]]) for number in (0, *RULES)]
    few, *many = rates(linters, read_drafts, sum(len(text.split()) for text in texts), rounds)
    print(f"{len(shipped)} rules: {few:,.0f} words a second")
    for number, rate in zip(RULES, many, strict=True):
        print(f"{number:,} phrase rules more: {rate:,.0f} words a second, {rate / few:.0%} of the throughput")
    print(f"goal: at least {GOAL:.0%}")


if __name__ == "__main__":
    main()
