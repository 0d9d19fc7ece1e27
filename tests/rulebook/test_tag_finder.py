"""The tag finder and the settings that it looks at: places in every format, dialects told, names given."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from pushlint.cli import main
from pushlint.diagnostic import Diagnostic
from pushlint.draft import TagHints
from pushlint.errors import InputError
from pushlint.linter import Linter
from pushlint.readers import read
from pushlint.rulebook.load import shipped_rules


@pytest.fixture(scope="module")
def tag_linter() -> Linter:
    return Linter([rule for rule in shipped_rules() if rule.code.startswith("TAG")])


def found(linter: Linter, text: str, name: str = "a.txt", dialect: str = "") -> list[Diagnostic]:
    drafts = read(name, text.encode(), hints=TagHints(dialect, firm=True))
    return [d for _, diagnostics in linter.lint(drafts) for d in diagnostics]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "How is the season?\n\n{% if city %}And {{frist_name}}?"),
        ("a.md", "# News\n\nHow is the season?\n\n{% if city %}And **{{frist_name}}**?"),
        ("a.html", "<p>How is the season?</p>\n<p>{% if city %}And <b>{{frist_name}}</b>?</p>"),
        (
            "a.json",
            json.dumps({"subject": 'a "b"', "body": "How is the season?\n\n{% if city %}And é {{frist_name}}?"}),
        ),
    ],
)
def test_a_finding_is_at_the_tag_in_every_format(tag_linter: Linter, name: str, text: str) -> None:
    by_code = {d.code: d for d in found(tag_linter, text, name)}
    assert (by_code["TAG002"].text, by_code["TAG003"].text) == ("{% if city %}", "{{frist_name}}")
    (edit,) = by_code["TAG003"].fixes[0].edits
    assert text[edit.start : edit.end] == "{{frist_name}}" and edit.content == "{{first_name}}"


def test_a_told_dialect_decides_between_a_fallback_and_a_choice_of_words(tag_linter: Linter) -> None:
    text = "{name|friend}, how is the season?"
    for dialect, tags in (("gmass", ["{name|friend}"]), ("smartlead", []), ("", ["{name|friend}"])):
        (draft,) = read("a.txt", text.encode(), hints=TagHints(dialect, firm=True))
        assert [tag.source for tag in draft.tags] == tags
        assert {draft.text, *(other.text for other in draft.others)} >= {"friend, how is the season?"}
    (draft,) = read("a.txt", f"---\ndialect: smartlead\n---\n{text}".encode())
    assert draft.tags == () and draft.dialects == ("smartlead",)
    with pytest.raises(InputError, match="unknown dialect 'instantli'"):
        read("a.txt", b"---\ndialect: instantli\n---\nHi")


def test_the_options_say_dialect_and_names(tmp_path: Path) -> None:
    draft = tmp_path / "a.txt"
    draft.write_text("Hi *|FNAME|*,\n\nYou run a {{industry}} shop in {{plcae}}.", encoding="utf-8")
    given = ["--select", "TAG", "--isolated", "--output-format", "json", str(draft)]

    def codes(*options: str) -> list[str]:
        result = CliRunner().invoke(main, ["check", *options, *given])
        return sorted(d["code"] for d in json.loads(result.stdout))

    assert codes() == ["TAG004", "TAG006"]
    assert codes("--dialect", "mailchimp", "--tags", "FNAME,industry=retail/wood,place") == ["TAG003", "TAG004"]
    assert CliRunner().invoke(main, ["check", "--dialect", "mailchump", str(draft)]).exit_code == 2


def test_a_pushy_fallback_is_found_at_its_place() -> None:
    linter = Linter([rule for rule in shipped_rules() if rule.code.startswith("URG")])
    text = "Hi Dana,\n\nThe list is ready. {{note|Act now, this is your last chance!}}"
    places = [(d.text, d.start) for d in found(linter, text)]
    assert places and all(text[start:].startswith(words) for words, start in places)
    assert all(start >= text.index("Act now") for _, start in places)
