"""A helper of the tests' own, and the program with it and without."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import DRAFT, Program, a_program


@pytest.fixture
def program() -> Iterator[Program]:
    """The program, and nothing started yet."""
    yield from a_program()


@pytest.fixture(scope="module")
def served() -> Iterator[Program]:
    """The program with a helper that waits for questions, for all tests of a file."""
    for program in a_program():
        assert program("server", "start").returncode == 0
        yield program


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.md"
    path.write_text(DRAFT, encoding="utf-8")
    return path
