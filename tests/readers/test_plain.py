"""Plain text: exact places, line ends, buttons, quoted lines."""

from collections.abc import Callable

from pushlint.draft import Draft

ReadText = Callable[..., Draft]
Pairs = Callable[[Draft], list[tuple[str, str]]]


def test_positions_with_tags_carriage_returns_and_emoji(read_text: ReadText) -> None:
    draft = read_text("Hi {{first_name}},\r\n\r\n👍 Read the [Company] guide.\r\n")
    assert draft.text == "Hi Alex,\n\n👍 Read the Acme guide.\n"
    guide = draft.text.index("guide")
    assert draft.source.position(draft.map.span(guide, guide + 5)[0]) == (3, 22)
    acme = draft.text.index("Acme")
    assert draft.source_text(acme - 4, acme + 4) == "the [Company]"


def test_every_branch_of_spintax_is_read(read_text: ReadText) -> None:
    draft = read_text("{Hi|Hello|Hey {dear|you}} {{name}}, I {liked|loved} it.")
    readings = [draft, *draft.others]
    texts = [
        "Hey dear Alex, I liked it.",
        "Hey you Alex, I loved it.",
        "Hello Alex, I liked it.",
        "Hi Alex, I loved it.",
    ]
    assert [reading.text for reading in readings] == texts
    assert [reading.source_text(0, 2) for reading in readings] == ["He", "He", "He", "Hi"]


def test_a_bracketed_call_is_a_button(read_text: ReadText, blocks: Pairs) -> None:
    draft = read_text("Hi Sam,\n\nHere is the guide.\n\n[Read the guide]\n")
    assert blocks(draft)[-1] == ("button", "Read the guide")
    assert draft.tags == ()


def test_html_in_a_text_file_is_read_as_html(read_text: ReadText) -> None:
    assert read_text("<p>Hi Sam,</p><p>Good &amp; new.</p>").text == "Hi Sam,\n\nGood & new."


def test_steering_tags_leave_no_words(read_text: ReadText) -> None:
    draft = read_text("Hi {% if first %}{{ first }}{% else %}you{% endif %}, hello.")
    assert [reading.text for reading in (draft, *draft.others)] == ["Hi Alex, hello.", "Hi you, hello."]
    assert [tag.type for tag in draft.tags] == ["block", "person", "block", "block"]
