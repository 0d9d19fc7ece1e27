"""HTML and MJML: what a person sees, where it stands."""

from collections.abc import Callable

import pytest

from pushlint.draft import Draft
from pushlint.errors import InputError
from pushlint.readers import read

ReadText = Callable[..., Draft]
Pairs = Callable[[Draft], list[tuple[str, str]]]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>Hi <b>Sam</b>,</p>\n<p>Good\n   news &amp; more.</p>", "Hi Sam,\n\nGood news & more."),
        ("one<br>two<br/><br />three", "one\ntwo\n\nthree"),
        ("<head><title>no</title><style>p {color: red}</style></head><body>yes<script>no()</script></body>", "yes"),
        ("a<!-- no -->b <!--[if mso]><p>no</p><![endif]-->c", "ab c"),
        ("<p>yes</p><div style='display:none'>no</div><p hidden>no</p>", "yes"),
        ("<div style='overflow:hidden' class='hidden'>yes</div>", "yes"),
        ("<ul><li>one</li><li>two</li></ul>", "one\n\ntwo"),
        ("&lt;3 &#x1F44D; &nbsp;", "<3 👍 \u00a0"),
        ("<p>Hi {{first_name}},</p>{% if x %}<p>[Company] &mdash; yes</p>{% endif %}", "Hi Alex,\n\nAcme — yes"),
        ("<p>{% trans 'Hello there' %}, <?php echo __( 'Good day', 'x' ); ?></p>", "Hello there, Good day"),
        ("<mjml><mj-head><mj-title>no</mj-title></mj-head><mj-body><mj-text>Hello</mj-text></mj-body></mjml>", "Hello"),
        ("<p>unclosed <b>bold <i>both", "unclosed bold both"),
        ("<a href='{{url}}' title='[Name]'>Read</a> it", "Read it"),
        ("<table><tr><td {% if x %}class='y'{% endif %}>one</td><td{{ more }}>two</td></tr></table>", "one\n\ntwo"),
        ("5 < 6, and <b>7 > 3</b>", "5 < 6, and 7 > 3"),
        ("<!--[if !mso]><!-->yes<!--<![endif]--><![if !mso]>, too<![endif]>", "yes, too"),
        ("<?xml version='1.0'?><p>yes</p><!-- never closed <p>no</p>", "yes"),
        ("<p>Look: <img src='x' alt='Two ovens &amp; a\n table'> here</p>", "Look:\n\nTwo ovens & a table\n\nhere"),
        ("<p>Well done <img src='x' alt='👏'> Sam<img src='y' alt=''></p>", "Well done 👏 Sam"),
        ("<mj-image src='x' alt='An oven'></mj-image><mj-text>yes</mj-text>", "An oven\n\nyes"),
        ("<td style='font-size:0'><img src='x' alt='An oven'></td><p>yes</p>", "An oven\n\nyes"),
        ("<p>yes</p><img src='x' style='display:none' alt='An oven'>", "yes"),
        ("<p>un&shy;sub\u200bscribe&zwnj; now</p>", "unsubscribe now"),
        ("<p>yes</p><p>&bogus; &amp &#39;</p>", "yes\n\n&bogus; & '"),
        ("<p>yes</p><style>.a{", "yes"),
        ("<p title='a > b'>yes</p", "yes"),
        ("<td style='a' <p>yes</p>", "yes"),
    ],
)
def test_what_is_read(read_text: ReadText, source: str, text: str) -> None:
    assert read_text(source, "draft.html").text == text


def test_blocks(read_text: ReadText, blocks: Pairs) -> None:
    draft = read_text(
        "<h1>News</h1><p>Hi Sam,<br>It works.</p><ul><li>one</li></ul>"
        "<table><tr><td>Solo</td><td>$9</td></tr></table><p><a href='x'>Read it</a></p><p>Or <a href='y'>not</a>.</p>",
        "draft.html",
    )
    assert blocks(draft) == [
        ("heading", "News"),
        ("paragraph", "Hi Sam,"),
        ("paragraph", "It works."),
        ("list-item", "one"),
        ("paragraph", "Solo"),
        ("paragraph", "$9"),
        ("button", "Read it"),
        ("paragraph", "Or not."),
    ]


def parts(draft: Draft) -> dict[str, str]:
    return {zone.kind: draft.text[zone.start : zone.end].strip() for zone in draft.zones}


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("Two ovens &amp; a table,\n {{first_name}}", "Two ovens & a table, Alex"),
        ("Your order #{{number}} has left", "Your order #10 has left"),
        ("{{subject}}", None),
        ("*|MC:SUBJECT|*", None),
        ("Email", None),
        ("Welcome email template", None),
        ("Ovenworks", None),
        ("Ovenworks & Sons", None),
        ("  ", None),
    ],
)
def test_the_title_as_subject(read_text: ReadText, title: str, subject: str | None) -> None:
    page = f"<html><head><title>{title}</title></head><body><p>Hi Sam,</p><p>© 2031 Ovenworks & Sons</p></body></html>"
    draft = read_text(page, "draft.html")
    assert draft.subject == subject
    assert parts(draft)["greeting"] == "Hi Sam,"


def test_another_subject_comes_first(read_text: ReadText) -> None:
    page = "<title>Two ovens today</title><p>Hi Sam,</p>"
    assert read_text(f"---\nsubject: A table\n---\n{page}", "draft.html").subject == "A table"
    assert read_text(f"Subject: A table\n\n{page}", "draft.html").subject == "A table"
    assert read_text(page, "draft.txt").subject is None
    assert read_text(f"<!-- made by hand -->\n<html>{page}</html>", "draft.txt").subject == "Two ovens today"


def test_a_title_below_what_is_read(conforms: Callable[..., None]) -> None:
    page = "<mj-preview>Come and see</mj-preview><mj-title>Two ovens today</mj-title><p>Hi Sam,</p>"
    (draft,) = read("draft.mjml", page.encode())
    conforms(draft, embedded=True)
    assert parts(draft) == {"subject": "Two ovens today", "preheader": "Come and see", "greeting": "Hi Sam,"}
    start, end = draft.map.span(0, 3)
    assert draft.source.text[start:end] == "Two"


@pytest.mark.parametrize(
    "page",
    [
        "<body><div style='display:none'>Come and see&zwnj;&nbsp;</div><p>Hi Sam,</p></body>",
        "<body><div style='max-height:0;overflow:hidden;mso-hide:all'>Come and <b>see</b></div><p>Hi Sam,</p></body>",
        "<body><span style='font-size:1px;color:#fff'>Come and see</span><p>Hi Sam,</p></body>",
        "<body><p>Open it here</p><div class='preheader' style='display:none'>Come and see</div>Hi Sam,</body>",
        "<style>.ph, .x { color: red; display: none !important }</style><p class='ph'>Come and see</p>Hi Sam,",
        "<mj-head><mj-preview>Come and see</mj-preview></mj-head><mj-body><mj-text>Hi Sam,</mj-text></mj-body>",
    ],
)
def test_the_preheader(read_text: ReadText, page: str) -> None:
    draft = read_text(page, "draft.html")
    assert parts(draft)["preheader"] == "Come and see"
    assert parts(draft)["greeting"] == "Hi Sam,"
    assert draft.hidden == ()


HIDING = [
    "style='display:none'",
    "style='DISPLAY: None !important'",
    "style='visibility:hidden'",
    "style='font-size:0'",
    "style='font:0/0 a'",
    "style='font-size:1px'",
    "style='opacity:0'",
    "style='max-height:0px; overflow:hidden'",
    "style='height:0;overflow:hidden'",
    "style='color:#fff'",
    "style='color:white;background:#FFFFFF'",
    "style='color:rgb(0, 0, 0);background-color:#000'",
    "style='color:transparent'",
    "style='text-indent:-9999px'",
    "style='position:absolute;left:-5000px'",
    "hidden",
    "hidden=''",
    "class='gone'",
    "class='a gone' style='font-size:14px'",
    "id='top'",
]
SHOWING = [
    "style='mso-hide:all'",
    "style='overflow:hidden;max-height:20px'",
    "style='max-height:0'",
    "style='font-size:12px;line-height:0'",
    "style='color:#fff;background:#123'",
    "style='color:#fff;background:url(x.png)'",
    "style='color:{{color}};background:{{paper}}'",
    "style='opacity:0.9'",
    "class='hidden'",
    "data-hidden='yes'",
    "title='display:none'",
    "aria-hidden='true'",
    "class='dark' style='color:#fff'",
    "bgcolor='#000000' style='color:#ffffff'",
]
STYLE = ".gone, #top {display:none} .dark a, table .dark {background:#000}"
PAGE = f"<html><style>{STYLE}</style><body><p>Hi Sam,</p>%s</body></html>"


@pytest.mark.parametrize("attribute", HIDING)
def test_what_styling_hides(read_text: ReadText, attribute: str) -> None:
    draft = read_text(PAGE % f"<p {attribute}>Not to be <b>seen</b> &amp; heard</p><p>Seen</p>", "draft.html")
    assert draft.text == "Hi Sam,\n\nSeen"
    assert " ".join(hidden.text for hidden in draft.hidden) == "Not to be seen & heard"
    first, last = draft.hidden[0].start, draft.hidden[-1].end
    assert draft.source.text[first:last] == "Not to be <b>seen</b> &amp; heard"


@pytest.mark.parametrize("attribute", SHOWING)
def test_what_no_styling_hides(read_text: ReadText, attribute: str) -> None:
    draft = read_text(PAGE % f"<p {attribute}>Seen by all</p>", "draft.html")
    assert draft.text.replace("\n", "") == "Hi Sam,Seen by all"
    assert draft.hidden == ()


@pytest.mark.parametrize(
    ("page", "hidden"),
    [
        ("<p style='font-size:0'>no <b style='font-size:9px'>yes</b></p>", ["no"]),
        ("<p style='visibility:hidden'>no <b style='visibility:visible'>yes</b></p>", ["no"]),
        ("<p>yes</p><p style='display:none'>{{pixel}} <!-- no --></p>", []),
        ("<p>yes</p><p style='display:none'>Hi {{name}}, no</p>", ["Hi , no"]),
        ("<p>yes</p><div hidden><p>no</p><p>no more</p></div>", ["no no more"]),
        ("<p style='color:#fff'>yes</p>", []),
        ("{% extends 'x' %}<body><p style='color:#fff'>yes</p></body>", []),
        ("<link rel='stylesheet' href='x.css'><body><p style='color:#fff'>yes</p></body>", []),
        ("<body><p class='btn' style='color:#fff'>yes</p></body>", []),
        ("<body><div class='btn'><b style='color:#fff'>yes</b></div></body>", []),
        ("<style>.btn {padding:0}</style><body><b>yes</b><b class='btn' style='color:#fff'>no</b></body>", ["no"]),
        ("<head><%= stylesheet_link_tag 'email' %></head><body><p style='color:#fff'>yes</p></body>", []),
        ("<mj-body><mj-text>yes</mj-text><mj-text color='#fff'>no</mj-text></mj-body>", ["no"]),
        (
            "<mj-attributes><mj-section background-color='#000' /><mj-class name='w' color='#fff' /></mj-attributes>"
            "<mj-body><mj-section><mj-text mj-class='w'>yes</mj-text></mj-section></mj-body>",
            [],
        ),
    ],
)
def test_hidden_text_is_known(read_text: ReadText, page: str, hidden: list[str]) -> None:
    draft = read_text(page, "draft.mjml")
    assert draft.text.strip() == "yes"
    assert [words.text for words in draft.hidden] == hidden


def test_what_a_phone_shows_is_told_apart(read_text: ReadText) -> None:
    style = "<style>.m{display:none} @media (max-width:9px) { .m { display:block !important } }</style>"
    (words,) = read_text(f"{style}<p>Hi Sam,</p><p class='m'>Tap here</p>", "draft.html").hidden
    assert words.revealed and words.text == "Tap here"


@pytest.mark.parametrize(
    ("name", "source", "words", "target"),
    [
        (
            "a.html",
            "<p>See <a class=x href='http://a.b/?c=1&amp;d=2'>the <b>list</b></a>.</p>",
            "the list",
            "http://a.b/?c=1&d=2",
        ),
        ("a.html", "<a href={{url}}>the list</a>", "the list", "{{url}}"),
        ("a.mjml", "<mj-button href=' https://a.b '>the list</mj-button>", "the list", "https://a.b"),
        ("a.md", "See [the *list*](<https://a.b>).", "the *list", "https://a.b"),
        ("a.md", "<p>See <a href='https://a.b'>the list</a></p>", "the list", "https://a.b"),
    ],
)
def test_links_and_their_targets(read_text: ReadText, name: str, source: str, words: str, target: str) -> None:
    draft = read_text(source, name)
    (link,) = draft.links
    assert draft.source_text(link.start, link.end).replace("<b>", "").rstrip("*") == words
    assert link.target == target


def test_hidden_text_and_links_of_a_mail(read_text: ReadText) -> None:
    header = "Subject: x\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n"
    page = "<p>Hi Sam,</p><p style=3D'display:none'>not se=\nen</p><a href=3D'https://a.b'>list</a>"
    (draft,) = read("a.eml", (header + page).encode())
    (words,) = draft.hidden
    assert (words.text, draft.source.text[words.start : words.end]) == ("not seen", "not se=\nen")
    assert [draft.text[link.start : link.end] for link in draft.links] == ["list"]


def test_too_deep_is_said_with_its_line() -> None:
    with pytest.raises(InputError, match="elements nested more than 500 deep") as raised:
        read("a.html", b"<p>Hi</p>\n" + b"<div>" * 10_000)
    assert (raised.value.path, raised.value.line) == ("a.html", 2)
    deep = b"<div style='font-size:0'>" * 450 + b"yes" + b"</div>" * 450
    assert read("a.html", b"<p>Hi</p>" + deep)[0].text == "Hi"


def test_positions(read_text: ReadText) -> None:
    source = "---\nsubject: News\n---\n<p>Grüße &amp; 👍 to\n  <b>all</b> of you</p>"
    draft = read_text(source, "draft.html")
    assert draft.text == "News\n\nGrüße & 👍 to all of you"
    at = draft.text.index("all of")
    assert draft.source_text(at, at + 6) == "all</b> of"
    assert draft.source.position(draft.map.span(at, at + 3)[0]) == (5, 6)
