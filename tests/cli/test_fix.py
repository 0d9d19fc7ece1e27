"""`pushlint check --fix` and `pushlint fix -i`, as a writer uses them."""

import os
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner, Result

from pushlint import writing
from pushlint.cli import fix as fix_command
from pushlint.cli import main

Run = Callable[..., Result]

SAFE_RULE = """\
    code: TST003
    name: boom-talk
    level: warning
    basis: style
    summary: Says boom
    message: '"{match}" is a loud word'
    why: It is loud.
    find:
      - boom
    rewrite:
      - {match: hum, applicability: safe}
      - {match: a hush of it, applicability: unsafe}
    examples:
      - bad: "A [boom] for you."
      - good: "A nap for you."
    """


@pytest.fixture
def both(rules: Path, drafts: Path) -> Path:
    """The folder of drafts, with one that has a safe fix, and the rule for that."""
    (rules / "TST003-boom-talk.yaml").write_text(dedent(SAFE_RULE), encoding="utf-8")
    (drafts / "boom.md").write_text("Hi Sam,\n\nA boom for you. A zap too.\n\nBest,\nAnn\n", encoding="utf-8")
    return drafts


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_what_can_be_fixed_is_marked_and_counted(check: Run, both: Path) -> None:
    result = check("boom.md", "--output-format", "concise")
    assert "boom.md:3:3: TST003 [*] " in result.stdout and 'TST001 "zap"' in result.stdout
    assert "1 can be fixed with --fix, 1 more with --unsafe-fixes." in result.stdout
    result = check("boom.md", "--unsafe-fixes")
    assert 'TST001 [*] "zap" is a loud word' in result.stdout and "2 can be fixed with --fix." in result.stdout


def test_fix_applies_what_is_safe_and_says_what_is_left(check: Run, both: Path) -> None:
    result = check("boom.md", "--fix")
    assert result.exit_code == 1
    assert (both / "boom.md").read_text() == "Hi Sam,\n\nA hum for you. A zap too.\n\nBest,\nAnn\n"
    assert "TST003" not in result.stdout and " --> boom.md:3:18\n" in result.stdout
    assert "Found 2 problems (1 fixed, 1 remaining). 1 more can be fixed with --unsafe-fixes." in result.stdout


def test_unsafe_fixes_come_with_it(check: Run, both: Path) -> None:
    result = check(".", "--fix", "--unsafe-fixes", "--show-fixes")
    assert result.exit_code == 0, "a note is left, which is no failure"
    assert "Fixed 4 problems:\n- boom.md:\n    1 × TST001 (zap-talk)\n    1 × TST003 (boom-talk)\n" in result.stdout
    assert "- loud.md:\n    2 × TST001 (zap-talk)\n" in result.stdout
    assert "zap" not in (both / "loud.md").read_text()
    assert (both / "README.md").read_text() == "# Drafts\n\nA zap for all.\n"


def test_unsafe_fixes_alone_write_nothing(check: Run, both: Path) -> None:
    before = texts(both)
    check(".", "--unsafe-fixes")
    assert texts(both) == before


def test_diff_writes_nothing_and_fails_when_it_would(check: Run, both: Path) -> None:
    before = texts(both)
    result = check(".", "--diff")
    assert result.exit_code == 1 and texts(both) == before
    assert result.stdout.startswith("--- boom.md\n+++ boom.md\n@@ -1,6 +1,6 @@\n")
    assert "\n-A boom for you. A zap too.\n+A hum for you. A zap too.\n" in result.stdout
    assert result.stderr == "Would fix 1 problem (3 more with --unsafe-fixes).\n"
    assert check("calm.txt", "--diff").exit_code == 0
    assert check(".", "--diff", "--exit-zero").exit_code == 0


def test_fix_only_says_nothing_of_the_rest(check: Run, both: Path) -> None:
    result = check(".", "--fix-only")
    assert (result.exit_code, result.stdout) == (0, "Fixed 1 problem (3 more with --unsafe-fixes).\n")
    assert check(".", "--fix-only").stdout == "Fixed no problems (3 with --unsafe-fixes).\n"


def test_the_exit_code_can_tell_that_something_was_fixed(check: Run, both: Path) -> None:
    assert check("boom.md", "--fix-only", "--exit-non-zero-on-fix").exit_code == 1
    assert check("boom.md", "--fix-only", "--exit-non-zero-on-fix").exit_code == 0


def test_json_has_what_is_left(check: Run, both: Path) -> None:
    result = check("boom.md", "--fix", "--output-format", "json")
    assert '"TST001"' in result.stdout and '"TST003"' not in result.stdout and "Found" not in result.stdout


def test_standard_input_comes_out_fixed(check: Run, both: Path) -> None:
    text = "\ufeffHi Sam,\r\n\r\nA boom for you – Zoë.\r\n"
    result = check("-", "--fix", "--stdin-filename", "a.txt", input=text.encode())
    assert result.stdout_bytes == text.replace("boom", "hum").encode()
    assert "Found 1 problem (1 fixed, 0 remaining)." in result.stderr
    unread = check("-", "--fix", input=b"caf\xe9")
    assert (unread.stdout_bytes, unread.exit_code) == (b"caf\xe9", 2)
    assert check("-", "--diff", input=text.encode()).stdout_bytes.startswith(b"--- -\n+++ -\n")


def test_what_is_withheld_is_told(check: Run, both: Path, rules: Path) -> None:
    path = rules / "TST003-boom-talk.yaml"
    path.write_text(path.read_text().replace("match: hum", "match: whisper"), encoding="utf-8")
    result = check("boom.md", "--fix")
    assert result.stderr == ('not fixed: boom.md:3:3: TST003 it would bring in TST002 (faint-word) in "whisper"\n')
    assert "boom" in (both / "boom.md").read_text()


def test_a_file_that_cannot_be_written_stops_no_other(check: Run, both: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (both / "boom.md").chmod(0o444)
    result = check(".", "--fix", "--unsafe-fixes")
    assert result.exit_code == 2
    assert "error: boom.md: read-only\n  the file is as it was" in result.stderr
    assert "boom" in (both / "boom.md").read_text() and "zap" not in (both / "loud.md").read_text()
    assert 'TST003 [*] "boom"' in result.stdout and "Found 5 problems (2 fixed, 3 remaining)." in result.stdout


@pytest.fixture
def go_through(rules: Path) -> Run:
    """Runs `pushlint fix -i` with the small rules alone and these answers."""

    def run(answers: str, *paths: str) -> Result:
        words = ["fix", "-i", "--rules", str(rules), "--select", "TST", *paths]
        return CliRunner().invoke(main, words, input=answers)

    return run


def test_each_finding_is_asked_about(go_through: Run, both: Path) -> None:
    result = go_through("a\nn\na\n", "boom.md")
    assert result.exit_code == 0, result.output
    assert (both / "boom.md").read_text() == "Hi Sam,\n\nA hum for you. A quiet too.\n\nBest,\nAnn\n"
    assert result.stdout.endswith("2 mended.\n")


def test_what_was_accepted_is_kept_when_it_ends_early(go_through: Run, both: Path) -> None:
    result = go_through("a\n", "boom.md", "loud.md")  # then the terminal is closed
    assert result.exit_code == 130
    assert "A hum for you. A zap too." in (both / "boom.md").read_text() and "zap" in (both / "loud.md").read_text()
    assert go_through("q\n", "loud.md").exit_code == 0


def test_words_of_ones_own_can_be_written(go_through: Run, both: Path) -> None:
    go_through("e\nword & more\ns\n", "boom.md")
    assert "A word & more for you. A zap too." in (both / "boom.md").read_text()
    (both / "a.html").write_text("<p>Hi Sam,</p><p>A boom for you.</p>")
    go_through("e\n<b>R & D</b>\n", "a.html")
    assert (both / "a.html").read_text() == "<p>Hi Sam,</p><p>A &lt;b&gt;R &amp; D&lt;/b&gt; for you.</p>"


def test_words_that_would_harm_are_not_written(go_through: Run, both: Path) -> None:
    (both / "a.csv").write_text("subject,body\nHello there,Hi Sam. A boom for you.\n")
    result = go_through("e\nword, or two\ns\n", "a.csv")
    assert "Not written: these words cannot stand there as the file is written." in result.stdout
    assert (both / "a.csv").read_text() == "subject,body\nHello there,Hi Sam. A boom for you.\n"


def test_skipped_ones_are_not_asked_about_again(go_through: Run, both: Path) -> None:
    result = go_through("s\na\n", "loud.md")
    assert (both / "loud.md").read_text() == "Hi Sam,\n\nA zap for you. One calm more.\n\nBest,\nAnn\n"
    assert result.stdout.endswith("1 skipped, 1 mended.\n")


def test_a_rule_is_ignored_from_now_on_where_the_file_can_say_so(go_through: Run, check: Run, both: Path) -> None:
    result = go_through("i\ni\n", "boom.md")
    assert (both / "boom.md").read_text().startswith("---\npushlint: {ignore: [TST003, TST001]}\n---\nHi Sam,\n")
    assert result.stdout.endswith("2 ignored.\n")
    assert check("boom.md").stdout.startswith("No pushing found")


def test_and_else_until_the_end(go_through: Run, both: Path) -> None:
    (both / "a.html").write_text("<p>Hi Sam,</p><p>A boom for you.</p><p>A boom.</p>")
    before = (both / "a.html").read_text()
    result = go_through("i\n", "a.html")
    assert "a.html has no front matter to say so in: TST003 is left out until you quit." in result.stdout
    assert "To leave out TST003 for good: --ignore TST003" in result.stdout
    assert (both / "a.html").read_text() == before


def test_the_whole_file_can_be_opened(go_through: Run, both: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = both / "editor.sh"
    editor.write_text('#!/bin/sh\nprintf "Hi Sam,\\r\\n\\r\\nAll is well.\\r\\n" > "$1"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    go_through("o\n", "boom.md")
    assert (both / "boom.md").read_bytes() == b"Hi Sam,\r\n\r\nAll is well.\r\n"


def test_a_file_that_changed_meanwhile_is_told_and_the_next_gone_through(
    go_through: Run, both: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = iter([True])

    def write(path: str, data: bytes, old: bytes) -> None:
        if next(once, False):
            Path(path).write_text("Hi Sam,\n\nsomebody else's boom\n")
        writing.write(path, data, old)

    monkeypatch.setattr(fix_command, "write", write)
    result = go_through("a\na\na\n", "boom.md", "loud.md")
    assert result.exit_code == 2 and "error: boom.md: changed since it was read" in result.stderr
    assert (both / "boom.md").read_text() == "Hi Sam,\n\nsomebody else's boom\n"
    assert "calm" in (both / "loud.md").read_text()


def test_it_wants_to_be_asked_for(both: Path) -> None:
    result = CliRunner().invoke(main, ["fix", "boom.md"])
    assert result.exit_code == 2 and "`pushlint check --fix` applies all that is safe" in result.stderr
    assert CliRunner().invoke(main, ["fix", "-i", "-"]).exit_code == 2


def test_a_link_to_a_draft_stays_one(check: Run, both: Path) -> None:
    os.symlink("boom.md", both / "link.md")
    check("link.md", "--fix")
    assert (both / "link.md").is_symlink() and "hum" in (both / "boom.md").read_text()


def test_a_draft_is_not_fixed_until_nothing_is_left(pushlint: Run, tmp_path: Path) -> None:
    draft = tmp_path / "a.txt"
    draft.write_text(text := "Hi Sam,\n\nJust checking in.\n\nBest,\nAnn\n")
    result = pushlint("check", "--isolated", "--fix", str(draft))
    assert draft.read_text() == text
    assert "not fixed: " in result.stderr and "nothing but greeting and sign-off" in result.stderr
