"""What is fixed, what waits, and what is withheld: small rules that would do harm if they were let."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from pushlint.diagnostic import SAFE, UNSAFE
from pushlint.errors import InputError
from pushlint.fixer import MOST_ROUNDS, Fixed, encoded, fix
from pushlint.linter import Linter
from pushlint.readers import read
from pushlint.result import FileResult
from pushlint.rulebook import Rule

Mend = Callable[..., Fixed]


def rule(word: str, *rewrites: str | dict[str, str], code: str = "TST001", **keys: Any) -> Rule:
    """A rule that finds a word and has other words for it."""
    ways = [{"match": way, "applicability": "safe"} if isinstance(way, str) else way for way in rewrites]
    said = {
        "code": code,
        "name": f"{code.lower()}-talk",
        "level": "warning",
        "basis": "style",
        "summary": "Says it",
        "message": "{match}",
        "why": "It is loud.",
        "find": [word],
        "rewrite": ways,
        "examples": [{"bad": f"A [{word}]."}, {"good": "A nap."}],
    }
    return msgspec.convert({**said, **keys}, Rule)


@pytest.fixture(scope="module")
def mend() -> Mend:
    """Fixes the text of a file by some rules."""

    def mended(text: str, *rules: Rule, name: str = "draft.txt", allowed: frozenset[Any] = SAFE) -> Fixed:
        linter = Linter(rules)

        def lint(data: bytes) -> FileResult:
            try:
                drafts = read(name, data)
            except InputError as error:
                return FileResult(name, error=error)
            return FileResult(name, tuple((draft, tuple(found)) for draft, found in linter.lint(drafts)))

        return fix(lint(text.encode()), lint, allowed)

    return mended


def after(fixed: Fixed) -> str:
    return encoded(fixed.after.source).decode()


def reasons(fixed: Fixed) -> list[str]:
    return [one.reason for one in fixed.withheld]


def test_all_findings_are_fixed_and_told(mend: Mend) -> None:
    fixed = mend("A zap here. A zap there.\n", rule("zap", "calm"))
    assert after(fixed) == "A calm here. A calm there.\n"
    assert [one.text for one in fixed.fixed] == ["zap", "zap"] and not fixed.withheld and not fixed.unfinished


def test_only_what_is_allowed_is_applied(mend: Mend) -> None:
    unsafe, display = ({"match": "calm", "applicability": kind} for kind in ("unsafe", "display"))
    assert after(mend("A zap.\n", rule("zap", unsafe))) == "A zap.\n"
    assert after(mend("A zap.\n", rule("zap", unsafe), allowed=UNSAFE)) == "A calm.\n"
    assert after(mend("A zap.\n", rule("zap", display), allowed=UNSAFE)) == "A zap.\n"


def test_the_first_that_is_allowed_is_taken(mend: Mend) -> None:
    ways: list[str | dict[str, str]] = [{"match": "quiet", "applicability": "unsafe"}, "calm"]
    assert after(mend("A zap.\n", rule("zap", *ways))) == "A calm.\n"
    assert after(mend("A zap.\n", rule("zap", *ways), allowed=UNSAFE)) == "A quiet.\n"


def test_two_in_one_sentence_wait_for_each_other(mend: Mend) -> None:
    wide = rule("big zap", "calm", code="TST001")
    narrow = rule("zap noise", "hush", code="TST002")
    fixed = mend("A big zap noise.\n", wide, narrow)
    assert after(fixed) == "A calm noise.\n"
    assert [one.code for one in fixed.fixed] == ["TST001", "TST002"]


def test_a_fix_that_brings_in_another_finding_is_withheld(mend: Mend) -> None:
    fixed = mend("A zap.\n", rule("zap", "hush"), rule("hush", "calm", code="TST002"))
    assert after(fixed) == "A zap.\n" and not fixed.fixed
    assert reasons(fixed) == ['it would bring in TST002 (tst002-talk) in "hush"']


def test_the_next_rewrite_is_tried_then(mend: Mend) -> None:
    fixed = mend("A zap.\n", rule("zap", "hush", "calm"), rule("hush", code="TST002"))
    assert after(fixed) == "A calm.\n" and not fixed.withheld


def test_a_fix_that_does_not_cure_is_withheld(mend: Mend) -> None:
    fixed = mend("A zap.\n", rule("zap", "zap zap"))
    assert after(fixed) == "A zap.\n"
    assert reasons(fixed) == ["TST001 would be found there all the same"]


def test_one_that_is_withheld_does_not_hold_up_the_others(mend: Mend) -> None:
    text = "".join(f"A zap and a {word}.\n\n" for word in ("nap", "hush", "map"))
    fixed = mend(text, rule("zap", "calm"), rule("hush", "zap", code="TST002"))
    assert after(fixed) == text.replace("zap", "calm")
    assert [one.diagnostic.code for one in fixed.withheld] == ["TST002"]


def test_of_the_same_words_twice_each_is_fixed(mend: Mend) -> None:
    text = "Hi Sam,\n\nA zap for you. Another zap, a zap.\n\nBest,\nAnn\n"
    assert "zap" not in after(mend(text * 2, rule("zap", "calm")))


def test_a_finding_is_not_new_because_its_words_were_mended(mend: Mend) -> None:
    long = rule("x", code="TST002", find=[{"measure": {"of": "sentence-words", "over": 8}}], rewrite=[])
    fixed = mend("One zap and two and three and four and five.\n", rule("zap", "calm"), long)
    assert after(fixed).startswith("One calm") and [one.code for one in fixed.after.diagnostics] == ["TST002"]


def test_it_ends_after_so_many_rounds_and_says_so(mend: Mend) -> None:
    words = [f"zap{letter}" for letter in "abcdefghijklmnop"]
    text = " and ".join(words) + ".\n"
    fixed = mend(text, *(rule(word, "calm", code=f"TST{at:03}") for at, word in enumerate(words)))
    assert fixed.unfinished and len(fixed.fixed) == MOST_ROUNDS
    assert after(fixed).count("calm") == MOST_ROUNDS


@pytest.mark.parametrize(
    ("name", "text", "words", "reason"),
    [
        ("draft.txt", "A zap for {{first_name}}.\n", "{{last_name}} nap", "its words would be read as markup"),
        ("draft.txt", "A zap for {{first_name}}.\n", "{nap|map", "its words would be read as markup"),
        ("draft.txt", "A zap for you| or me}.\n", "{nap", "would be read otherwise"),
        ("draft.md", "A zap for you.* Now.\n", "*calm", "would be read otherwise"),
        ("draft.md", "A zap for you.\n", "**calm**", "its words would be read as markup"),
        ("draft.html", "<p>A zap for you.</p>\n", "<b>calm</b>", None),
        ("draft.html", '<p>Hi</p><img alt="A zap for you.">\n', 'a"b', "would be read otherwise"),
        ("draft.txt", "Hi,\n\nA zap for you.\n\n> quoted\n", "Jo wrote:\n> x", "would be read otherwise"),
    ],
)
def test_words_that_would_be_more_than_words_are_withheld(
    mend: Mend, name: str, text: str, words: str, reason: str | None
) -> None:
    fixed = mend(text, rule("zap", words), name=name)
    if reason is None:
        assert not fixed.withheld, reasons(fixed)
        assert fixed.after.drafts[0][0].text.strip() == fixed.before.drafts[0][0].text.strip().replace("zap", words)
    else:
        assert after(fixed) == text
        assert reason in reasons(fixed)[0]


@pytest.mark.parametrize("address", ["https://zap.example/zap?a=b", "zap@example.com", "www.zap.example"])
def test_addresses_are_left_alone(mend: Mend, address: str) -> None:
    text = f"See {address} today.\n"
    fixed = mend(text, rule("zap", "calm", find=[{"pattern": "zap"}]))
    assert after(fixed) == text


def test_a_fallback_is_left_alone(mend: Mend) -> None:
    fixed = mend("Hi {{first_name|zap friend}}, all is well.\n", rule("zap", "calm"))
    assert after(fixed) == "Hi {{first_name|zap friend}}, all is well.\n"
    assert reasons(fixed) == ["it would change a merge tag"]


def test_every_branch_is_fixed_whichever_is_read_first(mend: Mend) -> None:
    text = "{A zap zap zap for you|One nap}, {Sam|{a zap|b}}.\n"
    assert after(mend(text, rule("zap", "x"))) == text.replace("zap", "x")


def test_bytes_around_stay_what_they_are(mend: Mend) -> None:
    text = "\ufeffHi Sam,\r\n\n\tA zap for\u00a0you \U0001f468\u200d\U0001f469\u200d\U0001f467 \u202bשלום\u202c."
    text += "\r\n\r\n> old zap \r\nno end"
    assert after(mend(text, rule("zap", "calm"))) == text.replace("A zap", "A calm")


def test_an_email_that_would_be_none_any_more_holds_up_no_other(mend: Mend) -> None:
    rows = ["zap,zap zap", "A zap,The zap is here for you.", "A nap,zap zap zap", "A map,A zap for you and me."]
    text = "subject,body\n" + "\n".join(rows) + "\n"
    gone = {"cut": "match", "applicability": "safe"}
    fixed = mend(text, rule("zap", gone, "calm"), name="a.csv")
    assert len(fixed.after.drafts) == len(fixed.before.drafts) and not fixed.unfinished
    assert "for you and me" in after(fixed) and fixed.fixed


@pytest.mark.parametrize("name", ["a.csv", "a.json"])
def test_what_cannot_be_told_apart_is_tried_together(mend: Mend, name: str) -> None:
    words = "A zap for you and me."
    text = f"subject,body\nHello,{words}\n" if name == "a.csv" else f'[{{"subject": "Hello", "body": "{words}"}}]'
    fixed = mend(text, rule("zap", {"sentence": "x", "applicability": "safe"}), name=name)
    assert len(fixed.after.drafts) == len(fixed.before.drafts) == 1
    assert "could not be read after it" in reasons(fixed)[0]


@pytest.mark.parametrize(
    ("name", "before", "expected"),
    [
        ("a.txt", "Hi {!Name},\n\nBees swarm.\n", 'Hi {!BLANKVALUE(Name, "there")},\n\nBees swarm.\n'),
        ("a.html", "<p>Hi <%= @name %>,</p><p>Bees</p>", '<p>Hi <%= @name || "there" %>,</p><p>Bees</p>'),
        (
            "a.json",
            '{"subject": "Bees", "body": "Hi {!Name},\\n\\nBees swarm."}',
            '{"subject": "Bees", "body": "Hi {!BLANKVALUE(Name, \\"there\\")},\\n\\nBees swarm."}',
        ),
    ],
)
def test_a_tag_is_given_a_fallback_as_its_file_wants_it(mend: Mend, name: str, before: str, expected: str) -> None:
    bare = {"tag": {"type": "person", "fallback": False}}
    gappy = rule("gap", {"tag": "{fallback:there}"}, find=[bare])
    assert after(mend(before, gappy, name=name, allowed=UNSAFE)) == expected


SAVES = "With the van you save two hours a week."


@pytest.mark.parametrize(
    ("name", "before", "expected"),
    [
        (
            "a.txt",
            f"Hi Sam,\n\nOur zap costs $9. We like Leeds.\n\n{SAVES}\n",
            f"Hi Sam,\n\nWe like Leeds.\n\n{SAVES} Our zap costs $9.\n",
        ),
        (
            "a.txt",
            f"Hi Sam,\r\n\r\nOur zap costs $9.\r\n\r\n{SAVES}\r\n",
            f"Hi Sam,\r\n\r\n{SAVES} Our zap costs $9.\r\n",
        ),
        (
            "a.html",
            f"<p>Our &quot;big&quot; zap costs $9.</p><p>{SAVES}</p>",
            f"<p>{SAVES} Our &quot;big&quot; zap costs $9.</p>",
        ),
        (
            "a.json",
            f'{{"subject": "Vans", "body": "Our \\"big\\" zap costs $9. We like Leeds.\\n\\n{SAVES}"}}',
            f'{{"subject": "Vans", "body": "We like Leeds.\\n\\n{SAVES} Our \\"big\\" zap costs $9."}}',
        ),
        (
            "a.csv",
            f'subject,body\nVans,"Our ""big"" zap costs $9. We like Leeds. {SAVES}"\n',
            f'subject,body\nVans,"We like Leeds. {SAVES} Our ""big"" zap costs $9."\n',
        ),
        (
            "a.eml",
            "Subject: Vans\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
            f"Our zap costs =E2=82=AC9. We like Leeds. {SAVES}\n",
            "Subject: Vans\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
            f"We like Leeds. {SAVES} Our zap costs =E2=82=AC9.\n",
        ),
    ],
)
def test_a_sentence_moves_behind_another(mend: Mend, name: str, before: str, expected: str) -> None:
    early = {"order": {"phrase": "zap", "before": "gives-value"}}
    assert (
        after(mend(before, rule("zap", {"move": "gives-value"}, find=[early]), name=name, allowed=UNSAFE)) == expected
    )


@pytest.mark.parametrize(
    "text",
    [
        f"Our zap costs $9. It runs well. {SAVES}",  # the next one speaks of it
        f"It is our zap for $9. We like Leeds. {SAVES}",  # it speaks of what stood before
        f"Our zap costs $9. We like Leeds. {SAVES} That pays for dinner.",  # and so would what follows its new place
        f"So our zap costs $9. We like Leeds. {SAVES}",
        f"Our zap costs $9:\n\n- {SAVES}",
        f"Our zap for {{{{first_name}}}} costs $9. We like Leeds. {SAVES}",
        f"{SAVES} Our zap costs $9.",
    ],
)
def test_a_sentence_that_cannot_stand_elsewhere_stays(mend: Mend, text: str) -> None:
    zap = rule("zap", {"move": "gives-value"})
    assert after(mend(text, zap, allowed=UNSAFE)) == text
