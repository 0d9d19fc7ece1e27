"""Whatever a draft holds and whatever it is written in: what a fix must never do."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from html import escape
from pathlib import Path
from xml.sax.saxutils import escape as xml_escape

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pushlint.books import said_once
from pushlint.cli import main
from pushlint.diagnostic import UNSAFE, applicable
from pushlint.errors import InputError
from pushlint.fixer import Lint, attempt, encoded, fix
from pushlint.linter import Linter
from pushlint.readers import read
from pushlint.result import FileResult

EXAMPLES = int(os.environ.get("PUSHLINT_FIX_EXAMPLES", "1"))  # of each format
PUSHY = (
    "Just checking in.",
    "Just bumping this to the top of your inbox.",
    "I need your answer by Friday, because that is when our quarter closes.",
    "I hope this email finds you well.",
    "We’d love to close this deal with you – soon.",
    "Act now, before it is gone!!!",
    "Our plans start at $99 a month.",
    "This is my last email, and if I don't hear back I'll close your file.",
    'Buy "now" & don\'t miss out; only 3 seats are left, <sigh>.',
    "GET STARTED TODAY!!!",
    "Did you get a chance to look at my proposal?",
    "Are you ready to move forward, Zoë?",
    "I will send the contract over, as my manager is asking.",
)
CALM = (
    "Your returns page asks for an account.",
    "Hi {{first_name}},",
    "Hi {{first_name|there}}, how is {{company}}?",
    "See https://example.com/a?b=1&c=2 or write to ann@example.com.",
    "{Hello|Good morning}, {Sam|{Kim|Jo}}.",
    "{% if sale %}Act now!{% else %}The guide is attached.{% endif %}",
    "*|FNAME|* said: what would help?",
    "[Company] reduced churn by 20%.",
    "שלום \u202bעולם\u202c \U0001f468\u200d\U0001f469\u200d\U0001f467 caf\u00e9\u00a0here\t— ok.",
    "un{{tag}}inside a w*or*d, _so_ `it` is.",
    "- a list",
    "(now) “quoted” 'words' and \"more\".",
    "x" * 300,
    "On Monday, Sam wrote:",
    "> I need your answer by Friday, says {{name}}.",
    "> > Just checking in.",
    "P.S. Act now.",
    "Best,\nAnn",
)

paragraphs = st.lists(
    st.lists(st.sampled_from(PUSHY * 2 + CALM), min_size=1, max_size=3).map(" ".join), min_size=1, max_size=3
)


def letter(parts: list[str]) -> str:
    return "Hi Sam,\n\n" + "\n\n".join(parts) + "\n\nWhich day suits you?\n"


def page(parts: list[str]) -> str:
    return (
        "<p>Hi Sam,</p>\n"
        + "\n".join(f"<p>{escape(part, quote=False)}</p>" for part in parts)
        + "\n<p>Ann &amp; co</p>\n"
    )


def mail(text: str, kind: str, cte: str, charset: str = "utf-8") -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "Ann <ann@example.com>", "Just checking in – Zoë"
    if charset != "utf-8":
        text = text.encode(charset, "replace").decode(charset)
    message.set_content(text, subtype=kind, cte=cte, charset=charset)
    return message.as_bytes()


def table(parts: list[str], **how: str) -> bytes:
    out = io.StringIO()
    rows = [["id", "subject", "body"], *([n, "Act now", f"Hi Sam, {part}"] for n, part in enumerate(parts))]
    csv.writer(out, **how).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue().encode()


def front(parts: list[str]) -> str:
    return '---\nsubject: "Just checking in, {{first_name}}"  # why\nstage: follow-up\n---\n\n' + letter(parts)


def collection(parts: list[str]) -> str:
    return "# Letters\n\nSome notes.\n\n" + "".join(
        f"## Email {n} (Day {n * 3})\n\n**Subject:** Last chance, {n}\n\n{letter([part])}\n---\n\n"
        for n, part in enumerate(parts, 1)
    )


def steps(parts: list[str], style: str | None) -> bytes:
    data = {"steps": [{"day": n * 3, "subject": "Just checking in", "body": letter([p])} for n, p in enumerate(parts)]}
    return yaml.dump(data, default_style=style, allow_unicode=True, sort_keys=False).encode()


def salesforce(parts: list[str]) -> str:
    body = "".join(f"<p>{escape(part, quote=False)}</p>" for part in parts)
    plain = xml_escape(letter(parts))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<EmailTemplate>\n'
        f"<subject>Just checking in</subject>\n<htmlValue><![CDATA[{body}]]></htmlValue>\n"
        f"<textOnly>{plain}</textOnly>\n</EmailTemplate>\n"
    )


def mails(parts: list[str]) -> list[dict[str, str]]:
    return [{"subject": "Last chance", "body": letter([part])} for part in parts] + [
        {"subject": "A", "body": page(parts)}
    ]


FORMATS: dict[str, tuple[str, Callable[[list[str]], str | bytes]]] = {
    "plain": ("a.txt", letter),
    "crlf": ("a.txt", lambda parts: letter(parts).replace("\n", "\r\n")),
    "mixed line ends, no last one": ("a.txt", lambda parts: letter(parts).replace("\n\n", "\n\r\n").rstrip()),
    "bom": ("a.md", lambda parts: "\ufeff" + letter(parts)),
    "markdown": ("a.md", letter),
    "front matter": ("a.md", front),
    "front matter, crlf": ("a.md", lambda parts: front(parts).replace("\n", "\r\n")),
    "collection": ("a.md", collection),
    "html": ("a.html", page),
    "mjml": ("a.mjml", lambda p: f"<mjml><mj-body><mj-text>{page(p)}</mj-text></mj-body></mjml>"),
    "quoted-printable": ("a.eml", lambda parts: mail(letter(parts), "plain", "quoted-printable")),
    "quoted-printable, crlf": ("a.eml", lambda p: mail(page(p), "html", "quoted-printable").replace(b"\n", b"\r\n")),
    "8bit": ("a.eml", lambda parts: mail(letter(parts), "plain", "8bit")),
    "windows-1252": ("a.eml", lambda parts: mail(letter(parts), "plain", "8bit", "windows-1252")),
    "base64": ("a.eml", lambda parts: mail(letter(parts), "plain", "base64")),
    "json": ("a.json", lambda parts: json.dumps(mails(parts), indent=1)),
    "json, unicode": ("a.json", lambda parts: json.dumps(mails(parts), ensure_ascii=False)),
    "jsonl": ("a.jsonl", lambda parts: "\n".join(map(json.dumps, mails(parts)))),
    "yaml blocks": ("a.yaml", lambda parts: steps(parts, "|")),
    "yaml folds": ("a.yaml", lambda parts: steps(parts, ">")),
    "yaml quotes": ("a.yaml", lambda parts: steps(parts, '"')),
    "yaml apostrophes": ("a.yaml", lambda parts: steps(parts, "'")),
    "yaml plain": ("a.yaml", lambda parts: steps(parts, None)),
    "csv": ("a.csv", table),
    "csv, all quoted": ("a.csv", lambda parts: table(parts, quoting=csv.QUOTE_ALL)),  # type: ignore[arg-type]
    "tsv": ("a.tsv", lambda parts: table(parts, delimiter="\t")),
    "salesforce": ("a.xml", salesforce),
}


PATCHED = (
    "plain", "crlf", "mixed line ends, no last one", "bom", "collection", "html", "quoted-printable, crlf", "8bit",
    "windows-1252", "base64", "json, unicode", "yaml folds", "csv", "salesforce",
)  # fmt: skip


def lint_by(linter: Linter, name: str) -> Lint:
    def lint(data: bytes) -> FileResult:
        try:
            drafts = read(name, data)
        except InputError as error:
            return FileResult(name, error=error)
        return FileResult(name, tuple(said_once(linter.lint(drafts))))

    return lint


@pytest.mark.parametrize("format", FORMATS)
@given(parts=paragraphs)
@settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@example(parts=[" ".join(PUSHY[2:5]), " ".join(PUSHY[8:11]), " ".join(CALM)])
def test_a_fix_harms_nothing(linter: Linter, format: str, parts: list[str]) -> None:
    name, build = FORMATS[format]
    made = build(parts)
    data = made if isinstance(made, bytes) else made.encode()
    lint = lint_by(linter, name)
    before = lint(data)
    if before.error:
        return
    assert encoded(before.source) == data
    for diagnostic in before.diagnostics[:3]:
        for one in applicable(diagnostic, UNSAFE):
            changed = attempt(before, lint, one.edits, [diagnostic])
            if isinstance(changed, FileResult):
                assert_same_outside(before, encoded(changed.source), [(e.start, e.end, e.content) for e in one.edits])
    fixed = fix(before, lint, UNSAFE)
    assert not fixed.after.error and not fixed.unfinished
    assert_same_parts(before, fixed.after)
    again = fix(lint(encoded(fixed.after.source)), lint, UNSAFE)
    assert not again.fixed and encoded(again.after.source) == encoded(fixed.after.source)


def assert_same_outside(before: FileResult, after: bytes, edits: list[tuple[int, int, str]]) -> None:
    """The bytes after are those before, but for the edits."""
    text, at = before.source.text, 0
    charset = before.source.charset
    rest = after.removeprefix(b"\xef\xbb\xbf") if before.source.bom else after
    assert before.source.bom == after.startswith(b"\xef\xbb\xbf")
    for start, end, content in sorted(edits):
        kept = text[at:start].encode(charset)
        assert rest.startswith(kept)
        rest = rest[len(kept) :]
        assert rest.startswith(content.encode(charset))
        rest, at = rest[len(content.encode(charset)) :], end
    assert rest == text[at:].encode(charset)


TAGS = re.compile(r"\{\{.*?\}\}|\*\|.*?\|\*|\{%.*?%\}|\[Company\]")
ADDRESSES = re.compile(r"https?://[^\s<\"\\]*[\w]|\w+@\w+\.com")


def assert_same_parts(before: FileResult, after: FileResult) -> None:
    """What no fix may touch is the same."""
    assert len(before.drafts) == len(after.drafts)
    for (old, _), (new, _) in zip(before.drafts, after.drafts, strict=True):
        assert [tag.source for tag in old.tags] == [tag.source for tag in new.tags]
        assert [link.target for link in old.links] == [link.target for link in new.links]
        assert ADDRESSES.findall(old.text) == ADDRESSES.findall(new.text)
        if "<p>" not in old.source.text:
            assert quoted(old.text) == quoted(new.text)
    raw = before.source.text, after.source.text
    if "Content-Transfer" not in raw[0]:  # elsewhere nothing is broken in two
        one, two = (TAGS.findall(text) for text in raw)
        assert one == two
        assert re.findall(r"</?\w[^<>]*>", raw[0]) == re.findall(r"</?\w[^<>]*>", raw[1])


def quoted(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.lstrip().startswith(">")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with a file of each format that a patch might stumble over, each of pushy and calm paragraphs."""
    path = tmp_path_factory.mktemp("drafts")
    for number, (name, build) in enumerate(FORMATS[format] for format in PATCHED):
        made = build([f"{one} {two}" for one, two in zip(PUSHY[::6], CALM[1::6], strict=False)])
        (path / f"draft {number}{Path(name).suffix}").write_bytes(made if isinstance(made, bytes) else made.encode())
    yield path


def test_diff_and_patch_give_what_fix_gives(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_patch, with_git, fixed = copies = [tmp_path / name for name in ("patch", "git", "fix")]
    for copy in copies:
        shutil.copytree(folder, copy)
    monkeypatch.chdir(with_patch)
    diff = CliRunner().invoke(main, ["check", "--diff", "--unsafe-fixes", "."])
    assert diff.exit_code == 1 and "Would fix" in diff.stderr
    assert all((with_patch / file.name).read_bytes() == file.read_bytes() for file in folder.iterdir())
    for copy, tool in ((with_patch, "patch -p0 --binary"), (with_git, "git apply -p0 --whitespace=nowarn")):
        subprocess.run(tool.split(), input=diff.stdout_bytes, check=True, cwd=copy, capture_output=True)
    monkeypatch.chdir(fixed)
    assert CliRunner().invoke(main, ["check", "--fix-only", "--unsafe-fixes", "."]).exit_code == 0
    changed = 0
    for file in sorted(folder.iterdir()):
        for copy in (with_patch, with_git):
            assert (copy / file.name).read_bytes() == (fixed / file.name).read_bytes(), file.name
        changed += (fixed / file.name).read_bytes() != file.read_bytes()
    assert changed > len(PATCHED) // 2
