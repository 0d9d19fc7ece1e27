"""`pushlint clean`: removes the results that are kept between runs."""

import click

from pushlint.cache import cache_folder, remove
from pushlint.cli.options import config_option, isolated_option
from pushlint.config.resolve import Configuration
from pushlint.errors import InputError
from pushlint.settings import Settings


@click.command()
@click.argument("paths", nargs=-1, type=click.Path())
@config_option
@isolated_option
def clean(paths: tuple[str, ...], config: tuple[str, ...], isolated: bool) -> None:
    """Remove what `pushlint check PATHS` keeps between runs; nothing is lost but time.

    It is found as `check` finds it: where the settings say, else beside the settings file closest to PATHS, or in the
    folder you are in.
    """
    settings, error = Configuration({}, config, Settings(isolated=isolated)).of_run(paths or (".",))
    if error:
        raise error
    folder = cache_folder(settings, paths or (".",))
    try:
        removed = folder is not None and remove(folder)
    except OSError as wrong:
        raise InputError(f"cannot be removed: {wrong.strerror}", str(folder)) from None
    click.echo(f"Removed {folder}." if removed else "There is nothing to remove.")
