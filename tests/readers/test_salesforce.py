"""Salesforce templates: characters decoded at their places, CDATA, and files in two parts."""

import html
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushlint.draft import Draft
from pushlint.errors import InputError
from pushlint.files import discover
from pushlint.linter import Linter
from pushlint.readers import read

Conforms = Callable[..., None]

TEMPLATE = """\
<?xml version="1.0" encoding="UTF-8"?>
<EmailTemplate xmlns="http://soap.sforce.com/2006/04/metadata">
    <available>true</available>
    <name>Spring</name>
    <subject>Ideas &amp; plans for {!Contact.FirstName} &#x2013; spring</subject>
    <textOnly>Hi Sam, the text of it.</textOnly>
    <htmlValue>&lt;p&gt;Hi Sam,&lt;/p&gt;&lt;p&gt;It&apos;s &amp;quot;ready&amp;quot;.&lt;/p&gt;</htmlValue>
</EmailTemplate>
"""


def drafts(text: str, conforms: Conforms, name: str = "a.email-meta.xml") -> list[Draft]:
    found = read(name, text.encode())
    for draft in found:
        conforms(draft, embedded=True)
    return found


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_template_is_read_in_both_its_forms(conforms: Conforms, line_end: str) -> None:
    one, two = drafts(TEMPLATE.replace("\n", line_end), conforms)
    assert one.subject == "Ideas & plans for Alex – spring"
    assert one.text.endswith('\n\nHi Sam,\n\nIt\'s "ready".')
    assert (two.text, two.repeats) == ("Hi Sam, the text of it.", True)


def test_a_cdata_section_is_as_it_stands(conforms: Conforms) -> None:
    text = (
        "<Mail><subject>A</subject><content><![CDATA[<p>Hi Sam & Kim,</p>]]><![CDATA[<p>Bye now</p>]]></content></Mail>"
    )
    (draft,) = drafts(text, conforms, "a.xml")
    assert draft.text == "A\n\nHi Sam & Kim,\n\nBye now"
    inside, outside = text.index("Kim"), text.index("A<")
    assert draft.encode("R & D", inside, inside + 3) == "R &amp; D"
    assert draft.encode("a ]]> b", inside, inside + 3) == "a ]]&gt; b"
    assert draft.encode("R & D", outside, outside + 1) == "R &amp; D"


def test_a_subject_alone_is_read_as_part_of_a_template(conforms: Conforms, linter: Linter) -> None:
    text = "<EmailTemplate><name>x</name><subject>Let's close this deal</subject></EmailTemplate>"
    (draft,) = drafts(text, conforms)
    assert (draft.text.strip(), draft.repeats) == ("Let's close this deal", True)
    ((_, found),) = linter.lint([draft])
    assert found and not any(d.is_document for d in found)


def test_the_text_beside_it_is_html_or_plain(conforms: Conforms, tmp_path: Path) -> None:
    (draft,) = read("a.email", b"<p>Hi Sam,</p>\n<p>It is ready.</p>\n")
    conforms(draft)
    assert draft.text.strip() == "Hi Sam,\n\nIt is ready."
    assert read("b.email", b"Hi Sam,\n\nIt is ready.\n")[0].text == "Hi Sam,\n\nIt is ready.\n"
    (tmp_path / "a.email").write_text("No greeting\n")
    (tmp_path / "a.email-meta.xml").write_text(TEMPLATE)
    (tmp_path / "b.email").write_text("No greeting\n")
    (tmp_path / "b.xml").write_text("<project><subject>x</subject></project>")
    assert [Path(path).name for path in discover([str(tmp_path)]).files] == ["a.email", "a.email-meta.xml"]


def test_a_rewrite_leaves_xml(linter: Linter) -> None:
    text = TEMPLATE.replace("the text of it", "we want to close this deal &amp; go")
    found = [d for _, diagnostics in linter.lint(read("a.xml", text.encode())) for d in diagnostics]
    (close,) = [d for d in found if d.code == "CLO001"]
    assert text[close.start : close.end] == close.text == "close this deal"


characters = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"], exclude_characters="\ufffe\uffff")
)


@given(subject=characters, body=characters, cdata=st.booleans(), numeric=st.booleans())
def test_every_character_has_its_place(conforms: Conforms, subject: str, body: str, cdata: bool, numeric: bool) -> None:
    def written(text: str) -> str:
        if cdata:
            return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"
        return "".join(f"&#{ord(c)};" for c in text) if numeric else html.escape(text)

    body = f"Hi there Sam. {body} Bye."
    text = f"<T><subject>{written('A' + subject)}</subject><body>{written(body)}</body></T>"
    (draft,) = drafts(text, conforms)
    if not draft.tags and draft.readings == 1 and "<" not in body and not set("[{&") & set(subject + body):
        assert "".join(draft.text.split()) == "".join(("A" + subject + body).split())


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("<T>\n<subject>a</subject>\n<body>b", 3, "broken XML"),
        ("<T>\n<subject>a & b</subject></T>", 2, "broken XML"),
        ("<T>\n<subject>&nbsp;</subject></T>", 2, "undefined entity"),
        ('<!DOCTYPE T [<!ENTITY a "aaaa">]>\n<T>&a;</T>', 1, "document type"),
        ("\n" + "<a>" * 10_000 + "</a>" * 10_000, 2, "nested too deeply"),
        ("<project><name>x</name></project>", None, "no e-mails in this XML file"),
    ],
)
def test_broken_xml_is_refused_with_its_line(text: str, line: int | None, message: str) -> None:
    with pytest.raises(InputError) as error:
        read("a.xml", text.encode())
    assert message in error.value.message and error.value.line == line
