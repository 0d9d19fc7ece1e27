"""Which files look like e-mail."""

import pytest

from pushlint.readers import format_of, looks_like_draft


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "---\ntitle: x\nsubject: y\n---\nText\n"),
        ("a.md", "---\r\nstage: reply\r\n---\r\nText\r\n"),
        ("a.md", "\ufeff---\nstage: reply\n---\n"),
        ("a.txt", "Subject: x\n\nText\n"),
        ("a.md", "**Subject:** x\n\nText\n"),
        ("a.eml", "From: a\nTo: b\nSubject: x\n\nText\n"),
        ("a.txt", "Hi Sam,\n\nText\n"),
        ("a.md", "# Step 1\n\nHi {{first_name}},\n"),
        ("a.txt", "[First Name],\n\nText\n"),
        ("a.html", "<html><head><title>x</title></head><body><p>Dear <b>[Name]</b>,</p></body></html>"),
        ("a.html", "<head><style>" + "p { margin: 0 }\n" * 500 + "</style></head><body><p>Hi Sam,</p></body>"),
        (
            "a.mjml",
            "<mjml><mj-head><mj-title>x</mj-title></mj-head><mj-body><mj-text>Hi Sam,</mj-text></mj-body></mjml>",
        ),
    ],
)
def test_drafts(name: str, text: str) -> None:
    assert looks_like_draft(text.encode(), format_of(name) or "plain") is None


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"# A project\n\nIt does things.\n", "no subject, stage or greeting"),
        (b"---\ntitle: x\n---\nSome words.\n", "no subject, stage or greeting"),
        (b"one\ntwo\nthree\nfour\nfive\nsix\nHi Sam,\n", "no subject, stage or greeting"),
        (b"Hi\0Sam", "binary"),
        (b"  \n", "empty"),
    ],
)
def test_other_files(data: bytes, reason: str) -> None:
    assert looks_like_draft(data, "markdown") == reason
