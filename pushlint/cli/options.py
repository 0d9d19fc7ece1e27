"""Options that several commands have."""

import os
from collections.abc import Callable, Mapping
from functools import reduce
from pathlib import Path
from typing import Any, TypeVar

import click

from pushlint import kept

AUTO = "auto"
F = TypeVar("F", bound=Callable[..., Any])


def together(*options: Callable[[F], F]) -> Callable[[F], F]:
    """Options as one, which the help lists in this order."""
    return lambda command: reduce(lambda made, option: option(made), reversed(options), command)


def flags_of(chosen: Mapping[str, Any]) -> dict[str, Any]:
    """What the command line says, by the keys of a settings file."""
    return {name.replace("_", "-"): value for name, value in chosen.items()}


def selectors(ctx: click.Context, option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Splits at commas, so that `--select CLO,PRI` and `--select CLO --select PRI` are the same."""
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())


def text_or_json(help: str) -> Callable[[F], F]:
    """How to print what is for people, or for programs."""
    choice = click.Choice(["text", "json"])
    return click.option("--output-format", type=choice, default="text", show_default=True, help=help)


def _selecting(flag: str, help: str) -> Callable[[F], F]:
    return click.option(flag, multiple=True, callback=selectors, metavar="RULES", help=help)


def _use_color(ctx: click.Context, option: click.Parameter, when: str) -> None:
    ctx.color = {"always": True, "never": False}.get(when, ctx.color)


def _jobs(ctx: click.Context, option: click.Parameter, value: str | None) -> int | str | None:
    if value is None or value == AUTO:
        return value
    if value.isascii() and value.isdigit() and int(value):
        return int(value)
    raise click.BadParameter(f"{value!r} is neither a number from 1 on nor {AUTO}", ctx, option)


def _keep_nothing(ctx: click.Context, option: click.Parameter, asked: bool) -> None:
    if asked:
        os.environ[kept.FOLDER] = ""


config_option = click.option(
    "--config",
    multiple=True,
    metavar="FILE|KEY=VALUE",
    help="A settings file to use instead of those found, or a setting in TOML, as in 'fail-on=\"error\"'. Can be given "
    "several times.",
)
isolated_option = click.option("--isolated", is_flag=True, help="Ignore settings files and installed rule plug-ins.")
jobs_option = click.option(
    "-j",
    "--jobs",
    metavar="N|auto",
    callback=_jobs,
    help="How many processes lint; auto: as many as there are processors, where that pays off. [default: 1]",
)
rules_option = click.option(
    "--rules",
    multiple=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="A folder with rule files of your own. Can be given several times.",
)
rule_options = together(
    _selecting(
        "--select", "Rules to use: ALL (default), prefixes (CLO), codes (CLO001) or names, separated by commas."
    ),
    _selecting("--ignore", "Rules to leave out; of --select and --ignore the more specific one wins."),
    _selecting("--extend-select", "Rules to use besides those that are selected, by --select or a settings file."),
    rules_option,
)
no_cache_option = click.option(
    "-n",
    "--no-cache",
    is_flag=True,
    callback=_keep_nothing,
    expose_value=False,
    help="Lint and compile all anew, and keep nothing for later runs.",
)
color_option = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    callback=_use_color,
    expose_value=False,
    help="When to use colour. auto: on a terminal, unless NO_COLOR is set.",
)
