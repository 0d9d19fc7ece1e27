"""What the resident helper saves: `pushlint check` on a draft of 100 words, new each time, with it and without.

The runs take turns, so that other work on the machine touches all alike; figures are medians. With a folder that
`setup_peers.sh` has filled, proselint takes its turn too: the goal is at most its time.

    python benchmarks/server.py [--runs 15] [--peers FOLDER]
"""

import tempfile
from pathlib import Path

import click
from peers import FOLDER, command_of
from timing import DRAFT, PUSHLINT, PUSHY, Run, clock, machine, timed

from pushlint.kept import FOLDER as KEPT

CHECK = ("check", "--isolated", "--exit-zero", "draft.md")


@click.command()
@click.option("--runs", default=15, show_default=True)
@click.option("--peers", type=click.Path(path_type=Path), default=FOLDER, show_default=True)
def main(runs: int, peers: Path) -> None:
    """Print the figures."""
    print(f"{machine()}; medians of {runs} runs in turns, seconds on the clock")
    proselint = command_of("proselint", peers)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        env = {"XDG_RUNTIME_DIR": name, KEPT: str(folder / "kept")}
        commands = {
            "without": (*PUSHLINT, "--no-server", *CHECK),
            "an empty Python": (PUSHLINT[0], "-c", ""),
            "with the helper": (*PUSHLINT, "--server", *CHECK),
        }
        if proselint:
            commands["proselint"] = (*proselint, "draft.md")
        draft = folder / "draft.md"
        draft.write_text(DRAFT.format(number=0, more=PUSHY), encoding="utf-8")
        try:
            first = timed(commands["with the helper"], folder, **env)
            print(f"with the helper, which it starts: {first.clock:.2f}")
            timed(commands["without"], folder, **env)
            times: dict[str, list[Run]] = {what: [] for what in commands}
            for number in range(runs):
                for at, (what, command) in enumerate(commands.items()):
                    text = DRAFT.format(number=f"{number}-{at}", more=PUSHY)
                    draft.write_text(text, encoding="utf-8")
                    times[what].append(timed(command, folder, **env))
        finally:
            timed((*PUSHLINT, "server", "stop"), folder, **env)
    for what, of in times.items():
        print(f"{what}: {clock(of):.3f} (least {min(run.clock for run in of):.3f})")
    if proselint:
        ratio = clock(times["with the helper"]) / clock(times["proselint"])
        print(f"with the helper, to proselint: {ratio:.2f} (goal: at most 1)")
    else:
        print("proselint: skipped, it is not installed (benchmarks/setup_peers.sh)")


if __name__ == "__main__":
    main()
