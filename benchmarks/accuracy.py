"""How often the rules are right on labelled e-mails: precision, recall and F1 of each rule and family.

    python benchmarks/accuracy.py MAILS.jsonl

The JSON lines hold e-mails: objects with `body`, `subject` and `stage` where known, `spans` (objects with `rule`,
`zone`, `start` and `end`, code points of the subject or the body) and `doc` (the codes of rules that speak of the whole
e-mail). `optional_spans` and `optional_doc` count neither way. A finding in a place is right where it overlaps a label
of its rule.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from pushlint.diagnostic import Diagnostic
from pushlint.draft import Draft
from pushlint.linter import Linter
from pushlint.readers import read
from pushlint.rulebook import load_rules

SUFFIX = {"html": ".html", "mjml": ".mjml", "markdown": ".md"}
Span = tuple[int, int]


@dataclass
class Score:
    """Findings of a rule that are right, false alarms, and labels without a finding."""

    right: Counter[str] = field(default_factory=Counter)
    alarms: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def line(self, name: str, codes: Iterable[str]) -> str:
        """The figures of some rules taken together."""
        right, alarms, missed = (sum(map(of.__getitem__, codes)) for of in (self.right, self.alarms, self.missed))
        precision, recall = right / max(1, right + alarms), right / max(1, right + missed)
        f1 = 2 * right / max(1, 2 * right + alarms + missed)
        return f"{name:10} precision {precision:.2f}  recall {recall:.2f}  F1 {f1:.3f}  {right:5} {alarms:5} {missed:5}"


def read_mail(mail: Mapping[str, Any], name: str) -> tuple[list[Draft], dict[str, int]]:
    """The drafts of an e-mail, and where its subject and its body begin in the file it would be kept in."""
    head, starts = "---\n", {}
    if mail.get("subject") is not None:
        starts["subject"] = len(head) + len('subject: "')
        flat = mail["subject"].translate({ord("\\"): " ", ord('"'): "'", ord("\n"): " "})
        head += f'subject: "{flat}"\n'
    head += f"stage: {mail['stage']}\n---\n" if mail.get("stage") else "---\n"
    starts["body"] = len(head)
    return read(name, f"{head}{mail['body']}\n".encode()), starts


def count(mail: Mapping[str, Any], found: Sequence[Diagnostic], starts: Mapping[str, int], score: Score) -> None:
    """Adds what was found in one e-mail to the score."""
    documents = {d.code for d in found if d.is_document}
    wanted, optional = set(mail["doc"]), set(mail.get("optional_doc", ()))
    score.right.update((documents & wanted) - optional)
    score.alarms.update(documents - wanted - optional)
    score.missed.update(wanted - documents - optional)
    labels = [(s["rule"], _placed(s, starts)) for s in mail["spans"]]
    neither = [(s["rule"], _placed(s, starts)) for s in mail.get("optional_spans", ())]
    places = [(d.code, (d.start, d.end)) for d in found if not d.is_document]
    for label in labels:
        (score.right if _met(label, places) else score.missed)[label[0]] += 1
    score.alarms.update(place[0] for place in places if not _met(place, labels) and not _met(place, neither))


def _placed(label: Mapping[str, Any], starts: Mapping[str, int]) -> Span:
    start = starts[label["zone"]]
    return start + label["start"], start + label["end"]


def _met(one: tuple[str, Span], others: Iterable[tuple[str, Span]]) -> bool:
    code, (start, end) = one
    return any(code == other and start < last and first < end for other, (first, last) in others)


@click.command()
@click.argument("mails", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(mails: Path) -> None:
    """Print the figures of the rules that MAILS has labels for."""
    rows = [json.loads(line) for line in mails.read_text(encoding="utf-8").splitlines() if line.strip()]
    labelled = {code for row in rows for code in (*row["doc"], *(span["rule"] for span in row["spans"]))}
    families = {code[:3] for code in labelled}
    linter = Linter([rule for rule in load_rules(plugins=False) if rule.code[:3] in families])
    score, words, documents = Score(), 0, set()
    for number, row in enumerate(rows):
        drafts, starts = read_mail(row, f"{number}{SUFFIX.get(row.get('format', ''), '.txt')}")
        found = [diagnostic for _, diagnostics in linter.lint(drafts) for diagnostic in diagnostics]
        documents.update(d.code for d in found if d.is_document)
        documents.update(row["doc"])
        count(row, found, starts, score)
        words += len(row["body"].split())
    codes = sorted({*score.right, *score.alarms, *score.missed})
    spans = [code for code in codes if code not in documents]
    print(f"{len(rows)} e-mails, {words:,} words; right, false alarms and missed stand in the last three columns")
    for name, some in [(c, [c]) for c in codes] + [(f, [c for c in codes if c[:3] == f]) for f in sorted(families)]:
        print(score.line(name, some))
    print(score.line("in places", spans))
    print(score.line("as a whole", [code for code in codes if code in documents]))
    print(f"false alarms in places: {1000 * sum(score.alarms[c] for c in spans) / max(1, words):.2f} per 1,000 words")


if __name__ == "__main__":
    main()
