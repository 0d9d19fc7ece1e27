"""The copies that parsers are given are equal in length, code point for byte."""

from hypothesis import given
from hypothesis import strategies as st

from pushlint.templating import ascii_twin, find_tags, mask


@given(st.text())
def test_the_twin_has_one_byte_for_a_code_point(text: str) -> None:
    assert len(ascii_twin(text).encode("ascii")) == len(text)


@given(st.text(st.sampled_from("ab {}[]<>%|*$=!#/-\n'\"é:."), max_size=80))
def test_tags_are_ordered_disjoint_and_as_typed(text: str) -> None:
    at = 0
    for tag in find_tags(text):
        assert at <= tag.start < tag.end
        assert text[tag.start : tag.end] == tag.source
        at = tag.end


def test_letters_stay_letters() -> None:
    assert ascii_twin("é日\u0301 ４\u00a0👍…") == "xxx 0 .."
    assert mask("Hi {{x}}!", [(3, 8)]) == "Hi xxxxx!"
