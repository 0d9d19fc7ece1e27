"""`pushlint test`: runs the examples in rule files, which are their tests."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

import click

from pushlint.cli import report, server_option
from pushlint.config.resolve import Configuration
from pushlint.errors import InputError
from pushlint.reports.text import count
from pushlint.resources import ASKS, DIALECTS, MOVES, PROFILES, RULES, STAGES, VOCABULARY
from pushlint.rulebook.load import line_of, read
from pushlint.rulebook.schema import Move, Profile, Rule


@click.command()
@click.argument("rule_dir", required=False, type=click.Path(exists=True, path_type=Path))
@server_option
def test(rule_dir: Path | None) -> None:
    """Run the examples in rule files: the bad ones must be found, the good ones must not.

    RULE_DIR is a folder of rule files or one rule file. When there is none it is the folders that the settings name
    here, and where they name none, pushlint's own rules.

    Exits 0 when every example holds, 1 when one does not, 2 when a rule file cannot be used.
    """
    # Here, so that completing the command line does not load spaCy.
    from pushlint.examples import check, check_moves

    rules = examples = failed = broken = 0
    places = [rule_dir] if rule_dir else _asked_for() or [RULES]
    for path in chain.from_iterable(map(_rule_files, places)):
        rule: Rule | Move
        try:
            folder = path.resolve().parent
            if folder in (MOVES, ASKS, STAGES):
                rule = read(path, Move)
                failures = list(check_moves([rule], folder.name))
            elif folder == PROFILES:
                rule = read(path, Profile)
                failures = list(check_moves([rule], folder.name))
            else:
                rule = read(path, Rule)
                failures = list(check([rule]))
        except InputError as error:
            report(error if error.path else replace(error, path=str(path)))
            broken += 1
            continue
        rules += 1
        examples += len(rule.examples)
        failed += len(failures)
        for failure in failures:
            line = line_of(path, ["examples", failure.number - 1])
            click.echo(f"{path}:{line}: {failure.code} example {failure.number}: {failure.message}")
            click.echo(f"    {' '.join(failure.text.split())}\n")
    outcome = "all as expected" if not failed else f"{failed:,} not as expected"
    click.echo(f"Ran {count(examples, 'example')} of {count(rules, 'rule')}: {outcome}.")
    click.get_current_context().exit(2 if broken else 1 if failed else 0)


def _asked_for() -> Sequence[Path]:
    """The folders of rules that the settings name in the working folder."""
    settings, error = Configuration().of_run(["."])
    if error:
        raise error
    return settings.rules


def _rule_files(place: Path) -> Iterator[Path]:
    """The rule files in a folder and the folders in it; a file stands for itself."""
    paths = sorted(place.rglob("*.yaml")) if place.is_dir() else [place]
    if not paths:
        raise InputError("no rule files here", path=str(place), hint="a rule file ends in .yaml")
    return (path for path in paths if not {VOCABULARY, DIALECTS} & set(path.resolve().parents))
