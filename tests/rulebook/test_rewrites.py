"""Rewrites fit the words they replace, keep merge tags, and leave whole sentences behind."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pushlint.diagnostic import Diagnostic
from pushlint.rulebook import load_rules

Rewritten = Callable[..., str | None]
Lint = Callable[..., list[Diagnostic]]
CLOSE = ["close (the|this) deal"]
SEE = {"match": "{verb:see} whether it fits"}


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("We close the deal.", "We see whether it fits."),
        ("She closes the deal.", "She sees whether it fits."),
        ("They closed the deal.", "They saw whether it fits."),
        ("The team has closed the deal.", "The team has seen whether it fits."),
        ("We are closing the deal.", "We are seeing whether it fits."),
        ("Closing the deal is fun.", "Seeing whether it fits is fun."),
        ("We will close the deal.", "We will see whether it fits."),
        ("Close this deal!", "See whether it fits!"),
        ("close this deal, please", "see whether it fits, please"),
        ("To close this deal, call.", "To see whether it fits, call."),
    ],
)
def test_a_verb_takes_the_form_of_the_one_it_replaces(rewritten: Rewritten, text: str, fixed: str) -> None:
    assert rewritten(text, SEE, find=CLOSE) == fixed


@pytest.mark.parametrize(
    ("text", "rewrite", "fixed"),
    [
        ("Zap us. We know. We go. I stay.", {"sentence": "{we} can wait."}, "We can wait. We know. We go. I stay."),
        ("Zap me. I know. I go. We stay.", {"sentence": "{we} can wait."}, "I can wait. I know. I go. We stay."),
        ("A zap.", {"match": "gift for {company|your team}"}, "A gift for your team."),
        ("Hi {{company}}, a zap.", {"match": "gift for {company|them}"}, "Hi {{company}}, a gift for {{company}}."),
        ("Hi {{first_name}}, zap.", {"match": "{name|you}, nap"}, "Hi {{first_name}}, {{first_name}}, nap."),
        ("A zap from 3 May.", {"match": "nap ({date|some day})"}, "A nap (3 May) from 3 May."),
        ("A zap for $99.", {"match": "{match} worth {money}"}, "A zap worth $99 for $99."),
        ("I zap you on Tuesday.", {"sentence": "Would {when} suit you?"}, "Would Tuesday suit you?"),
        (
            "I zap you on Tuesday.",
            {"sentence": "Nap on Tuesday.", "when": {"sentence": "on <date>"}},
            "Nap on Tuesday.",
        ),
        ("I zap you.", {"sentence": "Nap.", "when": {"sentence": "on <date>"}}, "I zap you."),
        ("We zap it today!", {"sentence": "When would be a good time?"}, "When would be a good time?"),
        ("If you zap it, we go.", {"clause": "when you like"}, "When you like, we go."),
    ],
)
def test_slots_are_filled_from_the_draft(rewritten: Rewritten, text: str, rewrite: dict[str, Any], fixed: str) -> None:
    assert rewritten(text, rewrite) == fixed


def test_a_rewrite_whose_words_are_not_to_be_had_gives_way_to_the_next(rewritten: Rewritten) -> None:
    assert rewritten("A zap.", {"match": "gift {name}"}, {"match": "by {date}"}, {"match": "nap"}) == "A nap."
    assert rewritten("We zap it, and you go.", {"match": "wait."}) == "We zap it, and you go."


def test_no_more_than_three_fixes_and_none_twice(lint: Lint) -> None:
    words = ["nap", "nap", "cap", "gap", "map"]
    (found,) = lint("A zap.", rewrite=[{"match": word} for word in words])
    assert [fix.edits[0].content for fix in found.fixes] == ["nap", "cap", "gap"]


def test_a_line_to_add_is_for_reading(lint: Lint) -> None:
    (found,) = lint("A zap.", rewrite=[{"add": "Tell {name|them} why.", "applicability": "safe"}])
    assert [(fix.applicability, fix.message, fix.edits) for fix in found.fixes] == [("display", "Tell them why.", ())]


@pytest.mark.parametrize(
    ("name", "text", "find"),
    [
        ("draft.txt", "A zap for {{first_name}} now.", ["zap for <person>"]),
        ("draft.md", "A zap of **great** force.", ["zap of great"]),
    ],
)
def test_an_edit_of_a_tag_or_markup_is_for_reading(lint: Lint, name: str, text: str, find: list[str]) -> None:
    rewrite = {"match": "{person|nap}", "applicability": "safe"}
    (found,) = lint(text, name, find=find, rewrite=[rewrite])
    assert [fix.applicability for fix in found.fixes] == ["display"]


def test_an_edit_of_a_decoded_character_is_not_safe(lint: Lint) -> None:
    rewrite = {"match": "{person|nap}", "applicability": "safe"}
    (found,) = lint("<p>A zap &amp; nap is here.", "draft.html", find=['zap "&" nap'], rewrite=[rewrite])
    assert [fix.applicability for fix in found.fixes] == ["unsafe"]
    (found,) = lint("A zap for Sam now.", find=["zap"], rewrite=[rewrite])
    assert [fix.applicability for fix in found.fixes] == ["safe"]


def test_a_rewrite_that_would_lose_a_merge_tag_is_not_made(rewritten: Rewritten) -> None:
    text, find = "A ZAP for {{first_name}} NOW.", ["zap for <person> now"]
    assert rewritten(text, {"match": "nap"}, find=find) == text
    assert rewritten(text, {"calm": "match"}, find=find) == text
    assert rewritten(text, {"match": "nap for {person}"}, find=find) == "A nap for {{first_name}}."


@pytest.mark.parametrize(
    ("text", "part", "left"),
    [
        ("Zap, we meet you on Monday.", "match", "We meet you on Monday."),
        ("We meet you on Monday at noon, and zap.", "match", "We meet you on Monday at noon."),
        ("We meet. Zap it. We go on.", "sentence", "We meet. We go on."),
        ("If you zap it, we meet you on Monday.", "clause", "We meet you on Monday."),
        ("We meet you on Monday if you zap it.", "clause", "We meet you on Monday."),
        ("We meet you on Monday because we zap it, and we go.", "clause", "We meet you on Monday, and we go."),
        ("We like it here, and we can get you to zap it.", "clause", "We like it here."),
        ("The app (now zap) counts your steps.", "sentence", "The app counts your steps."),
        (
            "It counts steps (which we zap, as you know, each week).",
            "match",
            "It counts steps (as you know, each week).",
        ),
    ],
)
def test_a_cut_leaves_whole_sentences(rewritten: Rewritten, text: str, part: str, left: str) -> None:
    assert rewritten(text, {"cut": part}) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Seats zap fast, so tell me whether the date works.", "Tell me whether the date works."),
        ("Seats zap fast and I wrote down the three checks.", "I wrote down the three checks."),
        ("we zap you again, i wrote down the three checks.", "i wrote down the three checks."),
        ("It ends at noon and, because we zap it, you go home.", "It ends at noon and you go home."),
        ("P.S. If we zap you, just write back to us.", "P.S. Just write back to us."),
        ("No pressure at all - we zap it.", "No pressure at all."),
    ],
)
def test_a_cut_keeps_the_better_half(rewritten: Rewritten, text: str, left: str) -> None:
    assert rewritten(text, {"cut": "match"}, find=["zap", "zap here from <name>"]) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("We kept the tins for you, but they zap!", "We kept the tins for you!"),
        ("It has been a while since we met, so we zap it.", "It has been a while since we met."),
        ("I wanted to zap in and see the roof.", "I wanted to see the roof."),
        ("If I zap it and you want me to stop, write to us.", "If you want me to stop, write to us."),
        ("We build an app for small teams - zap flat, no fees.", "We build an app for small teams - no fees."),
        ("We begin next week, so if you want it, zap.", "We begin next week."),
    ],
)
def test_a_cut_takes_the_least_that_stands(rewritten: Rewritten, text: str, left: str) -> None:
    find = ["zap", "zap in", "i zap it", "zap flat"]
    assert rewritten(text, {"cut": "match"}, find=find) == left


@pytest.mark.parametrize(
    "text",
    [
        "We zap the roof in May. However, the walls are new.",
        "They zap the tins. The shops that see them first smile.",
        "We zap the lots. Here is what it is.",
        "We zap roofs all day.\n\n- one roof\n- two roofs\n",
        "We clean gutters. Zap ends at midnight.",
        "We clean gutters. I zap [the list](https://a.example/list) now.",
        "We clean gutters. We zap because my cousin owns a bakery.",
        "Rain falls.\n\nP.S. Rain falls on the roof. So zap it all day.\n",
        "I'll show exactly where you zap it.",
        "It isn't just rain - we zap it.",
        "There is no cost except for the zap.",
    ],
)
def test_what_is_said_only_there_or_leant_on_stays(lint: Lint, text: str) -> None:
    for part in ("match", "clause", "sentence"):
        for found in lint(text, "draft.md", rewrite=[{"cut": part}]):
            assert not any(fix.edits for fix in found.fixes), part


@pytest.mark.parametrize(
    ("text", "rewrite", "fixed"),
    [
        ("I zap to see if you're hiring a baker.", "{asked}?", "Are you hiring a baker?"),
        ("I zap to see if you have a baker.", "{asked}?", "Do you have a baker?"),
        ("I zap to share a list of roofs.", "I'd like to {purpose}.", "I'd like to share a list of roofs."),
        ("I zap you twice about the roof but heard nothing.", "I wrote {about}.", "I wrote about the roof."),
    ],
)
def test_what_is_wrapped_up_is_said_straight(rewritten: Rewritten, text: str, rewrite: str, fixed: str) -> None:
    assert rewritten(text, {"sentence": rewrite}) == fixed


@pytest.mark.parametrize(
    ("label", "fixed"),
    [
        ("Zap Your Roof Plan", "See Your Roof Plan"),
        ("Zap your roof plan →", "See your roof plan →"),
        ("Zap Your Plan – $33", "See Your Plan – $33"),
    ],
)
def test_a_label_keeps_its_capitals_its_arrow_and_its_price(rewritten: Rewritten, label: str, fixed: str) -> None:
    page = "<p>We clean roofs.</p>\n<p><a href='https://a.example'>{}</a></p>\n"
    rewrite = {"sentence": "See {object}"}
    assert rewritten(page.format(label), rewrite, name="draft.html") == page.format(fixed)


def test_a_block_of_a_template_is_not_emptied(rewritten: Rewritten) -> None:
    text = "{% block title %}Zap ending soon{% endblock %}\n<p>We clean gutters.</p>\n"
    assert rewritten(text, {"cut": "sentence"}, name="draft.html") == text


def test_a_name_keeps_its_capital_when_shouting_is_lowered(rewritten: Rewritten) -> None:
    text = "WATCH OUT FOR ZAPLING TODAY. He is here, and so is Zapling."
    fixed = "Watch out for Zapling today. He is here, and so is Zapling."
    assert rewritten(text, {"calm": "match"}, find=['"watch" out']) == fixed


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Just a quick note - we zap it today. Rain falls on the roof.", "Rain falls on the roof."),
        ("Hi Sam, zap it all day. We clean gutters.", "Hi Sam, we clean gutters."),
    ],
)
def test_a_sentence_goes_only_where_the_rule_says_so(rewritten: Rewritten, text: str, left: str) -> None:
    assert rewritten(text, {"cut": "match"}) == text
    assert rewritten(text, {"cut": "sentence"}) == left


@pytest.mark.parametrize(
    "text",
    [
        "We sent the proposal, zap. Rain falls on the roof.",  # what it is about is said only here
        "You can zap it on Friday. Rain falls on the roof.",
        "We zap two spots. Would you like one of these spots?",
        "Did you see the roof? They zap it all day.",
        "I know you are busy. We zap it all day.",
    ],
)
def test_a_sentence_that_is_needed_stays(rewritten: Rewritten, text: str) -> None:
    assert rewritten(text, {"cut": "sentence"}) == text


def test_a_rewrite_waits_where_its_condition_does_not_hold(rewritten: Rewritten) -> None:
    rewrite = {"match": "nap", "unless": [{"sentence": "today"}]}
    assert rewritten("We zap it today.", rewrite) == "We zap it today."
    assert rewritten("We zap it.", rewrite) == "We nap it."


def test_a_ps_goes_with_what_it_announced(rewritten: Rewritten) -> None:
    text = "Hi Sam,\n\nWe clean gutters.\n\nP.S. Zap it all today!\n"
    assert rewritten(text, {"cut": "sentence"}) == "Hi Sam,\n\nWe clean gutters.\n\n"


@pytest.mark.parametrize(
    "text",
    [
        "We zap it all day. That is why I wrote it down.",
        "Teams that zap it fall behind. Don't be one of them.",
        "**The problem:**\n\nYou zap it all day.\n\n**The way out:**\n\nCall us.\n",
        "We'd like to zap you. No strings attached.",
    ],
)
def test_a_sentence_that_something_hangs_on_is_not_cut(lint: Lint, text: str) -> None:
    (found,) = lint(text, "draft.md", rewrite=[{"cut": "sentence"}])
    assert [(fix.edits, fix.advice) for fix in found.fixes] == [((), True)]


def test_what_steers_a_template_stays(rewritten: Rewritten) -> None:
    text = '{% extends "base.html" %}\n{% block x %}<p>Zap it now.</p>{% endblock %}\n<p>We clean gutters.</p>\n'
    left = rewritten(text, {"cut": "sentence"}, name="draft.html")
    assert left is not None and "Zap" not in left
    assert re.findall(r"{%.*?%}", left) == re.findall(r"{%.*?%}", text)
    headed = "---\nstage: promo\n---\n<p>Zap it now.</p>\n<p>We clean gutters.</p>\n"
    assert rewritten(headed, {"cut": "sentence"}, name="draft.html") == headed.replace("<p>Zap it now.</p>\n", "")


@pytest.mark.parametrize(
    ("text", "rewrite", "fixed"),
    [
        ("Zap us today and get a mug.", {"sentence": "Later you can {demand}."}, "Later you can zap us and get a mug."),
        ("Zap us today: example.com/a", {"sentence": "You can {demand}."}, "You can zap us: example.com/a"),
        ("Please zap us now!", {"sentence": "You can {whole-action}."}, "You can zap us."),
        ("Zap us and get a mug.", {"sentence": "You can {whole-action}."}, "Zap us and get a mug."),
        ("You zap us every day.", {"sentence": "Do you find that {said}?"}, "Do you find that you zap us every day?"),
        (
            "You may be zap at noon.",
            {"sentence": "Do you find that {hedged}?"},
            "Do you find that you are zap at noon?",
        ),
        ("We zap about the quote I sent.", {"sentence": "What of {matter}?"}, "What of the quote I sent?"),
        ("I zap because we clean roofs.", {"sentence": "{reason}."}, "We clean roofs."),
        ("If we wait, I will zap you and go home - no rush.", {"clause": "I nap"}, "If we wait, I nap - no rush."),
        ("We talked, so I zap you.", {"clause": "I nap"}, "We talked, so I nap."),
    ],
)
def test_pieces_of_the_draft_are_said_again(
    rewritten: Rewritten, text: str, rewrite: dict[str, Any], fixed: str
) -> None:
    find = ["zap", "zap because (i|we) ..."]
    assert rewritten(text, rewrite, find=find) == fixed


@pytest.mark.parametrize(
    ("subject", "left"),
    [
        ("Zap it to book your check", "Booking your check"),
        ("zap it for the spring menu", "the spring menu"),
        ("Spring menu - zap it today", "Spring menu"),
        ("Spring menu for cafes (zap it)", "Spring menu for cafes"),
        ("Zap it on the spring menu", "The spring menu"),
        ("Zap it", "Zap it"),
    ],
)
def test_a_subject_keeps_what_it_is_about(rewritten: Rewritten, subject: str, left: str) -> None:
    head = "---\nsubject: '{}'\n---\nWe go.\n"
    assert rewritten(head.format(subject), {"cut": "match"}, find=["zap it"]) == head.format(left)


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("DO NOT ZAP A KNIFE.", "Do not zap a knife."),
        ("You NEVER, NEVER ZAP it.", "You never, never zap it."),
        ("USE OUR SEO AND ZAP IT.", "Use our SEO and zap it."),
    ],
)
def test_a_run_of_capitals_is_lowered_whole(rewritten: Rewritten, text: str, fixed: str) -> None:
    assert rewritten(text, {"calm": "match"}, find=['"zap"']) == fixed


def test_a_safe_cut_that_takes_more_is_unsafe(lint: Lint) -> None:
    safe = {"cut": "match", "applicability": "safe", "reason": "nothing is said"}
    (found,) = lint("Just zap. We clean all the gutters in your street.", rewrite=[safe])
    assert [fix.applicability for fix in found.fixes] == ["safe"]
    (found,) = lint("Next week we would like to zap all the gutters in your street.", rewrite=[safe])
    assert "safe" not in [fix.applicability for fix in found.fixes]


def test_every_shipped_applicability_but_unsafe_gives_its_reason() -> None:
    for rule in load_rules(plugins=False):
        for rewrite in [*rule.rewrite, *(rewrite for finder in rule.finders for rewrite in finder.rewrite)]:
            assert rewrite.applicability == "unsafe" or rewrite.reason, rule.code


def test_a_line_to_add_is_built_from_the_draft(lint: Lint) -> None:
    rewrite = [{"add": "How do you go about {doing}?", "at": "end"}, {"add": "How?"}]
    (found,) = lint("Zap. We help clinics cut their late bills.", rewrite=rewrite)
    assert found.fixes[0].message == "How do you go about cutting your late bills?"
    assert found.fixes[0].place == "at the end"
    (found,) = lint("Zap. We clean gutters.", rewrite=rewrite)
    assert [fix.message for fix in found.fixes] == ["How?"]


@pytest.mark.parametrize("rewrite", [{"sentence": "Shall we talk?"}, {"cut": "sentence"}])
def test_what_leads_into_a_list_is_left_standing(rewritten: Rewritten, rewrite: dict[str, str]) -> None:
    lead = "Hi Sam,\n\nThis is how we zap it:\n\n- one oven\n- two ovens\n"
    assert rewritten(lead, rewrite) == lead
    plain = lead.replace("it:", "it.\n\nTwo ovens fit:")
    assert rewritten(plain, rewrite) != plain


@pytest.mark.parametrize(
    ("subject", "left"),
    [
        ("Act now", "Act now"),
        ("Act now! Your quarterly report is in", "Your quarterly report is in"),
        ("Your quarterly report is in. Act now!", "Your quarterly report is in."),
        ("Act now: your invoice", "Your invoice"),
        ("Your invoice: act now", "Your invoice"),
        ("{{company}} should act now", "{{company}} should act now"),
    ],
)
def test_a_subject_is_never_left_empty(rewritten: Rewritten, subject: str, left: str) -> None:
    head = "---\nsubject: '{}'\n---\nWe go.\n"
    assert rewritten(head.format(subject), {"cut": "sentence"}, find=["act now"]) == head.format(left)


@pytest.mark.parametrize(
    ("subject", "left"),
    [
        ("Zap: what broke, and why", "what broke, and why"),
        ("ZAP : {{company}}'s menu", "{{company}}'s menu"),
        ("Zap:menu", "menu"),
        ("Zap: zap: menu", "menu"),
    ],
)
def test_what_is_dropped_takes_nothing_else_with_it(rewritten: Rewritten, subject: str, left: str) -> None:
    head = '---\nsubject: "{}"\n---\nWe go.\n'
    find = [{"pattern": "(?i)^(?:zap ?: ?)+", "when": {"zone": "subject"}}]
    assert rewritten(head.format(subject), {"drop": "match"}, find=find) == head.format(left)


PIECES = [
    "We meet you on Monday", "and zap it", "zap", "because we zap it", "if you like", "Hi {{first_name}}",
    "for {{company}}", "I can send it", "please zap", "so", "the big zap", "which helps you", "on your side", "today",
]  # fmt: skip
PARTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6)


@given(
    parts=PARTS,
    glue=st.lists(st.sampled_from([" ", ", ", ". ", "; "]), min_size=6, max_size=6),
    part=st.sampled_from(["match", "clause", "sentence"]),
)
@settings(max_examples=250, deadline=None)
def test_any_cut_leaves_clean_text_and_whole_tags(lint: Lint, parts: list[str], glue: list[str], part: str) -> None:
    text = "".join(a + b for a, b in zip(parts, glue, strict=False)).rstrip(" ,;.") + "."
    text = re.sub(r"(^|\. )([a-z])", lambda found: found[0].upper(), text)
    for found in lint(text, rewrite=[{"cut": part}]):
        for edit in (edit for fix in found.fixes for edit in fix.edits):
            left = text[: edit.start] + edit.content + text[edit.end :]
            assert "  " not in left
            assert not re.search(r" [,;.]", left)
            assert not re.match(r"[a-z]", left)
            assert not re.search(r"[.] [a-z]", left)
            assert left.count("{{") == left.count("}}")
            assert all(tag in ("{{first_name}}", "{{company}}") for tag in re.findall(r"{.*?}}", left))


SPLIT = {"split": "sentence"}


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("We zap it in the morning, and you read about it at noon.",
         "We zap it in the morning. You read about it at noon."),
        ("We zap it in the morning but you read about it only at noon.",
         "We zap it in the morning. But you read about it only at noon."),
        ("We zap it in the morning, and {{first_name}} reads about it at noon.",
         "We zap it in the morning. {{first_name}} reads about it at noon."),
        ("We zap it in the morning, so you have time for it at noon.",
         "We zap it in the morning. So you have time for it at noon."),
        ("They zap all of it in May; the others had it done by June.",
         "They zap all of it in May. The others had it done by June."),
        ("We zap the old and the new, and you read about all of it, and they write it down.",
         "We zap the old and the new. You read about all of it, and they write it down."),
    ],
)  # fmt: skip
def test_a_sentence_is_split_where_its_main_clauses_meet(rewritten: Rewritten, text: str, fixed: str) -> None:
    assert rewritten(text, SPLIT) == fixed


@pytest.mark.parametrize(
    "text",
    [
        "We zap it in the morning and go on to write about it at noon.",
        "If you like it so, we zap it in the morning, and you read about it at noon.",
        "Do we zap it in the morning, and do you read about it at noon?",
        "We know that they zap it in the morning and that you read about it at noon.",
        "We zap it, and you read.",
        "We zap it in the morning, you read about it at noon, and they write it down at night.",
        "We zap it in the morning so that you have time for it at noon.",
        "We zap the shoes, the socks, the hats, the gloves and all the other things here.",
        "We zap it (in the morning they wake up, and you read about it) at the end of a day.",
    ],
)
def test_a_sentence_that_would_change_is_not_split(lint: Lint, text: str) -> None:
    (found,) = lint(text, rewrite=[SPLIT, {"advise": "make it shorter"}])
    assert [(fix.message, fix.edits, fix.advice) for fix in found.fixes] == [("make it shorter", (), True)]


@given(
    st.lists(
        st.sampled_from(["we zap it", "and", "but", "you read the page", ",", "if", "that", "{{company}}", "(", ")"]),
        max_size=14,
    )
)
@settings(max_examples=100, deadline=None)
def test_a_split_loses_nothing_but_the_joining_word(lint: Lint, pieces: list[str]) -> None:
    text = f"We zap it all {' '.join(pieces)}."
    for found in lint(text, rewrite=[SPLIT, {"advise": "x"}], find=[{"phrase": "zap", "mark": "sentence"}]):
        for edit in found.fixes[0].edits:
            fixed = text[: edit.start] + edit.content + text[edit.end :]
            before, after = ([w for w in re.findall(r"[a-z_]+", t.lower()) if w != "and"] for t in (text, fixed))
            assert before == after
            assert ". " in fixed
