"""The accuracy script counts what is right, what is a false alarm and what is missed."""

import importlib.util
import json
from pathlib import Path

from click.testing import CliRunner

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "accuracy.py"
BODY = "Hi Sam,\n\nWe want to close this deal. ASAP, please reply. Here is a poem.\n"


def label(rule: str, words: str, zone: str = "body", text: str = BODY) -> dict[str, object]:
    return {"rule": rule, "zone": zone, "start": text.index(words), "end": text.index(words) + len(words)}


def test_right_alarms_and_misses_are_counted(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("accuracy", SCRIPT)
    assert spec and spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    mail = {
        "subject": "Let us seal the deal",
        "body": BODY,
        "stage": "first-touch",
        "doc": ["VAL001", "VAL006"],
        "optional_doc": ["VAL002"],
        "spans": [
            label("CLO001", "close this deal"),
            label("CLO001", "poem"),
            label("CLO001", "seal", "subject", "Let us seal the deal"),
        ],
        "optional_spans": [label("URG003", "ASAP")],
    }
    mails = tmp_path / "mails.jsonl"
    mails.write_text(json.dumps(mail) + "\n")
    lines = CliRunner().invoke(script.main, [str(mails)], catch_exceptions=False).output.splitlines()
    figures = {line.split()[0]: line.split()[-3:] for line in lines[1:-1]}
    assert figures["CLO001"] == ["2", "0", "1"] and figures["CLO"] == ["2", "0", "1"]
    assert figures["VAL001"] == ["1", "0", "0"] and figures["VAL006"] == ["0", "0", "1"] and "VAL002" not in figures
    assert lines[0].startswith("1 e-mails, 15 words") and lines[-1].startswith("false alarms in places")
