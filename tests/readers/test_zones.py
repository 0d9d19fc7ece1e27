"""Greeting, sign-off, postscript, footer and quoted thread, told apart in drafts as people write them."""

from collections.abc import Callable

import pytest

from pushlint.draft import Draft

ReadText = Callable[..., Draft]
Pairs = Callable[[Draft], list[tuple[str, str]]]


@pytest.mark.parametrize(
    ("first", "greeting"),
    [
        ("Hi Sam,", "Hi Sam,"),
        ("Hello", "Hello"),
        ("Dear Dr. Smith:", "Dear Dr. Smith:"),
        ("Good morning, Kim!", "Good morning,"),
        ("Hey Sam, I am a fan.", "Hey Sam,"),
        ("Hi Sam - quick question", "Hi Sam -"),
        ("Hi Sam. It was good to meet you.", "Hi Sam."),
        ("Hi Anne-Marie O’Neil,", "Hi Anne-Marie O’Neil,"),
        ("Hi {{first_name}} I saw your talk.", "Hi Alex"),
        ("Hi [First Name] and team,", "Hi Alex and team,"),
        ("Hello example.org team,", "Hello example.org team,"),
        ("To whom it may concern,", "To whom it may concern,"),
        ("{{first_name}}, I saw your talk.", "Alex,"),
        ("{{first_name}} —", "Alex —"),
        ("Sam,", "Sam,"),
        ("Hey —", "Hey —"),
    ],
)
def test_greetings(read_text: ReadText, zones: Pairs, first: str, greeting: str) -> None:
    draft = read_text(f"{first}\n\nYour talk on tests was good to read.\n")
    assert zones(draft)[0] == ("greeting", greeting)


@pytest.mark.parametrize(
    "first",
    [
        "Highlights of the month are below.",
        "Dearest wishes are in order for all of us today",
        "Heya is a name we like a lot",
    ],
)
def test_no_greetings(read_text: ReadText, zones: Pairs, first: str) -> None:
    assert [kind for kind, _ in zones(read_text(f"{first}\n\nYour talk was good.\n"))] == ["body"]


@pytest.mark.parametrize(
    "end",
    [
        "Best,\nKim",
        "Best regards,\n\nKim Lee\nHead of Tests | Acme\n+1 555 0100\nacme.example",
        "Thanks!\nKim",
        "Cheers, Kim",
        "— Kim",
        "-- \nKim Lee\nAcme",
        "Thanks for your time,\nKim",
        "To your next launch,\nKim",
        "Kim",
        "Kim Lee\nAcme Ltd.\n555-0100",
        "[Your Name]",
        "{{sender_name}}\n{{sender_title}}, Acme",
        "With gratitude,\nThe Acme Support Team",
        "Talk soon",
    ],
)
def test_sign_offs(read_text: ReadText, zones: Pairs, end: str) -> None:
    found = zones(read_text(f"Hi Sam,\n\nIt is ready. Shall I send it?\n\n{end}\n"))
    assert [kind for kind, _ in found] == ["greeting", "body", "sign-off"]
    assert found[1][1] == "It is ready. Shall I send it?"


@pytest.mark.parametrize(
    "end",
    [
        "Interested?",
        "[Download Link]",
        "Let me know what you think of it.",
        "Thanks for reading all this.",
        "- Kim said so",
        "You get:\n- Free Audit\n- Weekly Report",
        "- Free Audit\n- Weekly Report",
    ],
)
@pytest.mark.parametrize("name", ["draft.txt", "draft.md"])
def test_no_sign_offs(read_text: ReadText, zones: Pairs, name: str, end: str) -> None:
    assert [kind for kind, _ in zones(read_text(f"Hi Sam,\n\nIt is ready now.\n\n{end}\n", name))] == [
        "greeting",
        "body",
    ]


def test_a_name_right_below_the_last_sentence(read_text: ReadText, zones: Pairs) -> None:
    assert zones(read_text("Hi Sam,\n\nShall I send it?\nKim\nAcme\n"))[-1] == ("sign-off", "Kim\nAcme")


def test_all_zones_in_order(read_text: ReadText, zones: Pairs) -> None:
    draft = read_text(
        "Subject: Your tests\n\nHi Sam,\n\nIt is ready.\n\nBest,\nKim\n\nP.S. It is free\nfor you.\n\n"
        "One thing more.\n\nUnsubscribe here.\n\n"
        "On Mon, 4 May 2026 at 10:00, Sam Lee <sam@example.com> wrote:\n> Is it ready?\n> Sam\n"
    )
    assert zones(draft) == [
        ("subject", "Your tests"),
        ("greeting", "Hi Sam,"),
        ("body", "It is ready."),
        ("sign-off", "Best,\nKim"),
        ("postscript", "P.S. It is free\nfor you."),
        ("body", "One thing more."),
        ("footer", "Unsubscribe here."),
        ("quoted", "On Mon, 4 May 2026 at 10:00, Sam Lee <sam@example.com> wrote:\n> Is it ready?\n> Sam"),
    ]


@pytest.mark.parametrize(
    "thread",
    [
        "-----Original Message-----\nFrom: Sam\nBuy now!",
        "From: Sam Lee\nSent: Monday\nTo: Kim\n\nBuy now!",
        "On 4 May 2026, Sam wrote:\n\nBuy now!",
        "> Buy now!\n> Sam",
        "Begin forwarded message:\n\nBuy now!",
    ],
)
def test_quoted_threads(read_text: ReadText, zones: Pairs, thread: str) -> None:
    found = zones(read_text(f"Hi Sam,\n\nIt is ready. Shall I send it?\n\n{thread}\n"))
    assert found[-1] == ("quoted", thread)


def test_answers_between_quoted_lines_are_body(read_text: ReadText, zones: Pairs) -> None:
    found = zones(read_text("Hi Sam,\n\n> Is it ready?\n\nIt is.\n\n> And free?\n\nIt is that too.\n"))
    assert [kind for kind, _ in found] == ["greeting", "quoted", "body", "quoted", "body"]


def test_a_markdown_quote_is_no_thread(read_text: ReadText, zones: Pairs) -> None:
    draft = read_text("Hi Sam,\n\nA customer says:\n\n> It saved us a week.\n\nShall I send more?\n", "draft.md")
    assert "quoted" not in [kind for kind, _ in zones(draft)]


@pytest.mark.parametrize("mark", ["P.S.", "PS:", "PS -", "P.P.S.", "*P.S.*", "p.s."])
def test_postscripts(read_text: ReadText, zones: Pairs, mark: str) -> None:
    found = zones(read_text(f"Hi Sam,\n\nIt is ready.\n\nBest,\nKim\n\n{mark} It is free.\n"))
    assert found[-1] == ("postscript", f"{mark} It is free.")


@pytest.mark.parametrize("name", ["draft.txt", "draft.md"])
def test_a_dash_before_a_name_signs(read_text: ReadText, zones: Pairs, name: str) -> None:
    assert [kind for kind, _ in zones(read_text("Hi Sam,\n\nIt is ready now.\n\n- Kim\n", name))][-1] == "sign-off"
