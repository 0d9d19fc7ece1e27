"""The comment for a pull request, read by a Markdown parser."""

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pushlint.reports.markdown import MOST, code, plain
from pushlint.result import FileResult

PARSER = MarkdownIt("commonmark").enable("table")


def test_a_comment_has_a_row_and_a_rewrite_for_each_finding(maker: Any, report: Any) -> None:
    made = maker("Hi,\n\nclose this deal\n")
    text = report("markdown", [made.result(made.finding("this deal", made.fix("this deal", "it")), made.finding("Hi"))])
    assert text.startswith("### pushlint: 2 warnings in 1 draft\n")
    assert "| 🟠 warning | `drafts/acme.md:3` | CLO001 close-talk | This is the seller's word |\n" in text
    assert "<summary>1 suggested rewrite</summary>" in text
    assert "```diff\n- close this deal\n+ close it\n```" in text


def test_what_a_draft_says_is_never_markdown(hostile: list[FileResult], report: Any) -> None:
    tokens = PARSER.parse(report("markdown", hostile))
    html = [t.content for t in tokens if t.type == "html_block"] + [
        c.content for t in tokens for c in t.children or () if c.type == "html_inline"
    ]
    assert {*html} <= {"<details>\n<summary>4 suggested rewrites</summary>\n", "</details>", "</details>\n", "<!-- -->"}
    links = [c.attrs["href"] for t in tokens for c in t.children or () if c.type == "link_open"]
    assert links == ["https://example.com/CLO001"]
    rows = [t for t in tokens if t.type == "tr_open"]
    assert len(rows) == 1 + sum(len(result.diagnostics) for result in hostile)
    assert len([t for t in tokens if t.type == "td_open"]) == 4 * (len(rows) - 1)


def test_a_comment_stays_within_what_github_takes(maker: Any, report: Any) -> None:
    made = maker("one deal\n" * 5_000)
    text = report("markdown", [made.result(*made.everywhere("deal"))])
    assert MOST * 0.9 < len(text) <= MOST
    shown = text.count("| 🟠 warning |")
    left_out = re.search(r"([\d,]+) more findings had no room here", text)
    assert left_out and shown + int(left_out[1].replace(",", "")) == 5_000
    assert text.count("<details>") == text.count("</details>") == 1 and text.count("```") % 2 == 0


def test_a_run_without_findings_says_so(maker: Any, report: Any) -> None:
    assert report("markdown", [maker("fine").result()]) == "### pushlint: no pushing found in 1 draft\n"


@given(words=st.text(min_size=1, max_size=40))
def test_words_and_paths_come_through_as_they_are(words: str) -> None:
    line = f"x{words}x"
    [paragraph] = [t for t in PARSER.parse(f"{plain(line)} {code(line)}") if t.type == "inline"]
    kinds = {child.type for child in paragraph.children or ()}
    assert kinds <= {"text", "code_inline", "html_inline", "text_special"}
    [span] = [child.content for child in paragraph.children or () if child.type == "code_inline"]
    assert span.split() == code(line).strip("`").split()
