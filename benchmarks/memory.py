"""How much memory a run takes by the number of drafts: the most that one of its processes has at any time.

    python benchmarks/memory.py [--drafts 1000 --drafts 10000] [--jobs 1]

100,000 drafts take their time: ask for them with `--drafts 100000`. The goal is at most 600 MB.
"""

import tempfile
from pathlib import Path

import click
from timing import PUSHLINT, machine, timed, write

GOAL = 600


@click.command()
@click.option("--drafts", default=[1_000, 10_000], multiple=True, show_default=True)
@click.option("--jobs", default=1, show_default=True)
@click.option("--cache", is_flag=True, help="Keep results, and run again on the unchanged drafts.")
def main(drafts: tuple[int, ...], jobs: int, cache: bool) -> None:
    """Print the figures."""
    print(f"{machine()}; goal: at most {GOAL} MB")
    for number in drafts:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name, "drafts")
            words = write(folder, number)
            command = (*PUSHLINT, "check", "--isolated", "--exit-zero", "--quiet", "--jobs", str(jobs), ".")
            kept = str(Path(name, "kept")) if cache else ""
            more = () if cache else ("--no-cache",)
            for what in ("new", "unchanged") if cache else ("new",):
                run = timed((*command, *more), folder, PUSHLINT_CACHE_DIR=kept)
                rate = words / run.used
                print(f"{number:,} {what} drafts: {run.megabytes:.0f} MB, {rate:,.0f} words a second used", flush=True)


if __name__ == "__main__":
    main()
