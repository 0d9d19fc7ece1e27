"""The benchmark of rewrites tells what cures from what does not, and prints the same sample for the same seed."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
MAILS = [
    {
        "subject": "Your rota",
        "stage": "first-touch",
        "body": "Hi Sam,\n\nI hope this finds you well. Your rota page lists two weeks. We'd love to close the deal.\n",
    },
    {"subject": None, "body": "Hi Sam,\n\nThe minutes are attached.\n", "stage": "reply"},
]


def run(mails: Path, *options: str) -> str:
    from rewrites import main

    return CliRunner().invoke(main, [str(mails), *options], catch_exceptions=False).output


def test_shares_and_a_sample_that_can_be_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(BENCHMARKS)
    mails = tmp_path / "mails.jsonl"
    mails.write_text("\n".join(map(json.dumps, MAILS)))
    printed = run(mails, "--sample", "2", "--seed", "3")
    assert printed == run(mails, "--sample", "2", "--seed", "3")
    assert printed.startswith("2 e-mails, 2 findings in places\n")
    figures = {line[:23].strip(): line[23:].split("%")[0].strip() for line in printed.splitlines()[1:6]}
    assert figures == {
        "with a rewrite": "100.0",
        "with an edit": "100.0",
        "no blank to fill in": "100.0",
        "cures, brings nothing": "100.0",
        "comes to an end": "100.0",
    }
    paragraph = "I hope this finds you well. Your rota page lists two weeks. We'd love to close the deal."
    assert printed.count(f"\n- {paragraph}\n") == 2
    assert f"\n+ {paragraph.removeprefix('I hope this finds you well. ')}" in printed
    assert "LST002" not in printed and "LST002" in run(mails, "--sample", "2", "--named")
