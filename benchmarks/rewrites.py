"""Whether the rewrites that pushlint suggests cure what they are for, and a sample of them to read.

    python benchmarks/rewrites.py MAILS.jsonl [--sample 150 --seed 1] [--failures N]

The JSON lines hold e-mails: objects with `body`, and `subject`, `stage` and `format` where known. It prints which share
of the findings in places has a rewrite; of those that have an edit, applied one at a time, the share that takes its
finding away and brings in no other; and whether all of them, applied round after round, come to an end. The sample
shows paragraphs before and after one rewrite, drawn by the seed, without the name of the rule, for a reader to judge;
with a subject that says words of the body, the paragraph they are from.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click
from accuracy import SUFFIX, read_mail

from pushlint.diagnostic import Diagnostic, Edit, Fix
from pushlint.draft import Draft
from pushlint.linter import Linter
from pushlint.readers import read
from pushlint.rulebook import load_rules
from pushlint.rulebook.rewriting.lines import BLANK

ROUNDS = 10
PARAGRAPH = re.compile(r"\A---\n|\nstage: \S+\n---\n|\n---\n|\n[ \t]*\n")
MARKUP = re.compile(r"<style.*?</style>|<!--.*?-->|</?[a-zA-Z][^<>]*>", re.DOTALL)
LONGEST = 300
SHORT = 3  # letters of a word that tells nothing


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A draft, what was found in it, one finding with its first rewrite, and the text with that applied."""

    draft: Draft
    found: Sequence[Diagnostic]
    diagnostic: Diagnostic
    text: str

    @property
    def fix(self) -> Fix:
        """The first rewrite."""
        return self.diagnostic.fixes[0]


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made."""
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.content + text[edit.end :]
    return text


def reread(draft: Draft, text: str) -> Draft:
    """The draft as it would be read with another text; one that is no e-mail any more is an empty one."""
    again = read(draft.source.path, text.encode())
    return again[0] if again else replace(draft, source=replace(draft.source, text=text))


def rewrites(found: Iterable[tuple[Draft, Sequence[Diagnostic]]]) -> Iterator[Rewritten]:
    """Every finding in a place whose first rewrite has an edit, with that applied."""
    for draft, diagnostics in found:
        for diagnostic in diagnostics:
            if not diagnostic.is_document and diagnostic.fixes and diagnostic.fixes[0].edits:
                text = apply(draft.source.text, diagnostic.fixes[0].edits)
                yield Rewritten(draft, diagnostics, diagnostic, text)


def amiss(one: Rewritten, after: Sequence[Diagnostic]) -> str:
    """What a rewrite left or brought in, or nothing."""
    before, now = (Counter(d.code for d in some) for some in (one.found, after))
    code = one.diagnostic.code
    left = [f"{code} is still there"] if now[code] >= before[code] else []
    return ", ".join(left + [f"{new} is new" for new in sorted(now - before) if new != code])


def settle(linter: Linter, draft: Draft, found: Sequence[Diagnostic]) -> bool:
    """Whether applying the first rewrites, those that overlap one after the other, ends in a text that has none left.

    A rewrite that has been applied at a place before, as those that leave a blank may be, is not applied again.
    """
    seen = {draft.source.text}
    for _ in range(ROUNDS):
        edits: list[Edit] = []
        for diagnostic in found:
            own = diagnostic.fixes[0].edits if diagnostic.fixes and not diagnostic.is_document else ()
            if all(edit.end < other.start or other.end < edit.start for edit in own for other in edits):
                edits += own
        if not edits:
            return True
        text = apply(draft.source.text, edits)
        if text in seen:
            return False
        seen.add(text)
        draft, found = next(iter(linter.lint([reread(draft, text)])))
    return False


def shown(one: Rewritten) -> str:
    """The paragraphs of the edit before and after it, with those around them where none is left."""
    text = one.draft.source.text
    start = min(edit.start for edit in one.fix.edits)
    end = max(edit.end for edit in one.fix.edits)
    first, last = paragraphs(text, start, end)
    if not re.search(r"\w", one.text[first : len(one.text) - len(text) + last]):
        first, last = paragraphs(text, max(first - 3, 0), min(last + 3, len(text)))
    first, last = max(first, start - LONGEST), min(last, end + LONGEST)
    said = where_said(one, first, last)
    return f"- {clean(text[first:last])}{said}\n+ {clean(one.text[first : len(one.text) - len(text) + last])}{said}"


def where_said(one: Rewritten, first: int, last: int) -> str:
    """The paragraph of the body whose words a new subject says, so that a reader sees where they are from."""
    text = one.draft.source.text
    words = " ".join(edit.content for edit in one.fix.edits).split()
    if not text[first:last].lstrip().startswith("subject:"):
        return ""
    runs = [" ".join(words[a:b]) for a in range(len(words)) for b in range(a + 2, len(words) + 1)]
    for run in sorted((run for run in runs if run not in text[first:last]), key=len, reverse=True):
        at = text.find(run)
        if at >= 0 and len(max(run.split(), key=len)) > SHORT:
            begin, stop = paragraphs(text, at, at + len(run))
            return f"\n  [...]\n  {clean(text[max(begin, at - LONGEST) : min(stop, at + LONGEST)])}"
    return ""


def paragraphs(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the paragraphs that `start`..`end` touch."""
    breaks = [(found.start(), found.end()) for found in PARAGRAPH.finditer(text)]
    first = max((stop for _, stop in breaks if stop <= start), default=0)
    return first, min((begin for begin, _ in breaks if begin >= end), default=len(text))


def clean(text: str) -> str:
    """Text without markup, each line indented."""
    return "\n  ".join(line for line in MARKUP.sub("", text).splitlines() if line.strip())


def share(some: int, every: int) -> str:
    """A share in percent, with its two figures."""
    return f"{100 * some / max(1, every):5.1f}%  {some} of {every}"


@click.command()
@click.argument("mails", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--failures", default=0, help="Show so many rewrites that do not cure, or bring in something.")
@click.option("--sample", default=0, help="Show so many rewrites, drawn by the seed.")
@click.option("--seed", default=1)
@click.option("--code", default="", help="Show only rules whose codes begin so.")
@click.option("--named", is_flag=True, help="Say which rule a rewrite of the sample is of.")
def main(mails: Path, failures: int, sample: int, seed: int, code: str, named: bool) -> None:
    """Print the figures of the rewrites over MAILS."""
    rows = [json.loads(line) for line in mails.read_text(encoding="utf-8").splitlines() if line.strip()]
    linter = Linter(load_rules(plugins=False))
    drafts = [
        draft
        for n, row in enumerate(rows)
        for draft in read_mail(row, f"{n}{SUFFIX.get(row.get('format'), '.txt')}")[0]
    ]
    found = [(draft, tuple(diagnostics)) for draft, diagnostics in linter.lint(drafts)]
    places = [d for _, diagnostics in found for d in diagnostics if not d.is_document]
    made = [one for one in rewrites(found) if one.diagnostic.code.startswith(code)]
    after = [diagnostics for _, diagnostics in linter.lint(reread(one.draft, one.text) for one in made)]
    faults = [amiss(one, diagnostics) for one, diagnostics in zip(made, after, strict=True)]
    print(f"{len(drafts)} e-mails, {len(places)} findings in places")
    print(f"with a rewrite         {share(sum(bool(d.fixes) for d in places), len(places))}")
    print(f"with an edit           {share(sum(any(f.edits for f in d.fixes) for d in places), len(places))}")
    blanks = sum(any(BLANK in edit.content for edit in one.fix.edits) for one in made)
    print(f"no blank to fill in    {share(len(made) - blanks, len(made))}")
    print(f"cures, brings nothing  {share(faults.count(''), len(made))}")
    settled = [settle(linter, draft, diagnostics) for draft, diagnostics in found]
    print(f"comes to an end        {share(sum(settled), len(settled))}")
    print("applicability         ", dict(Counter(one.fix.applicability for one in made).most_common()))
    for one, fault in [pair for pair in zip(made, faults, strict=True) if pair[1]][:failures]:
        print(f"\n{one.draft.source.path}: {fault}\n{shown(one)}")
    for number, one in enumerate(random.Random(seed).sample(made, min(sample, len(made))), 1):
        print(f"\n{number}{' ' + one.diagnostic.code if named else ''}\n{shown(one)}")


if __name__ == "__main__":
    main()
