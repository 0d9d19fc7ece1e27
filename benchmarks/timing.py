"""What benchmarks share that time whole processes: how long one takes, what it uses, and the drafts it is given."""

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import Path

PUSHLINT = (sys.executable, "-c", "from pushlint.__main__ import main; main()")  # what the installed command runs
DRAFT = """---
subject: Late parcels in week {number}
stage: first-touch
---
Hi {{{{first_name|there}}}},

I looked at how shops of your size plan their deliveries, and wrote down the three checks that most of them start from.
The first one takes ten minutes and needs nothing but last month's list of late parcels. Two of your neighbours found
that most of the delay came from depot {number}, which they could then ask about.{more} How do you keep track of late
parcels at the moment? If it would help, I will send the checks over.

Best,
Ann
"""
PUSHY = " I'd love to close this deal before Friday, because that is when our quarter closes."
EVERY = 5  # one draft in so many is pushy


@dataclass(frozen=True)
class Run:
    """Seconds on the clock and of the processor, and the most megabytes that one of its processes had."""

    clock: float
    used: float
    megabytes: float


def timed(command: Sequence[str | Path], folder: Path, codes: Container[int] = (0, 1), **env: str) -> Run:
    """One run of a command in a folder. Raises SystemExit where it neither passes nor finds something, as its exit code
    says."""
    unwanted = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "CI")
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    null = subprocess.DEVNULL
    start = time.perf_counter()
    process = subprocess.Popen(
        list(map(str, command)), cwd=folder, env=kept | env, stdin=null, stdout=null, stderr=null
    )
    _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in codes:
        raise SystemExit(f"{' '.join(map(str, command[:4]))} ... ended with {process.returncode}")
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Run(took, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


def write(folder: Path, drafts: int) -> int:
    """Writes drafts of about 100 words, in folders of a hundred; how many words there are."""
    words = 0
    for number in range(drafts):
        place = folder / f"campaign-{number // 100:04}"
        place.mkdir(parents=True, exist_ok=True)
        text = DRAFT.format(number=number, more=PUSHY if number % EVERY == 0 else "")
        (place / f"{number:06}.md").write_text(text, encoding="utf-8")
        words += len(text.split())
    return words


def machine() -> str:
    """What it is measured on, and what else it has to do."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    python = platform.python_version()
    return f"{platform.machine()}, {os.cpu_count()} processors, Python {python}; load before: {load}"


def clock(runs: Sequence[Run]) -> float:
    """The median of the seconds on the clock."""
    return statistics.median(run.clock for run in runs)


def used(runs: Sequence[Run]) -> float:
    """The median of the seconds of the processor."""
    return statistics.median(run.used for run in runs)
