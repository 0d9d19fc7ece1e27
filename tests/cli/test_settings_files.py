"""`pushlint check` under settings files: each file is judged by its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

Run = Any


def write(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def found(result: Any) -> list[tuple[str, str, str]]:
    return [(d["path"], d["code"], d["severity"]) for d in json.loads(result.stdout)]


JSON = ("--output-format", "json")
PUSHY = "Hi Sam,\n\nI'd love to close this deal.\n"
PLAIN = 'select = ["CLO"]\n'


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a pushy draft in each of three folders."""
    top = tmp_path / "work"
    (top / ".git").mkdir(parents=True)
    write(top, **{f"{name}/{name}.txt": PUSHY for name in "abc"})
    monkeypatch.chdir(top)
    return top


def test_each_file_is_judged_by_its_own_settings(pushlint: Run, tree: Path) -> None:
    write(
        tree,
        **{
            "pushlint.toml": PLAIN + 'levels = {CLO = "error"}\n[per-file."b/**"]\nlevels = {CLO001 = "info"}\n',
            "c/pushlint.toml": 'select = ["POL"]\n',
        },
    )
    result = pushlint("check", *JSON)
    assert found(result) == [("a/a.txt", "CLO001", "error"), ("b/b.txt", "CLO001", "info")]


def test_of_two_rules_for_the_same_words_the_one_that_is_on_speaks(pushlint: Run, tree: Path, rules: Path) -> None:
    twin = (rules / "TST001-zap-talk.yaml").read_text().replace("TST001", "TST003").replace("zap-talk", "other-talk")
    (rules / "TST003.yaml").write_text(twin)
    write(tree, **{"a/a.txt": "Hi Sam,\n\nA zap.\n"})
    for ignored, left in (("TST001", "TST003"), ("TST003", "TST001")):
        write(tree, **{"pushlint.toml": f'select = ["TST"]\n[per-file."a/*"]\nignore = ["{ignored}"]\n'})
        assert found(pushlint("check", "a", "--rules", str(rules), *JSON)) == [("a/a.txt", left, "warning")]


def test_rules_of_two_teams_do_not_mix(pushlint: Run, tree: Path, rules: Path) -> None:
    for team, word in (("a", "zap"), ("b", "zoom")):
        text = (
            (rules / "TST001-zap-talk.yaml").read_text().replace("  - zap", f"  - {word}").replace("zap]", f"{word}]")
        )
        write(
            tree,
            **{
                f"{team}/house/TST001-zap-talk.yaml": text,
                f"{team}/pushlint.toml": 'rules = ["house"]\nselect = ["TST"]\n',
                f"{team}/{team}.txt": "Hi Sam,\n\nA zap and a zoom.\n",
            },
        )
    texts = [d["text"] for d in json.loads(pushlint("check", "a", "b", *JSON).stdout)]
    assert texts == ["zap", "zoom"]


def test_a_bad_settings_file_stops_its_files_and_no_others(pushlint: Run, tree: Path) -> None:
    write(
        tree,
        **{
            "pushlint.toml": PLAIN,
            "b/pushlint.toml": "selct = 1\n",
            "b/deep/d.txt": PUSHY,
            "b/deep/good/pushlint.toml": PLAIN,
            "b/deep/good/e.txt": PUSHY,
            "c/pushlint.toml": 'ignore = ["CLOO"]\n',
        },
    )
    result = pushlint("check", *JSON)
    assert result.exit_code == 2
    assert [path for path, _, _ in found(result)] == ["a/a.txt", "b/deep/good/e.txt"]
    assert result.stderr.count("error:") == 2
    assert "error: b/pushlint.toml:1: there is no setting selct\n" in result.stderr
    assert "error: c/pushlint.toml:1: ignore: there is no rule" in result.stderr


def test_bad_settings_of_the_whole_run_are_told_once(pushlint: Run, tree: Path) -> None:
    write(tree, **{"pushlint.toml": 'stage = "x"\n', "a/pushlint.toml": PLAIN, "b/pushlint.toml": PLAIN})
    for paths in ([], ["a/a.txt", "b/b.txt"]):
        result = pushlint("check", *paths, *JSON)
        assert (result.exit_code, result.stderr.count("error:")) == (2, 1)
        assert [path for path, _, _ in found(result)] == ["a/a.txt", "b/b.txt"]


def test_isolated_leaves_settings_alone(pushlint: Run, tree: Path) -> None:
    write(tree, **{"pushlint.toml": "selct = 1\n"})
    result = pushlint("check", "--isolated", "--select", "CLO001", *JSON)
    assert len(found(result)) == 3


def test_what_a_draft_says_goes_over_its_file_and_a_flag_over_all(pushlint: Run, tree: Path, rules: Path) -> None:
    path = rules / "TST001-zap-talk.yaml"
    path.write_text(path.read_text() + "when: {stage: breakup, footer: injected}\n")
    write(
        tree,
        **{
            "pushlint.toml": 'select = ["TST"]\nstage = "breakup"\nfooter = "injected"\n',
            "a/a.txt": "Hi Sam,\n\nA zap.\n",
            "b/b.txt": "---\nstage: reply\n---\nHi Sam,\n\nA zap.\n",
            "c/c.txt": "---\nfooter: written\n---\nHi Sam,\n\nA zap.\n",
        },
    )
    args = ("check", "--rules", str(rules), *JSON)
    assert [path for path, *_ in found(pushlint(*args))] == ["a/a.txt"]
    assert [path for path, *_ in found(pushlint(*args, "--stage", "breakup"))] == ["a/a.txt", "b/b.txt"]
    assert [path for path, *_ in found(pushlint(*args, "--footer", "injected"))] == ["a/a.txt", "c/c.txt"]
    assert found(pushlint(*args, "--stage", "reply")) == []


def test_terms_are_not_flagged_in_any_writing(pushlint: Run, tree: Path, rules: Path) -> None:
    write(tree, **{"a/a.txt": "Hi Sam,\n\nWe run Zap  The\nDay. A zap for you. Read Let’s ZAP it!\n"})
    args = ("check", "a", "--rules", str(rules), "--select", "TST", *JSON)
    assert len(found(pushlint(*args))) == 3
    left = json.loads(pushlint(*args, "--config", """terms=["zap the day", "let's zap it"]""").stdout)
    assert [(d["text"], d["location"]["row"]) for d in left] == [("zap", 4)]


def test_a_term_within_a_longer_finding_does_not_hide_it(pushlint: Run, tree: Path) -> None:
    assert len(found(pushlint("check", "a", "--select", "CLO001", "--config", 'terms=["deal"]', *JSON))) == 1


def test_tags_that_are_never_empty_want_no_fallback(pushlint: Run, tree: Path) -> None:
    write(tree, **{"a/a.txt": "Hi {{first_name}},\n\nHow do you prune {{topic|roses}}?\n"})
    args = ("check", "a", "--select", "TAG", *JSON)
    assert found(pushlint(*args)) == [("a/a.txt", "TAG001", "warning")]
    write(tree, **{"pushlint.toml": "[tags]\nfirst_name = {may-be-empty = false}\ntopic = []\n"})
    assert found(pushlint(*args)) == []
    write(tree, **{"pushlint.toml": '[tags]\nfirst_name = {type = "person"}\n'})
    assert [code for _, code, _ in found(pushlint(*args))] == ["TAG001", "TAG003"]


def test_the_type_of_a_tag_decides_the_word_that_stands_for_it(pushlint: Run, tree: Path) -> None:
    write(tree, **{"a/a.txt": "Hi {{cf_12}},\n\nHow is {{cf_13}}?\n"})
    said = ["--config", 'tags={cf_12={type="person"}, cf_13={type="place"}}']
    assert "Hi Alex," in pushlint("parse", "a/a.txt", *said).stdout
    assert "How is Austin?" in pushlint("parse", "a/a.txt", *said).stdout
    assert "Hi details," in pushlint("parse", "a/a.txt").stdout
    write(
        tree, **{"b/b.txt": "---\ntags: {cf_12: {type: company, may-be-empty: false}}\n---\nHi {{cf_12}},\n\nHello.\n"}
    )
    assert "Hi Acme," in pushlint("parse", "b/b.txt", *said).stdout


def test_excluded_files_are_passed_over_in_folders_and_in_hooks(pushlint: Run, tree: Path) -> None:
    write(
        tree, **{"pushlint.toml": 'extend-exclude = ["b/", "*.old.txt"]\n', "a/x.old.txt": PUSHY, "venv/v.txt": PUSHY}
    )
    args = ("--select", "CLO001", *JSON)
    assert [path for path, *_ in found(pushlint("check", *args))] == ["a/a.txt", "c/c.txt"]
    assert "passed over a/x.old.txt: excluded by the settings" in pushlint("check", "-v", *args).stderr
    assert [path for path, *_ in found(pushlint("check", "b/b.txt", *args))] == ["b/b.txt"]
    assert found(pushlint("check", "b/b.txt", "--only-drafts", *args)) == []
    write(tree, **{"pushlint.toml": 'exclude = ["a"]\n'})
    assert [path for path, *_ in found(pushlint("check", *args))] == ["b/b.txt", "c/c.txt", "venv/v.txt"]


def test_extensions_and_formats_may_differ_by_folder(pushlint: Run, tree: Path) -> None:
    html = "<p>Hi Sam,</p><p>I'd love to close<!-- --> this deal.</p>"
    write(
        tree,
        **{
            "a/pushlint.toml": 'extensions = {tpl = "html"}\n',
            "b/pushlint.toml": '[per-file."*.page"]\nformat = "html"\n',
            **{f"{folder}/mail.{end}": html for folder in "abc" for end in ("tpl", "page")},
        },
    )
    result = pushlint("check", "--show-files")
    assert [line for line in result.stdout.splitlines() if "html" in line] == ["a/mail.tpl\thtml", "b/mail.page\thtml"]
    assert "c/mail" not in result.stdout


def test_standard_input_goes_by_the_name_it_is_given(pushlint: Run, check: Run, tree: Path) -> None:
    write(tree, **{"a/pushlint.toml": 'select = ["POL"]\n', "pushlint.toml": PLAIN})
    run = subprocess.run(
        [sys.executable, "-m", "pushlint", "check", "-", "--stdin-filename", "a/new.txt", *JSON],
        input=PUSHY, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert (run.returncode, run.stdout.strip()) == (0, "[]")
    run = subprocess.run(
        [sys.executable, "-m", "pushlint", "check", "-", *JSON],
        input=PUSHY,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert [d["code"] for d in json.loads(run.stdout)] == ["CLO001"]


def test_a_rule_that_never_ends_costs_the_drafts_it_hangs_on(pushlint: Run, tree: Path, rules: Path) -> None:
    path = rules / "TST001-zap-talk.yaml"
    path.write_text(path.read_text().replace("  - zap\n", "  - pattern: '(a|a)+$'\n"))
    os.rename(rules, tree / "house")
    write(tree, **{"pushlint.toml": 'rules = ["house"]\nselect = ["TST001"]\n', "a/a.txt": f"Hi Sam,\n\n{'a' * 40}!\n"})
    result = pushlint("check", "a", "b", *JSON)
    assert result.exit_code == 2
    assert "error: a/a.txt: TST001: the pattern" in result.stderr and "took over 1 s" in result.stderr
    assert "b/b.txt" not in result.stderr


def test_the_rules_of_the_settings_are_explained(pushlint: Run, tree: Path, rules: Path) -> None:
    os.rename(rules, tree / "house")
    write(tree, **{"pushlint.toml": 'rules = ["house"]\n'})
    assert "Says zap" in pushlint("rule", "TST001").stdout


def test_the_installed_command_reads_the_settings(tree: Path) -> None:
    write(
        tree, **{"pushlint.toml": 'select = ["CLO"]\noutput-format = "concise"\n[per-file."b/*"]\nignore = ["CLO"]\n'}
    )
    run = subprocess.run(
        [sys.executable, "-m", "pushlint", "check", "-q"], capture_output=True, text=True, timeout=120, cwd=tree
    )
    assert run.returncode == 1
    assert [line.partition(":")[0] for line in run.stdout.splitlines()] == ["a/a.txt", "c/c.txt"]
