"""A folder of small rules, a draft that breaks them, and the command line to run on it."""

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner, Result

from pushlint.cli import main

Run = Callable[..., Result]

RULES = {
    "TST001-zap-talk": """\
        code: TST001
        name: zap-talk
        level: warning
        basis: style
        summary: Says zap
        message: '"{match}" is a loud word'
        why: |
          Because it is loud.

          And short.
        references:
          - {title: A book of loud words, note: page 3, url: "https://example.com/loud"}
        find:
          - zap
        rewrite:
          - {match: calm}
          - {match: quiet, help: or softer}
        examples:
          - bad: "A [zap] for you."
            fixed: "A calm for you."
          - good: "A nap for you."
        """,
    "TST002-faint-word": """\
        code: TST002
        name: faint-word
        level: info
        basis: evidence
        summary: Says whisper
        message: '"{match}" is a faint word'
        why: It is faint.
        find:
          - whisper
        examples:
          - bad: "A [whisper] for you."
            stage: follow-up
          - good: "A nap for you."
          - gap: "A whizzper for you."
            note: misspelt
        """,
}


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """The folder of rules."""
    folder = tmp_path / "house-rules"
    folder.mkdir()
    for name, text in RULES.items():
        (folder / f"{name}.yaml").write_text(dedent(text), encoding="utf-8")
    return folder


@pytest.fixture
def drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: a loud draft, a faint one, a calm one, a README."""
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "loud.md").write_text("Hi Sam,\n\nA zap for you. One zap more.\n\nBest,\nAnn\n", encoding="utf-8")
    (folder / "faint.txt").write_text("Hi Sam,\n\nA whisper for you.\n\nBest,\nAnn\n", encoding="utf-8")
    (folder / "calm.txt").write_text("Hi Sam,\n\nA nap for you.\n\nBest,\nAnn\n", encoding="utf-8")
    (folder / "README.md").write_text("# Drafts\n\nA zap for all.\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def check(rules: Path) -> Run:
    """Runs `pushlint check` with the small rules alone."""

    def run(*args: str, **options: object) -> Result:
        words = ["check", "--rules", str(rules), "--select", "TST", *args]
        return CliRunner().invoke(main, words, **options)  # type: ignore[arg-type]

    return run


@pytest.fixture
def pushlint() -> Run:
    """Runs `pushlint`."""
    return lambda *args: CliRunner().invoke(main, args)
