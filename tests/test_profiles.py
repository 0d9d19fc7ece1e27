"""What kind of e-mail a draft is, who says so, and which rules are then silent."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from pushlint.cli import main
from pushlint.language.facts import facts
from pushlint.linter import Linter
from pushlint.readers import read

Told = Callable[..., str | None]

UNSUBSCRIBE = "<p>Unsubscribe</p>"
LETTER = f"<div><h1>What we read in May</h1><p>Three essays on slow hiring.</p>{UNSUBSCRIBE}</div>"
SALE = f"<div><h1>The autumn sale</h1><p>Take 20% off every lamp.</p>{UNSUBSCRIBE}</div>"
RECEIPT = "Hi Sam,\n\nYour order has been shipped. It will be there on Friday.\n"
COLD = "Hi there,\n\nMy name is Dana and I run a small bakery in Leeds. We are a bakery with two ovens.\n"


@pytest.fixture
def told(linter: Linter) -> Told:
    """The profile of the draft in the text of a file."""

    def profile(text: str, name: str = "draft.txt") -> str | None:
        (doc,) = linter.parse(read(name, text.encode()))
        return facts(doc).profile

    return profile


@pytest.fixture
def codes(linter: Linter) -> Callable[..., set[str]]:
    """The codes of what is found in the text of a file."""

    def found(text: str, name: str = "draft.txt") -> set[str]:
        ((_, diagnostics),) = linter.lint(read(name, text.encode()))
        return {diagnostic.code for diagnostic in diagnostics}

    return found


@pytest.mark.parametrize(
    ("text", "name", "profile"),
    [
        (COLD, "a.txt", "cold"),
        ("Hi Sam,\n\nJust following up on my last note.\n", "a.txt", "follow-up"),
        ("Hi Sam,\n\nThis is my last email about the audit.\n", "a.txt", "follow-up"),
        ("Hi Sam,\n\nThanks for getting back to me; the list is attached.\n", "a.txt", "reply"),
        (RECEIPT, "a.txt", "transactional"),
        (LETTER, "a.html", "newsletter"),
        (SALE, "a.html", "promo"),
        (SALE.replace(UNSUBSCRIBE, ""), "a.html", None),
        ("Hi Sam,\n\nHow do you handle returns today?\n", "a.txt", None),
        ("---\nstage: nurture\n---\nHow do you handle returns today?\n", "a.txt", "newsletter"),
        ("---\nstage: other\n---\nHow do you handle returns today?\n", "a.txt", None),
    ],
)
def test_the_profile_is_told_from_the_stage_or_the_words(told: Told, text: str, name: str, profile: str | None) -> None:
    assert told(text, name) == profile


def test_the_front_matter_decides_over_the__its_profile_over_its_stage(told: Told) -> None:
    assert told(f"---\nstage: first-touch\n---\n{SALE}", "a.html") == "cold"
    assert told(f"---\nstage: first-touch\nprofile: reply\n---\n{SALE}", "a.html") == "reply"


def test_a_receipt_owes_no_value(codes: Callable[..., set[str]]) -> None:
    assert not {code for code in codes(RECEIPT) if code.startswith("VAL")}
    assert {"VAL001", "VAL002"} <= codes(f"---\nstage: first-touch\n---\n{RECEIPT}")


@pytest.mark.parametrize("profile", ["newsletter", "transactional"])
def test_a_profile_switches_rules_off_and_another_one_on_again(codes: Callable[..., set[str]], profile: str) -> None:
    assert "LST001" in codes(COLD)
    assert "LST001" not in codes(f"---\nprofile: {profile}\n---\n{COLD}")
    assert "LST001" in codes(f"---\nprofile: promo\n---\n{COLD}")


def test_an_offer_of_a_promotion_may_still_not_be_scarce(codes: Callable[..., set[str]]) -> None:
    assert "URG002" in codes("---\nprofile: promo\n---\nTake 20% off every lamp. Only 3 spots left.\n")


def test_a_rule_of_ones_own_is_switched_off_with_its_family_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rule = (
        "code: {code}\nname: {name}\nlevel: warning\nbasis: style\nsummary: s\nmessage: m\nwhy: w\nfind: [zap]\n"
        "examples:\n  - bad: A zap.\n  - good: A nap.\n"
    )
    rules = tmp_path / "rules"
    rules.mkdir()
    for code, name in (("VAL901", "zap-value"), ("HSE001", "zap-house")):
        (rules / f"{code}-{name}.yaml").write_text(rule.format(code=code, name=name))
    (tmp_path / "a.txt").write_text("---\nprofile: transactional\n---\nA zap.\n")
    found = CliRunner().invoke(main, ["check", "a.txt", "--rules", "rules", "--isolated", "--output-format", "concise"])
    assert "HSE001" in found.stdout and "VAL901" not in found.stdout


def test_the_command_line_decides_over_the_front_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(f"---\nprofile: promo\n---\n{COLD}")

    def check(*args: str) -> str:
        return CliRunner().invoke(main, ["check", "a.txt", "--isolated", "--output-format", "concise", *args]).stdout

    assert "LST001" in check()
    assert "LST001" not in check("--profile", "newsletter")


@pytest.mark.parametrize(
    ("head", "args", "shown"),
    [
        ("", [], "stage: first-touch (inferred), profile: cold (inferred)"),
        ("---\nstage: promo\n---\n", [], "stage: promo, profile: promo (inferred)"),
        ("---\nprofile: newsletter\n---\n", [], "stage: first-touch (inferred), profile: newsletter"),
        ("---\nprofile: newsletter\n---\n", ["--profile", "reply"], "stage: first-touch (inferred), profile: reply"),
    ],
)
def test_parse_shows_the_profile_and_whether_it_was_inferred(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, head: str, args: list[str], shown: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(head + COLD)
    assert CliRunner().invoke(main, ["parse", "a.txt", *args]).stdout.startswith(f"a.txt  {shown}\n")
