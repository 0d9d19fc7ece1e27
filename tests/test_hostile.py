"""Files that are broken or made to break a reader: a message with file and line, and the others are still linted."""

import json
import tracemalloc
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pushlint.cli import main
from pushlint.errors import InputError
from pushlint.readers import read

GOOD = "subject: A\nbody: We want to close this deal with you.\n"
BOMB = "a0: &a0 x\n" + "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10))
DEEP = 10_000
BAD = {
    "cut.json": (b'{"subject": "a",\n "body": "Hi', 2),
    "deep.json": (b"[\n" + b"[" * DEEP + b"]" * DEEP + b"]", 2),
    "deep.jsonl": (b'{"a": 1}\n' + b"[" * DEEP + b"]" * DEEP, 2),
    "deep.yaml": (b"a: 1\nb: " + b"[" * DEEP + b"]" * DEEP, 2),
    "deep.xml": (b"<a>\n" + b"<b>" * DEEP + b"</b>" * DEEP + b"</a>", 2),
    "cycle.yaml": (b"subject: a\nbody: &b\n  - *b\n", 3),
    "bomb.yaml": (BOMB.encode(), None),
    "bomb.xml": (b'<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>', 2),
    "ragged.csv": (b"subject,body\na,b\na\n", 3),
    "open.csv": (b'subject,body\na,b\na,"b\n\nc\n', 3),
    "null.csv": (b"subject,body\na,b\0c\n", 2),
    "null.yaml": (b"subject: a\nbody: b\0c\n", 2),
    "latin.jsonl": (b'{"subject": "a", "body": "b"}\n{"subject": "caf\xe9"}\n', 2),
    "latin.xml": (b"<T>\n<subject>caf\xe9</subject></T>", 2),
    "mixed.yaml": (b"subject: a\r\nbody: b\rc: d: e\n", 3),
    "cut.email-meta.xml": (b"<EmailTemplate>\n<subject>a", 2),
    "package.json": (b'{"name": "a", "scripts": {}}', None),
    "people.csv": (b"name,email\nA,a@example.com\n", 1),
}


def check(*args: str) -> Result:
    return CliRunner().invoke(main, ["check", "--select", "CLO001", *args])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, (data, _) in BAD.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "good.yaml").write_text(GOOD)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_each_is_named_with_its_line_and_the_others_are_linted(folder: Path) -> None:
    result = check(*BAD, "good.yaml", "--output-format", "json")
    assert result.exit_code == 2
    assert [found["path"] for found in json.loads(result.stdout)] == ["good.yaml"]
    for name, (_, line) in BAD.items():
        (told,) = [said for said in result.stderr.splitlines() if said.startswith(f"error: {name}:")]
        assert line is None or told.startswith(f"error: {name}:{line}:"), told


def test_in_a_folder_what_holds_no_emails_is_passed_over(folder: Path) -> None:
    result = check(".", "-v", "--output-format", "json")
    assert "passed over package.json: no keys of a subject and a text near the top" in result.stderr
    assert "passed over people.csv: no keys" in result.stderr
    assert "error: cut.json:2:" in result.stderr and "error: package.json" not in result.stderr


def test_what_only_looked_like_it_is_passed_over_in_a_folder_and_told_when_named(folder: Path) -> None:
    (folder / "menu.json").write_text('{"subject": {"type": "string"}, "body": {"type": "string"}}')
    assert "passed over menu.json: no e-mails in this JSON file" in check(".", "-v").stderr
    named = check("menu.json")
    assert named.exit_code == 2
    assert "error: menu.json: no e-mails in this JSON file\n  expected are e-mails with the keys" in named.stderr


def memory(name: str, data: bytes) -> int:
    tracemalloc.start()
    try:
        read(name, data)
    except InputError:
        pass
    finally:
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    return peak


@pytest.mark.parametrize(
    ("name", "bad", "good"),
    [
        ("a.yaml", BOMB.encode(), b"- {subject: a, body: the text of it}\n"),
        ("a.yaml", b"[" * DEEP, b"- {subject: a, body: the text of it}\n"),
        ("a.json", b"[" * DEEP, b'[{"subject": "a", "body": "the text of it"}'),
        ("a.xml", b"<a>" * DEEP, b"<T><subject>a</subject><body>the text of it</body></T>"),
        ("a.csv", b'subject,body\n"' + b'""' * DEEP, b"subject,body\na,the text of it\n"),
        ("a.csv", b"subject,body\n" + b"," * DEEP, b"subject,body\na,the text of it\n"),
    ],
)
def test_memory_stays_that_of_a_good_file(name: str, bad: bytes, good: bytes) -> None:
    if name == "a.yaml":
        same = good * (1 + len(bad) // len(good))
    elif name == "a.csv":
        same = good + b"a,the text of it\n" * (len(bad) // 17)
    elif name == "a.json":
        same = b"[" + b",".join([good[1:]] * (1 + len(bad) // len(good))) + b"]"
    else:
        same = b"<S>" + good * (1 + len(bad) // len(good)) + b"</S>"
    assert memory(name, bad) < 10 * memory(name, same)
