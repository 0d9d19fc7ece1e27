"""The command line: one file a command, each imported only when it is called."""

import errno
import gc
import os
import sys
from importlib import import_module
from typing import Any

import click

from pushlint.errors import InputError

COMMANDS = {
    "check": "Lint drafts and suggest rewrites.",
    "fix": "Go through the findings one by one, and mend them.",
    "baseline": "Write down what is found today, so that only what is new is shown.",
    "rule": "Explain a rule.",
    "parse": "Show a draft as the linter sees it.",
    "test": "Run the examples in rule files.",
    "config": "Explain the settings, and show where each value comes from.",
    "clean": "Remove what is kept between runs.",
    "server": "Start or stop the resident helper, or ask how it is.",
    "init": "Write a settings file that fits the drafts in this folder.",
}

# Objects made between two runs of the garbage collector, which finds next to nothing while modules, pipeline and rules
# are loaded. Never to run it takes longer: what modules leave behind is memory that need not be asked for.
_BETWEEN_COLLECTIONS = 50_000

COMPLETION = """\b
Tab completion, once for your shell:
  bash   echo 'eval "$(_PUSHLINT_COMPLETE=bash_source pushlint)"' >> ~/.bashrc
  zsh    echo 'eval "$(_PUSHLINT_COMPLETE=zsh_source pushlint)"' >> ~/.zshrc
  fish   _PUSHLINT_COMPLETE=fish_source pushlint > ~/.config/fish/completions/pushlint.fish
"""


server_option = click.option(
    "--server/--no-server",
    default=None,
    expose_value=False,
    help="Whether a helper that stays in the background, loaded, does the work. [default: as the settings say]",
)


class Commands(click.Group):
    """A group that imports a command when it is called, and turns bad input into a message and exit code 2."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"pushlint.cli.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        gc.set_threshold(_BETWEEN_COLLECTIONS, 20, 100)
        if os.environ.get("NO_COLOR"):
            ctx.color = False
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):  # a terminal that cannot show a character shows its number
                stream.reconfigure(errors="backslashreplace")
        try:
            return super().invoke(ctx)
        except InputError as error:
            report(error)
            ctx.exit(2)
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader of a pipe has enough: click ends quietly
                raise
            report(InputError(f"the report cannot be written: {error.strerror}"))
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left is not tried again at exit
            ctx.exit(2)
        except KeyboardInterrupt:
            ctx.exit(130)


def report(error: InputError) -> None:
    """Says on standard error what cannot be used and what to do about it."""
    click.echo(f"{click.style('error:', fg='red', bold=True)} {error}", err=True)


@click.group(cls=Commands, epilog=COMPLETION, context_settings={"help_option_names": ["-h", "--help"]})
@server_option
@click.version_option(package_name="pushlint", message="%(prog)s %(version)s")
def main() -> None:
    """Finds pushiness in outreach e-mail, and suggests what to write instead. Works offline."""
