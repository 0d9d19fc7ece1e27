"""The pipeline and the shipped rules, loaded once for all tests."""

import os
from collections.abc import Callable
from tempfile import TemporaryDirectory

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from pushlint.kept import FOLDER
from pushlint.language import load_pipeline, make_doc
from pushlint.linter import Linter
from pushlint.readers import read
from pushlint.rulebook import load_rules

_kept = TemporaryDirectory()
os.environ[FOLDER] = _kept.name  # not the user's; also for the processes that tests start


@pytest.fixture(scope="session", autouse=True)
def no_settings_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whoever runs the tests may have settings of their own."""
    os.environ["XDG_CONFIG_HOME"] = str(tmp_path_factory.mktemp("config"))


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The pipeline."""
    return load_pipeline()


@pytest.fixture(scope="session")
def parse(nlp: Language) -> Callable[..., Doc]:
    """Parses the text of a file that holds one draft."""

    def parsed(text: str, name: str = "draft.txt") -> Doc:
        (draft,) = read(name, text.encode())
        return nlp(make_doc(nlp, draft))

    return parsed


@pytest.fixture(scope="session")
def linter() -> Linter:
    """A linter with all the shipped rules."""
    return Linter(load_rules(plugins=False))
