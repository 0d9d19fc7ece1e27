"""Terms of the settings: a product may be called Close or Hurry, and its name is never flagged."""

import pytest

from pushlint import Linter, Settings

TERMS = ("Hurry", "Close", "Last Chance Rescue", "Act Now", "Sign Now")
RULES = ("CLO", "URG")


@pytest.fixture(scope="module")
def linters() -> tuple[Linter, Linter]:
    """A linter without terms, and one with them."""
    return Linter(Settings(RULES, isolated=True)), Linter(Settings(RULES, isolated=True, terms=TERMS))


@pytest.mark.parametrize(
    ("sentence", "without", "left"),
    [
        ("You could reach more people with Close today.", [], []),
        ("Close the deal with Close today.", ["Close the deal", "deal with Close today"], ["Close the deal"]),
        ("Sign Now today.", ["Sign Now today."], []),
        ("Sign  Now\ntoday.", ["Sign  Now\ntoday."], []),
        ("sign now today.", ["sign now today."], ["sign now today."]),
        ("Hurry, our tool, plans shifts.", ["Hurry"], []),
        ("Act Now sends the news, and Act Now is free.", ["Act Now", "Act Now"], []),
        ("Don't miss out on Last Chance Rescue.", ["Don't miss out", "Last Chance"], ["Don't miss out"]),
        ("Close this deal today.", ["Close this deal"], ["Close this deal"]),
        ("I'd love to close this deal.", ["close this deal"], ["close this deal"]),
    ],
)
def test_a_name_is_read_as_a_name(sentence: str, without: list[str], left: list[str], linters: list[Linter]) -> None:
    draft = f"Hi Sam,\n\n{sentence}\n\nBest,\nAnn\n"
    assert [[d.text for d in one.lint_text(draft).diagnostics] for one in linters] == [without, left]


def test_places_stay_exact_beside_tags_and_markup(linters: list[Linter]) -> None:
    html = "<p>Hi {{first_name}},</p><p>Sign&nbsp;<b>Now</b> today, {{company}}. I'd love to close this&nbsp;deal.</p>"
    (found,) = linters[1].lint_text(html, format="html").diagnostics
    assert html[found.start : found.end] == found.text == "close this&nbsp;deal"
