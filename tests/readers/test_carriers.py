"""What holds e-mails stays what it is, whichever rewrite is taken."""

from pathlib import Path

import pytest

from pushlint.errors import NoEmails
from pushlint.linter import Linter
from pushlint.readers import read

FIXTURES = Path(__file__).parent.parent / "fixtures"
NUDGE = "Just checking in on this."
TEXTS = {
    "a.json": f'''[
      {{"subject": "Just checking in", "body": "{NUDGE}"}}, {{"subject": "", "body": "{NUDGE}\\n\\nClose this deal."}}
    ]''',
    "a.yaml": f"""\
- subject: Just checking in
  body: {NUDGE}
- subject: "A"
  body:
    |
    {NUDGE}

    Close this deal!!!
- {{subject: A, body: {NUDGE}}}
""",
    "a.csv": f'''subject,body
Just checking in,{NUDGE}
"A","{NUDGE}

We, ""you"", close this deal."
''',
    "a.xml": f"""<E>
<T>
<subject>A</subject>
<body>
{NUDGE}
</body>
</T>
<T><subject>B</subject><body><![CDATA[{NUDGE}]]></body></T>
</E>""",
}
FILES = [
    (path.name, path.read_bytes())
    for path in sorted(FIXTURES.glob("*/*.*"))
    if path.is_file() and "expected" not in path.name
]


@pytest.mark.parametrize(("name", "data"), [*FILES, *((name, text.encode()) for name, text in TEXTS.items())])
def test_a_rewrite_leaves_a_file_that_can_be_read(name: str, data: bytes, linter: Linter) -> None:
    drafts = read(name, data)
    text = drafts[0].source.text
    rewrites = [fix for _, found in linter.lint(drafts) for finding in found for fix in finding.fixes]
    for fix in rewrites:
        if fix.applicability == "display":
            continue
        (edit,) = fix.edits
        try:
            left = read(name, (text[: edit.start] + edit.content + text[edit.end :]).encode())
        except NoEmails:
            left = []
        gone = len(drafts) - len(left)
        assert gone == 0 or (gone == 1 and not edit.content)  # a text of which nothing is left is none


def test_the_markup_around_a_text_is_not_taken_out_with_it(linter: Linter) -> None:
    text = TEXTS["a.json"]
    found = [finding for _, found in linter.lint(read("a.json", text.encode())) for finding in found]
    taken = {text[e.start : e.end] for d in found for fix in d.fixes for e in fix.edits if not e.content}
    assert taken and not any(mark in words for words in taken for mark in '"{}[]:')
