"""In any HTML what is read, and what is found, stands on words that a person sees."""

import html.parser
import random
from bisect import bisect_right
from dataclasses import dataclass, field

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pushlint.draft import Draft
from pushlint.errors import InputError
from pushlint.linter import Linter
from pushlint.readers import read
from pushlint.rulebook import Rule

RULE = {
    "code": "TST001", "name": "zap", "level": "warning", "basis": "style", "summary": "Says zap", "message": "{match}",
    "why": "w", "find": ["zap", {"hidden": {"words": 1}, "level": "info"}],
    "examples": [{"bad": "A zap."}, {"good": "A nap."}],
}  # fmt: skip
WHITE = "style='color:#fff;background:white'"
HIDING = ["style='display:none'", 'style="FONT-SIZE:0"', "hidden", "class=gone", WHITE]
SHOWING = ["", "title='zap'", 'data-zap="<zap>"', "class='zap'", "{% if zap %}id='x'{% endif %}"]
UNSEEN = [
    "<!-- zap -->",
    "<!--[if mso]><p>zap</p><![endif]-->",
    "<script>zap()</script>",
    "<svg><text>zap</text></svg>",
]
ELEMENTS = ["div", "b", "span", "a", "section", "mj-text", "h2", "center"]  # each may stand within each
FILLS = ["a nap", "zap", "well &amp; good", "{{first_name}}", "5 < 6", "é👍🏽", "\n  "]
TOP = "<html><style>.gone {display:none}</style><body><p>Hello there, Sam</p>"

leaves = st.sampled_from([("text", fill) for fill in FILLS] + [("unseen", part) for part in UNSEEN])
trees = st.recursive(
    leaves,
    lambda children: st.tuples(
        st.sampled_from(ELEMENTS),
        st.sampled_from([*HIDING, *SHOWING, *SHOWING]),
        st.lists(children, min_size=1, max_size=4),
    ),
    max_leaves=12,
)


@dataclass
class Page:
    """HTML as it is made, piece by piece, and where in it "zap" is seen."""

    pieces: list[str] = field(default_factory=lambda: [TOP])
    seen: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)

    def add(self, tree: tuple, hidden: bool = False, white: bool = False) -> None:
        """`hidden`: an element around it is; `white`: it has the colour of its ground, as a link in it has not."""
        if len(tree) == 2:
            if tree[1] == "zap":
                (self.hidden if hidden or white else self.seen).append(len("".join(self.pieces)) + 1)
            self.pieces.append(f" {tree[1]} ")
            return
        name, attribute, children = tree
        self.pieces.append(f"<{name} {attribute}>")
        for child in children:
            self.add(child, hidden or attribute in HIDING[:-1], attribute == WHITE or (white and name != "a"))
        self.pieces.append(f"</{name}>")


class Words(html.parser.HTMLParser):
    """Where the text between tags stands, as the standard library sees it."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self._lines = [0, *(at + 1 for at, character in enumerate(source) if character == "\n")]
        self.ranges: list[tuple[int, int]] = []
        self.feed(source)
        self.close()

    def handle_data(self, data: str) -> None:
        row, column = self.getpos()
        start = self._lines[row - 1] + column
        self.ranges.append((start, start + len(data)))

    def holds(self, start: int, end: int) -> bool:
        number = bisect_right(self.ranges, (start, len(self.ranges) + 10**9)) - 1
        return number >= 0 and self.ranges[number][0] <= start and end <= self.ranges[number][1]


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter([msgspec.convert(RULE, Rule)])


def zaps(draft: Draft) -> list[tuple[int, int]]:
    """Where in the source the zaps stand that are read."""
    at = -1
    found = []
    while (at := draft.text.find("zap", at + 1)) >= 0:
        found.append(draft.map.span(at, at + 3))
    return found


@given(made=st.lists(trees, min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_findings_stand_on_words_that_are_seen(linter: Linter, made: list[tuple]) -> None:
    page = Page()
    for tree in made:
        page.add(tree)
    source = "".join(page.pieces)
    ((draft, found),) = linter.lint(read("page.html", source.encode()))
    assert [start for start, _ in zaps(draft)] == page.seen
    assert sorted(d.start for d in found if d.severity == "warning") == page.seen
    assert all(d.text == source[d.start : d.end] == "zap" for d in found if d.severity == "warning")
    inside = [(d.start, d.end) for d in found if d.severity == "info"]
    assert all(any(start <= at < end for start, end in inside) for at in page.hidden)
    assert not any(start <= at < end for start, end in inside for at in page.seen)


@given(made=st.lists(trees, min_size=1, max_size=4), seed=st.integers(0, 10**6))
@settings(max_examples=300, deadline=None)
def test_broken_html_is_read_between_its_tags(made: list[tuple], seed: int) -> None:
    page = Page()
    for tree in made:
        page.add(tree)
    mangler = random.Random(seed)
    pieces = [TOP]
    for piece in page.pieces[1:]:
        if "script" in piece or "svg" in piece:  # what is not closed there is read in as many ways as there are readers
            continue
        pieces += [piece] * mangler.choice([0, 1, 1, 1, 2])
    source = "".join(pieces)
    (draft,) = read("page.html", source.encode())
    words = Words(source)
    for start, end in zaps(draft):
        assert source[start:end] == "zap"
        assert words.holds(start, end), (source, start)


@given(made=st.lists(trees, min_size=1, max_size=3), seed=st.integers(0, 10**6))
@settings(max_examples=200, deadline=None)
def test_html_cut_anywhere_is_read_exactly(conforms, made: list[tuple], seed: int) -> None:
    page = Page()
    for tree in made:
        page.add(tree)
    source = "".join(page.pieces)
    mangler = random.Random(seed)
    for _ in range(mangler.randint(1, 4)):
        at = mangler.randrange(len(source))
        source = source[:at] + mangler.choice(["", "<", ">", '"', "'", "</", "<!--", "&", "{{", "}"]) + source[at + 1 :]
    try:
        (draft,) = read("page.html", f"Hi {source}".encode())
    except InputError:
        return
    conforms(draft)
    assert draft.source.text == f"Hi {source}"
    for hidden in draft.hidden:
        assert 0 <= hidden.start < hidden.end <= len(draft.source.text)
