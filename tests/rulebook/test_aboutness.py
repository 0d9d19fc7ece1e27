"""Whom a draft is about."""

import pytest

from pushlint.linter import Linter
from pushlint.readers import read
from pushlint.rulebook.aboutness import sender_share
from pushlint.rulebook.context import Context

OURS = "We opened an office, and our founders moved to our house."


def share(linter: Linter, text: str) -> float:
    (draft,) = read("draft.txt", text.encode())
    (doc,) = linter.parse([draft])
    return sender_share(Context(draft, doc, {}))


@pytest.mark.parametrize(
    "text",
    [
        "We opened an office, and our founders moved to our new house.",
        "My name is Ines, I restore organs and I love my work.",
        "Wexford makes pumps. Wexford has its own plants. Wexford is certified.\n\nBest regards,\nRita\nWexford",
    ],
)
def test_it_is_all_about_the_sender(linter: Linter, text: str) -> None:
    assert share(linter, text) > 0.6


@pytest.mark.parametrize(
    "text",
    [
        "Your shop opens late, and you told your guests about our plan.",
        "We opened an office.",
        "I wrote to you and I hope that my letter reached your desk.",
        "I called. I wrote. I followed up with my own letter.",
        "How do we do that? What do we need for it? Do we like our plan?",
        "{{first_name}} and {{company}} could use our van, as we told {{first_name}}.",
        "Call us, tell us what we can do and send us our list.",
    ],
)
def test_it_is_not_about_the_sender(linter: Linter, text: str) -> None:
    assert share(linter, text) <= 0


def test_what_is_for_the_reader_weighs_against_it(linter: Linter) -> None:
    assert 0 < share(linter, f"{OURS} Your roof leaks.") < share(linter, OURS)


def test_a_list_belongs_to_the_sentence_that_leads_up_to_it(linter: Linter) -> None:
    items = "- steel pumps\n- old valves\n- long hoses"
    assert share(linter, f"{OURS} Our team repairs:\n\n{items}") > share(linter, f"{OURS}\n\nIn the box:\n\n{items}")
