"""The page: read by a parser, and driven in Chromium where that is installed."""

import json
import re
import shutil
import subprocess
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushlint.diagnostic import Diagnostic, Position
from pushlint.draft import Draft, Segment, Source, SourceMap, Zone
from pushlint.readers import read
from pushlint.reports.html_draft import _pieces
from pushlint.result import FileResult

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
VOID = {"meta", "input", "br"}


class Page(HTMLParser):
    """The elements of a page, each with its attributes and its text; tags that do not match are an error."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.elements: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            self.elements.append((tag, dict(attrs), ""))
        else:
            self.open.append((tag, dict(attrs), []))

    def handle_data(self, data: str) -> None:
        for _, _, texts in self.open:
            texts.append(data)

    def handle_endtag(self, tag: str) -> None:
        name, attributes, texts = self.open.pop()
        assert name == tag
        self.elements.append((name, attributes, "".join(texts)))

    def of(self, name: str) -> list[tuple[dict[str, str | None], str]]:
        """The elements of a class or, where there is none, of a name."""
        by_class = [(a, t) for _, a, t in self.elements if name in (a.get("class") or "").split()]
        return by_class or [(a, t) for tag, a, t in self.elements if tag == name]


def test_the_page_is_whole_and_says_all_whatever_the_drafts_hold(hostile: list[FileResult], report: Any) -> None:
    page = Page(report("html", hostile))
    assert len(page.of("note")) == sum(len(result.diagnostics) for result in hostile)
    assert len(page.of("article")) == 3 and len(page.of("script")) == 1 and not page.of("b go")
    assert all(href.startswith(("#",)) for a, _ in page.of("a") if (href := a["href"] or ""))
    ids = [a["id"] for _, a, _ in page.elements if a.get("id")]
    assert len(ids) == len(set(ids))
    assert {a["href"] for a, _ in page.of("mark")} <= {f"#{name}" for name in ids}
    assert ["brö ken.md" in text for _, text in page.of("errors")] == [True]


def test_nothing_comes_from_elsewhere(hostile: list[FileResult], report: Any) -> None:
    text = report("html", hostile)
    page = Page(text)
    [policy] = [a["content"] for a, _ in page.of("meta") if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy is not None and policy.startswith("default-src 'none'; ") and "unsafe" not in policy
    assert not [a for _, a, _ in page.elements if {"src", "style", "onclick", "srcset"} & set(a)]
    assert not re.search(r"url\(|@import|<link|<base", text)


def test_the_words_found_are_marked_in_the_mail(report: Any, maker: Any) -> None:
    made = maker("Hi Sam,\n\nclose this deal today\n")
    one, two = made.finding("close this deal"), made.finding("deal today", code="URG001")
    page = Page(report("html", [made.result(made.about_the_draft("Add it."), one, two)]))
    marks = [(a["data-notes"], text) for a, text in page.of("mark")]
    assert marks == [("n2", "close this "), ("n2 n3", "deal"), ("n3", " today")]
    assert [text for _, text in page.of("ins")] == ["Add it."]


def test_a_mail_reads_as_its_reader_sees_it_with_tags_as_typed(report: Any) -> None:
    [draft] = read(
        "a.html", b"<title>Our &amp; your page</title><p>Hi {{first_name}},</p><p>Close <b>this deal</b> now</p>"
    )
    start = draft.source.text.index("this deal")
    text = report("html", [FileResult("a.html", ((draft, (finding(draft, start, start + 9),)),))])
    page = Page(text)
    [(_, mail)] = page.of("mail")
    assert mail.split() == ["Our", "&", "your", "page", "Hi", "{{first_name}},", "Close", "this", "deal", "now"]
    assert [text for _, text in page.of("mark")] == ["this deal"] and [t for _, t in page.of("tag")] == [
        "{{first_name}}"
    ]


def finding(draft: Draft, start: int, end: int) -> Diagnostic:
    place = Position(1, 1)
    words = draft.source.text[start:end]
    return Diagnostic("CLO001", "close-talk", "info", "style", "m", "a.md", start, end, place, place, words, "body")


@given(data=st.data())
def test_the_text_of_a_mail_is_cut_and_never_changed(data: st.DataObject) -> None:
    kinds = st.sampled_from(["literal", "markup", "space", "entity", "tag"])
    at, segments = 0, []
    for kind, text in data.draw(st.lists(st.tuples(kinds, st.text("ab \n", max_size=6)), min_size=1, max_size=8)):
        plain = "" if kind == "markup" else "Sam" if kind == "tag" else text
        segments.append(Segment(plain, at, at + len(text), kind))
        at += len(text)
    source = Source("a.md", data.draw(st.text("xy", min_size=at, max_size=at)))
    draft = Draft(source, SourceMap(segments))
    edges = data.draw(st.lists(st.integers(0, len(draft.text)), max_size=3).map(sorted))
    draft = replace(
        draft, zones=tuple(Zone("body", a, b) for a, b in zip([0, *edges], [*edges, len(draft.text)], strict=True))
    )
    spans = data.draw(st.lists(st.tuples(st.integers(0, at), st.integers(0, at)).map(sorted), max_size=5))
    pieces = list(_pieces(draft, [finding(draft, start, end) for start, end in spans]))
    tags = (source.text[s.start : s.end] if s.kind == "tag" else s.text for s in segments)
    assert "".join(piece.text for piece in pieces) == "".join(tags)
    literal = [(s.start, s.end) for s in segments if s.kind == "literal"]
    marked = {i for piece in pieces for i in piece.found}
    for number, (start, end) in enumerate(spans):
        if any(start < b and a < end and a < b and start < end for a, b in literal):
            assert number in marked


def test_counts_stand_by_folder_and_by_owner(
    report: Any, maker: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "CODEOWNERS").write_text("# who\n* @all\n/cold/ @ann @bob # both\n[Section]\n*.txt\n", encoding="utf-8")
    cold, warm, text = (maker("one deal", path) for path in ("cold/a.md", "warm/b.md", "warm/c.txt"))
    results = [made.result(made.finding("deal")) for made in (cold, warm, text)]
    [(draft, found)] = maker("one deal", "cold/d.md").result(*results[0].diagnostics).drafts
    results.append(FileResult("cold/d.md", ((replace(draft, meta={"owner": "Eve"}), found),)))
    rows = [text.split("\n") for _, text in Page(report("html", results)).of("tbody")]
    assert [[re.sub(r"(\D)(?=\d)", r"\1 ", row) for row in table if row] for table in rows] == [
        ["cold 22", "warm 22"],
        ["@all 11", "@ann @bob 11", "Eve 11", "nobody named 11"],
    ]


def test_an_e_mail_in_two_forms_is_counted_as_one(report: Any, maker: Any) -> None:
    [(draft, found)] = (made := maker("one deal", "a/b.md")).result(made.finding("deal")).drafts
    result = FileResult("a/b.md", ((draft, found), (replace(draft, repeats=True), found)))
    page = Page(report("html", [result]))
    assert [text for _, text in page.of("td")] == ["1", "2"] and [t for _, t in page.of("lead")] == [
        "2 warnings in 1 draft."
    ]


# A page around the page, which does what a person would and says what happened.
DRIVE = """\
<!doctype html><iframe src="page.html" style="width: {width}px; height: 900px"></iframe><pre id="said"></pre>
<script>
addEventListener("load", () => {{
  const page = document.querySelector("iframe").contentDocument;
  const view = page.defaultView, all = (selector) => [...page.querySelectorAll(selector)];
  const seen = (element) => element.getClientRects().length > 0;
  const box = (value) => page.querySelector(`input[value="${{value}}"]`);
  const key = (name) => page.dispatchEvent(new view.KeyboardEvent("keydown", {{key: name, bubbles: true}}));
  const card = page.getElementById("card"), said = {{}};
  {script}
  document.getElementById("said").textContent = JSON.stringify(said);
}});
</script>
"""

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


def drive(folder: Path, page: str, script: str, width: int = 1200, dark: bool = False) -> Any:
    """What the script says after it did its work in the page, on a system that likes it light or dark."""
    (folder / "page.html").write_text(page, encoding="utf-8", errors="backslashreplace")
    (folder / "drive.html").write_text(DRIVE.format(script=dedent(script), width=width), encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--dump-dom"]
    options += ["--allow-file-access-from-files", "--enable-logging=stderr", f"--user-data-dir={folder / 'profile'}"]
    options.append(f"--blink-settings=preferredColorScheme={0 if dark else 1}")
    run = [str(CHROMIUM), *options, "--virtual-time-budget=3000", (folder / "drive.html").as_uri()]
    done = subprocess.run(run, capture_output=True, text=True, timeout=120, encoding="utf-8")
    assert "Content Security Policy" not in done.stderr and "Uncaught" not in done.stderr, done.stderr
    found = re.search(r'<pre id="said">(.*?)</pre>', done.stdout, re.DOTALL)
    assert found and found[1], done.stdout[-2000:] + done.stderr
    return json.loads(unescape(found[1]))


@needs_chromium
def test_in_a_browser_filters_hide_notes_marks_and_drafts(report: Any, maker: Any, tmp_path: Path) -> None:
    one, two = maker("close this deal today\n", "a.md"), maker("a deal\n", "b.md")
    info = replace(one.finding("today", code="URG001"), severity="info")
    results = [one.result(one.finding("deal"), info), two.result(two.finding("deal"))]
    said = drive(
        tmp_path,
        report("html", results),
        """
        said.filters = seen(page.getElementById("filters"));
        const shown = () => page.getElementById("shown").textContent;
        const state = () => [all(".note").map(seen), all("article").map(seen), shown()];
        said.all = state();
        box("closing").click();
        said.urgency = state();
        said.marks = all(".mark:not(.off)").map((mark) => mark.textContent);
        said.reached = all(".mark").map((mark) => mark.tabIndex);
        box("info").click();
        said.none = state();
        """,
    )
    assert said == {
        "filters": True,
        "all": [[True] * 3, [True] * 2, ""],
        "urgency": [[False, True, False], [True, False], "1 of 3 shown"],
        "marks": ["today"],
        "reached": [-1, 0, -1],
        "none": [[False] * 3, [False] * 2, "0 of 3 shown"],
    }


@needs_chromium
@pytest.mark.parametrize("width", [390, 1200])
def test_in_a_browser_a_mark_tells_why_and_what_to_write(report: Any, maker: Any, tmp_path: Path, width: int) -> None:
    made = maker("Hi,\n\nLet us close this deal today\n" + "line\n" * 80 + "deal\n", "a.md")
    words = made.finding("close this deal", made.fix("close this deal", "talk"))
    said = drive(
        tmp_path,
        report(
            "html", [made.result(words, made.finding("this deal today", code="PRI001"), *made.everywhere("deal\n"))]
        ),
        """
        const mark = all(".mark")[1];
        said.before = seen(card);
        mark.click();
        said.texts = [...card.querySelectorAll(".what, .help, .why")].map((part) => part.className);
        said.ins = card.querySelector("ins").textContent;
        const place = card.getBoundingClientRect();
        said.inside = place.left >= 0 && place.right <= view.innerWidth && place.bottom <= view.innerHeight;
        said.described = mark.getAttribute("aria-describedby");
        said.together = all(".mark.on").length;
        key("Escape");
        said.escaped = seen(card);
        mark.dispatchEvent(new view.FocusEvent("focusin", {bubbles: true}));
        said.focused = seen(card);
        page.body.click();
        said.outside = seen(card);
        mark.dispatchEvent(new view.PointerEvent("pointerover", {bubbles: true, pointerType: "mouse"}));
        said.hovered = seen(card);
        said.scrolls = page.documentElement.scrollWidth > page.documentElement.clientWidth;
        """,
        width,
    )
    assert said.pop("texts")[:3] == ["what", "help", "why"]
    assert said == {
        "before": False,
        "ins": "talk",
        "inside": True,
        "described": "card",
        "together": 3,
        "escaped": False,
        "focused": True,
        "outside": False,
        "hovered": True,
        "scrolls": False,
    }


@needs_chromium
@pytest.mark.parametrize("width", [390, 1200])
def test_in_a_browser_no_draft_runs_a_script_or_breaks_the_page(
    hostile: list[FileResult], report: Any, maker: Any, tmp_path: Path, width: int
) -> None:
    words = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
    made = maker(f"{words}\n", f"{words.replace('/', '')}.md")
    evil = replace(made.finding(words, made.fix(words, words)), message=words)
    said = drive(
        tmp_path,
        report("html", [*hostile, made.result(evil)]),
        """
        all(".mark").at(-1).click();
        said.title = page.title;
        said.scripts = page.scripts.length;
        said.images = page.images.length;
        said.words = all(".mark").at(-1).textContent;
        said.scrolls = page.documentElement.scrollWidth > page.documentElement.clientWidth;
        """,
        width,
    )
    assert said.pop("title").startswith("pushlint: ")
    assert said == {"scripts": 1, "images": 0, "words": words, "scrolls": False}


@needs_chromium
@pytest.mark.parametrize("dark", [False, True])
def test_in_a_browser_all_words_can_be_read_light_and_dark(
    report: Any, maker: Any, tmp_path: Path, dark: bool, hostile: list[FileResult]
) -> None:
    made = maker("Let us close this deal today, on a page for Sam\n", "a.md")
    level = {"close": "error", "deal": "warning", "page": "info"}
    found = [replace(made.finding(words, made.fix(words, "x")), severity=level) for words, level in level.items()]
    said = drive(
        tmp_path,
        report("html", [made.result(*found), *hostile]),
        """
        const parts = (color) => color.match(/[\\d.]+/g).map(Number);
        const light = (color) => parts(color).slice(0, 3).map((part) => part / 255)
          .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
          .reduce((sum, part, n) => sum + part * [0.2126, 0.7152, 0.0722][n], 0);
        const clear = (color) => (parts(color)[3] ?? 1) === 0;
        const ground = (element) => {
          const color = view.getComputedStyle(element).backgroundColor;
          return clear(color) && element.parentElement ? ground(element.parentElement) : color;
        };
        all(".mark")[0].click();
        said.dark = light(ground(page.body)) < 0.2;
        const spoken = all("body *").filter((element) => seen(element) && !element.matches("script, style")
          && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
        said.spoken = spoken.length;
        said.faint = spoken.filter((element) => {
          const both = [light(view.getComputedStyle(element).color), light(ground(element))];
          return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05) < 4.5;
        }).map((element) => element.outerHTML.slice(0, 80));
        """,
        dark=dark,
    )
    assert said.pop("spoken") > 40
    assert said == {"dark": dark, "faint": []}


@needs_chromium
def test_without_its_script_a_mark_leads_to_its_note(report: Any, maker: Any, tmp_path: Path) -> None:
    made = maker("one deal\n" * 200)
    page = re.sub(r"<script>.*?</script>", "", report("html", [made.result(*made.everywhere("deal"))]), flags=re.DOTALL)
    said = drive(
        tmp_path,
        page,
        """
        said.filters = seen(page.getElementById("filters"));
        all(".mark")[150].click();
        said.at = view.location.hash;
        """,
    )
    assert said == {"filters": False, "at": "#n151"}
