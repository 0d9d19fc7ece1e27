"""`--output FORMAT[=FILE]`: several reports of one run, each to a file or to standard output."""

import difflib
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass

import click

from pushlint.errors import InputError
from pushlint.reports import FOR_PEOPLE, FORMATS, Render, in_step, renderer
from pushlint.reports.options import Options
from pushlint.result import FileResult

STDOUT = "-"


@dataclass(frozen=True, slots=True)
class Output:
    """A report's format, and the file to write it to; `-` is standard output."""

    format: str
    path: str = STDOUT


def _outputs(ctx: click.Context, option: click.Parameter, values: tuple[str, ...]) -> tuple[Output, ...]:
    """`FORMAT`, `FORMAT=-` and `FORMAT=FILE`, each file once."""
    outputs = [_output(ctx, option, value) for value in values]
    for number, output in enumerate(outputs):
        for other in outputs[:number]:
            if output.path == STDOUT == other.path:
                raise click.BadParameter(
                    f"{other.format} and {output.format} cannot both go to standard output; "
                    f"give one a file: {output.format}=FILE",
                    ctx,
                    option,
                )
            if os.path.realpath(output.path) == os.path.realpath(other.path):
                raise click.BadParameter(f"two reports cannot go to one file, {output.path}", ctx, option)
    return tuple(outputs)


def _output(ctx: click.Context, option: click.Parameter, value: str) -> Output:
    format, to_file, path = value.partition("=")
    if format not in FORMATS:
        near = difflib.get_close_matches(format, FORMATS, n=1)
        hint = f'did you mean "{near[0]}"?' if near else f"there are {', '.join(FORMATS)}"
        raise click.BadParameter(f"there is no format {format!r}; {hint}", ctx, option)
    if to_file and not path:
        raise click.BadParameter(f"{value!r} names no file", ctx, option)
    return Output(format, path or STDOUT)


output_option = click.option(
    "--output",
    "outputs",
    multiple=True,
    callback=_outputs,
    metavar="FORMAT[=FILE]",
    help="Write a report to FILE, or to standard output. Can be given several times: --output sarif=report.sarif.",
)


def combined(outputs: tuple[Output, ...], format: str, asked: bool) -> tuple[Output, ...]:
    """The outputs with what --output-format says: it is printed where it was `asked` for, or where nothing else is."""
    printed = next((output.format for output in outputs if output.path == STDOUT), None)
    if printed and asked and printed != format:
        raise click.UsageError(f"--output {printed} and --output-format {format} both go to standard output.")
    if printed or (outputs and not asked):
        return outputs
    return (*outputs, Output(format))


def printed(outputs: Iterable[Output]) -> str | None:
    """The format of what goes to standard output."""
    return next((output.format for output in outputs if output.path == STDOUT), None)


def write(
    outputs: Sequence[Output],
    results: Iterable[FileResult],
    options: Options,
    count_rules: bool = False,
    to_stderr: bool = False,
) -> None:
    """Writes all reports in one pass. With `count_rules` what is printed is the statistics; it is printed on standard
    error where that is asked for.

    A file is there when the run is over, whole, or is as it was. Raises InputError where one cannot be written.
    """
    renders = [_renderer(output, options, count_rules) for output in outputs]
    if printed(outputs) not in (None, *FOR_PEOPLE) and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    with ExitStack() as stack:
        sinks = [stack.enter_context(_sink(output.path, to_stderr)) for output in outputs]
        for number, piece in in_step(renders, results):
            if piece:
                sinks[number](piece)


def _renderer(output: Output, options: Options, count_rules: bool) -> Render:
    if not count_rules or output.path != STDOUT:
        return renderer(output.format, options)
    from pushlint.reports import statistics

    if output.format == "json":
        return statistics.render_json
    if output.format in FOR_PEOPLE:
        return statistics.render
    raise click.UsageError(f"--statistics prints text or json, not {output.format}; --output {output.format}=FILE may.")


@contextmanager
def _sink(path: str, to_stderr: bool) -> Iterator[Callable[[str], object]]:
    """What takes the pieces of a report. The file takes the place of an old one at the end, if all went well."""
    if path == STDOUT:
        yield lambda piece: click.echo(piece, nl=False, err=to_stderr)
        return
    target = os.path.realpath(path)
    is_file = not os.path.exists(target) or os.path.isfile(target)  # a pipe or device is written as it is
    written = f"{target}.{os.urandom(4).hex()}.tmp" if is_file else target
    with _explained(path):
        file = open(written, "w", encoding="utf-8", errors="backslashreplace", newline="")  # noqa: SIM115

    def put(piece: str) -> None:
        with _explained(path):
            file.write(click.unstyle(piece))

    try:
        yield put
        with _explained(path):
            file.close()
            if is_file:
                with suppress(FileNotFoundError):
                    shutil.copymode(target, written)
                os.replace(written, target)
    finally:
        with suppress(OSError):
            file.close()
        if is_file:
            with suppress(OSError):
                os.unlink(written)


@contextmanager
def _explained(path: str) -> Iterator[None]:
    """Turns the system's error into one that says what to do."""
    try:
        yield
    except OSError as error:
        folder = os.path.dirname(path)
        if folder and not os.path.isdir(folder):
            raise InputError("there is no such folder to write to", path, hint=f"create {folder} first") from None
        raise InputError(f"cannot be written: {error.strerror or error}", path) from None
