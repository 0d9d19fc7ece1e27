"""YAML: sequences kept by hand, scalars in every style, aliases that stay small, and clear words for what is broken."""

from collections.abc import Callable
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pushlint.draft import Draft, Step
from pushlint.errors import InputError
from pushlint.linter import Linter
from pushlint.readers import read
from pushlint.readers import yaml as reader

Conforms = Callable[..., None]

SEQUENCE = """\
name: spring
steps:
  - day: 1
    subject: "Your caf\\u00e9: \\"opening\\" hours"
    body: |
      Hi {{first_name}},

      The first note.
        - with a list
  - day: 4
    variants:
      - subject: 'Sam''s idea'
        body: >-
          Folded words
          go on here.

          And a second paragraph.
      - {subject: In a flow, body: All on one line}
"""


def drafts(text: str, conforms: Conforms) -> list[Draft]:
    found = read("sequence.yaml", text.encode())
    for draft in found:
        conforms(draft, embedded=True)
    return found


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both of the library's parsers: the quick one is not on every machine."""
    monkeypatch.setattr(reader, "_LOADER", getattr(yaml, request.param))


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_sequence_is_read_step_by_step(conforms: Conforms, line_end: str) -> None:
    one, two, three = drafts(SEQUENCE.replace("\n", line_end), conforms)
    assert [d.subject for d in (one, two, three)] == ['Your café: "opening" hours', "Sam's idea", "In a flow"]
    assert "Hi Alex,\n\nThe first note.\n" in one.text and "with a list" in one.text
    assert two.text == "Sam's idea\n\nFolded words go on here.\nAnd a second paragraph."
    assert [d.step for d in (one, two, three)] == [
        Step("/steps", 1, 1),
        Step("/steps", 2, 4, "A"),
        Step("/steps", 2, 4, "B"),
    ]


def test_several_documents(conforms: Conforms) -> None:
    one, two = drafts("---\nsubject: One\nbody: A first text.\n---\nsubject: Two\nbody: A second text.\n", conforms)
    assert (one.text, two.text) == ("One\n\nA first text.", "Two\n\nA second text.")


def test_an_alias_of_a_text_is_that_text(conforms: Conforms) -> None:
    text = "- {subject: &s A subject, body: The first text}\n- subject: *s\n  body: The second text\n"
    one, two = drafts(text, conforms)
    assert one.subject == two.subject == "A subject"
    assert two.map.span(0, 1) == one.map.span(0, 1)


def test_a_merge_gives_what_it_says(conforms: Conforms) -> None:
    text = "base: &base {stage: reply, subject: From the base}\nmail:\n  <<: *base\n  body: The text of it\n"
    (draft,) = drafts(text, conforms)
    assert (draft.stage, draft.subject) == ("reply", "From the base")


def test_tags_make_no_objects(conforms: Conforms) -> None:
    text = "subject: A subject\nbody: !!python/object/apply:os.system ['echo no']\ncopy: !x &y 'A text of words'\n"
    (draft,) = drafts(text, conforms)
    assert draft.text == "A subject\n\nA text of words"


@pytest.mark.parametrize(
    ("scalar", "where", "fixed"),
    [
        ('"We want to close this deal."', 'a "b" \\ c', '"We want to a \\"b\\" \\\\ c."'),
        ("'We want to close this deal.'", "it's", "'We want to it''s.'"),
        ("We want to close this deal.", "it's, we", "We want to it's, we."),
        ("We want to close this deal.", "ask: this", None),
        ("We want to close this deal.", "this#one", "We want to this#one."),
        ("We want to close this deal.", "this #one", None),
        ("|\n  We want to close this deal.", "ask: #this", "|\n  We want to ask: #this."),
        ("|\n  We want to close this deal.", "a\nb", None),
    ],
)
def test_new_words_are_written_as_the_scalar_wants_them(
    conforms: Conforms, scalar: str, where: str, fixed: str | None
) -> None:
    text = f"subject: A\nbody: {scalar}\n"
    (draft,) = drafts(text, conforms)
    start = text.index("close this deal")
    end = start + len("close this deal")
    encoded = draft.encode(where, start, end)
    assert (None if encoded is None else text[:start] + encoded + text[end:]) == (
        None if fixed is None else f"subject: A\nbody: {fixed}\n"
    )
    if fixed is not None:
        assert where.strip() in yaml.safe_load(f"body: {fixed}\n")["body"]


def test_in_a_flow_a_comma_needs_quotes(conforms: Conforms) -> None:
    text = "[{subject: A, body: We want to close it}]\n"
    (draft,) = drafts(text, conforms)
    start = text.index("close it")
    assert draft.encode("ask, or wait", start, start + 8) is None
    assert draft.encode("wait", start, start + 8) == "wait"


def test_a_finding_stands_on_its_words_and_what_cannot_be_written_is_only_shown(linter: Linter) -> None:
    text = "- subject: A\n  body: We just want to close this deal with you.\n"
    ((_, found),) = linter.lint(read("a.yaml", text.encode()))
    (close,) = [d for d in found if d.code == "CLO001"]
    assert text[close.start : close.end] == close.text == "close this deal"
    for fix in (fix for fix in close.fixes if fix.applicability != "display"):
        (edit,) = fix.edits
        assert yaml.safe_load(text[: edit.start] + edit.content + text[edit.end :])[0]["subject"] == "A"


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=80)


@given(
    subject=words,
    body=st.lists(words, max_size=6).map("\n".join),
    style=st.sampled_from(["'", '"', "|", ">", None]),
    flow=st.sampled_from([True, False, None]),
    ascii_only=st.booleans(),
)
def test_every_character_has_its_place(
    conforms: Conforms, subject: str, body: str, style: str | None, flow: bool | None, ascii_only: bool
) -> None:
    mail = {"subject": f"A{subject}", "body": f"Hi there Sam {body} Bye."}
    text = yaml.safe_dump([mail], default_style=style, default_flow_style=flow, allow_unicode=not ascii_only, width=40)
    (draft,) = drafts(text, conforms)
    assert draft.text.endswith("Bye.") or draft.others or draft.tags


@given(value=words, style=st.sampled_from(["'", '"', "|", ">", None]))
def test_a_scalar_says_what_the_parser_says(value: str, style: str | None) -> None:
    value = f"{value}\n{value}x"
    text = yaml.safe_dump(value, default_style=style, allow_unicode=True, width=20)
    said: Any = reader._Reading(reader.Source("a.yaml", text)).documents()
    assert "".join(said.text.split()) == "".join(value.split())


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('subject: a\nbody: "open\n', 3, "broken YAML"),
        ("subject: a\nbody: {{first_name}}, hi\n", 2, "broken YAML"),
        ("a: b\n c: d\n", 2, "broken YAML"),
        ("subject: a\nbody: a \x07 bell\n", 2, "broken YAML"),
        ("a: &x [1, *x]\n", 1, "stands for nothing, or for what it stands in"),
        ("a: *nowhere\n", 1, "stands for nothing"),
        ("a: 1\nb: " + "[" * 10_000 + "]" * 10_000, 2, "nested too deeply"),
        ("a: 1\n" + "".join(f"{' ' * n}a:\n" for n in range(1000)), 102, ""),
    ],
)
def test_broken_yaml_is_refused_with_its_line(text: str, line: int, message: str) -> None:
    with pytest.raises(InputError) as error:
        read("a.yaml", text.encode())
    assert message in error.value.message
    assert error.value.line and (not message or abs(error.value.line - line) <= 1)


def test_aliases_of_aliases_stay_as_small_as_they_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    segments = reader.scalar_segments
    monkeypatch.setattr(reader, "scalar_segments", lambda *args: made.append(1) or segments(*args))
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 12)]
    text = "\n".join(["l0: &l0 [lol, lol]", *levels, "subject: A subject", "body: The text of it"])
    (draft,) = read("bomb.yaml", text.encode())
    assert draft.text == "A subject\n\nThe text of it" and len(made) < 40


def test_a_long_text_is_not_multiplied_by_its_aliases() -> None:
    text = "a: &a " + "word " * 2000 + "\nb:\n" + "- {subject: x, body: *a}\n" * 2000
    with pytest.raises(InputError, match="many times as long") as error:
        read("a.yaml", text.encode())
    assert error.value.line and error.value.line > 2
