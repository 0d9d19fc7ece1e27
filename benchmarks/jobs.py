"""What `--jobs` saves: new drafts of 100 words with one process and with two, in turns.

    python benchmarks/jobs.py [--drafts 1000] [--runs 3] [--jobs 2]

Seconds on the clock, which other work on the machine draws out, and of the processor, all processes together. The
goal for two processes on two cores is at least 1.7 times the words a second of one.
"""

import tempfile
from pathlib import Path

import click
from timing import PUSHLINT, Run, clock, machine, timed, used, write

CHECK = ("check", "--isolated", "--exit-zero", "--quiet")


@click.command()
@click.option("--drafts", default=1000, show_default=True)
@click.option("--runs", default=3, show_default=True)
@click.option("--jobs", default=2, show_default=True)
def main(drafts: int, runs: int, jobs: int) -> None:
    """Print the figures."""
    print(f"{machine()}; medians of {runs} runs in turns")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "drafts")
        words = write(folder, drafts)
        times: dict[int, list[Run]] = {1: [], jobs: []}
        for _ in range(runs):
            for number, of in times.items():
                command = (*PUSHLINT, *CHECK, "--jobs", str(number), "--config", "cache=false", ".")
                of.append(timed(command, folder, PUSHLINT_CACHE_DIR=""))
    for number, of in times.items():
        rate = words / clock(of)
        print(f"--jobs {number}: {clock(of):.1f} s on the clock, {used(of):.1f} s used, {rate:,.0f} words a second")
    print(
        f"{jobs} to 1: {clock(times[1]) / clock(times[jobs]):.2f} times the speed, on {words:,} words (goal: 1.7 of 2)"
    )
    print(f"what it costs more in all: {used(times[jobs]) / used(times[1]) - 1:+.0%} of the processor's time")


if __name__ == "__main__":
    main()
