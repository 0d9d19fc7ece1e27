from dataclasses import replace
from textwrap import dedent
from typing import Any

import click

from pushlint.diagnostic import Fix
from pushlint.reports import renderer
from pushlint.reports.options import Options
from pushlint.result import FileResult


def report(result: FileResult, **options: Any) -> str:
    return click.unstyle("".join(renderer("full", Options(**options))([result])))


def test_a_finding_has_its_line_its_words_and_the_line_as_rewritten(maker: Any) -> None:
    made = maker("Hi,\n\nI'd love to close this deal this week.\n")
    fix = made.fix("close this deal", "see whether this fits")
    assert report(made.result(made.finding("close this deal", fix))) == dedent(
        """\
        CLO001 This is the seller's word
         --> drafts/acme.md:3:13
          |
        3 | I'd love to close this deal this week.
          |             ^^^^^^^^^^^^^^^
        help: say instead
          |
        3 | I'd love to see whether this fits this week.
          |

        """
    )


def test_only_the_best_fix_is_shown_unless_all_are_wanted(maker: Any) -> None:
    made = maker("Let us close this deal.\n")
    fixes = [made.fix("close this deal", "talk"), made.fix("close this deal", "meet", "or even")]
    result = made.result(made.finding("close this deal", *fixes))
    assert "Let us talk." in report(result) and "Let us meet." not in report(result)
    assert "  or: or even\n  |\n1 | Let us meet.\n" in report(result, all_fixes=True)


def test_a_deletion_shows_the_line_without_the_words_or_says_that_it_goes(maker: Any) -> None:
    made = maker("One. Two.\nLast chance!\n")
    assert "1 | One.\n" in report(made.result(made.finding("Two.", made.fix(" Two.", ""))))
    gone = report(made.result(made.finding("Last chance!", made.fix("Last chance!", ""))))
    assert "2 | (take this line out)\n" in gone


def test_a_finding_over_two_lines_is_underlined_on_both(maker: Any) -> None:
    made = maker("Please close\r\n  this deal now.\r\n")
    text = report(made.result(made.finding("close\r\n  this deal", made.fix("close\r\n  this deal", "reply"))))
    assert "1 | Please close\n  |        ^^^^^\n2 |   this deal now.\n  |   ^^^^^^^^^\n" in text
    assert "1 | Please reply now.\n" in text


def test_of_many_lines_the_first_two_and_the_last_are_shown(maker: Any) -> None:
    words = "\n".join(f"line {number}" for number in range(1, 11))
    made = maker(words + "\n")
    text = report(made.result(made.finding(words)))
    assert " 2 | line 2\n" in text and "...\n10 | line 10\n" in text and "line 5" not in text


def test_the_gutter_is_as_wide_as_the_longest_line_number_shown(maker: Any) -> None:
    made = maker("\n" * 8 + "close\nthis deal\n")
    text = report(made.result(made.finding("close", made.fix("close\nthis deal", "talk\nthis over"))))
    assert "  --> drafts/acme.md:9:1\n   |\n 9 | close\n" in text and "\n10 | this over\n" in text


def test_a_document_finding_names_the_sentence_to_add_within_100_columns(maker: Any) -> None:
    made = maker("Hi,\n\nBuy now.\n")
    sentence = "I wrote down the checklist that teams like yours start from. " * 3
    text = report(made.result(made.about_the_draft(sentence)))
    lines = text.splitlines()
    assert lines[1:4:2] == [" --> drafts/acme.md", "      " + lines[3].strip()]
    assert lines[2] == "help: add, for example" and len(lines) > 5
    assert all(len(line) <= 100 for line in lines)


def test_what_a_draft_lacks_is_one_piece_of_advice_before_the_rest(maker: Any) -> None:
    made = maker("Close this deal.\n")
    lacks = [replace(made.about_the_draft(f"Add {number}.", "Or else."), code=f"VAL00{number}") for number in (1, 2)]
    result = made.result(*lacks, made.finding("deal", made.fix("deal", "matter")))
    head, finding, rest = report(result).split("\n\n", 2)
    assert [line[:6] for line in head.splitlines()[:2]] == ["VAL001", "VAL002"]
    assert head.splitlines()[2:] == [" --> drafts/acme.md", "help: add, for example", "      Add 1.", "      Add 2."]
    assert finding.startswith("CLO001") and not rest
    assert "Or else." in report(result, all_fixes=True)


def test_of_several_drafts_in_a_file_advice_names_the_place(maker: Any) -> None:
    made = maker("Hi,\n\nBuy now.\n")
    one = made.result(replace(made.finding("Buy"), text="", zone=None))
    assert " --> drafts/acme.md\n" in report(one)
    assert " --> drafts/acme.md:3:1\n" in report(replace(one, drafts=one.drafts * 2))


def test_advice_is_told_as_such(maker: Any) -> None:
    made = maker("Close this deal.\n")
    advice = Fix("display", "make it two", advice=True)
    about = replace(made.about_the_draft("Add it."), fixes=(advice,))
    text = report(made.result(about, made.about_the_draft("Add it."), made.finding("deal", advice)))
    assert text.count("help: make it two\n") == 2 and text.count("help: add, for example\n      Add it.\n") == 1


def test_no_line_is_wider_than_the_terminal(maker: Any) -> None:
    made = maker("word " * 60 + "close this deal" + " word" * 60)
    text = report(made.result(made.finding("close this deal", made.fix("close this deal", "talk"))), width=60)
    assert max(map(len, text.splitlines())) <= 60
    assert "close this deal" in text and "talk" in text


def test_a_draft_cannot_steer_the_terminal(maker: Any) -> None:
    made = maker("close \x1b[2J this deal\n", path="drafts/\x1b]0;x.md")
    text = report(made.result(made.finding("\x1b[2J", made.fix("\x1b[2J", "\x1b[31m"))))
    assert "\x1b" not in text
