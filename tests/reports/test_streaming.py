"""Reports are written as the results come: much is found, little is held."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pushlint.reports import FORMATS, in_step, renderer
from pushlint.result import FileResult

FILES, EACH = 500, 10

# Writes findings, in files of 40,000 characters, in all formats, and prints by how many KiB the process grew.
WRITE = """
import gc, resource, sys
from conftest import Maker
from pushlint.cli.outputs import Output, write
from pushlint.reports import FORMATS
from pushlint.reports.options import Options

def results(files, each):
    for number in range(files):
        made = Maker(f"a deal in draft {number}\\n" * each + "x" * 40_000, f"drafts/{number}.md")
        yield made.result(*made.everywhere("deal"))

folder, files, each = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
outputs = [Output(format, f"{folder}/report.{format}") for format in FORMATS]
write(outputs, results(100, each), Options())
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
write(outputs, results(files, each), Options())
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the size of a process is told in other units elsewhere")
def test_thousands_of_findings_in_all_formats_take_little_memory(tmp_path: Path) -> None:
    places = [str(Path(__file__).parent), str(Path(__file__).parents[2])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(places)}
    environment.pop("GITHUB_STEP_SUMMARY", None)
    run = [sys.executable, "-c", WRITE, str(tmp_path), str(FILES), str(EACH)]
    done = subprocess.run(run, env=environment, check=True, capture_output=True, text=True)
    written = {format: tmp_path / f"report.{format}" for format in FORMATS}
    assert sum(path.stat().st_size for path in written.values()) > 30_000_000
    assert int(done.stdout) < 8_000
    assert len(json.loads(written["json"].read_text(encoding="utf-8"))) == FILES * EACH
    assert len(json.loads(written["sarif"].read_text(encoding="utf-8"))["runs"][0]["results"]) == FILES * EACH
    assert written["html"].read_text(encoding="utf-8").count("<article>") == FILES
    assert sorted(tmp_path.iterdir()) == sorted(written.values())


@pytest.mark.parametrize("format", FORMATS)
def test_no_report_runs_ahead_of_another(maker: Any, format: str) -> None:
    made = maker("a deal\n" * 3)
    given = [made.result(*made.everywhere("deal")) for _ in range(50)]
    taken = 0

    def counted() -> Iterator[FileResult]:
        nonlocal taken
        for result in given:
            taken += 1
            yield result

    ahead: list[int] = []

    def slow(feed: Iterator[FileResult]) -> Iterator[str]:
        for number, _ in enumerate(feed, 1):
            ahead.append(taken - number)
            yield "one"
            yield "two"

    pieces = list(in_step([renderer(format), slow], counted()))  # type: ignore[list-item]
    assert len(ahead) == 50 and max(ahead) <= 1
    assert "".join(piece for number, piece in pieces if number == 0) == "".join(renderer(format)(given))
