"""The few styles that reports share."""

from collections.abc import Collection
from functools import lru_cache

import click

from pushlint.diagnostic import Applicability, Diagnostic, applicable
from pushlint.reports.excerpt import visible

_COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}


def code(diagnostic: Diagnostic, fixable: Collection[Applicability] = ()) -> str:
    """The rule's code in the colour of its severity, with a mark where it has a fix that is `fixable`."""
    styled = click.style(diagnostic.code, fg=_COLOURS[diagnostic.severity], bold=True)
    return f"{styled} [{click.style('*', fg='cyan')}]" if applicable(diagnostic, fixable) else styled


@lru_cache
def path(text: str) -> str:
    """A file's path."""
    return click.style(visible(text), bold=True)


@lru_cache
def accent(text: str) -> str:
    """Gutters, arrows and other marks."""
    return click.style(text, fg="blue", bold=True)


@lru_cache
def suggestion(text: str) -> str:
    """What is suggested."""
    return click.style(text, fg="green", bold=True)
