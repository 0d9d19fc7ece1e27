"""Spintax and conditions: every branch is read, in as few readings as the widest choice has branches."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushlint.templating import scan


def readings(source: str) -> list[str]:
    """What is left to read of a text in each reading."""
    texts = []
    for reading in range(scan(source).readings):
        template = scan(source, reading)
        gone = [*template.unread, *((tag.start, tag.end) for tag in template.tags if not tag.filler)]
        kept = [c for at, c in enumerate(source) if not any(start <= at < end for start, end in gone)]
        texts.append("".join(kept))
    return texts


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("{Hi|Hello} {{name}}", ["Hello {{name}}", "Hi {{name}}"]),
        ("{a|bb} and {c|d|e}", ["bb and c", "a and d", "bb and e"]),
        ("{a|b {c|dd}}", ["b dd", "b c", "a"]),
        ("Hi {% if x %}{{ x }}{% else %}you{% endif %},", ["Hi {{ x }},", "Hi you,"]),
        ("{{#if a}}A{{else if b}}BB{{else}}CCC{{/if}}", ["CCC", "BB", "A"]),
        ("*|IF:A|*Hi *|FNAME|*,*|ELSE:|*Hello,*|END:IF|*", ["Hi *|FNAME|*,", "Hello,"]),
        ("<% if @u %>Hi <%= @u %><% else %>Hello<% end %>", ["Hi <%= @u %>", "Hello"]),
        ("{{if .X}}a{{else}}bb{{end}}", ["bb", "a"]),
        ("{%- unless x -%}a{% elsif y %}bb{%- endunless -%}", ["bb", "a"]),
        ("{% case x %}{% when 1 %}one{% when 2 %}three{% endcase %}", ["three", "one", ""]),
        ("{% for x in y %}{{x}}{% endfor %}{% include 'a' %}", ["{{x}}"]),
        ("{% if a %}{one|{% if b %}two{% else %}three{% endif %}}{% endif %}", ["three", "two", "one"]),
    ],
)
def test_each_branch_is_read_once(source: str, texts: list[str]) -> None:
    assert readings(source) == texts


@pytest.mark.parametrize(
    ("source", "unbalanced"),
    [
        ("{% if a %}x", ["{% if a %}"]),
        ("x {% endif %}", ["{% endif %}"]),
        ("{{#if a}}{{#each b}}x{{/if}}", ["{{#each b}}"]),
        ("*|IF:A|*x *|ELSE:|*y", ["*|IF:A|*"]),
        ("<% xs.each do |x| %>q", ["<% xs.each do |x| %>"]),
        ("{{else}}", ["{{else}}"]),
        ("{% if a %}x{% endif %} {% set b = 1 %} {% include 'c' %} {# note #} {{> part}}", []),
        ("<% xs.each do |x| %>q<% end %>{{#each a}}b{{/each}}{% block c %}d{% endblock %}", []),
    ],
)
def test_steering_without_a_partner_is_known(source: str, unbalanced: list[str]) -> None:
    assert [tag.source for tag in scan(source).unbalanced] == unbalanced


def test_readings_do_not_multiply() -> None:
    assert scan("{a|b|c} " * 40).readings == 3
    assert scan("{" * 10_000 + "a|b}" * 10_000).readings <= 21


@given(st.lists(st.sampled_from(["{ ", "|", "} ", "a", "{% if x %}", "{% else %}", "{% endif %}", " "]), max_size=30))
def test_every_word_outside_a_broken_choice_is_in_some_reading(pieces: list[str]) -> None:
    numbered = "".join(f"w{number} " if piece == "a" else piece for number, piece in enumerate(pieces))
    template = scan(numbered)
    for reading in range(template.readings):
        unread = scan(numbered, reading).unread
        assert all(one[1] <= two[0] for one, two in pairwise(unread))
    assert set(re.findall(r"w\d+", numbered)) == {
        word for text in readings(numbered) for word in re.findall(r"w\d+", text)
    }
