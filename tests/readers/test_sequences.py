"""What tools export: their names for steps, delays and variants, and records linked by relationships."""

import json
from collections.abc import Callable
from typing import Any

from pushlint.draft import Draft, Step
from pushlint.readers import read

Conforms = Callable[..., None]


def drafts(data: Any, conforms: Conforms) -> list[Draft]:
    found = read("sequence.json", json.dumps(data).encode())
    for draft in found:
        conforms(draft, embedded=True)
    return found


def step(kind: str, number: int, order: int, interval: int, sequence: str = "9") -> dict[str, Any]:
    return {
        "type": "sequenceStep",
        "id": number,
        "attributes": {"order": order, "interval": interval, "stepType": kind},
        "relationships": {"sequence": {"data": {"type": "sequence", "id": sequence}}},
    }


def link(number: int, template: int) -> dict[str, Any]:
    return {
        "type": "sequenceTemplate",
        "id": 100 * number + template,
        "relationships": {
            "sequenceStep": {"data": {"type": "sequenceStep", "id": number}},
            "template": {"data": {"type": "template", "id": template}},
        },
    }


def template(number: int, subject: str, text: str) -> dict[str, Any]:
    return {"type": "template", "id": number, "attributes": {"name": "x", "subject": subject, "bodyHtml": text}}


def test_outreach_templates_are_the_steps_that_they_are_linked_to(conforms: Conforms) -> None:
    day = 24 * 60
    data = {
        "data": {"type": "sequence", "id": "9", "attributes": {"name": "Spring"}},
        "included": [
            template(5, "Second", "<p>The second text here.</p>"),
            template(4, "First", "<p>The first text here.</p>"),
            template(6, "Other second", "<p>The other second text.</p>"),
            template(7, "Loose", "<p>A text of no step.</p>"),
            step("auto_email", 3, 3, 2 * day),
            step("call", 2, 2, 3 * day),
            step("auto_email", 1, 1, 30),
            link(1, 4),
            link(3, 5),
            link(3, 6),
            link(8, 99),
        ],
    }
    found = drafts(data, conforms)
    assert [(draft.subject, draft.step) for draft in found] == [
        ("First", Step("/0/9/steps", 1, 0)),
        ("Second", Step("/0/9/steps", 3, 5, "A")),
        ("Other second", Step("/0/9/steps", 3, 5, "B")),
        ("Loose", None),
    ]
    assert [draft.stage for draft in found] == ["first-touch", "follow-up", "follow-up", None]


def test_records_that_are_linked_to_nothing_are_emails(conforms: Conforms) -> None:
    (draft,) = drafts({"data": [template(1, "One", "<p>The first text here.</p>")]}, conforms)
    assert (draft.subject, draft.step) == ("One", None)


def test_smartlead_answers(conforms: Conforms) -> None:
    variants = [
        {"id": 1, "subject": "One", "email_body": "<div>The first text.</div>", "variant_label": "A"},
        {"id": 2, "subject": "Gone", "email_body": "<div>No longer sent.</div>", "is_deleted": True},
    ]
    data = [
        {"seq_number": 1, "seq_delay_details": {"delayInDays": 0}, "subject": "", "sequence_variants": variants},
        {"seq_number": 2, "seq_delay_details": {"delayInDays": 4}, "subject": "", "email_body": "The second text."},
    ]
    found = drafts({"sequences": data}, conforms)
    assert [draft.step for draft in found] == [Step("/sequences", 1, 0, "A"), Step("/sequences", 2, 4)]


def test_the_delay_of_a_step_in_instantly_is_that_before_the_next(conforms: Conforms) -> None:
    def made(delay: int, **more: str) -> dict[str, Any]:
        variants = [{"subject": "A", "body": "The text of it."}]
        return {"type": "email", "delay": delay, "variants": variants, **more}

    data = {"sequences": [{"steps": [made(3), made(48, delay_unit="hours"), made(0)]}]}
    assert [draft.step.day for draft in drafts(data, conforms) if draft.step] == [0, 3, 5]


def test_a_delay_is_otherwise_that_before_the_step(conforms: Conforms) -> None:
    mails = [{"wait": wait, "subject": "A", "body": "The text of it."} for wait in (2, "3 days", "1 week", None)]
    assert [draft.step.day for draft in drafts({"steps": mails}, conforms) if draft.step] == [0, 3, 10, 10]


def test_the_title_of_a_campaign_is_no_subject_of_its_steps(conforms: Conforms) -> None:
    data = {
        "title": "Spring",
        "steps": [{"subject": "One", "body": "The first text here."}, {"body": "The second text."}],
    }
    assert [draft.subject for draft in drafts(data, conforms)] == ["One", None]
