"""The rules of law and of mailbox providers: days, footers, and what they do when the front matter is wrong."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from pushlint.cli import main
from pushlint.diagnostic import Diagnostic
from pushlint.linter import Linter
from pushlint.readers import read
from pushlint.rulebook.load import shipped_rules
from pushlint.run import Inputs, run
from pushlint.settings import Settings

TODAY = date(2031, 3, 10)
FOOTLESS = "Hello all,\n\nThree shops told us how they answer complaints.\n"


@pytest.fixture(scope="module")
def judged() -> Callable[..., list[Diagnostic]]:
    """The findings of the policy rules in the text of a file, as on 10 March 2031."""
    linter = Linter([rule for rule in shipped_rules() if rule.code.startswith("POL")], TODAY)

    def found(text: str, name: str = "draft.txt") -> list[Diagnostic]:
        ((_, diagnostics),) = linter.lint(read(name, text.encode()))
        return diagnostics

    return found


Judged = Callable[..., list[Diagnostic]]


@pytest.mark.parametrize(
    ("offer_ends", "found"),
    [("2031-03-11", 0), ("2031-03-10", 0), ("2031-03-09", 1), ("~", 1), ("2031-03-10 08:00", 0)],
)
def test_a_deadline_in_a_subject_needs_a_last_day_to_come(judged: Judged, offer_ends: str, found: int) -> None:
    text = f"---\nsubject: The sale ends Friday\noffer_ends: {offer_ends}\n---\nEvery lamp is 20% off.\n"
    assert [d.code for d in judged(text)] == ["POL002"] * found


def test_a_draft_grows_old(tmp_path: Path) -> None:
    draft = tmp_path / "a.txt"
    draft.write_text("---\nsubject: The sale ends Friday\noffer_ends: 2031-03-14\n---\nEvery lamp is 20% off.\n")

    def codes(today: date | None) -> list[str]:
        [result] = run(Inputs([str(draft)], Settings(select=("POL",), isolated=True, today=today)))
        return [diagnostic.code for diagnostic in result.diagnostics]

    assert codes(date(2031, 3, 14)) == []
    assert codes(date(2031, 3, 15)) == ["POL002"]
    assert codes(None) == (["POL002"] if date.today() > date(2031, 3, 14) else [])


def test_a_wrong_last_day_is_said_with_its_line_and_the_other_files_are_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("---\nsubject: Sale\noffer_ends: Friday\n---\nEvery lamp is 20% off.\n")
    (tmp_path / "b.md").write_text("---\nsubject: Last chance\n---\nEvery lamp is 20% off.\n")
    result = CliRunner().invoke(main, ["check", "a.md", "b.md", "--isolated", "--output-format", "concise"])
    assert result.exit_code == 2
    assert "error: a.md:3: offer_ends 'Friday' is not a date\n  write the last day of the offer" in result.stderr
    assert "b.md:2:10: POL002" in result.stdout


@pytest.mark.parametrize("profile", ["newsletter", "promo", "cold", "follow-up", "reply", "transactional"])
def test_mailings_alone_need_a_way_out_and_an_address(judged: Judged, profile: str) -> None:
    codes = [d.code for d in judged(f"---\nprofile: {profile}\n---\n{FOOTLESS}")]
    assert codes == (["POL003", "POL004"] if profile in ("newsletter", "promo") else [])


def test_a_footer_that_the_tool_injects_is_not_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(f"---\nprofile: newsletter\n---\n{FOOTLESS}")
    (tmp_path / "b.txt").write_text(f"---\nprofile: newsletter\nfooter: injected\n---\n{FOOTLESS}")

    def check(*args: str) -> tuple[int, str]:
        result = CliRunner().invoke(main, ["check", "--select", "POL", "--output-format", "concise", "-q", *args])
        return result.exit_code, result.stdout

    code, printed = check("a.txt")
    assert code == 1 and "POL003" in printed and "POL004" in printed
    assert check("b.txt") == check("a.txt", "--footer", "injected") == (0, "")
    assert check("b.txt", "--footer", "written")[0] == 1


def test_a_typed_reply_mark_is_taken_out(judged: Judged) -> None:
    text = "---\nsubject: 'FW: Re: {{company}} menu, a question'\nstage: first-touch\n---\nHello.\n"
    (found,) = judged(text)
    (edit,) = found.fixes[0].edits
    assert found.code == "POL001" and found.severity == "error"
    assert "subject: '{{company}} menu, a question'" in text[: edit.start] + edit.content + text[edit.end :]


def test_links_and_tags_in_markup_are_seen(judged: Judged) -> None:
    page = "<div><p>Every lamp is 20% off.</p><p><a href='{{ out }}'>leave</a> | {{ address }}</p></div>"
    head = "---\nprofile: promo\n---\n"
    assert [d.code for d in judged(head + page, "a.html")] == ["POL003"]
    assert not judged(head + page.replace("{{ out }}", "https://example.com/unsubscribe?u=1"), "a.html")


def test_a_device_line_of_two_sentences_is_found_and_to_be_left_out(judged: Judged) -> None:
    text = "Hi Sam,\n\nShall I send the list?\n\nDana\n\nSent from my iPhone. Sorry for typos!\n"
    (found,) = judged(text)
    assert found.code == "POL005" and found.text.startswith("Sent from my iPhone. Sorry for typos")
    assert 'without "Sent from my iPhone. Sorry for typos' in found.fixes[0].message


def test_no_policy_rule_says_compliant() -> None:
    for rule in shipped_rules():
        said = " ".join([rule.summary, rule.message, rule.why, *(r.help or "" for r in rule.rewrite)])
        assert rule.basis != "policy" or "complian" not in said.lower(), rule.code


def test_a_way_out_in_one_mail_of_a_file_is_none_in_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    bodies = [
        "<p>Three shops told us how they answer.</p>",
        "<p>Two more shops told us.</p><a href='{{unsub_url}}'>x</a>",
    ]
    steps = [{"subject": f"Notes {n}", "body": body} for n, body in enumerate(bodies, 1)]
    (tmp_path / "a.json").write_text(json.dumps({"sequences": steps}, indent=1))
    result = CliRunner().invoke(
        main, ["check", "a.json", "--select", "POL003", "--profile", "newsletter", "--output-format", "json"]
    )
    assert [diagnostic["location"]["row"] for diagnostic in json.loads(result.stdout)] == [4]
