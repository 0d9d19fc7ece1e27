"""The whole command, killed while it writes: each file is the old one or the new one."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from pushlint.cli import main

TEXT = "Subject: Your returns page\n\nHi Sam,\n\nJust checking in. We want to close this deal with you.\n\nAnn\n"


@pytest.mark.skipif(os.name == "nt", reason="processes are killed otherwise there")
def test_each_file_is_whole(tmp_path: Path) -> None:
    model = tmp_path / "model.txt"
    model.write_text(TEXT)
    CliRunner().invoke(main, ["check", "--fix-only", "--unsafe-fixes", str(model)])
    wanted = model.read_text()
    assert wanted != TEXT
    model.unlink()
    files = [tmp_path / f"{number:02}.txt" for number in range(60)]
    for seed in range(3):
        for file in files:
            file.write_text(TEXT)
        command = [sys.executable, "-m", "pushlint", "check", "--fix-only", "--unsafe-fixes", str(tmp_path)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        while files[0].read_text() == TEXT and process.poll() is None:
            time.sleep(0.005)
        time.sleep(random.Random(seed).uniform(0, 0.3))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert {file.read_text() for file in files} <= {TEXT, wanted}
        assert len([*tmp_path.iterdir()]) <= len(files) + seed + 1
    CliRunner().invoke(main, ["check", "--fix-only", "--unsafe-fixes", str(tmp_path)])
    assert {file.read_text() for file in files} == {wanted}
