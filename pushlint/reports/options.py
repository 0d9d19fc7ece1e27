"""What the formats may want to know besides the results."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pushlint.diagnostic import SAFE, Applicability

if TYPE_CHECKING:
    from pushlint.rulebook import Rule


def _shipped_rules() -> "Sequence[Rule]":
    from pushlint.rulebook.load import shipped_rules  # here, as they take time to load and few formats explain them

    return shipped_rules()


@dataclass(frozen=True, slots=True)
class Options:
    """`width` is that of the terminal in columns and `all_fixes` shows every rewrite (both for `full`); `fixable` are
    the fixes that are asked for; `rules` gives the rules whose findings these are, for formats that explain them."""

    width: int = 100
    all_fixes: bool = False
    fixable: Collection[Applicability] = SAFE
    rules: "Callable[[], Sequence[Rule]]" = _shipped_rules
