"""Each condition of a rule file lets a finding through or stops it."""

from collections.abc import Callable
from typing import Any, get_args

import pytest

from pushlint.rulebook.conditions import _TESTS
from pushlint.rulebook.schema import Condition, Part

Words = Callable[..., list[str]]
HEAD = "---\nstage: {stage}\nprofile: {profile}\nsubject: A zap\n---\n"

# A condition, a draft in which it holds for "zap", one in which it does not.
CASES: list[tuple[dict[str, Any], str, str]] = [
    ({"zone": "postscript"}, "Hi Sam,\n\nIt is on.\n\nP.S. A zap.", "Hi Sam,\n\nA zap.\n\nP.S. It is on."),
    ({"zone": ["greeting", "subject"]}, "Subject: A zap\n\nIt is on.", "Subject: It is on\n\nA zap."),
    ({"stage": ["reply", "breakup"]}, "---\nstage: reply\n---\nA zap.", "---\nstage: promo\n---\nA zap."),
    ({"stage": "unknown"}, "A zap.", "---\nstage: promo\n---\nA zap."),
    ({"profile": "cold"}, "---\nprofile: cold\n---\nA zap.", "---\nprofile: promo\n---\nA zap."),
    ({"profile": "cold"}, "---\nstage: first-touch\n---\nA zap.", "A zap."),
    ({"footer": "injected"}, "---\nfooter: injected\n---\nA zap.", "A zap."),
    ({"offer_ends": "ahead"}, "---\noffer_ends: 9999-12-31\n---\nA zap.", "---\noffer_ends: 2020-01-01\n---\nA zap."),
    ({"offer_ends": "past"}, "---\noffer_ends: 2020-01-01\n---\nA zap.", "A zap."),
    ({"offer_ends": "unknown"}, "A zap.", "---\noffer_ends: 2020-01-01\n---\nA zap."),
    ({"source": r"\{\{zip"}, "A zap in {{zip_code}}.", "A zap in zip code 12345."),
    ({"draft_block": ["heading", "button"]}, "[Order now]\n\nA zap.", "Order now.\n\nA zap."),
    ({"actor": "sender"}, "We zap it.", "You zap it."),
    ({"actor": ["reader", "other"]}, "They zap it.", "We zap it."),
    ({"mood": "question"}, "Will you zap it?", "You will zap it."),
    ({"tense": "past"}, "We zapped it.", "We zap it."),
    ({"negated": True}, "We will not zap it.", "We will zap it."),
    ({"negated": False}, "We will zap it.", "We will not zap it."),
    ({"conditional": True}, "If we zap it, tell them.", "We zap it, so tell them."),
    ({"quoted": True}, "They wrote “a zap” to us.", "They wrote a zap to us."),
    ({"reported": True}, "She said that we zap it.", "We zap it."),
    ({"modal": ["could", "would"]}, "We could zap it.", "We zap it."),
    ({"owner": "sender"}, "We zap it by the end of our quarter.", "You zap it by the end of your quarter."),
    ({"role": "price"}, "The zap plan costs $99 a month.", "We raised $12 million for the zap."),
    ({"place": "sentence-start"}, "Zap it now.", "We zap it now."),
    ({"place": "sentence-end"}, "We love the zap.", "The zap is here."),
    ({"place": "whole-sentence"}, "Zap!", "Zap it!"),
    ({"place": "whole-block"}, "We are on.\n\nZap\n\nIt is on.", "We are on.\n\nZap it\n\nIt is on."),
    ({"place": "draft-start"}, "Hi Sam,\n\nZap it.\n\nIt is on.", "Hi Sam,\n\nIt is on.\n\nZap it."),
    ({"block": "list-item"}, "We have\n\n- a zap\n- a nap", "We have a zap\n\n- a nap\n- a cap"),
    ({"stand_in": True}, "{% if x %}Yes.{% else %}We zap.{% endif %}", "{% if x %}We zap.{% else %}No.{% endif %}"),
    ({"tag": "company"}, "At the zap of {{company}} it is on.", "At the zap of {{first_name}} it is on."),
    ({"ask": "time"}, "Do you have 15 minutes for a zap?", "Do you have 15 minutes? A zap."),
    ({"move": "asks-reader"}, "How does your team zap it today?", "How does your team do it? We zap it."),
    ({"draft_move": "asks-reader"}, "We zap it. How does your team do it today?", "We zap it."),
    ({"earlier_move": "asks-reader"}, "How does your team do it today? We zap it.",
     "We zap it. How does your team do it today?"),
    ({"minutes_over": 20}, "Do you have 30 minutes for a zap?", "Do you have 15 minutes for a zap?"),
    ({"case": "upper"}, "A ZAP for you.", "A zap for you."),
    ({"place": "draft-opening"}, "Hi Sam,\n\nZap it.", "Hi Sam,\n\nIt is on. It is on. It is on. Zap it."),
    ({"words_under": 4}, "A zap here.", "A zap is here for you."),
    ({"measure": {"of": "words", "over": 3}}, "A zap. It is on.", "A zap. On."),
    ({"measure": {"of": "sentence-words", "over": 3}}, "A zap. It is on now.", "A zap. It is. On now."),
    ({"sentence": "nap"}, "A zap or a nap.", "A zap. A nap."),
    ({"clause": "nap"}, "We zap the nap.", "We zap it because you nap."),
    ({"draft": "nap"}, "A zap. A nap.", "A zap. A cap."),
    ({"before": "big"}, "A big zap.", "A big red zap."),
    ({"after": "now"}, "We zap now.", "We zap it now."),
    ({"earlier": "nap"}, "A nap, a zap.", "A zap, a nap."),
    ({"later": "nap"}, "A zap, a nap.", "A nap, a zap."),
    ({"next": "nap"}, "A zap. A nap.", "A nap. A zap."),
    ({"previous": "nap"}, "A nap. A zap.", "A zap. A nap."),
    ({"actor": "sender", "mood": "question"}, "Can we zap it?", "Can you zap it?"),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "holds", "fails"), CASES, ids=[str(case[0]) for case in CASES])
def test_condition(words: Words, condition: dict[str, Any], holds: str, fails: str) -> None:
    phrase = {"owner": ["zap ... @clock"], "role": ["zap ... <money>", "<money> ... zap"], "tag": ["zap of <tag>"]}
    find = phrase.get(next(iter(condition)), ["zap"])
    assert words(holds, find=[{"phrase": find, "when": condition}])
    assert not words(holds, find=[{"phrase": find, "unless": [condition]}])
    assert words(holds, find=find, when=condition)
    assert not words(holds, find=find, unless=[{"words_under": 0}, condition])
    assert words(fails, find=find)
    assert not words(fails, find=[{"phrase": find, "when": condition}])
    assert words(fails, find=[{"phrase": find, "unless": [condition]}])


def test_every_key_is_judged_and_tried_here() -> None:
    tried = {key for condition, _, _ in CASES for key in condition}
    assert set(Condition.__struct_fields__) == set(_TESTS) | set(get_args(Part))
    assert set(Condition.__struct_fields__) == tried
