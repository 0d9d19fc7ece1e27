"""Finds where outreach e-mail pushes, says why, and suggests the considerate rewrite. Works offline."""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False  # True for checkers of types; to import typing takes as long as to ask the helper
if TYPE_CHECKING:
    from typing import Any

    from pushlint.api import Linter, lint_file, lint_text
    from pushlint.config.resolve import Configuration
    from pushlint.diagnostic import Diagnostic, Edit, Fix, Position
    from pushlint.errors import InputError
    from pushlint.language import load_pipeline
    from pushlint.result import FileResult, Suppressed
    from pushlint.settings import Settings

__all__ = [
    "Configuration",
    "Diagnostic",
    "Edit",
    "FileResult",
    "Fix",
    "InputError",
    "Linter",
    "Position",
    "Settings",
    "Suppressed",
    "lint_file",
    "lint_text",
    "load_pipeline",
]

# Imported when asked for: `import pushlint` itself takes no time, nor does the command line wait for spaCy.
_MODULES = {
    "pushlint.api": ("Linter", "lint_file", "lint_text"),
    "pushlint.config.resolve": ("Configuration",),
    "pushlint.diagnostic": ("Diagnostic", "Edit", "Fix", "Position"),
    "pushlint.errors": ("InputError",),
    "pushlint.language": ("load_pipeline",),
    "pushlint.result": ("FileResult", "Suppressed"),
    "pushlint.settings": ("Settings",),
}


def __getattr__(name: str) -> Any:
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
