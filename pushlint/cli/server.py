"""`pushlint server`: starts, stops and shows the resident helper."""

from typing import Any

import click

from pushlint.errors import InputError
from pushlint.server import address


@click.command()
@click.argument("what", type=click.Choice(["start", "stop", "status"]))
def server(what: str) -> None:
    """Start or stop the resident helper, or ask how it is.

    It is a process of yours in the background that has everything loaded: `pushlint --server check` (or the environment
    variable PUSHLINT_SERVER=1, or the setting server = true) has it do the work, starts it where there is none, and
    is over in a tenth of the time. It ends by itself when it is not asked for some minutes.

    Exits 0; status exits 1 where there is no helper.
    """
    if not address.IS_POSSIBLE:
        raise InputError("there is no helper on this system", hint="pushlint works without it")
    from pushlint.server import client

    ctx = click.get_current_context()
    try:
        if what == "start":
            client.start()
            _say(client.tell("status"))
        elif what == "stop":
            click.echo("Stopped." if client.stop() else "There is no helper to stop.")
        else:
            said = client.tell("status")
            _say(said)
            ctx.exit(0 if said else 1)
    except (OSError, EOFError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error) or "it hung up"
        raise InputError(f"the helper cannot be had: {reason}", hint=f"its socket is {address.path()}") from None


def _say(status: dict[str, Any] | None) -> None:
    if status is None:
        click.echo("There is no helper.")
        return
    minutes = int(status["seconds"] // 60)
    click.echo(
        f"The helper is process {status['pid']}, {minutes} min old, and was asked {status['asked']} times; "
        f"it ends after {status['idle_minutes']:g} min without a question."
    )
