"""How fast HTML is linted beside plain text, on one core: words a second of the same e-mails in both forms.

    python benchmarks/html_speed.py [FOLDER | MAILS.jsonl]

Each e-mail is put into a template such as senders' tools make: a style sheet, tables in tables with their styles on
every element, a preheader, pictures, a button, a footer, and what old mail programs get in comments. The drafts are
those that `speed.py` takes. The goal for HTML is half the words a second of plain text.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from html import escape
from pathlib import Path

import click
from speed import EXAMPLES, drafts, enough

from pushlint.readers import read
from pushlint.run import Inputs, run
from pushlint.settings import Settings

GOAL = 0.5
ROUNDS = 3
PAGE = """{front}<!DOCTYPE html>
<html lang="en" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>{{{{subject}}}}</title>
<!--[if mso]><xml><o:OfficeDocumentSettings><o:PixelsPerInch>96</o:PixelsPerInch>
</o:OfficeDocumentSettings></xml><![endif]-->
<style>
body {{ margin: 0; padding: 0; background-color: #f2f4f6; -webkit-text-size-adjust: 100%; }}
table {{ border-collapse: collapse; mso-table-lspace: 0; mso-table-rspace: 0; }}
.wrapper {{ width: 100%; max-width: 600px; }} .button a {{ color: #ffffff !important; }}
h1, h2 {{ font-family: Arial, sans-serif; color: #22303c; }} p {{ margin: 0 0 16px; }}
@media only screen and (max-width: 600px) {{
.wrapper {{ width: 100% !important; }} .aside {{ display: block !important; }} }}
</style>
</head>
<body style="margin:0;padding:0;background-color:#f2f4f6">
<div style="display:none;font-size:1px;line-height:1px;max-height:0;max-width:0;opacity:0;overflow:hidden;mso-hide:all">
&zwnj;&nbsp;&zwnj;&nbsp;&zwnj;&nbsp;&zwnj;&nbsp;&zwnj;&nbsp;&zwnj;&nbsp;</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#f2f4f6">
<tr><td align="center">
<!--[if mso]><table role="presentation" width="600"><tr><td><![endif]-->
<table role="presentation" class="wrapper" width="600" cellpadding="0" cellspacing="0" border="0"
 style="background:#ffffff">
<tr><td style="padding:24px 32px;font-size:0"><img src="https://pictures.example/logo.png" width="120" height="32"
 alt="" style="display:block;border:0"></td></tr>
{rows}
<tr><td class="button" style="padding:8px 32px">
<!--[if mso]><v:roundrect href="{{{{url}}}}" arcsize="8%"></v:roundrect><![endif]--></td></tr>
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table>
</body>
</html>
"""
ROW = """<tr>
<td style="padding:0 32px 16px;font-family:Arial,Helvetica,sans-serif;font-size:15px;line-height:24px;color:#22303c">
<p style="margin:0 0 16px;font-size:15px;line-height:24px;color:#22303c">{words}</p></td></tr>"""


def page(draft: str) -> str:
    """A plain draft as a template: each of its paragraphs a row of a table, its front matter above."""
    front, body = _divided(draft)
    rows = (ROW.format(words=escape(part, quote=False).replace("\n", "<br>\n")) for part in body.split("\n\n"))
    return PAGE.format(front=front, rows="\n".join(rows))


def _divided(draft: str) -> tuple[str, str]:
    if not draft.startswith("---\n"):
        return "", draft.strip()
    end = draft.index("\n---\n", 3) + 5
    return draft[:end], draft[end:].strip()


def seconds(texts: list[str], suffix: str, timed: Callable[[list[Path]], None]) -> float:
    """The median of the seconds that something takes with the texts as files."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{number:06}{suffix}") for number in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, encoding="utf-8")
        timed(paths[:1])  # loads the pipeline
        times = []
        for _ in range(ROUNDS):
            start = time.process_time()
            timed(paths)
            times.append(time.process_time() - start)
    return statistics.median(times)


def _lint(paths: list[Path]) -> None:
    for _ in run(Inputs([str(path) for path in paths], Settings(isolated=True))):
        pass


def _read(paths: list[Path]) -> None:
    for path in paths:
        read(str(path), path.read_bytes())


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path), default=EXAMPLES)
def main(path: Path) -> None:
    """Print the words a second of both forms, and their ratio."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    plain = list(enough(drafts(path)))
    pages = [page(text) for text in plain]
    words = sum(len(_divided(text)[1].split()) for text in plain)
    print(f"{words:,} words in {len(plain)} e-mails; {sum(map(len, pages)) / words:.0f} characters of HTML a word")
    for name, timed in (("read", _read), ("linted", _lint)):
        rates = words / seconds(plain, ".txt", timed), words / seconds(pages, ".html", timed)
        ratio = rates[1] / rates[0]
        goal = f" (goal: at least {GOAL})" if timed is _lint else ""
        print(f"{name}: plain {rates[0]:,.0f} words a second, HTML {rates[1]:,.0f}, ratio {ratio:.2f}{goal}")


if __name__ == "__main__":
    main()
