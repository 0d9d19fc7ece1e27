"""`pushlint fix -i`: the findings one by one, each mended as the writer decides, and written at once."""

import os
import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import click

from pushlint.cli import report
from pushlint.cli.options import color_option, config_option, flags_of, isolated_option, rule_options
from pushlint.cli.reading import reading_options
from pushlint.config.resolve import Configuration
from pushlint.diagnostic import Diagnostic, Edit, Fix, Position
from pushlint.draft import Draft
from pushlint.errors import InputError
from pushlint.fixer import Shift, attempt, edited, encoded
from pushlint.reports import full
from pushlint.result import FileResult
from pushlint.run import STDIN, Inputs, Opened, open_all
from pushlint.settings import Settings
from pushlint.suppression.insertion import ignored, insertion
from pushlint.writing import write

BLANK = "______"
KEYS = {
    "a": "accept",
    "n": "next rewrite",
    "e": "edit the words",
    "o": "open in your editor",
    "s": "skip",
    "i": "ignore the rule from now on",
    "q": "quit",
}


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True))
@click.option("-i", "--interactive", is_flag=True, help="Show each finding, and ask what to do.")
@rule_options
@reading_options
@config_option
@isolated_option
@color_option
def fix(paths: tuple[str, ...], interactive: bool, config: tuple[str, ...], isolated: bool, **flags: Any) -> None:
    """Go through the findings one by one, and mend them.

    PATHS are files, folders or globs; the folder you are in when there are none. What you accept is written at once,
    and the draft linted anew; so nothing is lost when you stop half-way.

    Exits 0 at the end or when you quit, 2 when some input cannot be used, 130 when it was interrupted.
    """
    if not interactive:
        raise click.UsageError("add -i to decide finding by finding; `pushlint check --fix` applies all that is safe")
    if STDIN in paths:
        raise click.UsageError("standard input is where your answers come from: name a file")
    configuration = Configuration(flags_of(flags), config, Settings(isolated=isolated))
    tally: Counter[str] = Counter()
    unwritten: set[str] = set()
    visits = (_Visit(opened, tally, unwritten) for opened in open_all(Inputs.governed(paths or (".",), configuration)))
    code = _go_through_all(visits)
    click.echo(_closing(tally))
    if unwritten:
        click.echo(f"To leave out {', '.join(sorted(unwritten))} for good: --ignore {','.join(sorted(unwritten))}")
    click.get_current_context().exit(code)


class _Quit(Exception):
    """The writer has had enough."""


@dataclass
class _Visit:
    """A file whose findings are gone through: which were passed, by rule and place, and what was done so far."""

    opened: Opened
    tally: Counter[str]
    unwritten: set[str]
    passed: set[tuple[str, int, int]] = field(default_factory=set)

    @property
    def file(self) -> FileResult:
        """The file as it is now."""
        return self.opened.result

    def next(self) -> tuple[Draft, Diagnostic] | None:
        """The first finding that was not passed yet, with its draft; what a draft lacks as a whole comes last."""
        for draft, found in self.file.drafts:
            for one in sorted(found, key=lambda one: one.is_document):
                if _key(one) not in self.passed and one.code not in self.unwritten:
                    return draft, one
        return None

    def write(self, after: FileResult, shift: Shift | None = None) -> None:
        """Writes the file anew. What was passed is so still: by its place, or where that is lost, by its words."""
        write(self.file.path, encoded(after.source), encoded(self.file.source))
        if shift:
            self.passed = {(code, *shift.span(start, end)) for code, start, end in self.passed}
        else:
            words = {(one.code, one.text) for one in self.file.diagnostics if _key(one) in self.passed}
            self.passed = {_key(one) for one in after.diagnostics if (one.code, one.text) in words}
        self.opened.result = after


def _go_through_all(visits: Iterable[_Visit]) -> int:
    """Goes through file by file, until the writer has had enough; the exit code."""
    code = 0
    try:
        for visit in visits:
            try:
                _go_through(visit)
            except InputError as error:
                report(error)
                code = 2
    except _Quit:
        pass
    except click.Abort:
        click.echo()
        code = 130
    return code


def _go_through(visit: _Visit) -> None:
    """Asks about each finding in a file. Raises InputError where that cannot be read or written, and _Quit."""
    if visit.file.error:
        raise visit.file.error
    while found := visit.next():
        _ask(visit, *found)


def _ask(visit: _Visit, draft: Draft, diagnostic: Diagnostic) -> None:
    """Shows one finding, and does what the writer says until that settles it."""
    fixes = [fix for fix in diagnostic.fixes if fix.edits]
    number, settled = 0, False
    while not settled:
        _show(visit, draft, diagnostic, fixes[number : number + 1] or diagnostic.fixes[:1])
        fix = fixes[number] if fixes else None
        key = _answer(diagnostic, fix, len(fixes) > 1)
        if key == "n":
            number = (number + 1) % len(fixes)
        elif key == "q":
            raise _Quit
        elif key == "s":
            visit.passed.add(_key(diagnostic))
            visit.tally["skipped"] += 1
            settled = True
        elif key == "i":
            _ignore(visit, diagnostic)
            settled = True
        else:
            do = {"a": _accept, "e": _edit, "o": _open}[key]
            settled = do(visit, draft, diagnostic, fix)


def _show(visit: _Visit, draft: Draft, diagnostic: Diagnostic, fixes: Sequence[Fix]) -> None:
    """The finding, with one rewrite of it."""
    width = min(100, max(40, shutil.get_terminal_size((100, 24)).columns))
    if diagnostic.is_document:
        lines = full.advice([diagnostic], width, False, len(visit.file.drafts) > 1)
    else:
        lines = full.block(diagnostic, draft.source, width, fixes)
    click.echo("\n".join(["", *lines]))


def _answer(diagnostic: Diagnostic, fix: Fix | None, more: bool) -> str:
    """The key that the writer presses, of those that make sense."""
    senseless = {"a"} if fix is None or any(BLANK in edit.content for edit in fix.edits) else set()
    senseless |= set() if more else {"n"}
    senseless |= {"e"} if diagnostic.is_document else set()
    keys = {key: what for key, what in KEYS.items() if key not in senseless}
    asked = " ".join(f"[{click.style(key, bold=True)}]{what.removeprefix(key)}" for key, what in keys.items())
    return str(click.prompt(asked, type=click.Choice(list(keys), case_sensitive=False), show_choices=False))


def _accept(visit: _Visit, draft: Draft, diagnostic: Diagnostic, fix: Fix | None) -> bool:
    assert fix  # the key is not offered otherwise
    return _apply(visit, fix.edits)


def _edit(visit: _Visit, draft: Draft, diagnostic: Diagnostic, fix: Fix | None) -> bool:
    """Asks for words in place of those that the rewrite replaces, or that were found."""
    text = draft.source.text
    start, end = (fix.edits[0].start, fix.edits[0].end) if fix else (diagnostic.start, diagnostic.end)
    suggested = fix.edits[0].content if fix else text[start:end]
    click.echo(f"Now: {text[start:end]}")
    words = click.prompt("Say", default=suggested, show_default=bool(suggested))
    content = words if words == suggested else draft.encode(words, start, end)
    if content is None:
        click.echo("Not written: these words cannot stand there as the file is written.")
        return False
    places = (Position(*draft.source.position(at)) for at in (start, end))
    return _apply(visit, (Edit(start, end, content, *places),))


def _apply(visit: _Visit, edits: tuple[Edit, ...]) -> bool:
    """Writes the file with the edits, unless they would harm it."""
    after = attempt(visit.file, visit.opened.lint, edits, by_hand=True)
    if not isinstance(after, FileResult):
        click.echo(f"Not written: {next(iter(after.values()))}.")
        return False
    visit.write(after, Shift(edits))
    visit.tally["mended"] += 1
    return True


def _open(visit: _Visit, draft: Draft, diagnostic: Diagnostic, fix: Fix | None) -> bool:
    """Has the writer change the file in an editor, until it can be read."""
    data = encoded(visit.file.source)
    while True:
        changed = click.edit(data, extension=os.path.splitext(visit.file.path)[1] or ".txt")
        if changed is None or changed == data:
            return False
        after = visit.opened.lint(changed)
        if after.drafts:
            visit.write(after)
            visit.tally["mended"] += 1
            return True
        click.echo(f"Not written: {after.error or after.passed_over}")
        data = changed
        if not click.confirm("Open it again?", default=True):
            return False


def _ignore(visit: _Visit, diagnostic: Diagnostic) -> None:
    """Leaves the rule out from now on: for good where the file can say so, else in this run."""
    code, source = diagnostic.code, visit.file.source
    place = insertion(source.text, code, begin=visit.file.format == "markdown")
    if place:
        at = Position(*source.position(place[0]))
        edit = Edit(place[0], place[0], place[1], at, at)
        after = visit.opened.lint(encoded(source, edited(source.text, [edit])))
        if _says(after, visit.file, code):
            visit.write(after, Shift([edit]))
            click.echo(f"{visit.file.path} now says to leave out {code}.")
    if not place or code not in ignored(visit.file.drafts[0][0]):
        visit.unwritten.add(code)
        click.echo(f"{visit.file.path} has no front matter to say so in: {code} is left out until you quit.")
    visit.tally["ignored"] += 1


def _says(after: FileResult, before: FileResult, code: str) -> bool:
    """Whether the e-mails of a file are what they were, and all say to leave the rule out."""
    drafts = [(draft.text, code in ignored(draft)) for draft, _ in after.drafts]
    return drafts == [(draft.text, True) for draft, _ in before.drafts]


def _closing(tally: Counter[str]) -> str:
    said = [f"{number:,} {what}" for what, number in tally.items()]
    return f"{', '.join(said).capitalize()}." if said else "Nothing to go through."


def _key(diagnostic: Diagnostic) -> tuple[str, int, int]:
    return diagnostic.code, diagnostic.start, diagnostic.end
