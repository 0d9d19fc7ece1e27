"""Lines to add speak of what the draft is about, in its own words, and say where they go."""

from collections.abc import Callable

import pytest

from pushlint.diagnostic import Diagnostic

Lint = Callable[..., list[Diagnostic]]


def line(lint: Lint, body: str, add: str, at: str = "mention") -> tuple[str, str] | None:
    """The line that is proposed for a draft, and its place."""
    text = f"Hi Sam,\n\nZap. {body}\n\nBest regards,\nJo\n"
    (found,) = lint(text, rewrite=[{"add": add, "at": at}, {"advise": "none"}])
    fix = found.fixes[0]
    return None if fix.advice else (fix.message, fix.place)


@pytest.mark.parametrize(
    ("body", "add", "words"),
    [
        ("We help clinics cut no-shows.", "{doing}", "Cutting no-shows"),
        ("Our app helps them plan their rota.", "{doing}", "Planning your rota"),
        ("Let me send you the guide.", "{doing}", None),
        ("We do not help people move house.", "{doing}", None),
        ("We can help small shops with their bookkeeping.", "{work}", "Your bookkeeping"),
        ("Our van takes over deliveries.", "{work}", "Deliveries"),
        ("We can help with your needs.", "{work}", None),
        ("We run an answering service.", "{offer}", "An answering service"),
        ("We run our own company.", "{offer}", None),
        ("I wrote last week about hygienist cover.", "{offer}", "Hygienist cover"),
        ("Try our answering service for a week.", "{offer}", "Our answering service"),
        ("I was reading your website.", "{seen}", "Your website"),
        ("I was reading their website.", "{seen}", None),
        ("Your booking page is slow.", "{yours}", None),  # a page is nothing one is content with by itself
        ("Your checkout is slow.", "{yours}", "Your checkout"),
        ("I sent the attached proposal.", "{paper}", "The proposal"),
        ("I send proposals.", "{paper}", None),
        ("Could we set up a demo on Tuesday?", "{talk}", "The demo"),
        ("The call on Monday was good.", "{talk}", None),
        ("We have helped over 500 shops.", "{helped}", "Shops"),
        (
            "We sell flooring. Old flooring creaks at night. Wet flooring creaks too. Good flooring lasts.",
            "{theme}",
            "Flooring",
        ),
        ("We met owners. The owners like us. We like owners.", "{theme}", None),
    ],
)
def test_what_a_line_takes_up(lint: Lint, body: str, add: str, words: str | None) -> None:
    made = line(lint, body, add)
    assert (made[0] if made else None) == words


@pytest.mark.parametrize(
    ("body", "at", "place"),
    [
        (
            "We run a small answering service in Leeds. It rains.",
            "mention",
            'after "We run a small answering service …"',
        ),
        ("We run an answering service. Do you have ten minutes?", "ask", 'before "Do you have ten minutes?"'),
        ("We run an answering service. It rains.", "ask", "before the sign-off"),
        ("We run an answering service.", "end", "before the sign-off"),
        ("We run an answering service.", "opening", "after the greeting"),
        ("We run an answering service.", "footer", "below the sign-off"),
    ],
)
def test_where_a_line_goes(lint: Lint, body: str, at: str, place: str) -> None:
    made = line(lint, body, "Try {offer}.", at)
    assert made and made[1] == place


def test_a_draft_without_greeting_and_sign_off_has_other_places(lint: Lint) -> None:
    places = []
    for at in ("opening", "end", "footer"):
        (found,) = lint("We zap it.", rewrite=[{"add": "Why?", "at": at}])
        places.append(found.fixes[0].place)
    assert places == ["as the first line", "at the end", "at the very end"]


def test_a_line_with_a_blank_is_the_last_resort(lint: Lint) -> None:
    rewrites = [{"add": "Try {offer}."}, {"add": "Try ______."}, {"add": "About {offer}: ______."}]
    (found,) = lint("We run an answering service. Zap.", rewrite=rewrites)
    assert [fix.message for fix in found.fixes] == ["Try an answering service."]
    (found,) = lint("Zap.", rewrite=rewrites)
    assert [fix.message for fix in found.fixes] == ["Try ______."]
