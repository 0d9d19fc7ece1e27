"""Merge tags: each form, each type, and the many things in brackets that are none."""

import pytest

from pushlint.templating import find_tags, scan


def only(source: str) -> tuple[str, str, str]:
    (tag,) = find_tags(source)
    assert source[tag.start : tag.end] == tag.source
    return tag.name, tag.type, tag.filler


@pytest.mark.parametrize(
    "source",
    [
        "{{first_name}}",
        "{{ first_name }}",
        "{{{first_name}}}",
        "*|FIRST_NAME|*",
        "[First Name]",
        "{first_name}",
        "{FIRST_NAME}",
        "{firstName}",
        "{First Name}",
        "<First Name>",
        "<%= first_name %>",
        "${firstName}",
        "[[first name]]",
        "%%first_name%%",
        "<<First Name>>",
        "{{first_name|there}}",
        '{{ first_name | default: "there" }}',
        "{first_name|there}",
        "%FIRST_NAME%",
        "{{first_name, fallback=there}}",
    ],
)
def test_every_form_of_the_same_tag(source: str) -> None:
    (tag,) = find_tags(f"Hi {source}, hello.")
    assert tag.source == source
    assert (tag.type, tag.filler) == ("person", "Alex")
    assert tag.name.startswith("first name")


@pytest.mark.parametrize(
    ("source", "name", "kind", "filler"),
    [
        ("[Name]", "name", "person", "Alex"),
        ("{!Contact.Name}", "contact name", "person", "Alex"),
        ("{{hiring_manager_name}}", "hiring manager name", "person", "Alex"),
        ("{{prospect}}", "prospect", "person", "Alex"),
        ("[Name/Team]", "name team", "person", "Alex"),
        ("[Your Name]", "your name", "sender", "Sam"),
        ("{{sender_name}}", "sender name", "sender", "Sam"),
        ("{{signature}}", "signature", "sender", "Sam"),
        ("[Your Company]", "your company", "sender", "Northwind"),
        ("{{companyName}}", "company name", "company", "Acme"),
        ("[Company A]", "company a", "company", "Acme"),
        ("[similar company]", "similar company", "company", "Acme"),
        ("[Client Business Name]", "client business name", "company", "Acme"),
        ("{{sender_title}}", "sender title", "role", "manager"),
        ("[Job Title]", "job title", "role", "manager"),
        ("{{city_lower}}", "city lower", "place", "Austin"),
        ("{{end_date}}", "end date", "date", "Tuesday"),
        ("[Date 2]", "date 2", "date", "Tuesday"),
        ("[Time]", "time", "date", "10am"),
        ("[Price]", "price", "money", "$100"),
        ("{{monthly_cost}}", "monthly cost", "money", "$100"),
        ("{price:.2f}", "price", "money", "$100"),
        ('{{ "{:,.2f}".format(item.price) }}', "format item price", "money", "$100"),
        ("{{lead_count}}", "lead count", "number", "10"),
        ("[X]", "x", "number", "10"),
        ("[Your Phone]", "your phone", "number", "555-0100"),
        ("[Link to the deck]", "link to the deck", "url", "example.com"),
        ("{{user.email}}", "user email", "url", "alex@example.com"),
        ("[Product Name]", "product name", "product", "Orbit"),
        ("[Article Title]", "article title", "text", "details"),
        ('[specific observation, e.g. "your launch"]', "specific observation", "text", "details"),
        ("[Specific issue: it loads slowly]", "specific issue", "text", "details"),
        ("{{note — e.g., about their blog}}", "note", "text", "details"),
        ("[reason for\nwriting]", "reason for writing", "text", "details"),
        ("[a chat on [Date]]", "a chat on date", "text", "details"),
        ("%s", "s", "text", "details"),
    ],
)
def test_names_types_and_fillers(source: str, name: str, kind: str, filler: str) -> None:
    assert only(f"About {source} now") == (name, kind, filler)


@pytest.mark.parametrize(
    "source",
    [
        "{% if x %}",
        "{%- endif -%}",
        "{{#if x}}",
        "{{/if}}",
        "{{else}}",
        "{{ end }}",
        "{{> footer}}",
        "{{!-- note --}}",
        "{# note #}",
        "*|IF:VIP|*",
        "*|ELSE:|*",
        "*|END:IF|*",
        "<% if x %>",
        "<?php echo $x; ?>",
        "{{ if .Name }}",
    ],
)
def test_steering_tags_are_blocks_without_words(source: str) -> None:
    (tag,) = find_tags(f"a {source} b")
    assert (tag.source, tag.type, tag.filler) == (source, "block", "")


@pytest.mark.parametrize(
    "source",
    [
        "[the guide](https://example.com)",
        "![logo](x.png)",
        "- [ ] to do",
        "- [x] done",
        "a footnote [1] here [^2]",
        "<b>bold</b> <br> <br/> </p> <a href='x'>y</a>",
        "<a@b.example>",
        "<https://example.com>",
        '{"a": 1, "b": 2}',
        "p { color: red; }",
        "{ }",
        "[]",
        "[...]",
        "[50-200]",
        "as I said [sic]",
        "2 < 3 and 4 > 1",
        "100% of it",
        "a {b",
        "[a\n\nb]",
        "see [docs]\n\n[docs]: https://example.com",
        "$5 and {:,.2f}",
        "<name>Sam</name>",
        "<o:p>",
        "50% discount",
    ],
)
def test_what_is_no_tag(source: str) -> None:
    assert find_tags(source) == []


@pytest.mark.parametrize(
    "source",
    ["[Book a call]", "[SHOP NOW]", "👉 [Get the guide]", "Start here: [Download now]", "[Yes, send it] [No thanks]"],
)
def test_bracketed_calls_are_text(source: str) -> None:
    template = scan(f"Hi\n\n{source}\n\nBest")
    assert template.tags == ()
    assert len(template.calls) == source.count("[")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("[Button: Your place]", "Your place"),
        ("[CTA - I'm in]", "I'm in"),
        ('[CTA button: "Pick a day"]', "Pick a day"),
        ("[BTN: JOIN US]", "JOIN US"),
    ],
)
def test_a_marked_button_is_its_words(source: str, words: str) -> None:
    text = f"Hi\n\n{source}\n\nBest"
    template = scan(text)
    unread = template.unread
    assert (template.tags, len(template.calls)) == ((), 1)
    assert text[unread[0][1] : unread[1][0]] == words


@pytest.mark.parametrize(
    "source", ["[Button: booking link]", "[CTA: your main call to action]", "[Button]", "[Note: Your place]"]
)
def test_marked_buttons_without_words_are_placeholders(source: str) -> None:
    template = scan(f"Hi\n\n{source}\n\nBest")
    assert (len(template.tags), template.calls) == (1, ())


@pytest.mark.parametrize(
    "source", ["[Book Title]", "[Order Link]", "[Contact Name]", "[Schedule Call Button/Link]", "We can [get a result]"]
)
def test_placeholders_that_begin_like_calls(source: str) -> None:
    assert len(find_tags(f"Hi\n\n{source} and more\n")) == 1


@pytest.mark.parametrize(
    ("source", "filler"),
    [("$[Price]", "100"), ("€{{price}}", "100"), ("[discount]% off", "10"), ("[discount] off", "10%")],
)
def test_a_sign_is_not_doubled(source: str, filler: str) -> None:
    assert only(source)[2] == filler


def test_placeholders_that_are_also_elements() -> None:
    assert only("Regards, <Title>")[1] == "role"
    assert find_tags("<title>News</title>") == []


def test_a_plural_filter_is_a_word_ending() -> None:
    assert [tag.filler for tag in find_tags("{{ days }} day{{ days|pluralize }}")] == ["10", "s"]


def test_spintax_and_fallbacks_are_told_apart() -> None:
    assert scan("every {client|organisation}").unread == ((6, 14), (26, 27))
    assert only("{name|friend}")[1] == "person"
    template = scan("{Hi {{name}}|Hello}")
    assert [tag.source for tag in template.tags] == ["{{name}}"]
    assert template.unread == ((0, 1), (12, 19)) and template.readings == 2


def test_translated_words_are_text() -> None:
    source = "<?php _e( 'Hi {name},' ); ?>"
    template = scan(source)
    assert [tag.source for tag in template.tags] == ["{name}"]
    assert [source[start:end] for start, end in template.unread] == ["<?php _e( '", "' ); ?>"]
