from pathlib import Path
from typing import Any

Run = Any


def test_rules_whose_examples_hold(pushlint: Run, rules: Path) -> None:
    result = pushlint("test", str(rules))
    assert (result.exit_code, result.output) == (0, "Ran 5 examples of 2 rules: all as expected.\n")


def test_a_failing_example_is_shown_with_its_file_and_line(pushlint: Run, rules: Path) -> None:
    path = rules / "TST001-zap-talk.yaml"
    path.write_text(path.read_text() + '  - good: "One zap."\n')
    line = len(path.read_text().splitlines())
    result = pushlint("test", str(path))
    assert result.exit_code == 1
    assert f"{path}:{line}: TST001 example 3: found ['zap'], expected nothing\n    One zap.\n" in result.stdout
    assert result.stdout.endswith("Ran 3 examples of 1 rule: 1 not as expected.\n")


def test_a_broken_rule_file_does_not_hide_the_others(pushlint: Run, rules: Path) -> None:
    (rules / "BAD001.yaml").write_text("code: BAD001\n")
    result = pushlint("test", str(rules))
    assert result.exit_code == 2
    assert "BAD001.yaml" in result.stderr
    assert "Ran 5 examples of 2 rules" in result.stdout


def test_a_folder_without_rules_is_an_error(pushlint: Run, tmp_path: Path) -> None:
    assert pushlint("test", str(tmp_path)).exit_code == 2
    assert pushlint("test", str(tmp_path / "missing")).exit_code == 2


def test_without_a_folder_it_is_that_of_the_settings(pushlint: Run, rules: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(rules.parent)
    settings = rules.parent / "pushlint.toml"
    settings.write_text(f'rules = ["{rules.name}"]\n')
    assert pushlint("test").output == "Ran 5 examples of 2 rules: all as expected.\n"
    settings.write_text('rules = ["nowhere"]\n')
    broken = pushlint("test")
    assert (broken.exit_code, broken.stdout) == (2, "")
    assert 'pushlint.toml:1: rules: there is no folder "nowhere"' in broken.stderr
