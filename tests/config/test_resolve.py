"""Which settings hold for a file: the closest settings file, what it extends, the user's, the command line."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pushlint.config.file import user_file
from pushlint.config.resolve import Configuration
from pushlint.draft import KnownTag
from pushlint.errors import InputError
from pushlint.globs import Glob
from pushlint.settings import Settings

Write = Callable[..., None]


class Rule:
    """A rule by its code."""

    def __init__(self, code: str) -> None:
        self.code, self.name = code, f"name-{code.lower()}"


RULES = [Rule(code) for code in ("CLO001", "CLO002", "CLR001", "PRI001")]


def on(settings: Settings) -> list[str]:
    return [rule.code for rule in RULES if settings.is_on(rule)]


def stage(path: str, **options: Any) -> str | None:
    return Configuration(**options).of(path).unsaid.stage


def test_the_closest_settings_file_wins_whole(write: Write) -> None:
    write(
        **{
            "pushlint.toml": 'stage = "reply"\nprofile = "cold"\n',
            "a/b/.pushlint.toml": 'stage = "promo"\n',
        }
    )
    configuration = Configuration()
    assert configuration.of("x.md").unsaid.stage == configuration.of("a/x.md").unsaid.stage == "reply"
    for path in ("a/b/x.md", "./a/b/c/x.md", "a/../a/b/x.md", os.path.abspath("a/b/x.md")):
        assert configuration.of(path).unsaid.stage == "promo"
        assert configuration.of(path).unsaid.profile is None


def test_of_several_in_a_folder_one_counts(write: Write, folder: Path) -> None:
    write(**{"pyproject.toml": '[tool.pushlint]\nstage = "promo"\n'})
    assert stage("x.md") == "promo"
    write(**{"pushlint.toml": 'stage = "reply"\n'})
    assert stage("x.md") == "reply"
    write(**{".pushlint.toml": 'stage = "breakup"\n'})
    assert stage("x.md") == "breakup"


@pytest.mark.parametrize("text", ["[tool.ruff]\n", '[project]\nname = "pushlint-rules"\n', "pushlint = [\n", "\xff"])
def test_a_pyproject_that_says_nothing_of_pushlint_does_not_count(write: Write, text: str) -> None:
    write(**{"pushlint.toml": 'stage = "reply"\n', "a/pyproject.toml": text})
    assert stage("a/x.md") == "reply"


def test_a_broken_pyproject_with_the_table_is_told(write: Write) -> None:
    write(**{"pyproject.toml": "[tool.pushlint]\nstage = reply\n"})
    with pytest.raises(InputError, match=r"pyproject\.toml:2:9: is not TOML"):
        stage("x.md")


def test_what_a_file_extends_goes_before_it(write: Write) -> None:
    write(
        **{
            "base.toml": """\
            stage = "reply"
            profile = "cold"
            terms = ["Close CRM"]
            extend-exclude = ["old/"]
            [levels]
            CLO = "error"
            CLR = "info"
            [tags]
            name = { type = "person" }
            city = ["Austin"]
            """,
            "a/pushlint.toml": """\
            extend = "../base.toml"
            stage = "promo"
            terms = ["Hurry Curry"]
            [levels]
            CLR = "off"
            [tags]
            city = ["Oslo"]
            """,
        }
    )
    settings = Configuration().of("a/x.md")
    assert (settings.unsaid.stage, settings.unsaid.profile) == ("promo", "cold")
    assert settings.terms == ("Close CRM", "Hurry Curry")
    assert settings.unsaid.tags == {"name": KnownTag(type="person"), "city": KnownTag(("Oslo",))}
    assert on(settings) == ["CLO001", "CLO002", "PRI001"]
    assert settings.tuning(RULES).levels == (("CLO001", "error"), ("CLO002", "error"), ("CLR001", "info"))
    assert settings.exclude[-1].matches(os.path.abspath("old/x.md"))


@pytest.mark.parametrize(
    ("base", "closer", "flags", "expected"),
    [
        ('ignore = ["CLO"]', "", {}, ["CLR001", "PRI001"]),
        ('ignore = ["CLO"]', 'ignore = ["CLR"]', {}, ["PRI001"]),
        ('ignore = ["CLO"]', 'extend-select = ["CLO001"]', {}, ["CLO001", "CLR001", "PRI001"]),
        ('ignore = ["CLO001"]', 'extend-select = ["CLO"]', {}, ["CLO001", "CLO002", "CLR001", "PRI001"]),
        ('ignore = ["CLO"]', 'select = ["CLO"]', {}, ["CLO001", "CLO002"]),
        ('select = ["CLO"]', 'ignore = ["CLO002"]', {}, ["CLO001"]),
        ('select = ["CLO", "PRI"]', "", {"ignore": ("PRI",)}, ["CLO001", "CLO002"]),
        ('ignore = ["CLO"]', "", {"select": ("CLO", "PRI")}, ["CLO001", "CLO002", "PRI001"]),
        ('select = ["CLO001"]', "", {"extend-select": ("name-pri001",)}, ["CLO001", "PRI001"]),
        ('levels = {CLO = "off", CLO001 = "error"}', "", {}, ["CLO001", "CLR001", "PRI001"]),
        ('levels = {CLO = "off"}', "", {"select": ("CLO002",)}, ["CLO002"]),
        ('levels = {CLO = "info"}\nselect = ["PRI"]', "", {}, ["PRI001"]),
    ],
)
def test_of_the_places_that_speak_of_a_rule_the_last_decides(
    write: Write, base: str, closer: str, flags: dict[str, Any], expected: list[str]
) -> None:
    write(**{"base.toml": base, "pushlint.toml": f'extend = "base.toml"\n{closer}\n'})
    assert on(Configuration(flags).of("x.md")) == expected


PER_FILE = """\
    select = ["CLO", "CLR"]
    stage = "reply"

    [per-file."news/**"]
    ignore = ["CLO002"]
    profile = "newsletter"
    levels = { CLR = "info" }

    [per-file."*.html"]
    stage = "promo"
    format = "plain"

    [per-file."news/only.md"]
    select = ["PRI"]
    """


@pytest.mark.parametrize(
    ("path", "flags", "codes", "said"),
    [
        ("a.md", {}, ["CLO001", "CLO002", "CLR001"], ("reply", None, None)),
        ("news/a.md", {}, ["CLO001", "CLR001"], ("reply", "newsletter", None)),
        ("news/b/a.html", {}, ["CLO001", "CLR001"], ("promo", "newsletter", "plain")),
        ("news/only.md", {}, ["PRI001"], ("reply", "newsletter", None)),
        ("news/a.md", {"select": ("CLO",)}, ["CLO001"], ("reply", "newsletter", None)),
        ("news/only.md", {"select": ("CLO",)}, [], ("reply", "newsletter", None)),
        ("news/a.md", {"extend-select": ("CLO002",)}, ["CLO001", "CLO002", "CLR001"], ("reply", "newsletter", None)),
        ("news/a.md", {"ignore": ("CLR",)}, ["CLO001"], ("reply", "newsletter", None)),
    ],
)
def test_per_file_holds_for_the_files_of_its_pattern(
    write: Write, path: str, flags: dict[str, Any], codes: list[str], said: tuple[str | None, ...]
) -> None:
    write(**{"pushlint.toml": PER_FILE})
    settings = Configuration(flags).of(path)
    assert on(settings) == codes
    assert (settings.unsaid.stage, settings.unsaid.profile, settings.format) == said


def test_patterns_are_relative_to_the_file_that_says_them(write: Write) -> None:
    write(
        **{
            "pushlint.toml": '[per-file."a/*.md"]\nstage = "reply"\n',
            "b/pushlint.toml": 'extend = "../pushlint.toml"\nextend-exclude = ["a/*.txt"]\n',
        }
    )
    assert stage("a/x.md") == "reply"
    assert stage("b/a/x.md") is None
    assert [glob for glob in Configuration().of("b/x.md").exclude if "/" in glob.pattern] == [
        Glob("a/*.txt", os.path.abspath("b"))
    ]


def test_the_users_file_holds_where_there_is_no_other(
    write: Write, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    (home / "pushlint" / "house").mkdir(parents=True)
    text = (
        'stage = "reply"\nrules = ["house"]\nextend-exclude = ["old/"]\n[per-file."news/*"]\nprofile = "newsletter"\n'
    )
    (home / "pushlint" / "pushlint.toml").write_text(text)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    settings = Configuration().of("news/x.md")
    assert (settings.unsaid.stage, settings.unsaid.profile) == ("reply", "newsletter")
    assert settings.rules == (home / "pushlint" / "house",)
    assert any(glob.matches(os.path.abspath("old/x")) for glob in settings.exclude)
    assert stage("x.md", base=Settings(isolated=True)) is None
    write(**{"pushlint.toml": 'profile = "cold"\n'})
    assert stage("x.md") is None


def test_the_users_file_may_be_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", "relative")
    assert user_file() is None


def test_config_names_a_file_that_governs_all(write: Write) -> None:
    write(**{"pushlint.toml": 'stage = "reply"\n', "ci/strict.toml": 'stage = "promo"\n'})
    assert stage("x.md", config=["ci/strict.toml"]) == stage("a/x.md", config=["ci/strict.toml"]) == "promo"
    with pytest.raises(InputError, match="two settings files"):
        Configuration(config=["ci/strict.toml", "pushlint.toml"])


def test_config_sets_single_keys_over_all_files(write: Write) -> None:
    write(**{"pushlint.toml": 'stage = "reply"\nselect = ["CLO"]\nterms = ["a"]\n'})
    said = ['stage="promo"', 'ignore=["CLO002"]', "max-warnings=3", 'terms=["b"]', 'levels.CLO001="info"']
    settings = Configuration(config=said).of("x.md")
    assert (settings.stage, settings.max_warnings, settings.terms) == ("promo", 3, ("a", "b"))
    assert on(settings) == ["CLO001"]
    assert settings.tuning(RULES).levels == (("CLO001", "info"),)


def test_flags_go_over_config_and_files(write: Write) -> None:
    write(**{"pushlint.toml": 'stage = "reply"\noutput-format = "json"\n'})
    settings = Configuration({"stage": "promo", "output-format": None}, ['stage="breakup"']).of("x.md")
    assert (settings.stage, settings.unsaid.stage, settings.output_format) == ("promo", "reply", "json")


def test_the_run_as_a_whole_goes_by_the_folder_of_all_its_paths(write: Write) -> None:
    write(
        **{
            "pushlint.toml": 'fail-on = "never"\n',
            "a/pushlint.toml": 'fail-on = "error"\n',
            "a/b/x.md": "",
            "a/c/y.md": "",
        }
    )
    configuration = Configuration()
    for paths, expected in (
        (["."], "never"),
        (["a"], "error"),
        (["a/b/x.md", "a/c/y.md"], "error"),
        (["a", "z"], "never"),
    ):
        assert configuration.of_run(paths)[0].fail_on == expected, paths


def test_a_settings_file_above_is_found_from_an_absolute_path(write: Write, tmp_path: Path) -> None:
    write(**{"pushlint.toml": 'stage = "reply"\n'})
    os.chdir(tmp_path)
    assert stage("repository/a/b/x.md") == "reply"
    assert stage("elsewhere/x.md") is None


def test_the_key_is_the_same_for_the_same_settings_and_another_for_others(write: Write) -> None:
    def key(text: str, **flags: Any) -> str:
        write(**{"pushlint.toml": text})
        return Configuration(flags).of("x.md").key

    base = key('stage = "reply"\nlevels = {CLO = "error"}\n')
    assert base == key('levels = {CLO = "error"}\nstage = "reply"\nfail-on = "error"\noutput-format = "json"\n')
    others = [
        key('stage = "promo"\nlevels = {CLO = "error"}\n'),
        key('stage = "reply"\nlevels = {CLO = "info"}\n'),
        key('stage = "reply"\nlevels = {CLO = "error"}\nterms = ["a"]\n'),
        key('stage = "reply"\nlevels = {CLO = "error"}\ntags = ["a"]\n'),
        key('stage = "reply"\nlevels = {CLO = "error"}\n', select=("CLO",)),
    ]
    assert len({base, *others}) == 6


def test_many_files_are_resolved_soon(write: Write) -> None:
    entries = "".join(f'[per-file."area{n}/**/*.md"]\nignore = ["CLR"]\n' for n in range(10))
    write(**{"pushlint.toml": entries})
    configuration = Configuration()
    start = time.process_time()
    settings = {id(configuration.of(f"area{n % 40}/team{n % 700}/draft{n}.md")) for n in range(20_000)}
    assert len(settings) == 11
    assert time.process_time() - start < 3
