"""How fast pushlint is on this machine, on one core: from the shell on one draft, and in words a second on many.

Also what the language pipeline takes of that: its loading, the memory of a run, tagger and parser alone.

    python benchmarks/speed.py [FOLDER | MAILS.jsonl]

The JSON lines hold e-mails: objects with `body` and, where known, `subject` and `stage`. Without a path the drafts in
`examples/` are taken. They are repeated until there are at least 20,000 words.
"""

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import click

from pushlint.kept import FOLDER
from pushlint.language import load_pipeline, make_doc
from pushlint.readers import read
from pushlint.run import Inputs, run
from pushlint.settings import Settings

EXAMPLES = Path(__file__).parent.parent / "examples"
WORDS = 20_000
ROUNDS = 10
LOAD = """
import time, spacy, pushlint.language
start = time.perf_counter()
pushlint.language.load_pipeline()
print(time.perf_counter() - start)
"""
DRAFT = """---
subject: Your renewal on 3 May
stage: follow-up
---
Hi {{first_name}},

I looked at how {{company}} plans its deliveries, and wrote down the three checks that shops of your size usually start
from. The first one takes ten minutes and needs nothing but last month's list of late parcels. Two of your neighbours
found that most of the delay came from a single depot, which they could then ask about. I'd love to close this deal
before Friday, because that is when our quarter closes. Plans start at $99 a month. How do you keep track of late
parcels at the moment? If it would help, I will send the checks over.

Best,
Ann
"""


def drafts(path: Path) -> list[str]:
    """The e-mails in a folder or a file of JSON lines, as drafts."""
    if path.is_dir():
        return [file.read_text(encoding="utf-8") for file in sorted(path.rglob("*")) if file.suffix in (".txt", ".md")]
    return [_draft(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _draft(mail: dict[str, str | None]) -> str:
    head = {key: value for key in ("subject", "stage") if (value := mail.get(key))}
    front = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in head.items())
    return f"---\n{front}---\n{mail['body']}\n" if front else f"{mail['body']}\n"


def enough(texts: list[str]) -> Iterator[str]:
    """The drafts, again and again, up to the number of words wanted."""
    words = 0
    while words < WORDS:
        for text in texts:
            yield text
            words += len(text.split())


def alone(folder: Path, kept: str, *options: str) -> list[float]:
    """Seconds that `pushlint check` takes on a draft, in a new process each time, with what is kept in `kept`."""
    path = folder / "draft.md"
    path.write_text(DRAFT, encoding="utf-8")
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {FOLDER: kept}
    command = [sys.executable, "-m", "pushlint", "check", "--isolated", "--exit-zero", *options, str(path)]
    return [_seconds(command, env) for _ in range(ROUNDS + 1)][1:]  # the first one writes the bytecode and what is kept


def _seconds(command: list[str], env: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, env=env, check=True, capture_output=True, timeout=60)
    return time.perf_counter() - start


def warm(folder: Path, texts: list[str]) -> tuple[int, list[float]]:
    """The number of words in the drafts, and the seconds that linting them all takes, three times."""
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"{number:06}.md").write_text(text, encoding="utf-8")
    settings = Settings(isolated=True)
    paths = [str(path) for path in sorted(folder.iterdir())]
    list(run(Inputs(paths[:1], settings)))  # loads the pipeline
    times = []
    for _ in range(3):
        start = time.perf_counter()
        for _ in run(Inputs(paths, settings)):
            pass
        times.append(time.perf_counter() - start)
    return sum(len(text.split()) for text in texts), times


def loading() -> list[float]:
    """Seconds that the pipeline takes to load, spaCy itself already imported, each time in a new process."""
    return [float(subprocess.check_output([sys.executable, "-c", LOAD], timeout=60)) for _ in range(ROUNDS)]


def parsing(texts: list[str]) -> list[float]:
    """Words a second of processor time for tagger and parser alone, in batches, three times."""
    nlp = load_pipeline()
    drafts = [draft for text in texts for draft in read("draft.md", text.encode())]
    wanted = {"tok2vec", "tagger", "parser"}
    rates = []
    for _ in range(3):
        docs = [make_doc(nlp, draft) for draft in drafts]
        start = time.process_time()
        list(nlp.pipe(docs, batch_size=64, disable=[name for name in nlp.pipe_names if name not in wanted]))
        rates.append(sum(map(len, docs)) / (time.process_time() - start))
    return rates


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path), default=EXAMPLES)
def main(path: Path) -> None:
    """Print the figures, with the medians that count."""
    cores = os.cpu_count()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    print(f"{platform.machine()}, one of {cores} cores, Python {platform.python_version()}, spaCy {version('spacy')}")
    with tempfile.TemporaryDirectory() as folder:
        print(f"one draft of {len(DRAFT.split())} words, from the shell:")
        print(f"  cold, rules compiled anew: {_spread(alone(Path(folder), '', '--no-cache'))}")
        kept = str(Path(folder, "kept"))
        times = alone(Path(folder), kept, "--config", "cache=false")
        print(f"  cold, compiled rules kept: {_spread(times)} (goal: at most 1.6 s)")
        megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"  unchanged since the last run: {_spread(alone(Path(folder), kept))}")
        print(f"memory of a cold run: at most {megabytes:.0f} MB (goal: at most 250)")
        print(f"loading the pipeline: {_spread(loading())} (goal: at most 0.25 s)")
        texts = list(enough(drafts(path)))
        rates = parsing(texts)
        print(f"tagger and parser: median {statistics.median(rates):,.0f} words a second (goal: 18,000)")
        words, times = warm(Path(folder, "many"), texts)
    rate = words / statistics.median(times)
    print(f"{words:,} words of {path.name}: {_spread(times)}")
    print(f"{rate:,.0f} words a second, {rate / 20_000:.2f} of the goal of 20,000")


def _spread(times: list[float]) -> str:
    return f"median {statistics.median(times):.2f} s ({min(times):.2f} to {max(times):.2f} s, {len(times)} times)"


if __name__ == "__main__":
    main()
