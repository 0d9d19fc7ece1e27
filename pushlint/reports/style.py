"""The few styles that reports share."""

import click

from pushlint.diagnostic import Diagnostic
from pushlint.reports.excerpt import visible

_COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}


def code(diagnostic: Diagnostic) -> str:
    """The rule's code in the colour of its severity."""
    return click.style(diagnostic.code, fg=_COLOURS[diagnostic.severity], bold=True)


def path(text: str) -> str:
    """A file's path."""
    return click.style(visible(text), bold=True)


def accent(text: str) -> str:
    """Gutters, arrows and other marks."""
    return click.style(text, fg="blue", bold=True)


def suggestion(text: str) -> str:
    """What is suggested."""
    return click.style(text, fg="green", bold=True)
