"""Whether results are the same however they are come by: alone, from the cache, by the helper, by several processes.

    python benchmarks/identity.py [FOLDER | MAILS.jsonl]

The JSON lines hold e-mails: objects with `body` and, where known, `subject`, `stage` and `format`. Each becomes a file
of its own. Without a path the drafts in `examples/` are taken. Every report is compared byte for byte, and so are exit
code and standard error; what differs is named, and makes the exit code 1.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from pushlint.kept import FOLDER

PUSHLINT = [sys.executable, "-m", "pushlint"]
EXAMPLES = Path(__file__).parent.parent / "examples"
FORMATS = ("json", "full", "html", "sarif")
ENDS = {"html": "html", "mjml": "mjml", "markdown": "md", "yaml": "yaml", "code-string": "txt"}
Report = tuple[int, bytes, bytes]


def write(path: Path, folder: Path) -> None:
    """The e-mails of a file of JSON lines as files, each with what is known of it in its front matter."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        mail: dict[str, Any] = json.loads(line)
        end = ENDS.get(mail.get("format", ""), "txt")
        head = {key: value for key in ("subject", "stage") if (value := mail.get(key))}
        front = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in head.items())
        text = f"---\n{front}---\n{mail['body']}\n" if front and end != "yaml" else f"{mail['body']}\n"
        (folder / f"{number:05}.{end}").write_text(text, encoding="utf-8")


def reports(folder: Path, *args: str, **env: str) -> list[Report]:
    """What is printed of the files in a folder in each format."""
    return [report(folder, "--output-format", format, *args, **env) for format in FORMATS]


def report(folder: Path, *args: str, **env: str) -> Report:
    command = [*PUSHLINT, "check", "--isolated", "--color", "always", *args]
    ran = subprocess.run(command, cwd=folder, env=os.environ | env, capture_output=True, stdin=subprocess.DEVNULL)
    return ran.returncode, ran.stdout, ran.stderr


def ways(folder: Path, place: Path) -> Iterator[tuple[str, list[Report]]]:
    """The reports, come by in every way."""
    kept = {FOLDER: str(place / "kept")}
    yield "alone", reports(folder, "--no-cache")
    yield "by two processes", reports(folder, "--no-cache", "--jobs", "2")
    yield "by three processes, into the cache", [report(folder, "--output-format", FORMATS[0], "--jobs", "3", **kept)]
    yield "from the cache", reports(folder, **kept)
    helped = {"XDG_RUNTIME_DIR": str(place)}
    try:
        yield "by the helper", reports(folder, "--server", "--no-cache", **helped)
        yield "by the helper and two processes", reports(folder, "--server", "--no-cache", "--jobs", "2", **helped)
        yield "by the helper, from the cache", reports(folder, "--server", **helped, **kept)
        subprocess.run([*PUSHLINT, "server", "status"], env=os.environ | helped)
    finally:
        subprocess.run([*PUSHLINT, "server", "stop"], env=os.environ | helped, capture_output=True)


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path), default=EXAMPLES)
def main(path: Path) -> None:
    """Print whether the results are the same in each way."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        folder = path.resolve()
        if path.is_file():
            folder = place / "mails"
            folder.mkdir()
            write(path, folder)
        files = sum(file.is_file() for file in folder.rglob("*"))
        wanted: list[Report] = []
        differing = 0
        for how, got in ways(folder, place):
            wanted = wanted or got
            same = [one == other for one, other in zip(wanted, got, strict=False)]
            differing += not all(same)
            formats = ", ".join(format for format, is_same in zip(FORMATS, same, strict=False) if not is_same)
            what = f"{sum(len(out) for _, out, _ in got):,} bytes in {len(got)} reports of {files} files"
            print(f"{how}: {f'NOT THE SAME ({formats})' if formats else 'the same'}, {what}", flush=True)
    sys.exit(bool(differing))


if __name__ == "__main__":
    main()
