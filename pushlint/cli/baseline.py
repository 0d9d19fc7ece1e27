"""`pushlint baseline`: writes down what is found today, so that later runs show only what is new."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from pushlint import baseline as baselines
from pushlint.cache import open_cache
from pushlint.cli import report, server_option
from pushlint.cli.options import config_option, isolated_option, no_cache_option
from pushlint.config.resolve import Configuration
from pushlint.errors import InputError
from pushlint.reports.text import count
from pushlint.result import FileResult, Summary
from pushlint.run import Inputs, run
from pushlint.settings import Settings
from pushlint.writing import create, write


@click.command()
@click.argument("paths", nargs=-1, type=click.Path())
@click.option(
    "--file",
    type=click.Path(path_type=Path, dir_okay=False),
    default=baselines.NAME,
    show_default=True,
    help="The file to write.",
)
@click.option("--update", is_flag=True, help="Take out what is gone. Nothing new gets in.")
@click.option("--check", is_flag=True, help="Exit 1 where something in the baseline is gone; write nothing. For CI.")
@config_option
@isolated_option
@no_cache_option
@server_option
def baseline(
    paths: tuple[str, ...], file: Path, update: bool, check: bool, config: tuple[str, ...], isolated: bool
) -> None:
    """Write down what is found in PATHS today, so that `pushlint check` shows only what is new.

    A finding is known by its rule, its words and its zone, so it may move within its file. The baseline grows by itself
    never; delete it and write it anew where you mean it to.

    Exits 0 when the baseline was written or has nothing too much, 1 when --check finds that it has, 2 when some input
    cannot be used.
    """
    if update and check:
        raise click.UsageError("--update writes and --check does not: give one of them.")
    inputs = Inputs.governed(paths or (".",), Configuration({}, config, Settings(isolated=isolated)))
    errors: list[InputError] = []
    results = _usable(run(inputs, cache=open_cache(inputs.settings, inputs.paths)), errors)
    if update or check:
        code = _compare(baselines.load(file), results, save=update)
    elif file.exists():
        hint = "--update takes out what is gone; delete the file to write down all that is found"
        raise InputError("there is a baseline already", str(file), hint=hint)
    else:
        code = _make(results, file, errors)
    click.get_current_context().exit(2 if errors else code)


def _counted(results: Iterable[FileResult], summary: Summary) -> Iterator[FileResult]:
    for result in results:
        summary.add(result)
        yield result


def _usable(results: Iterable[FileResult], errors: list[InputError]) -> Iterator[FileResult]:
    for result in results:
        if result.error:
            errors.append(result.error)
            report(result.error)
        yield result


def _make(results: Iterable[FileResult], file: Path, errors: Sequence[InputError]) -> int:
    """Writes down what is found; the exit code. Where nothing could be looked at nothing is written."""
    summary = Summary()
    made = baselines.of(_counted(results, summary), file)
    if errors and not summary.drafts:
        return 2
    _write(made, file)
    known = sum(len(entries) for entries in made.files.values())
    click.echo(f"Wrote {file}: {count(known, 'finding')} in {count(len(made.files), 'file')}.")
    if errors:
        click.echo("What cannot be used is not in it: mend it, then delete the baseline and write it anew.", err=True)
    return 0


def _compare(known: baselines.Baseline, results: Iterable[FileResult], save: bool) -> int:
    """Says what is gone from the baseline, and takes it out where that is wanted; the exit code."""
    for result in results:
        known.only_new(result)
    gone = known.gone()
    for name, entry in gone:
        click.echo(f"gone: {name}: {entry.code} {entry.words}".rstrip())
    if save and gone:
        _write(known.without_gone(), known.path)
    left = sum(len(entries) for entries in known.files.values()) - len(gone)
    click.echo(f"{count(len(gone), 'finding')} gone, {left:,} left.")
    return 1 if gone and not save else 0


def _write(made: baselines.Baseline, path: Path) -> None:
    data = baselines.text(made).encode()
    if not path.exists():
        return create(path, data)
    return write(str(path), data, path.read_bytes())
