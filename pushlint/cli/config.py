"""`pushlint config`: explains the settings, and shows what they are and where each value comes from."""

import json
from collections.abc import Iterator, Sequence

import click

from pushlint.cli.options import config_option, isolated_option, text_or_json
from pushlint.config.provenance import Setting, settings
from pushlint.config.resolve import Configuration
from pushlint.config.values import written
from pushlint.errors import InputError
from pushlint.settings import Settings
from pushlint.validation import did_you_mean


@click.command()
@click.argument("key", required=False)
@click.option("--file", "path", metavar="PATH", help="Show what holds for this file. Default: for this folder.")
@config_option
@isolated_option
@text_or_json("TOML with comments, or JSON.")
def config(key: str | None, path: str | None, config: tuple[str, ...], isolated: bool, output_format: str) -> None:
    """Explain the settings, and show what they are here and where each value comes from.

    KEY is one setting, such as ignore or per-file; all of them when there is none.
    """
    configuration = Configuration(config=config, base=Settings(isolated=isolated))
    layers = configuration.layers(path or "*")
    known = settings(layers)
    if key is not None and key not in {setting.key for setting in known}:
        hint = did_you_mean(key, [setting.key for setting in known]) or "`pushlint config` lists them all"
        raise InputError(f'there is no setting "{key}"', hint=hint)
    chosen = [setting for setting in known if key in (None, setting.key)]
    files = list(dict.fromkeys(layer.name for layer in layers if layer.text))
    if output_format == "json":
        click.echo(json.dumps({"file": path, "from": files, "settings": _data(chosen)}, ensure_ascii=False, indent=2))
    elif key is not None:
        click.echo("\n".join(_page(chosen[0])))
    else:
        click.echo("\n".join(_listing(chosen, path, files)))


def _data(chosen: Sequence[Setting]) -> dict[str, object]:
    return {
        one.key: {
            "description": one.description,
            "value": one.value,
            "default": one.default,
            "from": list(one.places),
        }
        for one in chosen
    }


def _listing(chosen: Sequence[Setting], path: str | None, files: Sequence[str]) -> Iterator[str]:
    place = path or "this folder"
    if files:
        on = f", which builds on {' and '.join(files[-2::-1])}" if len(files) > 1 else ""
        yield f"# The settings of {place}, from {files[-1]}{on}."
    else:
        yield f"# No settings file governs {place}: all values are the defaults. `pushlint init` writes one that fits."
    for one in chosen:
        yield f"\n# {one.description}"
        if one.value is None:
            yield f"# {one.key} is not set"
        else:
            yield f"{one.key} = {written(one.value)}  # {', '.join(one.places) or 'default'}"


def _page(one: Setting) -> Iterator[str]:
    yield f"{one.key}: {one.description}\n"
    yield f"value    {'not set' if one.value is None else written(one.value)}"
    yield f"from     {', '.join(one.places) or 'default'}"
    yield f"default  {'not set' if one.default is None else written(one.default)}"
    if one.choices:
        yield f"one of   {', '.join(one.choices)}"
    yield f"example  {one.key} = {written(one.example)}"
