"""What one place says of the settings, and where in it each value stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pushlint.config import toml
from pushlint.errors import InputError
from pushlint.globs import Glob

Steps = tuple[str | int, ...]


@dataclass(frozen=True)
class Layer:
    """What one place says, by key: a settings file, or an entry of its `per-file`, or the command line.

    `values` are as the types of the keys want them. `folder` is what its paths are relative to; `text` and `prefix` are
    the TOML and the keys that lead to the values in it, `name` is what to call it in messages. `root` is the folder
    that holds all rules that it may name; None: any folder. `rules_folder` is what their paths are relative to, where
    that is another one.
    """

    name: str
    values: Mapping[str, Any]
    folder: Path
    text: str = ""
    prefix: Steps = ()
    root: Path | None = None
    rules_folder: Path | None = None

    @property
    def rules_from(self) -> Path:
        """What the paths of folders of rules are relative to."""
        return self.rules_folder or self.folder

    def line(self, *steps: str | int) -> int | None:
        """The line at which the value under these keys is set; None for the command line."""
        return toml.line_of(self.text, (*self.prefix, *steps)) if self.text else None

    def where(self, *steps: str | int) -> str:
        """The place of a value, for people."""
        line = self.line(*steps)
        return f"{self.name}:{line}" if line else self.name

    def error(self, message: str, *steps: str | int, hint: str | None = None) -> InputError:
        """What is wrong with the value under these keys, as an error."""
        return InputError(message, self.name, self.line(*steps), hint=hint)

    @cached_property
    def entries(self) -> tuple[tuple[Glob, "Layer"], ...]:
        """The entries of `per-file`, each with the pattern of the files that it holds for."""
        table: Mapping[str, Mapping[str, Any]] = self.values.get("per-file", {})
        return tuple(
            (
                Glob(pattern, self.folder.as_posix()),
                Layer(self.name, values, self.folder, self.text, (*self.prefix, "per-file", pattern)),
            )
            for pattern, values in table.items()
        )


def shown(path: Path) -> str:
    """A path for people: from the current folder where it is in it."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
