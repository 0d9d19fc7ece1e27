"""Mail as it is sent: its parts, its encodings, its subject, and clear words for what is broken."""

import quopri
from collections.abc import Callable
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushlint.draft import Draft
from pushlint.errors import InputError
from pushlint.linter import Linter
from pushlint.readers import read

Conforms = Callable[..., None]


def mail(text: str, subject: str = "Hello", charset: str = "utf-8", cte: str | None = None) -> EmailMessage:
    message = EmailMessage(policy=default)
    message["From"] = Address("Ann", "ann", "example.com")
    message["Subject"] = subject
    message.set_content(text, charset=charset, cte=cte)
    return message


def drafts(data: bytes, conforms: Conforms) -> list[Draft]:
    found = read("mail.eml", data)
    for draft in found:
        conforms(draft, embedded=True)
    return found


TEXT = "Hi Zoë,\n\nWe’d love to close this deal – a line that is long enough to be broken softly by the encoding.\n"


@pytest.mark.parametrize("cte", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "iso-8859-15"])
@pytest.mark.parametrize("policy", [default, SMTP])
def test_a_part_is_read_in_its_encoding(conforms: Conforms, cte: str, charset: str, policy: object) -> None:
    text = TEXT.replace("’", "'").replace("–", "-") if charset == "iso-8859-15" else TEXT
    (draft,) = drafts(mail(text, "Größe & Preis", charset, cte).as_bytes(policy=policy), conforms)
    assert draft.text.split() == ["Größe", "&", "Preis", *text.split()]
    assert draft.subject == "Größe & Preis"


@pytest.mark.parametrize(
    "header",
    [
        "Subject: =?utf-8?q?A_good=20day_=E2=80=93?=\n =?utf-8?b?IHJlYWxseQ==?= now",
        "Subject: A good day =?utf-8?b?4oCT?= really\n now",
    ],
)
def test_an_encoded_subject_is_read(conforms: Conforms, header: str) -> None:
    (draft,) = drafts(f"From: a@b.c\n{header}\n\nHi Sam.\n".encode(), conforms)
    assert draft.subject == "A good day – really now"


def test_text_and_html_are_linted_once_each_and_attachments_not(conforms: Conforms, linter: Linter) -> None:
    message = mail("Hi Sam,\n\nLet us close this deal.\n")
    message.add_alternative("<p>Hi Sam,</p><p>Let us <b>close this deal</b>.</p>", subtype="html")
    message.add_attachment("Let us close this deal.", filename="a.txt")
    found = drafts(message.as_bytes(), conforms)
    assert [draft.repeats for draft in found] == [False, True] and found[1].subject is None
    (_, plain), (_, html) = linter.lint([draft.with_all(stage="first-touch") for draft in found])
    assert "CLO001" in {d.code for d in plain} & {d.code for d in html}
    assert any(d.is_document for d in plain) and not any(d.is_document for d in html)


def test_a_reply_is_known_by_its_header(conforms: Conforms) -> None:
    (draft,) = drafts(b"Subject: Re: price\nIn-Reply-To: <a@b>\n\nHi Sam, here it is.\n", conforms)
    assert draft.stage == "reply"


def test_a_rewrite_keeps_quoted_printable(linter: Linter) -> None:
    data = mail("Hi Zoë,\n\nWe want to close this deal – you’ll see.\n", cte="quoted-printable").as_bytes()
    ((draft, found),) = linter.lint(read("mail.eml", data))
    (close,) = [d for d in found if d.code == "CLO001"]
    text = data.decode()
    at = text.index("We want")
    assert draft.encode("für 3 = 3", at, at) == "f=C3=BCr 3 =3D 3"
    for edit in close.fixes[0].edits:
        text = text[: edit.start] + edit.content + text[edit.end :]
    assert "Zoë" in quopri.decodestring(text.partition("\n\n")[2]).decode() and "close this deal" not in text


@given(
    text=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1),
    cte=st.sampled_from(["quoted-printable", "base64"]),
)
def test_every_character_has_its_place(conforms: Conforms, text: str, cte: str) -> None:
    (draft,) = drafts(mail(f"Hi Sam,\n\nSome words {text} and more.\n", cte=cte).as_bytes(), conforms)
    if not any(mark in text for mark in "<>[]{}*|%$^`"):
        assert (
            text.split()
            == [word for word in draft.text.replace("Some words", "\0").split("\0")[1].split()][: len(text.split())]
        )


HEAD = "Subject: a\nMIME-Version: 1.0\nContent-Type: text/plain; charset={}\nContent-Transfer-Encoding: {}\n\n{}"


@pytest.mark.parametrize(
    ("data", "message", "line"),
    [
        (HEAD.format("utf-8", "base64", "SGkgU2FtLCB0aGlzIGl\nzIGN1\nd"), "broken base64", 8),
        (HEAD.format("klingon-9", "quoted-printable", "Hi"), "unknown charset", None),
        ("Subject: =?nope?q?a?=\n\nHi Sam\n", "unknown charset", None),
    ],
)
def test_broken_mail_is_refused(data: str, message: str, line: int | None) -> None:
    with pytest.raises(InputError, match=message) as error:
        read("mail.eml", data.encode())
    assert error.value.line == line and error.value.hint


def test_parts_without_end_or_without_number_do_no_harm(conforms: Conforms) -> None:
    head = b"Subject: a\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nHi Sam.\n"
    assert [draft.text for draft in drafts(head, conforms)] == ["a\n\nHi Sam.\n"]
    with pytest.raises(InputError, match="nested too deeply"):
        nested = "".join(f"Content-Type: multipart/mixed; boundary=x{n}\n\n--x{n}\n" for n in range(30))
        read("mail.eml", f"Subject: a\n{nested}\nHi\n".encode())
