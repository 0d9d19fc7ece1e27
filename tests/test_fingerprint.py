"""A finding is known again when lines move, and told from all others of its file."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pushlint.diagnostic import Diagnostic, Position
from pushlint.fingerprint import fingerprints

PLACE = Position(1, 1)
FINDING = Diagnostic("CLO001", "close-talk", "warning", "style", "m", "a.md", 0, 4, PLACE, PLACE, "deal", "body")
FINDINGS = st.lists(
    st.builds(
        lambda code, text, zone: replace(FINDING, code=code, text=text, zone=zone),
        st.sampled_from(["CLO001", "PRI001"]),
        st.sampled_from(["", "deal", "Deal", "a deal", "!!!", "!"]),
        st.sampled_from(["body", "subject", None]),
    ),
    max_size=30,
)


def one(finding: Diagnostic) -> str:
    [value] = fingerprints([finding])
    return value


@given(found=FINDINGS)
def test_no_two_findings_of_a_file_are_the_same(found: list[Diagnostic]) -> None:
    assert len(set(fingerprints(found))) == len(found)


@given(found=FINDINGS, rows=st.integers(0, 99))
def test_findings_that_moved_together_keep_theirs(found: list[Diagnostic], rows: int) -> None:
    moved = [replace(d, start=d.start + 7 * rows, end=d.end + 7 * rows, location=Position(1 + rows, 3)) for d in found]
    assert list(fingerprints(found)) == list(fingerprints(moved))


def test_how_the_words_are_set_does_not_matter() -> None:
    text = replace(FINDING, text="We're closing\n  the deal")
    assert (
        one(text)
        == one(replace(text, text="we’re closing the\r\n> deal"))
        == one(replace(text, text="WE'RE CLOSING THE DEAL"))
    )


def test_rule_words_and_zone_do_matter() -> None:
    others = [replace(FINDING, code="CLO002"), replace(FINDING, text="deals"), replace(FINDING, zone="subject")]
    assert len({one(finding) for finding in [FINDING, *others]}) == 4


def test_what_else_is_said_does_not_matter() -> None:
    assert one(FINDING) == one(replace(FINDING, message="other", severity="info", path="b.md"))


def test_signs_count_where_there_are_no_words() -> None:
    assert one(replace(FINDING, text="!!!")) != one(replace(FINDING, text="🎉"))
