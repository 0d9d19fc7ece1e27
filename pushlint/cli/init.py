"""`pushlint init`: writes a settings file that fits the drafts in a folder."""

import os
from collections.abc import Iterator
from pathlib import Path

import click

from pushlint.config.file import closest, find
from pushlint.config.layer import shown
from pushlint.draft import Draft
from pushlint.errors import InputError
from pushlint.reports.text import count
from pushlint.run import Inputs, read_drafts
from pushlint.settings import Settings
from pushlint.writing import create

_NAME = "pushlint.toml"


@click.command()
@click.argument("folder", default=".", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite a pushlint.toml that is there.")
def init(folder: Path, force: bool) -> None:
    """Write a pushlint.toml that fits the drafts in FOLDER, the one you are in when there is none.

    It looks at the drafts for merge tags, the tool that these are of, and the kinds of e-mails in each folder; what it
    is sure of it sets, what it is not it leaves as a comment.
    """
    if not folder.is_dir():
        raise InputError("no such folder", str(folder), hint="check the spelling")
    target = folder / _NAME
    present = find(str(folder))
    if present is not None and (present.name != _NAME or not force):
        what = "--force overwrites it" if present.name == _NAME else "take its settings over, and away there"
        raise InputError("there are settings already", shown(present), hint=f"`pushlint config` shows them; {what}")
    from pushlint.config.suggest import Seen, look, text  # here, as it loads spaCy

    drafts = list(_drafts(folder))
    seen = look(drafts) if drafts else Seen()
    above = closest(folder.absolute().parent)
    create(target, text(seen, os.path.relpath(above, folder).replace(os.sep, "/") if above else None).encode())
    click.echo(f"Wrote {target}.")
    for line in _told(seen.drafts, len(seen.folders), seen.dialect, len(seen.tags), len(seen.kinds)):
        click.echo(line)
    click.echo("\nNext:")
    click.echo(f"  1. read {target}, and take the # away where it fits")
    click.echo(f"  2. pushlint check --statistics {folder}")
    click.echo("  3. much that is old? `pushlint baseline` writes it down, and only what is new is shown")


def _told(drafts: int, folders: int, dialect: str | None, tags: int, kinds: int) -> Iterator[str]:
    """What was seen and done, for people."""
    if not drafts:
        yield "No drafts found here yet: it has the settings that most people need, as comments."
        return
    yield f"Looked at {count(drafts, 'draft')} in {count(folders, 'folder')}."
    if dialect:
        yield f"The merge tags are {dialect}'s."
    if tags:
        yield f"{count(tags, 'merge tag')} in use: offered as `tags`."
    if kinds:
        yield f"What kind of e-mail it is, is clear in {count(kinds, 'folder')}: set in `per-file`."


def _drafts(folder: Path) -> Iterator[tuple[str, str, Draft]]:
    for result in read_drafts(Inputs([str(folder)], Settings(isolated=True))):
        for draft, _ in result.drafts:
            yield os.path.relpath(result.path, folder), result.format or "plain", draft
