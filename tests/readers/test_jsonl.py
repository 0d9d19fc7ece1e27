"""JSON Lines: a value a line, a broken one named by its number."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushlint.errors import InputError
from pushlint.readers import read

Conforms = Callable[..., None]


@given(
    mails=st.lists(st.tuples(st.text(), st.text()), min_size=1, max_size=4),
    line_end=st.sampled_from(["\n", "\r\n", "\n\n"]),
)
def test_every_character_has_its_place(conforms: Conforms, mails: list[tuple[str, str]], line_end: str) -> None:
    lines = [json.dumps({"subject": subject, "body": f"Hi there Sam. {body} Bye."}) for subject, body in mails]
    found = read("a.jsonl", line_end.join(lines).encode())
    assert len(found) == len(mails)
    for draft, line in zip(found, lines, strict=True):
        conforms(draft, embedded=True)
        assert min(s.start for s in draft.map.segments if s.text) >= draft.source.text.index(line)


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson"])
@pytest.mark.parametrize("broken", ['{"subject": "a"', "{'a': 1}", "{} {}", "[" * 10_000 + "]" * 10_000])
def test_a_broken_line_is_named_by_its_number(name: str, broken: str) -> None:
    good = json.dumps({"subject": "a", "body": "Hi there Sam."})
    with pytest.raises(InputError) as error:
        read(name, f"{good}\n\n{broken}\n{good}\n".encode())
    assert error.value.line == 3
