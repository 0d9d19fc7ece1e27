"""pushlint side by side with other linters of prose, in one run on the same drafts: one alone, and 1,000.

    python benchmarks/peers.py [--drafts 1000] [--runs 7] [--peers FOLDER]

`setup_peers.sh` installs the others into FOLDER; what is not there is skipped with a word. Figures are medians of
whole processes that take turns: seconds on the clock and of the processor for one draft of 100 words, words a second
for many. None of the others parses a sentence, and each has rules of its own: what is compared is the waiting.
"""

import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click
from timing import DRAFT, PUSHLINT, PUSHY, Run, clock, machine, timed, used, write

from pushlint.kept import FOLDER as KEPT

FOLDER = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "pushlint-peers")
# Where each is in the folder, and how it is asked to check files.
PEERS: dict[str, tuple[str, ...]] = {
    "proselint": ("python/bin/proselint", "check"),
    "write-good": ("node_modules/.bin/write-good",),
    "vale": ("python/bin/vale", "--config", "{folder}/.vale.ini"),
    "alex": ("node_modules/.bin/alex", "--quiet"),
    "textlint": ("node_modules/.bin/textlint", "--rule", "write-good"),
}
_COUNTS = range(256)  # write-good ends with the number of what it found
CHECK = ("check", "--isolated", "--exit-zero", "--quiet")


def command_of(peer: str, folder: Path) -> tuple[str, ...] | None:
    """How a peer is called on files; None where it is not installed."""
    program, *options = PEERS[peer]
    path = shutil.which(folder.resolve() / program)
    if peer == "vale" and not any((folder / "home").iterdir() if (folder / "home").is_dir() else ()):
        return None  # its package is there, its program is not
    return (path, *(option.format(folder=folder.resolve()) for option in options)) if path else None


def commands(folder: Path) -> dict[str, tuple[str, ...]]:
    """How each tool that is there is called on files; what is skipped is told."""
    found: dict[str, tuple[str, ...]] = {
        "pushlint": (*PUSHLINT, *CHECK),
        "pushlint, helper": (*PUSHLINT, "--server", *CHECK),
        "pushlint, 2 jobs": (*PUSHLINT, *CHECK, "--jobs", "2"),
    }
    for peer in PEERS:
        command = command_of(peer, folder)
        if command:
            found[peer] = command
        else:
            print(f"{peer}: skipped, it is not installed in {folder} (benchmarks/setup_peers.sh)")
    return found


@click.command()
@click.option("--drafts", default=1000, show_default=True)
@click.option("--runs", default=7, show_default=True, help="On one draft; on many it is three at most.")
@click.option("--peers", type=click.Path(path_type=Path), default=FOLDER, show_default=True)
def main(drafts: int, runs: int, peers: Path) -> None:
    """Print the figures."""
    print(f"{machine()}; medians of {runs} runs in turns")
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        tools = commands(peers)
        words = write(place / "drafts", drafts)
        files = sorted(str(path) for path in (place / "drafts").rglob("*.md"))
        env = {"XDG_RUNTIME_DIR": name, KEPT: str(place / "kept"), "HOME": str(peers.resolve() / "home")}
        try:
            alone = measured(tools, place, runs, env)
            print(f"\n{'one draft of 100 words':22}{'clock':>8}{'used':>8}  to pushlint's clock")
            for tool, of in alone.items():
                ratio = clock(of) / clock(alone["pushlint"])
                print(f"{tool:22}{clock(of):8.2f}{used(of):8.2f}{ratio:8.2f}")
            print(
                f"\n{f'{drafts:,} drafts':22}{'clock':>8}{'used':>8}{'words a second, by the clock':>30}{'as used':>10}"
            )
            for tool, of in bulk(tools, files, place, min(runs, 3), env).items():
                rates = words / clock(of), words / used(of)
                print(f"{tool:22}{clock(of):8.1f}{used(of):8.1f}{rates[0]:30,.0f}{rates[1]:10,.0f}")
        finally:
            timed((*PUSHLINT, "server", "stop"), place, **env)


def measured(tools: dict[str, tuple[str, ...]], place: Path, runs: int, env: dict[str, str]) -> dict[str, list[Run]]:
    """The runs of each tool on one draft that is new each time, after one that does not count."""
    draft = place / "draft.md"
    times: dict[str, list[Run]] = {tool: [] for tool in tools if "jobs" not in tool}
    for number in range(runs + 1):
        for at, tool in enumerate(times):
            draft.write_text(DRAFT.format(number=f"{number}-{at}", more=PUSHY), encoding="utf-8")
            times[tool].append(timed((*tools[tool], str(draft)), place, _codes(tool), **env))
    return {tool: of[1:] for tool, of in times.items()}


def _codes(tool: str) -> Sequence[int]:
    return _COUNTS if tool == "write-good" else (0, 1)


def bulk(
    tools: dict[str, tuple[str, ...]], files: Sequence[str], place: Path, runs: int, env: dict[str, str]
) -> dict[str, list[Run]]:
    """The runs of each tool on many drafts, of which nothing is kept."""
    times: dict[str, list[Run]] = {tool: [] for tool in tools if "helper" not in tool}
    for _ in range(runs):
        for tool, of in times.items():
            no_cache = ("--config", "cache=false") if tool.startswith("pushlint") else ()
            of.append(timed((*tools[tool], *no_cache, *files), place, _codes(tool), **env))
    return times


if __name__ == "__main__":
    main()
