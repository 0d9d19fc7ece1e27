"""What `pushlint check --fix` and `--diff` do and print."""

import io
import sys
from collections.abc import Collection, Iterator
from dataclasses import replace

import click

from pushlint.cli import report
from pushlint.diagnostic import Applicability
from pushlint.fixer import encoded
from pushlint.reports.fixes import enumeration, unified_diff, withheld
from pushlint.result import FileResult, Summary
from pushlint.run import STDIN, Inputs, fix_all


def fixed(
    inputs: Inputs,
    allowed: Collection[Applicability],
    diff: bool,
    summary: Summary,
) -> Iterator[FileResult]:
    """The files with their fixes applied and written, or printed as a diff; standard input is printed as it is then.

    What was fixed is counted; what was withheld, or could not be written, is said on standard error.
    """
    given = sys.stdin.buffer.read() if STDIN in inputs.paths else b""
    printed = diff or STDIN not in inputs.paths
    for fixed in fix_all(replace(inputs, stdin=io.BytesIO(given)), allowed, save=not diff):
        summary.add_fixed(fixed.before.path, fixed.fixed)
        for line in withheld(fixed):
            click.echo(line, err=True)
        if fixed.error:
            summary.errors.append(fixed.error)
            report(fixed.error)
        if diff and fixed.fixed:
            click.echo(unified_diff(fixed), nl=False)
        if fixed.is_stdin and not printed and fixed.after.drafts:
            click.echo(encoded(fixed.after.source), nl=False)
            printed = True
        yield fixed.after
    if not printed:  # what could not be read is given back as it came
        click.echo(given, nl=False)


def show(summary: Summary, would: bool, err: bool) -> None:
    """Lists what was fixed, or would be."""
    for line in enumeration(summary.fixed, would=would) if summary.fixed else ():
        click.echo(line, err=err)
