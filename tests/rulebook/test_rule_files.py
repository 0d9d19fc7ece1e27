"""A wrong rule file is refused with its line and the word that was meant; local rules replace shipped ones."""

from pathlib import Path

import pytest

from pushlint.errors import InputError
from pushlint.linter import Linter
from pushlint.rulebook import load_rules, rules_in
from pushlint.rulebook.load import read
from pushlint.rulebook.schema import Rule

SOUND = """\
code: TST001
name: zap
level: warning
basis: style
summary: Says zap
message: m
why: w
find:
  - zap
examples:
  - bad: "A [zap]."
  - good: "A nap."
"""
FIND = "find:\n  - zap"
GOOD = '  - good: "A nap."'
FINDERS = "a finder has exactly one of phrase, pattern, ask, absence, order, measure"


def written(folder: Path, text: str, name: str = "TST001-zap.yaml") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "line", "message", "hint"),
    [
        ("why: w", "whyy: w", 7, "unknown field `whyy`", 'did you mean "why"?'),
        ("level: warning", "level: warn", 3, "Invalid enum value 'warn'", 'did you mean "warning"?'),
        ("basis: style\n", "", 1, "missing required field `basis`", None),
        ("summary: Says zap", "summary: 3", 5, "Expected `str`, got `int`", None),
        ("code: TST001", "code: tst1", 1, "^[A-Z]{3,8}[0-9]{3}$", None),
        (FIND, "find: []", 8, "length >= 1", None),
        (GOOD + "\n", "", 10, "length >= 2", None),
        (FIND, "find:\n  - zap\n  - {phrase: a, pattern: b}", 10, FINDERS, None),
        (FIND, "find:\n  - {}", 9, FINDERS, None),
        (FIND, "find:\n  - phrase: a\n    when:\n      moood: question", 11, "unknown field `moood`",
         'did you mean "mood"?'),
        (FIND, "find:\n  - phrase: a\n    when: {mood: [question, imperativ]}", 10, "'imperativ'",
         'did you mean "imperative"?'),
        (FIND, "find:\n  - {phrase: a, when: {modal: woud}}", 9, "'woud'", 'did you mean "would"?'),
        (FIND, "find:\n  - {measure: {of: wrods, over: 3}}", 9, "'wrods'", 'did you mean "words"?'),
        (FIND, "find:\n  - {absence: gives-valeu}", 9, 'there is no move "gives-valeu"', 'did you mean "gives-value"?'),
        (FIND, "find:\n  - {order: {phrase: a, before: [teches]}}", 9, 'no move "teches"', 'did you mean "teaches"?'),
        (FIND, "find:\n  - zap\nunless:\n  - {move: [teaches, nugdes]}", 11, 'no move "nugdes"',
         'did you mean "nudges"?'),
        (FIND, "find:\n  - {ask: tyme}", 9, 'there is no ask "tyme"', 'did you mean "time"?'),
        (FIND, FIND + "\nrewrite:\n  - {match: a, cut: sentence}", 11, "a rewrite has exactly one of match", None),
        (FIND, FIND + "\nrewrite:\n  - {mtach: a}", 11, "unknown field `mtach`", 'did you mean "match"?'),
        (GOOD, '  - {good: a, bad: b}', 12, "an example has exactly one of bad, good, gap", None),
        (GOOD, '  - {good: a, fixed: b}', 12, "only a bad example can have a fixed text", None),
        (FIND, "find:\n  - @deal", 9, "is not YAML", "single quotes"),
        ("why: w", "why: [w", 8, "is not YAML", None),
    ],
)  # fmt: skip
def test_wrong_rule_file(tmp_path: Path, old: str, new: str, line: int, message: str, hint: str | None) -> None:
    assert old in SOUND
    path = written(tmp_path, SOUND.replace(old, new))
    with pytest.raises(InputError) as raised:
        read(path, Rule)
    assert (raised.value.path, raised.value.line) == (str(path), line)
    assert message in raised.value.message
    assert hint is None or hint in (raised.value.hint or "")


@pytest.mark.parametrize("data", [b"", b"- a\n", b"only text", b"3"])
def test_a_file_without_keys_is_no_rule(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(data)
    with pytest.raises(InputError, match="Expected `object`"):
        read(path, Rule)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"code: \xff\xfe")
    with pytest.raises(InputError, match="is not UTF-8"):
        read(path, Rule)


@pytest.mark.parametrize(
    ("find", "message"),
    [
        ("zap (a|b", 'a ")" is missing in the phrase "zap (a|b"'),
        ("zap <nuon>", 'no class "<nuon>"'),
        ("zap @dael", 'no vocabulary "@dael"'),
        ("{phrase: zap, unless: [{sentence: (a|b}]}", 'a ")" is missing in the phrase "(a|b"'),
        ('{pattern: "a("}', 'the pattern "a(" is wrong: missing )'),
    ],
)
def test_a_phrase_or_pattern_that_cannot_be_read_names_its_rule(tmp_path: Path, find: str, message: str) -> None:
    quoted = find if find.startswith("{") else f"'{find}'"
    path = written(tmp_path, SOUND.replace("- zap", f"- {quoted}"))
    with pytest.raises(InputError) as raised:
        Linter([read(path, Rule)])
    assert message in str(raised.value)
    assert "TST001" in str(raised.value)


def test_two_rules_of_one_code_in_a_folder_are_refused(tmp_path: Path) -> None:
    written(tmp_path, SOUND)
    second = written(tmp_path, SOUND.replace("name: zap", "name: zip"), "TST001-zip.yaml")
    with pytest.raises(InputError, match="another rule of this folder has the code TST001") as raised:
        rules_in(tmp_path)
    assert (raised.value.path, raised.value.line) == (str(second), 1)
    errors: list[InputError] = []
    assert [rule.name for rule in rules_in(tmp_path, errors)] == ["zap"]
    assert len(errors) == 1


def test_a_local_rule_replaces_the_shipped_one_and_the_later_folder_wins(tmp_path: Path) -> None:
    local = SOUND.replace("TST001", "CLO001")
    written(tmp_path / "one", local)
    written(tmp_path / "two", local.replace("name: zap", "name: zip"))
    written(tmp_path / "two", SOUND.replace("TST001", "AAA001"), "AAA001.yaml")
    shipped = load_rules(plugins=False)
    rules = load_rules([tmp_path / "one", tmp_path / "two"], plugins=False)
    assert [rule.name for rule in rules if rule.code == "CLO001"] == ["zip"]
    assert [rule.code for rule in rules] == ["AAA001", *(rule.code for rule in shipped)]


def test_a_broken_file_costs_only_its_rule(tmp_path: Path) -> None:
    written(tmp_path, SOUND)
    written(tmp_path, "code: TST002", "TST002.yaml")
    errors: list[InputError] = []
    codes = {rule.code for rule in load_rules([tmp_path], plugins=False, errors=errors)}
    assert "TST001" in codes and "TST002" not in codes
    assert [Path(error.path or "").name for error in errors] == ["TST002.yaml"]


@pytest.mark.parametrize(("make", "message"), [(False, "no such folder of rules"), (True, "no rule files here")])
def test_a_folder_without_rules_is_an_error(tmp_path: Path, make: bool, message: str) -> None:
    folder = tmp_path / "house"
    if make:
        folder.mkdir()
    with pytest.raises(InputError, match=message):
        load_rules([folder], plugins=False)


BOMB = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("code: " + "[" * 150 + "]" * 150, "is nested too deeply"),
        ("code: " + "[" * 5_000 + "]" * 5_000, "is nested too deeply"),
        ("code: " + "[" * 200_000 + "]" * 200_000, "is nested too deeply"),
        ("code:\n" + "- " * 200_000 + "x", "is nested too deeply"),
        (SOUND + BOMB, "has over 200,000 values"),
        (SOUND + "find: &a [*a]\n", "is nested too deeply"),
    ],
)
def test_a_file_that_would_never_end_is_refused(text: str, message: str, tmp_path: Path) -> None:
    path = written(tmp_path / "r", text)
    with pytest.raises(InputError, match=message) as caught:
        read(path, Rule)
    assert caught.value.path == str(path)
