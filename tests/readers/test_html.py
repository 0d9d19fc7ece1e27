"""HTML and MJML: what a person sees, where it stands."""

from collections.abc import Callable

import pytest

from pushlint.draft import Draft

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


def test_positions(read_text: ReadText) -> None:
    source = "---\nsubject: News\n---\n<p>Grüße &amp; 👍 to\n  <b>all</b> of you</p>"
    draft = read_text(source, "draft.html")
    assert draft.text == "News\n\nGrüße & 👍 to all of you"
    at = draft.text.index("all of")
    assert draft.source_text(at, at + 6) == "all</b> of"
    assert draft.source.position(draft.map.span(at, at + 3)[0]) == (5, 6)
