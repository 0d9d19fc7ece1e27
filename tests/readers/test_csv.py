"""Tables: cells in quotes and without, rows as e-mails or steps, and clear words for what is broken."""

import csv
import io
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushlint.draft import Draft, Step
from pushlint.errors import InputError
from pushlint.linter import Linter
from pushlint.readers import read

Conforms = Callable[..., None]


def drafts(text: str, conforms: Conforms, name: str = "a.csv") -> list[Draft]:
    found = read(name, text.encode())
    for draft in found:
        conforms(draft, embedded=True)
    return found


def table(rows: Sequence[Sequence[str]], delimiter: str = ",", **how: object) -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, **how).writerows(rows)  # type: ignore[arg-type]
    return written.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_each_row_is_an_email(conforms: Conforms, delimiter: str) -> None:
    rows = [["Name", "Subject line", "Body"], ["a", 'The "big" one', "Hi Sam,\n\nThe first; and a,\ttext."]]
    (draft,) = drafts(table([*rows, ["b", "", "No words of subject here."]], delimiter), conforms)[:1]
    assert draft.subject == 'The "big" one' and draft.step is None
    assert draft.text.endswith("\n\nHi Sam,\n\nThe first; and a,\ttext.")


def test_a_step_column_makes_rows_steps_of_the_sequences_they_name(conforms: Conforms) -> None:
    rows = [
        ["campaign", "step_number", "delay", "subject", "body"],
        ["spring", "1", "0", "One", "The first text here"],
        ["spring", "2", "3 days", "", "The second text here"],
        ["autumn", "1", "2", "Three", "The third text here"],
        ["autumn", "2", "1 week", "", "The fourth text here"],
    ]
    assert [draft.step for draft in drafts(table(rows), conforms)] == [
        Step("/spring/steps", 1, 0),
        Step("/spring/steps", 2, 3),
        Step("/autumn/steps", 1, 0),
        Step("/autumn/steps", 2, 7),
    ]


def test_numbered_columns_are_the_steps_of_each_row(conforms: Conforms) -> None:
    rows = [
        ["name", "subject_1", "email_1_body", "subject_2", "email_2_body"],
        ["Kim", "One", "The first text here", "", "The second text here"],
        ["Sam", "Two", "The third text here", "", ""],
    ]
    found = drafts(table(rows), conforms)
    assert [(d.subject, d.step, d.stage) for d in found] == [
        ("One", Step("/0/steps", 1), "first-touch"),
        (None, Step("/0/steps", 2), "follow-up"),
        ("Two", Step("/1/steps", 1), "first-touch"),
    ]


def test_a_body_may_be_marked_up(conforms: Conforms) -> None:
    (draft,) = drafts('body,x\n"<p class=""a"">Hi Sam,</p><p>It is ready.</p>",1\n', conforms)
    assert draft.text == "Hi Sam,\n\nIt is ready."


def test_new_words_are_written_as_the_cell_wants_them(conforms: Conforms) -> None:
    text = 'subject,body\nWe close it,"We will close it now."\n'
    (draft,) = drafts(text, conforms)
    bare, quoted = text.index("close it"), text.rindex("close it")
    assert draft.encode('say "yes", or no', quoted, quoted + 8) == 'say ""yes"", or no'
    assert draft.encode("wait; and ask", bare, bare + 8) == "wait; and ask"
    for words in ("wait, and ask", 'say "yes"', "wait\nand ask"):
        assert draft.encode(words, bare, bare + 8) is None
    assert draft.encode("x", 0, len(text)) is None


def test_a_rewrite_leaves_a_table(linter: Linter) -> None:
    text = 'subject,body\nA,"Hi Sam,\nJust checking in.\n\nWe want to close this deal with you, ""soon""."\n'
    ((_, found),) = linter.lint(read("a.csv", text.encode()))
    assert {"CLO001", "VAL003"} <= {d.code for d in found}
    for fix in (fix for d in found for fix in d.fixes):
        for edit in fix.edits:
            rows = list(csv.reader(io.StringIO(text[: edit.start] + edit.content + text[edit.end :]), strict=True))
            assert [len(row) for row in rows] == [2, 2]


cells = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=40)


@given(
    rows=st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=4),
    delimiter=st.sampled_from([",", ";", "\t"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    line_end=st.sampled_from(["\n", "\r\n"]),
)
def test_every_character_has_its_place(
    conforms: Conforms, rows: list[tuple[str, str, str]], delimiter: str, quoting: int, line_end: str
) -> None:
    mails = [[subject, f"Hi there Sam. {body} Bye.", other] for subject, body, other in rows]
    text = table([["subject", "body", "other"], *mails], delimiter, quoting=quoting, lineterminator=line_end)
    found = drafts(text, conforms)
    assert len(found) == len(mails)
    for draft, (_, body, _) in zip(found, mails, strict=True):
        if not (draft.tags or draft.others or set("[{<>%*#&_-") & set(draft.source.text)):
            assert "".join(body.split()) in "".join(draft.text.split())


@given(text=st.text(st.sampled_from(' ,;\t"\n\rab'), min_size=1, max_size=60))
def test_cells_are_those_of_the_standard_library(text: str) -> None:
    from pushlint.readers import csv as reader

    table = reader._Table(reader.Source("a.csv", f"a,b\n{text}"))
    try:
        rows = [[table.text(cell).text for cell in row] for row in table.rows()]
    except InputError:
        return
    expected = [row for row in csv.reader(io.StringIO(f"a,b\n{text}", newline="")) if row not in ([], [""])]
    assert rows == expected


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("subject,body\na,b\na,b,c\n", 3, "a row of 3 cells under a header of 2"),
        ('subject,body\n"a\nb","c"\na\n', 4, "a row of 1 cells under a header of 2"),
        ('subject,body\na,b\na,"never closed\n\nmore\n', 3, "never closed"),
        ('subject,body\na,"closed" and more\n', 2, "words after the quote"),
        ("name,email\na,b\n", 1, "without a column for the text"),
        ("subject,body\n", None, "no e-mails"),
    ],
)
def test_broken_tables_are_refused_with_their_line(text: str, line: int | None, message: str) -> None:
    with pytest.raises(InputError) as error:
        read("a.csv", text.encode())
    assert message in error.value.message and error.value.line == line and error.value.hint
