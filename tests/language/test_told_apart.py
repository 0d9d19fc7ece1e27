"""Sentences of the same words that push or do not, told apart by what the components find."""

from collections.abc import Callable

import pytest

from pushlint.language.facts import Clause

Roles = Callable[[str], list[tuple[str, str]]]
Owners = Callable[[str], list[str]]
ClauseOf = Callable[[str, str], Clause]


@pytest.mark.parametrize(
    ("text", "amount", "role"),
    [
        ("Plans start at $99 a month.", "$99 a month", "price"),
        ("It costs $99 a month.", "$99 a month", "price"),
        ("Our fee is €1,200.", "€1,200", "price"),
        ("We saved Acme $40k last year.", "$40k", "result"),
        ("It would save you $4,000 a year.", "$4,000 a year", "gain"),
        ("You lose $300 a week to late deliveries.", "$300 a week", "gain"),
        ("A missed delivery costs a shop your size about $300 a week.", "$300 a week", "gain"),
        ("You get 20% off if you sign today.", "20%", "discount"),
        ("Use the code for a 15% discount.", "15%", "discount"),
        ("They raised $12 million in March.", "$12 million", "funding"),
        ("Congratulations on the $5M Series A funding.", "$5M", "funding"),
        # The noun it measures.
        ("We saw a $4M yacht.", "$4M", "other"),
        ("Our clients saw a 20% uplift in bookings.", "20%", "result"),
        ("We take a 10% cut of each sale.", "10%", "price"),
        # Who gets it.
        ("For just $20 you can use every lesson we recorded.", "$20", "price"),
        ("For just $20 you sold a lamp worth ten times that.", "$20", "gain"),
        ("We would pay you $400 an issue.", "$400", "gain"),
        ("You pay us $400.", "$400", "price"),
        ("Your old agency charged you $400.", "$400", "gain"),
        ("Their boat costs $400.", "$400", "other"),
        # What leads up to it.
        ("Cost to fix: $6,500", "$6,500", "gain"),
        ("The total cost: $6,500", "$6,500", "price"),
        ("My offer stands: {{price}} for a site.", "$100", "price"),
        # Forms of money.
        ("It comes to £450+VAT.", "£450+VAT", "price"),
        ("Our tool saved Meyer's 14k in freight.", "14k", "result"),
        ("Our rate is $300 per user per month.", "$300 per user per month", "price"),
        ("The fee is between CHF 300 - 500.", "CHF 300 - 500", "price"),
        ("It is ₦15,000 a month.", "₦15,000 a month", "price"),
        ("Total: Rs. 15,000.", "Rs. 15,000", "price"),
        ("That comes to a dollar a day.", "a dollar a day", "price"),
        # In brackets, before the noun, or where the offer starts.
        ("The silver package ($400) has your logo on it.", "$400", "price"),
        ("The Leeds plant ($400) has your logo on it.", "$400", "other"),
        ("We can stay below that with our $400 starter package.", "$400", "price"),
        ("Boots start at $40.", "$40", "price"),
        # From what sum on something is free.
        ("Delivery is free on orders over $50.", "$50", "other"),
        # A price that comes down, and a bill that does.
        ("Our price drops to $49.", "$49", "discount"),
        ("Save 30% on boots.", "30%", "discount"),
        ("Save 30% on heating.", "30%", "gain"),
    ],
)
def test_what_an_amount_is(roles: Roles, text: str, amount: str, role: str) -> None:
    assert roles(text) == [(amount, role)]


@pytest.mark.parametrize(
    ("sender", "reader"),
    [
        ("I need it before our quarter ends.", "You need it before your quarter ends."),
        ("It is due at the end of our quarter.", "It is due at the end of your quarter."),
        ("We have to hit our quota.", "You have to hit your quota."),
        ("I want an answer by the end of my fiscal year.", "It starts by the end of your fiscal year."),
    ],
)
def test_whose_clock_it_is(owners: Owners, sender: str, reader: str) -> None:
    assert set(owners(sender)) == {"sender"}
    assert set(owners(reader)) == {"reader"}


def test_a_date_takes_the_owner_of_the_clock_it_is_explained_by(owners: Owners) -> None:
    assert set(owners("I can hold this until Friday, because that is when our quarter closes.")) == {"sender"}
    assert set(owners("The room is free until Friday.")) <= {"nobody", "other"}


@pytest.mark.parametrize(
    ("text", "word", "actor"),
    [
        ("We close the deal.", "close", "sender"),
        ("You close the deal.", "close", "reader"),
        ("Your team closed the deal.", "closed", "reader"),
        ("Our team closed the deal.", "closed", "sender"),
        ("Acme closed the deal.", "closed", "other"),
        ("{{company}} closed the deal.", "closed", "reader"),
        ("{{first_name}}, your team wrote to us.", "wrote", "reader"),
        ("The deal was closed by our team.", "closed", "sender"),
        ("There is a deal.", "deal", "nobody"),
        ("Book a call today.", "Book", "reader"),
    ],
)
def test_who_acts(clause: ClauseOf, text: str, word: str, actor: str) -> None:
    assert clause(text, word).actor == actor


@pytest.mark.parametrize(
    ("text", "word", "mood"),
    [
        ("Book a call today.", "Book", "imperative"),
        ("Please reply.", "reply", "imperative"),
        ("Complete your order.", "Complete", "imperative"),
        ("Don't wait.", "wait", "imperative"),
        ("If you are ready, book a call.", "book", "imperative"),
        ("If you are ready, book a call.", "ready", "statement"),
        ("We book a call.", "book", "statement"),
        ("Do you book calls?", "book", "question"),
        ("How do you handle returns?", "handle", "question"),
        ("I will book a call.", "book", "statement"),
    ],
)
def test_mood(clause: ClauseOf, text: str, word: str, mood: str) -> None:
    assert clause(text, word).mood == mood


def test_tense_tells_a_result_from_a_push(clause: ClauseOf) -> None:
    assert clause("We closed our Series A in May.", "closed").tense == "past"
    assert clause("We have closed the round.", "closed").tense == "past"
    assert clause("We will close this deal.", "close").tense == "future"
    assert clause("We close this deal.", "close").tense == "present"


def test_negated_modal_conditional_reported(clause: ClauseOf) -> None:
    assert clause("I won't call you again.", "call").negated
    assert not clause("I will call you again.", "call").negated
    assert clause("I could call you.", "call").modal == "could"
    assert clause("I’d like to call you.", "like").modal == "would"
    assert clause("I call you.", "call").modal is None
    assert clause("If you sign, we start.", "sign").conditional
    assert clause("We start if you sign.", "start").conditional
    assert not clause("You sign and we start.", "sign").conditional
    assert clause("She said that we could close this deal.", "close").reported
    assert not clause("We could close this deal.", "close").reported
