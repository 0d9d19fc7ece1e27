"""Encodings and files that are no text."""

import pytest

from pushlint.errors import InputError
from pushlint.readers import read


@pytest.mark.parametrize(
    ("data", "message", "line"),
    [
        (b"", "empty file", None),
        (b" \n\n", "empty file", None),
        (b"\xef\xbb\xbf", "empty file", None),
        (b"Hi Sam,\nbin\0ary", "binary data (a NUL byte at offset 11)", 2),
        ("Hi Zoë,\n".encode("latin-1"), "not UTF-8: byte 0xeb at offset 5", 1),
        ("Hi Sam,\n\nCafé".encode("latin-1"), "not UTF-8: byte 0xe9 at offset 12", 3),
        ("Hi".encode("utf-16"), "UTF-16 text", None),
        (b"a" * 5_000_001, "larger than 5 MB", None),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(data: bytes, message: str, line: int | None) -> None:
    with pytest.raises(InputError) as caught:
        read("draft.txt", data)
    assert caught.value.message.startswith(message)
    assert (caught.value.path, caught.value.line) == ("draft.txt", line)


def test_a_byte_order_mark_is_no_text() -> None:
    (draft,) = read("draft.txt", b"\xef\xbb\xbfHi Sam,\r\n\r\nGood news.\r\n")
    assert draft.source.bom
    assert draft.text == "Hi Sam,\n\nGood news.\n"
    assert draft.source.position(draft.map.span(9, 13)[0]) == (3, 1)


def test_standard_input_is_read_by_the_name_given() -> None:
    (draft,) = read("-", b"Hi **Sam**,", "markdown")
    assert (draft.text, draft.source.path) == ("Hi Sam,", "-")
