"""Settings files that are wrong, or made to do harm: a message with file, line and what to do."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pushlint.config.resolve import Configuration
from pushlint.errors import InputError
from pushlint.rulebook import load_rules
from pushlint.settings import select_rules

Write = Callable[..., None]

WRONG = {
    'selct = ["CLO"]': (1, 'there is no setting selct', 'did you mean "select"?'),
    'stage = "cold"\nignroe = 3': (1, 'stage: there is no stage "cold"', "one of first-touch"),
    'select = "CLO"': (1, "select: must be a list, and is a text", "as in select = ["),
    'select = [\n  "CLO",\n  3,\n]': (1, "select.2: must be a text, and is a whole number", "as in select = ["),
    'select = [\n  "CLO",\n  "CLO01",\n]': (3, 'select: there is no rule "CLO01"', 'did you mean "CLO001"?'),
    '[levels]\nCLO = "eror"': (2, 'levels.CLO: there is no "eror"', 'did you mean "error"?'),
    '[levels]\nPRI = "info"\nclosetalk = "info"': (3, 'there is no rule "closetalk"', 'did you mean "close-talk"?'),
    '[per-file."*.md"]\nprofil = "cold"': (2, 'there is no setting per-file."*.md".profil', 'did you mean "profile"?'),
    '[per-file]\n"*.md" = "cold"': (2, 'per-file."*.md" must be a table', 'as in [per-file."*.md"]'),
    '[per-file."*.md"]\nignore = ["CLOO"]': (2, 'ignore: there is no rule "CLOO"', 'did you mean "CLO"?'),
    '[per-file."../*.md"]\nprofile = "cold"': (1, 'the pattern "../*.md" leads out of the folder', ""),
    'exclude = [\n"a",\n"!b"]': (3, 'the pattern "!b" begins with "!"', ""),
    'profile = "newsleter"': (1, 'there is no profile "newsleter"', 'did you mean "newsletter"?'),
    'dialect = "instantli"': (1, 'there is no dialect "instantli"', 'did you mean "instantly"?'),
    '[tags]\na = {type = "persn"}': (2, 'tags.a.type: there is no type "persn"', 'did you mean "person"?'),
    '[tags]\na = {typ = "person"}': (2, "there is no setting tags.a.typ", 'did you mean "type"?'),
    "tags = 1": (1, "tags: must be a table or a list, and is a whole number", "as in tags = {"),
    "max-warnings = -1": (1, "max-warnings: must be at least 0", "as in max-warnings = 20"),
    'fail-on = "loud"': (1, 'fail-on: there is no "loud"', "as in fail-on = "),
    'output-format = "pdf"': (1, 'there is no output format "pdf"', "one of full"),
    '[extensions]\ntpl = "htm"': (2, 'extensions: there is no format "htm"', 'did you mean "html"?'),
    'required-version = ">=9"\nnewkey = 3': (1, "asks for pushlint >=9, and this is", "pip install 'pushlint>=9'"),
    'required-version = "nine"': (1, '"nine" is no range of versions', "write it as in"),
    'extend = "missing.toml"': (1, 'there is no settings file "missing.toml"', "looked for"),
    'rules = ["missing"]': (1, 'rules: there is no folder "missing"', "looked for"),
    'rules = [\n  "/etc"\n]': (2, '"/etc" is outside of the repository', "--rules"),
    'rules = ["link"]': (1, '"link" is outside of the repository', "--rules"),
    "a = [1": (1, "is not TOML", "a text stands in quotes"),
}  # fmt: skip


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_is_told_with_its_line_and_the_right_word(folder: Path, text: str, tmp_path: Path) -> None:
    os.symlink(tmp_path, folder / "link")
    line, message, hint = WRONG[text]
    (folder / "pushlint.toml").write_text(text + "\n")
    with pytest.raises(InputError) as caught:
        select_rules(load_rules(plugins=False), Configuration().of("x.md"))
    assert (caught.value.path, caught.value.line) == ("pushlint.toml", line)
    assert message in caught.value.message
    assert hint in (caught.value.hint or "")


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ("select=CLO", "is not TOML"),
        ("missing.toml", "cannot be read: No such file"),
        ("nonsense", "there is no file"),
        ("fial-on=3", "there is no setting fial-on"),
        ('fail-on="loud"', 'there is no "loud"'),
        ('extend="a.toml"', "belongs in a settings file"),
    ],
)
def test_a_wrong_value_on_the_command_line_is_told(folder: Path, config: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        Configuration(config=[config])


def test_a_circle_of_files_is_told_where_it_closes(write: Write, folder: Path) -> None:
    write(**{"pushlint.toml": 'extend = "a/b.toml"\n', "a/b.toml": 'stage = "reply"\nextend = "../c.toml"\n'})
    os.symlink("pushlint.toml", folder / "c.toml")
    with pytest.raises(InputError, match=r"a/b\.toml:2: extends itself: pushlint\.toml -> a/b\.toml -> pushlint\.toml"):
        Configuration().of("x.md")


def test_links_in_a_circle_are_told(folder: Path) -> None:
    os.symlink("pushlint.toml", folder / "pushlint.toml")
    with pytest.raises(InputError, match=r"pushlint\.toml: cannot be read"):
        Configuration().of("x.md")


def test_a_folder_that_is_a_link_to_one_above_it_ends(write: Write, folder: Path) -> None:
    write(**{"pushlint.toml": 'stage = "reply"\n'})
    os.symlink(".", folder / "again")
    assert Configuration().of("again/again/again/x.md").unsaid.stage == "reply"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xff\xfe", "pushlint.toml:1: is not UTF-8"),
        (b'stage = "reply"\n# \xe9', "pushlint.toml:2: is not UTF-8"),
        (b"# " + b"x" * 1_000_001, "pushlint.toml: is over 1 MB"),
        (b"\0", "is not TOML"),
    ],
)
def test_a_file_that_is_no_text_is_told(folder: Path, data: bytes, message: str) -> None:
    (folder / "pushlint.toml").write_bytes(data)
    with pytest.raises(InputError, match=message):
        Configuration().of("x.md")


def test_what_is_no_file_is_told(folder: Path) -> None:
    os.mkfifo(folder / "pushlint.toml")
    with pytest.raises(InputError, match="is not a file"):
        Configuration().of("x.md")
    (folder / "pushlint.toml").unlink()
    (folder / "pushlint.toml").mkdir()
    with pytest.raises(InputError, match="is not a file"):
        Configuration().of("x.md")


def test_a_pyproject_that_is_a_pipe_keeps_nobody_waiting(folder: Path) -> None:
    os.mkfifo(folder / "pyproject.toml")
    assert Configuration().of("x.md").unsaid.stage is None


def test_folders_may_be_as_deep_as_the_system_lets_them(write: Write) -> None:
    write(**{"pushlint.toml": 'stage = "reply"\n'})
    assert Configuration().of("a/" * 1900 + "x.md").unsaid.stage == "reply"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told(folder: Path) -> None:
    (folder / "pushlint.toml").write_text('stage = "reply"\n')
    (folder / "pushlint.toml").chmod(0)
    with pytest.raises(InputError, match="cannot be read: Permission denied"):
        Configuration().of("x.md")


def test_a_mark_of_byte_order_and_windows_line_ends_are_no_trouble(folder: Path) -> None:
    (folder / "pushlint.toml").write_bytes(b'\xef\xbb\xbfstage = "reply"\r\nprofile = "cold"\r\n')
    assert Configuration().of("x.md").unsaid.profile == "cold"


def test_rules_within_the_repository_may_stand_above_the_settings(write: Write, folder: Path) -> None:
    write(**{"rules/x.yaml": "", "a/pushlint.toml": 'rules = ["../rules"]\n'})
    assert Configuration().of("a/x.md").rules == (folder / "rules",)


def test_without_a_repository_rules_stand_beside_the_settings(write: Write, folder: Path) -> None:
    write(**{"rules/x.yaml": "", "a/rules/x.yaml": "", "a/pushlint.toml": 'rules = ["../rules"]\n'})
    (folder / ".git").rmdir()
    with pytest.raises(InputError, match=r'rules: "\.\./rules" is outside of the folder a,'):
        Configuration().of("a/x.md")
    write(**{"a/pushlint.toml": 'rules = ["rules"]\n'})
    assert Configuration().of("a/x.md").rules == (folder / "a" / "rules",)
