import io
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import xmlschema
from hypothesis import given
from hypothesis import strategies as st

from pushlint.reports.xml import tag, text
from pushlint.result import FileResult

JUNIT = xmlschema.XMLSchema(str(Path(__file__).parent / "schemas" / "junit-10.xsd"))


def test_junit_fits_its_schema_and_counts_what_it_holds(hostile: list[FileResult], report: Any) -> None:
    written = report("junit", hostile)
    JUNIT.validate(io.StringIO(written.partition("\n")[2]))
    suites = ElementTree.fromstring(written.encode())
    assert [suite.get("name") for suite in suites][::2] == ["häuser/my draft %20;,:].md", "c.md", "fine.md"]
    assert [suite.get("tests") for suite in suites] == ["3", "2", "1", "1", "1"]
    assert [suite.get("failures") for suite in suites] == ["2", "2", "1", "0", "0"]
    assert [suite.get("errors") for suite in suites] == ["0", "0", "0", "1", "0"]
    for suite in suites:
        assert len(suite.findall("testcase")) == int(suite.get("tests", ""))
        assert len(suite.findall("testcase/failure")) == int(suite.get("failures", ""))
    note, error, _ = suites[0]
    assert note.find("failure") is None and "漢字" in note.findtext("system-out", "")
    failure = error.find("failure")
    assert failure is not None and failure.get("type") == "error"
    assert "]]>" in (failure.text or "") and "<b>go</b>" in failure.get("message", "")
    assert [case.get("name") for case in suites[4]] == ["no findings"]


def test_checkstyle_has_an_entry_for_each_finding_and_each_broken_file(hostile: list[FileResult], report: Any) -> None:
    root = ElementTree.fromstring(report("checkstyle", hostile).encode())
    assert root.tag == "checkstyle" and root.get("version")
    assert [len(file) for file in root] == [3, 2, 1, 1]
    assert [entry.get("severity") for entry in root[0]] == ["info", "error", "warning"]
    plain = root[0][2]
    assert (plain.get("line"), plain.get("column"), plain.get("source")) == ("5", "7", "pushlint.CLO001")
    assert root[0].get("name") == "häuser/my draft %20;,:].md"
    assert root[3][0].get("line") == "3" and "<broken>" in root[3][0].get("message", "")


def test_a_run_without_drafts_is_a_document_too(report: Any) -> None:
    JUNIT.validate(io.StringIO(report("junit", []).partition("\n")[2]))
    assert not list(ElementTree.fromstring(report("checkstyle", []).encode()))


@given(words=st.text(st.characters(exclude_categories=[])))
def test_whatever_the_words_are_xml_holds_them(words: str) -> None:
    element = ElementTree.fromstring(f"<{tag('a', b=words)}>{text(words)}</a>".encode())
    for read in (element.get("b", ""), element.text or ""):
        assert len(read) == len(words)
        assert all(new in (old, "�") for old, new in zip(words, read, strict=True))
