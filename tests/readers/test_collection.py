"""Markdown files with several e-mails: where each begins and ends, what is said of them, and files that hold one."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pushlint.draft import Draft, Step
from pushlint.files import discover
from pushlint.linter import Linter
from pushlint.readers import looks_like_draft, read
from pushlint.result import FileResult, Summary

Conforms = Callable[..., None]
BODY = "Your form asks for a fax number.\n\nBest,\nKim"
SIGNED = f"Hi Sam,\n\n{BODY}\n"


def drafts(text: str, conforms: Conforms) -> list[Draft]:
    """The e-mails of a file, without their other subjects and preheaders."""
    found = read("a.md", text.encode())
    for draft in found:
        conforms(draft, embedded=True)
    return [draft for draft in found if not draft.repeats]


def mails(text: str, conforms: Conforms) -> list[tuple[str | None, str]]:
    """Subject and body of each e-mail."""
    found = drafts(text, conforms)
    return [(d.subject, d.text.removeprefix(d.subject or "").strip()) for d in found]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "label",
    [
        "Subject: {}",
        "**Subject:** {}",
        "**Subject line**: {}",
        "- *Subject:* {}",
        "**Subject: {}**",
        "__Subject A__: **{}**",
        '📧 **Subject:** "{}"',
    ],
)
def test_subject_lines_under_headings(conforms: Conforms, label: str, line_end: str) -> None:
    text = f"# Letters\n\nWhat they say.\n\n## A\n\n{label.format('One')}\n\nHi Sam,\n\n{BODY}\n"
    text += f"\n## B\n\n{label.format('Two')}\n\nHi Kim,\n\n{BODY}\n"
    found = mails(text.replace("\n", line_end), conforms)
    assert found == [("One", f"Hi Sam,\n\n{BODY}"), ("Two", f"Hi Kim,\n\n{BODY}")]


@pytest.mark.parametrize("fence", ["```", "~~~text", "````email"])
def test_a_fence_holds_the_email(conforms: Conforms, fence: str) -> None:
    close = fence[:4].rstrip("te")
    text = f"## A\n\n**Subject:** One\n\nSay this:\n\n{fence}\nHi Sam,\n\n{BODY}\n{close}\n\nThen wait for an answer.\n"
    text += f"\n## B\n\n{fence}\nSubject: Two\n\n{BODY}\n{close}\n\nWait again.\n"
    assert mails(text, conforms) == [("One", f"Hi Sam,\n\n{BODY}"), ("Two", BODY)]


def test_a_quote_holds_the_email_without_its_marks(conforms: Conforms) -> None:
    quoted = "\n".join(f"> {line}".rstrip() for line in ("**Subject:** One", "", "Hi Sam,", "", *BODY.split("\n")))
    text = f"## A\n\nFor owners.\n\n{quoted}\n\nWait a week.\n\n## B\n\n{quoted.replace('One', 'Two')}\n"
    one, two = drafts(text, conforms)
    assert (one.subject, two.subject) == ("One", "Two")
    assert one.text.strip() == f"One\n\nHi Sam,\n\n{BODY}"
    assert one.encode("a\nb", 0, 1) == "a\n> b"


def test_fences_in_a_list(conforms: Conforms) -> None:
    text = "".join(
        f"{n}. The letter:\n\n   ```\n   Subject: {s}\n\n   Hi Sam,\n\n   We wrote a guide.\n   ```\n\n"
        for n, s in ((1, "One"), (2, "Two"))
    )
    assert mails(text, conforms) == [(s, "Hi Sam,\n\nWe wrote a guide.") for s in ("One", "Two")]


def test_commentary_is_not_read(conforms: Conforms) -> None:
    text = """\
# Letters

We will close the deal.

| letter | day |
|---|---|
| One | Monday |

## One

**Goal:** start a talk
**Send:** on Monday
_Be kind._

**Subject:** A form
**Preview:** what it asks

Hi Sam,

Your form asks for a fax number.

**What it costs you:**

- some calls

Best,
Kim

*Send it in the morning.*

**Why it works:** it is short.

It says one thing.

### Notes

More of it.

---

Not of the letter.

## Two

Subject: A guide

Hello Sam,

We wrote a guide.

> Note: wait.
"""
    found = read("a.md", text.encode())
    for draft in found:
        conforms(draft, embedded=True)
    one, preheader, two = found
    words = "A form Hi Sam, Your form asks for a fax number. What it costs you: some calls Best, Kim"
    assert " ".join(one.text.split()) == words
    assert (preheader.text.strip(), [zone.kind for zone in preheader.zones]) == ("what it asks", ["preheader"])
    assert preheader.repeats and not one.repeats
    assert two.text.startswith("A guide\n\nHello Sam,\n\nWe wrote a guide.")


def test_other_subjects_are_read_alone(conforms: Conforms) -> None:
    text = f"""\
## A
- **Subject A:** One
- **Subject B:** Two

Hi Sam,

{BODY}

## B

### Subject lines

1. "Three"
2. `Four`

### Body

The text of it has no greeting at all.

**Alternative subject lines:**

- Five
"""
    found = read("a.md", text.encode())
    for draft in found:
        conforms(draft, embedded=True)
    assert [(d.subject, d.repeats) for d in found] == [
        ("One", False),
        ("Two", True),
        ("Three", False),
        ("Four", True),
        ("Five", True),
    ]
    assert all([zone.kind for zone in d.zones] == ["subject"] for d in found if d.repeats)
    assert found[2].text.strip() == "Three\n\nThe text of it has no greeting at all."


@pytest.mark.parametrize(
    "titles",
    [
        ["Email 1: Hello (Day 1)", "Email 2 (Day 4)", "Email 3: Break-up (Day 11)"],
        ["Initial contact (Day 1)", "Follow-up 1 (3 days after)", "Final follow-up (1 week later)"],
        ["The opener (Day 1)", "Follow-up #1 (3 days after initial)", "Breakup email (10 days after the initial one)"],
    ],
)
def test_headings_make_a_sequence(conforms: Conforms, titles: list[str]) -> None:
    text = "# Owners\n\n" + "".join(f"## {title}\n\nSubject: S\n\nHi Sam,\n\n{BODY}\n\n" for title in titles)
    found = drafts(text, conforms)
    assert [(d.step, d.stage) for d in found] == [
        (Step("Owners#1", 1, 1), "first-touch"),
        (Step("Owners#1", 2, 4), "follow-up"),
        (Step("Owners#1", 3, 11), "breakup"),
    ]


def test_bold_lines_name_steps_and_later_ones_need_no_subject(conforms: Conforms) -> None:
    text = f"Two letters.\n\n**Email 1**\n\nSubject: One\n\nHi Sam,\n\n{BODY}\n\n"
    text += "**Email 2**\n\nHi Sam,\n\nOne more thing.\n"
    found = drafts(text, conforms)
    assert [(d.subject, d.step, d.stage) for d in found] == [
        ("One", Step("#1", 1), "first-touch"),
        (None, Step("#1", 2), "follow-up"),
    ]
    assert found[1].text.strip() == "Hi Sam,\n\nOne more thing."


def test_sequences_and_variants(conforms: Conforms) -> None:
    letter = f"```\nHi Sam,\n\n{BODY}\n```\n\n"
    text = f"# Spring\n## Email 1\nVersion A:\n{letter}Version B:\n{letter}## Email 2\n{letter}"
    text += f"# Autumn\n## Email 1\n{letter}## Email 2\n{letter}# Alone\n## Template A\n{letter}"
    assert [d.step for d in drafts(text, conforms)] == [
        Step("Spring#1", 1, None, "A"),
        Step("Spring#1", 1, None, "B"),
        Step("Spring#1", 2),
        Step("Autumn#4", 1),
        Step("Autumn#4", 2),
        None,
    ]


def test_breaks_part_emails_without_headings(conforms: Conforms) -> None:
    text = f"Subject: One\n\nHi Sam,\n\n{BODY}\n---\n\n"
    text += f"Subject: Two\n\n---\n\nHi Kim,\n\n{BODY}\n\n***\n\nThe end of the file.\n"
    assert mails(text, conforms) == [("One", f"Hi Sam,\n\n{BODY}"), ("Two", f"Hi Kim,\n\n{BODY}")]


def test_headings_within_an_email(conforms: Conforms) -> None:
    news = "Hi Sam,\n\nThree things.\n\n### Forms\n\nThey wait.\n\n### Fees\n\nThey are told.\n\nBest,\nKim"
    text = f"## May\n\nSubject: One\n\n{news}\n\n### Remarks\n\nNot read.\n\n## June\n\nSubject: Two\n\n{news}\n"
    for draft in drafts(text, conforms):
        assert "They wait" in draft.text and "They are told" in draft.text and "Not read" not in draft.text


def test_a_file_with_a_step_in_its_front_matter_is_one_email(conforms: Conforms) -> None:
    (draft,) = drafts(f"---\nsequence: spring\nstep: 2\n---\n{TWO}", conforms)
    assert draft.step == Step("spring", 2, across=True)


def test_front_matter_speaks_for_all(conforms: Conforms) -> None:
    text = f"---\nfooter: injected\nprofile: newsletter\n---\n## A\n\nSubject: One\n\nHi Sam,\n\n{BODY}\n\n"
    text += f"## B\n\nSubject: Two\n\nHi Sam,\n\n{BODY}\n"
    assert [(d.footer, d.profile) for d in drafts(text, conforms)] == [("injected", "newsletter")] * 2


def test_choices_are_read_in_each_email(conforms: Conforms, linter: Linter) -> None:
    letter = "Subject: {Forms|Fees}\n\nHi {{first_name}},\n\n{We wrote a guide.|We will close this deal.}\n\n"
    text = f"## A\n\n{letter}## B\n\n{letter}"
    found = drafts(text, conforms)
    assert [len(d.others) for d in found] == [1, 1]
    places = [d.start for _, diagnostics in linter.lint(found) for d in diagnostics if d.code == "CLO001"]
    assert len(places) == 2 and places[0] < text.index("## B") < places[1]


TWO = f"## A\n\nSubject: One\n\n{SIGNED}\n## B\n\nSubject: Two\n\n{SIGNED}"
ONE_EMAIL = {
    "front matter": f"---\nsubject: x\n---\n{SIGNED}\n{TWO}",
    "a stage alone": f"---\nstage: promo\n---\n{TWO}",
    "a newsletter": f"Subject: News\n\n# May\n\nHi Sam,\n\n## Forms\n\nThey wait.\n\n---\n\n## Fees\n\n{BODY}\n",
    "a newsletter without a subject": f"# May\n\nHi Sam,\n\n## Day 1\n\nThey wait.\n\n## Day 2\n\nTold.\n\n{BODY}\n",
    "praise in a quote": f"{SIGNED}\n> Hi team, thanks for your help with our forms last week.\n\nKim\n",
    "a letter that quotes an e-mail": "Hi Sam,\n\nHere it is.\n\n> Subject: Forms\n> They wait in your hall.\n\nKim\n",
    "a letter with a sample": "Subject: x\n\nHi Sam,\n\n```\nHi Kim,\nwe wrote a guide for you all.\n```\n\nKim\n",
    "a thread": f"Subject: Re: Form\n\n{SIGNED}\nFrom: Sam\nSent: Monday\nSubject: Form\n\nHi Kim,\n\nWhere is it?\n",
    "a quoted thread": f"Subject: Re: Form\n\n{SIGNED}\n> From: Sam\n> To: Kim\n> Subject: Form\n>\n> Where is it?\n",
    "a text": "# Forms\n\nThey wait.\n\n## Use\n\n```python\nprint('Hi Sam, here is a form for you and all')\n```\n",
    "an email under a heading": f"# Email 1\n\n{SIGNED}",
    "tips": "# Tips\n\n- **Subject:** Keep it short, and say in a reader's words what it is\n- **Text:** one\n",
    "another channel": "# LinkedIn\n\n> Hi Sam, thanks for the link to your page about forms.\n",
}


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
@pytest.mark.parametrize("text", ONE_EMAIL.values(), ids=ONE_EMAIL)
def test_what_is_one_email_stays_one(conforms: Conforms, name: str, text: str) -> None:
    (draft,) = read(name, text.encode())
    conforms(draft)  # as a file of one e-mail
    assert draft.step is None and not draft.repeats


@pytest.mark.parametrize(
    "rule",
    [
        "\n---\n\n",
        "---\n",
        "\n=====\n\n",
        "========\n",
        "------\n",
        "\n\n",
        "\nEmail 2:\n\n",
        "\n== EMAIL 2 (DAY 4) ==\n",
    ],
)
def test_plain_text_is_parted_too(conforms: Conforms, rule: str) -> None:
    text = f"Subject: One\n\nHi Sam,\n\n* {BODY}\n{rule}Subject: Two\n\nHi Kim,\n\n{BODY}\n"
    found = read("a.txt", text.encode())
    for draft in found:
        conforms(draft, embedded=True)
    assert [d.subject for d in found] == ["One", "Two"]
    assert [d.text.strip() for d in found] == [f"One\n\nHi Sam,\n\n* {BODY}", f"Two\n\nHi Kim,\n\n{BODY}"]


def test_lines_above_subjects_name_steps(conforms: Conforms) -> None:
    text = f"Email 1\n\nSubject: One\nHi Sam,\n{BODY}\n\nEmail 2 (3 days later):\nSubject: Two\nHi Sam,\n{BODY}\n"
    found = read("a.txt", text.encode())
    assert [(d.step, d.stage) for d in found] == [
        (Step("#1", 1, 0), "first-touch"),
        (Step("#1", 2, 3), "follow-up"),
    ]
    assert "Email 2" not in found[0].text


def test_an_email_counts_once_with_its_other_subjects(linter: Linter) -> None:
    text = f"## A\n\n- Subject A: Act now\n- Subject B: Last chance\n\n{SIGNED}\n## B\n\nSubject: Two\n\n{SIGNED}"
    summary = Summary()
    found = tuple((draft, tuple(found)) for draft, found in linter.lint(read("a.md", text.encode())))
    summary.add(FileResult("a.md", drafts=found))
    assert len(found) == 3 and summary.drafts == 2


@pytest.mark.parametrize(
    "text",
    [
        f"# How we write\n\nWe ask nothing.\n\n**Subject:** One\n\n{SIGNED}\n---\n\nThat is all.\n",
        f"# How we write\n\nWe ask nothing.\n\n```\nSubject: One\n\n{SIGNED}```\n\nThat is all.\n",
        f"# How we write\n\n**Subject:** One\n\n{SIGNED}\n## After it\n\nThat is all.\n",
    ],
)
def test_one_email_among_other_text(conforms: Conforms, text: str) -> None:
    assert mails(text, conforms) == [("One", SIGNED.strip())]


def test_a_text_without_greeting_is_an_email_when_it_is_long_or_told(conforms: Conforms) -> None:
    short = "# A\n\nSome words.\n\n**Subject:** Forms\n\nKeep it short.\n"
    assert drafts(short, conforms)[0].subject is None
    told = "# A\n\nSome words.\n\n**Subject:** Forms\n\n**Body:** Your form waits too long.\n"
    assert mails(told, conforms) == [("Forms", "Your form waits too long.")]


def test_collections_are_found_in_a_folder(tmp_path: Path) -> None:
    lines = "A line of words.\n\n" * 10
    (tmp_path / "letters.md").write_text(
        f"# Letters\n\n{lines}## A\n\n> Subject: One\n>\n> Your form waits too long.\n"
    )
    (tmp_path / "guide.md").write_text(f"# Guide\n\n{lines}```sh\npip install forms\n```\n")
    found = discover([str(tmp_path)])
    assert [Path(path).name for path in found.files] == ["letters.md"]
    assert looks_like_draft(b"# A\n\n> It is said that forms wait.\n", "markdown")


WORDS = st.lists(
    st.sampled_from(["form", "fee", "guide", "page", "**bold**", "{{first_name}}", "é", "👍🏽"]), min_size=6
)
FORMS = {
    "plain": "{}",
    "fence": "```\n{}\n```",
    "quote": "> {}",
    "labelled": "**Body:**\n\n{}",
}


def written(form: str, subject: str, words: list[str], line_end: str) -> str:
    body = f"Hi Sam,\n\nWe want to close this deal with you. {' '.join(words)}.\n\nKim"
    if form == "quote":
        body = body.replace("\n", "\n> ")
    text = f"**Subject:** {subject}\n\n{FORMS[form].format(body)}\n"
    return text.replace("\n", line_end)


@given(
    letters=st.lists(st.tuples(st.sampled_from(list(FORMS)), WORDS), min_size=2, max_size=5),
    remarks=st.lists(
        st.sampled_from(
            [
                "**Goal:** close this deal\n\n",
                "We close this deal with them.\n\n",
                "| a | b |\n|---|---|\n| close this deal | now |\n\n",
                "- **Tip:** close this deal now\n\n",
                "```python\nprint('close this deal')\n```\n\n",
                "### Why it works\n\nWe close this deal.\n\n",
            ]
        ),
        min_size=6,
        max_size=6,
    ),
    line_end=st.sampled_from(["\n", "\r\n"]),
)
@settings(max_examples=25, deadline=None)
def test_findings_stand_in_emails_and_nowhere_else(
    conforms: Conforms,
    linter: Linter,
    letters: list[tuple[str, list[str]]],
    remarks: list[str],
    line_end: str,
) -> None:
    text, expected = f"# Letters{line_end * 2}", []
    for number, ((form, words), remark) in enumerate(zip(letters, remarks, strict=False)):
        text += f"## Letter {number}{line_end * 2}{remark}".replace("\n", line_end).replace("\r\r", "\r")
        letter = written(form, f"Number {number}", words, line_end)
        expected.append(len(text) + letter.index("We want to close this deal"))
        text += f"{letter}{line_end}---{line_end * 2}{remarks[-1]}".replace("\r\r", "\r")
    found = drafts(text, conforms)
    assert [d.subject for d in found] == [f"Number {n}" for n in range(len(letters))]
    results = [d for _, diagnostics in linter.lint(found) for d in diagnostics if d.code == "CLO001"]
    assert len(results) == len(expected)
    for result, start in zip(results, expected, strict=True):
        assert start <= result.start < result.end <= start + len("We want to close this deal with you")
        assert text[result.start : result.end] == result.text


LINES = [
    *(
        "Subject: One two",
        "**Subject:**",
        "- **Subject A:** x",
        "### Subject",
        "**Preview:** y",
        "## Email 2",
        "# Notes",
    ),
    *(
        "**Day 3**",
        "---",
        "===",
        "> Hi Sam,",
        "> Subject: q",
        ">",
        "```",
        "~~~md",
        "    Subject: z",
        "Hi Sam,",
        "1. one",
    ),
    *(
        "We wrote a guide for you and all who ask.",
        "Best,",
        "*Kind.*",
        "| a | b |\n|---|---|",
        "{a|b}",
        "{% if x %}",
        "",
    ),
    *(
        "**Body:** It is a text.",
        "<div>",
        "From: Sam",
        "Sent: x",
        "- - x",
        "\t- y",
        "[a]: b",
        "&amp; \\* `c`",
        "\x0c",
        "\u2028",
    ),
]


@given(
    lines=st.lists(st.sampled_from(LINES) | st.text(max_size=5), min_size=2, max_size=40),
    line_end=st.sampled_from(["\n", "\r\n", "\r", "\n\n"]),
)
@settings(max_examples=300, deadline=None)
def test_any_lines_are_read_at_their_places(conforms: Conforms, lines: list[str], line_end: str) -> None:
    text = line_end.join(["# Letters", "Subject: One", "Hi Sam, here is your form.", *lines])
    if "\0" not in text:
        drafts(text, conforms)


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize(
    "unit", ["Subject: x\n\n", "> Hi Sam, a b c d e f g\n\n", "- x\n  ", "# a\n\n###### b\n\n", "a\n\n"]
)
def test_long_files_end_soon(unit: str) -> None:
    read("a.md", ("Subject: a\n\n" + unit * 4_000 + "\nHi Sam,\n").encode())


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("line", ["Subject: {}", "# a{}b", "**{}", "*{}", "From:\n{}", "{}"])
@pytest.mark.parametrize("filling", [" ", "*", "-\n", "a b", '"'])
def test_long_lines_end_soon(line: str, filling: str) -> None:
    text = line.format(filling * 20_000)
    read("a.md", f"# A\n\nSubject: One\n\nHi Sam, a text of it.\n\n{text}\n\nSubject: {text}\n".encode())
