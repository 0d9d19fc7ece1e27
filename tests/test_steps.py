"""The e-mails of one sequence, seen together: in one file, in a folder, in their order, and each of them small."""

import io
import json
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import msgspec
import pytest
import yaml
from click.testing import CliRunner
from msgspec.structs import replace

from pushlint import books
from pushlint import run as run_module
from pushlint.cli import main
from pushlint.diagnostic import Diagnostic
from pushlint.draft import Draft
from pushlint.errors import InputError
from pushlint.examples import check
from pushlint.linter import Linter
from pushlint.readers import read
from pushlint.rulebook.load import shipped_rules
from pushlint.rulebook.schema import Earlier, Example, InSequence
from pushlint.run import Inputs, run
from pushlint.settings import Settings

TODAY = date(2031, 3, 10)
ASK = "How do you light the hall of an evening?"
LEARN = "Most lamps fail early because dust keeps the heat in; cleaned twice a year, they last four years longer."
NUDGE = "Just bumping this to the top of your inbox."
LAST = "This is my last email about the lamps."


def rules(*codes: str) -> Linter:
    return Linter([rule for rule in shipped_rules() if rule.code in codes], TODAY)


@pytest.fixture(scope="module")
def seq() -> Linter:
    """The rules of sequences and no others."""
    return rules("SEQ001", "SEQ002", "SEQ003", "SEQ004", "SEQ005", "SEQ006")


def step(number: int, text: str, **keys: object) -> str:
    return f"---\n{yaml.safe_dump({'sequence': 'lamps', 'step': number, **keys})}---\nHi Sam,\n\n{text}\n"


def codes(linter: Linter, drafts: Iterable[Draft]) -> list[list[str]]:
    """The codes found in each draft."""
    return [[d.code for d in found] for _, found in linter.lint(drafts)]


def folder(*texts: str) -> list[Draft]:
    return [read(f"in/{number}.md", text.encode())[0] for number, text in enumerate(texts)]


def in_json(steps: list[dict[str, object]]) -> list[Draft]:
    return read("a.json", json.dumps({"steps": steps}).encode())


def in_yaml(steps: list[dict[str, object]]) -> list[Draft]:
    return read("a.yaml", yaml.safe_dump({"steps": steps}).encode())


def in_folder(steps: list[dict[str, object]]) -> list[Draft]:
    made = []
    for number, one in enumerate(steps, 1):
        keys = {key: value for key, value in one.items() if key != "body"}
        made += read(f"in/{number}.md", step(number, "", **keys).rstrip().encode() + f"\n{one['body']}\n".encode())
    return made


CARRIERS = pytest.mark.parametrize("carrier", [in_json, in_yaml, in_folder])


@CARRIERS
def test_every_rule_in_every_carrier(seq: Linter, carrier: Callable[[list[dict[str, object]]], list[Draft]]) -> None:
    steps: list[dict[str, object]] = [
        {"day": 0, "subject": "Your hall", "body": f"Hi Sam,\n\n{ASK} It costs $40 a month."},
        {"day": 1, "body": f"Hi Sam,\n\n{NUDGE}"},
        {"day": 7, "subject": "Your hall: last chance", "body": f"Hi Sam,\n\n{LEARN} I need your answer by Friday."},
        {"day": 13, "body": f"Hi Sam,\n\n{LAST} Act now, and let's close this deal."},
        {"day": 21, "body": "Hi Sam,\n\nWho cleans your windows?"},
    ]
    drafts = carrier(steps)
    assert codes(seq, drafts) == [
        ["SEQ004"],
        ["SEQ001", "SEQ003"],
        ["SEQ006"],
        ["SEQ004"],
        ["SEQ005", "SEQ002"],
    ]
    for draft, found in seq.lint(drafts):
        for d in found:
            assert d.path == draft.source.path and draft.source.text[d.start : d.end] == d.text
            first = next(s.start for s in draft.map.segments if s.text.strip())
            assert d.text == "It costs $40 a month" or d.start == first


@CARRIERS
def test_a_considerate_sequence_is_left_alone(
    linter: Linter, carrier: Callable[[list[dict[str, object]]], list[Draft]]
) -> None:
    drafts = carrier(
        [
            {"day": 0, "subject": "Your hall", "body": f"Hi Sam,\n\n{ASK}"},
            {"day": 4, "body": f"Hi Sam,\n\n{LEARN}"},
            {"day": 10, "body": "Hi Sam,\n\nWho cleans your windows?"},
        ]
    )
    assert not [code for found in codes(linter, drafts) for code in found if code.startswith("SEQ")]


def test_the_order_is_that_of_the_steps(seq: Linter) -> None:
    one, two, three = step(1, ASK), step(2, LAST), step(3, LEARN)
    assert codes(seq, folder(three, one, two)) == [["SEQ005"], [], []]
    assert codes(seq, folder(two, three, one)) == [[], ["SEQ005"], []]


def test_variants_are_one_step(seq: Linter) -> None:
    texts = [ASK, LEARN, "Who cleans your windows?", "Which lamps do you keep at home?"]
    steps = [step(number, text, variant=name) for number, text in enumerate(texts, 1) for name in "AB"]
    assert codes(seq, folder(*steps)) == [[]] * 8
    found = codes(seq, folder(step(1, ASK), step(2, NUDGE, variant="A"), step(2, LEARN, variant="B")))
    assert found == [[], [], []], "one of the variants brings something"


def test_what_each_branch_brings_counts(seq: Linter) -> None:
    chosen = "{% if one %}" + NUDGE + "{% else %}" + LEARN + "{% endif %}"
    assert codes(seq, folder(step(1, ASK), step(2, chosen))) == [[], []]
    assert codes(seq, folder(step(1, ASK), step(2, chosen.replace(LEARN, NUDGE)))) == [[], ["SEQ001"]]


def test_sequences_are_apart(seq: Linter) -> None:
    last, more = step(1, LAST), step(2, LEARN)
    elsewhere = read("other/2.md", more.encode())
    assert codes(seq, [*folder(last), *elsewhere]) == [[], []]
    assert codes(seq, folder(last, more.replace("lamps", "boots", 1))) == [[], []]
    assert codes(seq, [*folder(last), *read("in/mail.md", b"---\nstage: follow-up\n---\nHi Sam,\n\nHello.\n")]) == [
        [],
        [],
    ]
    assert codes(seq, folder(last, more)) == [[], ["SEQ005"]]


def test_a_part_of_a_sequence_says_nothing_of_the_rest(seq: Linter) -> None:
    assert codes(seq, folder(step(7, NUDGE))) == [[]]
    assert codes(seq, folder(step(1, ASK, day=0), step(3, LEARN, day=9), step(4, "Who cleans it?", day=14))) == [[]] * 3


def test_one_fault_is_said_once(linter: Linter) -> None:
    first, second = codes(linter, folder(step(1, f"{ASK} It costs $40 a month."), step(2, NUDGE)))
    assert "SEQ004" in first and "PRI001" not in first
    assert "SEQ001" in second and "VAL001" not in second
    alone, _ = codes(linter, folder(step(1, f"{ASK} It costs $40 a month."), step(1, ASK)))
    assert "PRI001" in alone


def test_a_rule_hears_what_is_not_selected() -> None:
    drafts = folder(
        step(1, ASK), step(2, "I need your answer by Friday."), step(3, "Act now, and let's close this deal.")
    )
    assert codes(rules("SEQ004"), drafts) == [[], [], ["SEQ004"]]
    assert codes(rules("CLO001"), drafts) == [[], [], ["CLO001"]]


def test_html_and_text_of_one_step_are_one_e_mail(seq: Linter) -> None:
    both = {"subject": "Your hall", "bodyHtml": f"<p>Hi Sam,</p><p>{ASK}</p>", "bodyText": f"Hi Sam,\n\n{ASK}"}
    assert codes(seq, in_json([both, {**both, "bodyHtml": f"<p>{LEARN}</p>", "bodyText": LEARN}])) == [[]] * 4


def test_a_thousand_rows_that_look_like_a_sequence(seq: Linter) -> None:
    rows = "".join(f'{n % 5 + 1},"Hi Sam, how do you light hall {n}?"\n' for n in range(400))
    drafts = read("a.csv", f"step,body\n{rows}".encode())
    assert len(codes(seq, drafts)) == 400


def test_a_rule_that_hears_no_rule_is_refused() -> None:
    [rule] = [rule for rule in shipped_rules() if rule.code == "SEQ004"]
    finder = replace(rule.finders[1], sequence=replace(rule.finders[1].sequence, rules=["URG", "NOPE"]))
    with pytest.raises(InputError, match='SEQ004: there is no rule "NOPE"'):
        Linter([replace(rule, find=[finder])])


class Recording:
    """A linter that finds nothing and remembers which drafts it was given together."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []

    def lint_batch(self, drafts: Iterable[Draft]) -> list[tuple[Draft, list[Diagnostic]]]:
        together = list(drafts)
        self.batches.append([draft.source.path for draft in together])
        return [(draft, []) for draft in together]


def test_a_run_brings_a_sequence_together_and_keeps_the_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recording = Recording()
    monkeypatch.setattr(books, "linter_of", lambda rules, today: (recording, []))
    monkeypatch.chdir(tmp_path)
    for number in range(200):
        text = step(number // 60 + 1, ASK) if number % 60 == 0 else f"Hi Sam,\n\nDraft {number}.\n"
        Path(f"{number:03}.md").write_text(text)
    names = [f"{number:03}.md" for number in range(200)]
    assert [result.path for result in run(Inputs(["."], Settings()))] == names
    assert recording.batches[0][:4] == ["000.md", "060.md", "120.md", "180.md"]
    assert max(map(len, recording.batches)) <= run_module.BATCH + 4
    assert sorted(path for batch in recording.batches for path in batch) == names


def test_the_command_line_over_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    texts = {"10-late": step(3, LEARN), "2-early": step(1, ASK), "9-goodbye": step(2, LAST)}
    for name, text in texts.items():
        Path(f"{name}.md").write_text(text)
    result = CliRunner().invoke(main, ["check", ".", "--select", "SEQ", "--output-format", "concise"])
    assert result.exit_code == 1
    [line, closing] = result.output.splitlines()
    assert line.startswith("10-late.md:5:1") and "SEQ005" in line and "e-mail 2" in line
    assert "1 warning" in closing


def test_standard_input_may_be_a_step() -> None:
    results = list(run(Inputs(["-"], Settings(), stdin=io.BytesIO(step(1, ASK).encode()))))
    assert [len(result.drafts) for result in results] == [1]


def test_front_matter_gives_the_place() -> None:
    [one, two, said] = folder(step(1, ASK, day=0), step(2, ASK, day=3.5), step(3, ASK, stage="breakup"))
    assert one.step and (one.step.sequence, one.step.number, one.step.day, one.step.across) == ("lamps", 1, 0, True)
    assert two.step and (two.step.number, two.step.day) == (2, 3.5)
    assert [draft.stage for draft in (one, two, said)] == ["first-touch", "follow-up", "breakup"]
    [unnamed] = read("in/a.md", b"---\nstep: 2\n---\nHi Sam,\n\nHello.\n")
    assert unnamed.sequence == ("in", "")
    [none] = read("in/a.md", b"---\nsequence: lamps\nday: Monday\n---\nHi Sam,\n\nHello.\n")
    assert none.step is None and none.stage is None


@pytest.mark.parametrize(
    ("keys", "line", "message", "hint"),
    [
        ("step: two", 2, "step 'two' is not a number", "step: 2"),
        ("step: 0", 2, "step '0' is not a whole number from 1", "step: 2"),
        ("step: 1.5", 2, "step '1.5' is not a whole number from 1", "step: 2"),
        ("step: -1", 2, "step '-1' is not a number", "step: 2"),
        ("step: [1]", 2, "step '' is not a number", "step: 2"),
        ("step: 1\nday: Monday", 3, "day 'Monday' is not a number", "day: 4"),
        ("day: 4\nstep: 1\nsequence: [a, b]", 4, "the sequence is not a name", "sequence: spring"),
    ],
)
def test_a_wrong_place_is_refused(keys: str, line: int, message: str, hint: str) -> None:
    with pytest.raises(InputError) as caught:
        read("in/a.md", f"---\n{keys}\n---\nHi Sam,\n\nHello.\n".encode())
    assert (caught.value.message, caught.value.line) == (message, line)
    assert caught.value.hint and hint in caught.value.hint


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"of": "gap"}, "over, under or both"),
        ({"of": "news", "under": 1}, "news and since need moves"),
        ({"of": "gap", "under": 1, "moves": "teaches"}, "no other figure does"),
        ({"of": "rises", "over": 1}, "rises and opening-findings need rules"),
        ({"of": "steps", "over": 1, "rules": "URG"}, "no other figure does"),
    ],
)
def test_a_figure_has_the_keys_it_needs(keys: dict[str, object], message: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=message):
        msgspec.convert(keys, InSequence)


@pytest.mark.parametrize(
    ("example", "message"),
    [
        (Example(bad="Hi Sam, labels.", day=1, steps=[Earlier(text="Hi Sam, lamps.", day=0)]), None),
        (Example(good="Hi Sam, labels.", day=4, steps=[Earlier(text="Hi Sam, lamps.", day=0), "Hi Sam."]), None),
        (Example(bad="Hi Sam, labels.", steps=["Hi Sam, lamps."]), "found nothing, expected a finding"),
        (Example(good="Hi Sam, labels.", day=1, steps=[Earlier(text="Lamps.", day=0)]), "found [''], expected nothing"),
        (
            Example(bad="C.", day=3, steps=[Earlier(text="A.", day=1), Earlier(text="B.", day=2)]),
            "found in step 2 already",
        ),
    ],
)
def test_examples_of_several_steps(example: Example, message: str | None) -> None:
    [rule] = [rule for rule in shipped_rules() if rule.code == "SEQ003"]
    failures = list(check([replace(rule, examples=[example, Example(good="Hi Sam.")])]))
    assert [failure.message for failure in failures] == ([message] if message else [])
