"""Each dialect's fixtures: which tags are found, what they say, what is said of them.

`python tests/test_dialects.py` writes the expected files anew; read them before you keep them.
"""

import json
from pathlib import Path

import pytest

from pushlint.draft import Draft, TagHints
from pushlint.linter import Linter
from pushlint.readers import read
from pushlint.rulebook.load import shipped_rules
from pushlint.templating.dialects import dialects, pattern_of
from pushlint.templating.fallbacks import ways_to_fall_back, with_fallback

FOLDER = Path(__file__).parent / "fixtures" / "dialects"
MAILS = sorted(path for path in FOLDER.glob("*/*") if path.suffix in (".txt", ".html"))
FAMILIES = ("TAG", "CLO", "PRI", "URG", "RES", "LST", "HYP", "FUD")


@pytest.fixture(scope="module")
def linter() -> Linter:
    return a_linter()


def a_linter() -> Linter:
    return Linter([rule for rule in shipped_rules() if rule.code.startswith(FAMILIES)])


def said_of(path: Path, linter: Linter) -> dict[str, object]:
    """The tags of all readings in the order of the source, and the findings."""
    ((draft, found),) = linter.lint(read(path.name, path.read_bytes()))
    tags = {tag.place: tag for reading in (draft, *draft.others) for tag in reading.tags}
    return {
        "tags": [[tag.source, tag.type, tag.fallback] for _, tag in sorted(tags.items())],
        "findings": [[d.code, d.severity, d.location.row, d.location.column, d.text] for d in found],
    }


def expected_of(path: Path) -> Path:
    return path.with_name(f"{path.stem}.expected.json")


@pytest.mark.parametrize("path", MAILS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_tags_and_findings(path: Path, linter: Linter) -> None:
    assert said_of(path, linter) == json.loads(expected_of(path).read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", MAILS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_dialect_is_told_from_the_tags(path: Path) -> None:
    """The dialect is among those that explain the tags; told, it explains all but the one that is not its own."""
    (draft,) = read(path.name, path.read_bytes())
    assert path.parent.name in draft.dialects
    for name, mistaken in ((path.parent.name, 0), ("double-angle", 1)):
        (told,) = read(path.name, path.read_bytes(), hints=TagHints(name, firm=True))
        others: list[Draft] = [told, *told.others]
        foreign = {tag.place for reading in others for tag in reading.tags if tag.foreign and not tag.broken}
        mixed = path.name == "pump.html" or path.parent.name == "double-angle"
        assert mixed or len(foreign) == mistaken, (name, foreign)


def test_every_dialect_has_two_fixtures() -> None:
    assert {path.parent.name for path in MAILS} == set(dialects())
    assert all(sum(path.parent.name == name for path in MAILS) >= 2 for name in dialects())


def test_a_form_is_its_tag_with_parts_for_what_varies() -> None:
    form = pattern_of("{{ <word> | <fallback> }}")
    assert form.fullmatch("{{name|you}}") and form.fullmatch("{{-  name | you and yours -}}")
    found = form.fullmatch("{{ name | you }}")
    assert found and (found["name"], found["fallback"]) == ("name", "you")
    assert not form.fullmatch("{{name}}") and not form.fullmatch("{{name|a|b}}")


@pytest.mark.parametrize(
    ("dialect", "typed", "written"),
    [
        ("braze", "{{ ${first_name} }}", "{{ ${first_name} | default: 'there' }}"),
        ("brevo", "{{ contact.FIRSTNAME }}", "{{ contact.FIRSTNAME|default:'there' }}"),
        ("customer-io", "{{customer.first_name}}", "{{customer.first_name | default: 'there'}}"),
        ("django", "{{ name|title }}", "{{ name|title|default:'there' }}"),
        ("double-square", "[[First Name]]", "[[First Name|there]]"),
        ("emailit", "{{ first_name }}", '{{ first_name | "there" }}'),
        ("erb", "<%= @first_name %>", '<%= @first_name || "there" %>'),
        ("erb", "<%=@first_name%>", '<%=@first_name || "there"%>'),
        ("fluentcrm", "##contact.first_name##", "##contact.first_name|there##"),
        ("gmass", "{FirstName}", "{FirstName|there}"),
        ("go", "{{ .FirstName }}", '{{ or .FirstName "there" }}'),
        ("handlebars", "{{firstName}}", None),
        ("hubspot", "{{ contact.firstname }}", "{{ personalization_token('contact.firstname', 'there') }}"),
        ("instantly", "{{firstName}}", "{{firstName|there}}"),
        ("iterable", "{{firstName}}", '{{defaultIfEmpty firstName "there"}}'),
        ("jinja", "{{first_name}}", "{{first_name | default('there', true)}}"),
        ("klaviyo", "{{ first_name }}", "{{ first_name|default:'there' }}"),
        ("lemlist", "{{firstName}}", "{{firstName | default: 'there'}}"),
        ("liquid", "{{- name | capitalize -}}", None),  # the dashes would stand within
        ("mailchimp", "*|FNAME|*", None),
        ("marketo", "{{lead.First Name}}", "{{lead.First Name:default=there}}"),
        ("mautic", "{contactfield=firstname}", "{contactfield=firstname|there}"),
        ("outreach", "{{first_name}}", None),
        ("salesforce-classic", "{!Contact.FirstName}", '{!BLANKVALUE(Contact.FirstName, "there")}'),
        ("salesloft", "{{first_name}}", None),
        ("woodpecker", "{{FIRST_NAME}}", '{{FIRST_NAME | "there"}}'),
    ],
)
def test_a_fallback_is_written_as_the_tool_wants_it(dialect: str, typed: str, written: str | None) -> None:
    draft = read("mail.txt", f"---\ndialect: {dialect}\n---\nHi {typed},\n\nHow are the bees?\n".encode())[0]
    assert with_fallback(draft.tags[0], "there", draft) == written


def test_where_the_tool_is_in_doubt_another_tag_tells_the_form() -> None:
    doubt = read("mail.txt", b"Hi {{ first_name }},\n\nHow are the bees?\n")[0]
    told = read("mail.txt", b"Hi {{ first_name }},\n\nHow are the {{ hive | default: 'bees' }}?\n")[0]
    assert with_fallback(doubt.tags[0], "there", doubt) is None
    assert ways_to_fall_back(doubt.tags[0], "there", doubt)[0] == "{{ first_name | default: 'there' }}"
    assert with_fallback(told.tags[0], "there", told) == "{{ first_name | default: 'there' }}"


if __name__ == "__main__":
    shared = a_linter()
    for mail in MAILS:
        said = json.dumps(said_of(mail, shared), indent=1, ensure_ascii=False)
        expected_of(mail).write_text(said + "\n", encoding="utf-8")
