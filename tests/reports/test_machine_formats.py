import json
from typing import Any

import click

from pushlint.reports import renderer

KEYS = ["code", "name", "severity", "basis", "message", "path", "location", "end_location", "text", "zone", "fixes"]
KEYS += ["url"]


def test_json_has_exactly_the_keys_that_tools_rely_on(maker: Any) -> None:
    made = maker("Hi 👋\nclose this deal\n")
    finding = made.finding("this deal", made.fix("this deal", "it"))
    [data] = json.loads("".join(renderer("json")([made.result(finding)])))
    assert list(data) == KEYS
    assert data["location"] == {"row": 2, "column": 7} and data["end_location"] == {"row": 2, "column": 16}
    assert (data["text"], data["zone"], data["url"]) == ("this deal", "body", None)
    edit = {"location": data["location"], "end_location": data["end_location"], "content": "it"}
    assert data["fixes"] == [{"applicability": "unsafe", "message": "say instead", "edits": [edit]}]


def test_json_is_one_list_over_all_files_and_an_empty_one_without_findings(maker: Any) -> None:
    one, two = maker("close\n", path="a.md"), maker('"clo\tse"\n', path="b.md")
    last = two.result(two.about_the_draft(), two.finding('"clo\tse"'))
    data = json.loads("".join(renderer("json")([one.result(one.finding("close")), one.result(), last])))
    assert [(d["path"], d["text"], d["zone"]) for d in data] == [
        ("a.md", "close", "body"),
        ("b.md", "", None),
        ("b.md", '"clo\tse"', "body"),
    ]
    assert json.loads("".join(renderer("json")([]))) == []


def test_concise_is_a_line_a_finding(maker: Any) -> None:
    made = maker("one two\nthree\n")
    result = made.result(made.finding("two"), made.finding("three"))
    assert click.unstyle("".join(renderer("concise")([result]))) == (
        "drafts/acme.md:1:5: CLO001 This is the seller's word\ndrafts/acme.md:2:1: CLO001 This is the seller's word\n"
    )
