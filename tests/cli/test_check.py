import json
from pathlib import Path
from typing import Any

import pytest

Run = Any


def test_a_folder_is_linted_and_the_readme_in_it_is_not(check: Run, drafts: Path) -> None:
    result = check()
    assert result.exit_code == 1
    assert 'TST001 "zap" is a loud word\n --> loud.md:3:3\n' in result.stdout
    assert result.stdout.endswith(
        "Found 2 warnings and 1 note in 2 of 3 drafts. 2 can be fixed with --fix --unsafe-fixes."
        " `pushlint rule TST002` explains.\n"
    )
    assert "README" not in result.output


def test_findings_come_in_order_of_path_and_place(check: Run, drafts: Path) -> None:
    result = check("loud.md", "faint.txt", "--output-format", "concise", "-q")
    places = [line.split(" ")[0] for line in result.stdout.splitlines()]
    assert places == ["faint.txt:3:3:", "loud.md:3:3:", "loud.md:3:20:"]


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["calm.txt"], 0),
        (["faint.txt"], 0),
        (["loud.md"], 1),
        (["loud.md", "--exit-zero"], 0),
        (["missing.txt"], 2),
        (["missing.txt", "loud.md", "--exit-zero"], 2),
        (["loud.md", "--select", "TST9"], 2),
        (["--no-such-option"], 2),
        (["--output-format", "pdf"], 2),
    ],
)
def test_exit_codes(check: Run, drafts: Path, args: list[str], code: int) -> None:
    assert check(*args).exit_code == code


def test_every_bad_file_gets_its_error_and_the_others_are_linted(check: Run, drafts: Path) -> None:
    (drafts / "binary.txt").write_bytes(b"Hi Sam,\n\x00\x01")
    (drafts / "empty.txt").write_bytes(b"")
    (drafts / "latin.txt").write_bytes("Hi Zoë,\n".encode("latin-1"))
    (drafts / "huge.txt").write_bytes(b"Hi Sam,\n" * 1_300_000)
    (drafts / "broken.txt").write_text("---\nsubject: [\n---\nHi Sam,\n")
    bad = ["binary.txt", "empty.txt", "latin.txt", "huge.txt", "broken.txt", "missing.txt"]
    result = check(*bad, "loud.md", "--output-format", "json")
    assert result.exit_code == 2
    assert [d["path"] for d in json.loads(result.stdout)] == ["loud.md", "loud.md"]
    for name in bad:
        assert f"error: {name}:" in result.stderr


def test_a_broken_rule_file_is_reported_and_the_drafts_are_still_linted(check: Run, drafts: Path, rules: Path) -> None:
    (rules / "BAD001.yaml").write_text("code: BAD001\nnaem: bad\n")
    result = check("loud.md", "--select", "ALL")
    assert result.exit_code == 2
    assert "BAD001.yaml" in result.stderr
    assert "1 draft" in result.stdout


def test_a_rule_whose_pattern_is_wrong_is_reported(check: Run, drafts: Path, rules: Path) -> None:
    path = rules / "TST001-zap-talk.yaml"
    path.write_text(path.read_text().replace("  - zap\n", "  - pattern: '(zap'\n"))
    result = check("loud.md")
    assert result.exit_code == 2
    assert "TST001" in result.stderr and "(zap" in result.stderr


def test_an_unknown_selector_names_the_nearest_right_word(check: Run, drafts: Path) -> None:
    result = check("--ignore", "zaptalk")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == 'error: --ignore: there is no rule "zaptalk"\n  did you mean "zap-talk"?\n'


def test_selectors_may_be_separated_by_commas_or_given_again(check: Run, drafts: Path) -> None:
    for args in (["--ignore", "TST001,faint-word"], ["--ignore", "TST001", "--ignore", "faint-word"]):
        assert check(*args).stdout == "No pushing found in 3 drafts.\n"


def test_standard_input_is_reported_under_the_name_given(check: Run, drafts: Path) -> None:
    result = check("-", "--stdin-filename", "new.md", "--output-format", "json", input="Hi Sam,\n\n*A zap.*\n")
    [finding] = json.loads(result.stdout)
    assert (finding["path"], finding["location"]) == ("new.md", {"row": 3, "column": 4})
    assert "--> -:1:5" in check("-", input="Hi! Zap.\n").stdout


def test_quiet_prints_the_findings_alone(check: Run, drafts: Path) -> None:
    assert check("calm.txt", "-q").output == ""
    assert "Found" not in check("loud.md", "-q").output


def test_verbose_says_what_was_passed_over_and_shows_every_rewrite(check: Run, drafts: Path) -> None:
    plain, verbose = check(), check("-v")
    assert "passed over README.md: " in verbose.stderr
    assert "or softer" in verbose.stdout and "or softer" not in plain.stdout


def test_only_drafts_passes_over_a_readme_that_is_named(check: Run, drafts: Path) -> None:
    assert check("README.md").exit_code == 1
    result = check("README.md", "loud.md", "--only-drafts", "--output-format", "json")
    assert {d["path"] for d in json.loads(result.stdout)} == {"loud.md"}


def test_colour_is_for_terminals_and_those_who_ask(check: Run, drafts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[" not in check("loud.md").stdout
    assert "\x1b[" in check("loud.md", "--color", "always").stdout
    assert "\x1b[" not in check("loud.md", "--color", "never", color=True).stdout
    assert "\x1b[" in check("loud.md", color=True).stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in check("loud.md", color=True).stdout


def test_stage_and_profile_replace_what_the_draft_says(check: Run, drafts: Path, rules: Path) -> None:
    path = rules / "TST001-zap-talk.yaml"
    path.write_text(path.read_text() + "when: {stage: breakup, profile: cold}\n")
    (drafts / "staged.txt").write_text("---\nstage: reply\nprofile: cold\n---\nHi Sam,\n\nA zap for you.\n")
    assert check("staged.txt").exit_code == 0
    assert check("staged.txt", "--stage", "breakup").exit_code == 1
    assert check("staged.txt", "--stage", "breakup", "--profile", "promo").exit_code == 0


def test_files_are_shown_with_their_format_and_not_linted(check: Run, drafts: Path) -> None:
    (drafts / "mail.tpl").write_text("<p>Hi Sam,</p>")
    result = check("--show-files", "--extension", "tpl:html")
    assert result.stdout == "calm.txt\tplain\nfaint.txt\tplain\nloud.md\tmarkdown\nmail.tpl\thtml\n"
    assert result.exit_code == 0
    assert check("--show-files", "missing.md", "loud.md").exit_code == 2


def test_an_ending_is_read_in_the_format_that_is_said(check: Run, drafts: Path) -> None:
    (drafts / "mail.tpl").write_text("<p>Hi Sam,</p><p>A zap<!-- zap --> for you.</p>")
    result = check("mail.tpl", "--extension", ".TPL:html", "--output-format", "json")
    assert [found["text"] for found in json.loads(result.stdout)] == ["zap"]


@pytest.mark.parametrize("value", ["tpl", "tpl:pdf", ":html"])
def test_a_wrong_extension_is_refused_with_the_formats(check: Run, drafts: Path, value: str) -> None:
    result = check("--extension", value)
    assert result.exit_code == 2 and "formats are csv, email, eml, html" in result.stderr
