"""What the user asked for: which rules, which files, what to take for granted about the drafts."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, Protocol, TypeVar

from pushlint.errors import InputError

ALL = "ALL"
FailOn = Literal["error", "warning", "info", "never"]


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices of one run.

    `select` and `ignore` hold selectors: `ALL`, a prefix of codes (`CLO`), a code (`CLO001`) or a rule's name.
    `rules` are folders of rule files to add. `isolated` leaves configuration files and installed plug-ins out of
    account. `only_drafts` passes over files that are no drafts even when they are named outright. `stage`,
    `profile`, `footer` and `dialect` (of merge tags) replace what the drafts say of themselves; `tags` are the names
    that tags may have, each with sample values, for drafts that do not say it. `today` is the day to judge them on, the
    real one where it is None. `stdin_filename` is the path to give to standard input.
    `extensions` are ends of file names with the format that they are read in, besides those that are known.
    `fail_on` is the mildest level of finding that fails a run; with `max_warnings` that many warnings are allowed.
    """

    select: tuple[str, ...] = (ALL,)
    ignore: tuple[str, ...] = ()
    rules: tuple[Path, ...] = ()
    isolated: bool = False
    only_drafts: bool = False
    stage: str | None = None
    profile: str | None = None
    footer: str | None = None
    dialect: str | None = None
    tags: Mapping[str, tuple[str, ...]] | None = None
    today: date | None = None
    stdin_filename: str | None = None
    extensions: tuple[tuple[str, str], ...] = ()
    fail_on: FailOn = "warning"
    max_warnings: int | None = None


class Named(Protocol):
    """Anything that selectors can pick: a rule."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...


R = TypeVar("R", bound=Named)


def select_rules(rules: Iterable[R], settings: Settings) -> list[R]:
    """The rules that are selected and not ignored; where both speak of a rule, the more specific one decides.

    Raises InputError for a selector that means no rule.
    """
    rules = list(rules)
    _refuse_unknown("--select", settings.select, rules)
    _refuse_unknown("--ignore", settings.ignore, rules)
    return [rule for rule in rules if _specificity(settings.select, rule) > _specificity(settings.ignore, rule)]


def picked(selectors: Sequence[str], rules: Iterable[R]) -> list[R]:
    """The rules that one of the selectors means."""
    return [rule for rule in rules if _specificity(selectors, rule)]


def find_rule(word: str, rules: Sequence[R]) -> R:
    """The rule of that code or name. Raises InputError when there is none."""
    for rule in rules:
        if word in (rule.code, rule.name):
            return rule
    words = [word for rule in rules for word in (rule.code, rule.name)]
    raise InputError(f'there is no rule "{word}"', hint=_hint(word, words))


def _specificity(selectors: Iterable[str], rule: Named) -> int:
    """How closely the closest of the selectors describes the rule: 0 for not at all, 1 for `ALL`, more for longer."""
    return max((closeness(selector, rule) for selector in selectors), default=0)


def closeness(selector: str, rule: Named) -> int:
    """How closely a selector describes a rule, or a finding of it: 0 for not at all."""
    if selector == ALL:
        return 1
    if selector == rule.name:
        return 1 + len(rule.code)
    return 1 + len(selector) if selector and rule.code.startswith(selector) else 0


def _refuse_unknown(option: str, selectors: Iterable[str], rules: Sequence[Named]) -> None:
    for selector in selectors:
        if selector != ALL and not any(closeness(selector, rule) for rule in rules):
            families = {rule.code.rstrip("0123456789") for rule in rules}
            words = [ALL, *families, *(word for rule in rules for word in (rule.code, rule.name))]
            raise InputError(f'{option}: there is no rule "{selector}"', hint=_hint(selector, words))


def _hint(word: str, words: Iterable[str]) -> str:
    """The word nearest to the one given, whatever its case, or where to look."""
    folded = {known.casefold(): known for known in sorted(words)}
    near = difflib.get_close_matches(word.casefold(), folded, n=1)
    return f'did you mean "{folded[near[0]]}"?' if near else "`pushlint rule --all` lists the rules"
