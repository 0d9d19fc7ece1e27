"""What the user asked for: which rules, which files, what to take for granted about the drafts."""

import hashlib
import json
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Literal, Protocol, TypeVar

from pushlint.draft import Draft, KnownTag, TagHints, Tuning, types_of
from pushlint.errors import InputError
from pushlint.globs import Glob
from pushlint.validation import did_you_mean

ALL = "ALL"
Level = Literal["error", "warning", "info", "off"]
Jobs = int | Literal["auto"]
FailOn = Literal["error", "warning", "info", "never"]
SKIPPED_FOLDERS = ("node_modules", "__pycache__", "venv", "site-packages")

# What changes what is found in a file, besides the day.
_MATTERS = (
    "select", "extend_select", "ignore", "levels", "from_files", "per_file", "rules", "isolated", "stage", "profile",
    "footer", "dialect", "tags", "unsaid", "terms", "format",
)  # fmt: skip

Complain = Callable[[str, str, str | None], InputError]
"""Makes the error of a selector that means no rule, with its place, of its key, the selector and a hint."""


def _on_the_command_line(key: str, selector: str, hint: str | None) -> InputError:
    return InputError(f'--{key}: there is no rule "{selector}"', hint=hint)


@dataclass(frozen=True)
class Selection:
    """What one place says of the rules: a settings file, an entry of its `per-file`, the command line.

    `select` and the others hold selectors: `ALL`, a prefix of codes (`CLO`), a code (`CLO001`) or a rule's name.
    Without `select` it changes what the places before it say; with it, it starts over.
    """

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    levels: Mapping[str, Level] = field(default_factory=dict)
    complain: Complain = field(default=_on_the_command_line, compare=False)

    def decides(self, rule: "Named") -> bool | None:
        """Whether the rule is on; None where nothing is said of it. Of what is said the most specific counts."""
        wanted = _specificity((*(self.select or ()), *self.extend_select), rule)
        unwanted = _specificity(self.ignore, rule)
        selector = _closest(self.levels, rule)
        if selector is not None and self.levels[selector] == "off":
            unwanted = max(unwanted, closeness(selector, rule))
        if wanted or unwanted:
            return wanted > unwanted
        return None if self.select is None else False

    def level(self, rule: "Named") -> Level | None:
        """The level that it gives the rule."""
        selector = _closest(self.levels, rule)
        return None if selector is None else self.levels[selector]

    def selectors(self) -> Iterable[tuple[str, str]]:
        """Every selector, with the key that it stands under."""
        yield from (("select", selector) for selector in self.select or ())
        yield from (("extend-select", selector) for selector in self.extend_select)
        yield from (("ignore", selector) for selector in self.ignore)
        yield from (("levels", selector) for selector in self.levels)


@dataclass(frozen=True)
class Unsaid:
    """What holds for drafts that do not say it themselves: as in `Settings`."""

    stage: str | None = None
    profile: str | None = None
    footer: str | None = None
    dialect: str | None = None
    tags: Mapping[str, KnownTag] | None = None


@dataclass(frozen=True)
class Settings:
    """The choices of a run, or what holds for one file.

    `select`, `extend_select`, `ignore` and `levels` are the rules that the caller asks for (see `Selection`);
    `from_files` and `per_file` are what settings files say of them. `rules` are folders of rule files to add.
    `isolated` leaves settings files and installed plug-ins out of account. `only_drafts` passes over files that are no
    drafts, or are excluded, even when they are named outright.

    `stage`, `profile`, `footer`, `dialect` (of merge tags) and `tags` (those that there are, by name) replace what the
    drafts say of themselves; `unsaid` holds for drafts that do not say it. `terms` are never flagged. `today` is the
    day to judge on, the real one where it is None.

    `stdin_filename` is the path to give to standard input. `extensions` are ends of file names with the format that
    they are read in, besides those that are known; `format` is that of the file itself. `exclude` says what to leave
    alone in folders. `fail_on` and `max_warnings` make the exit code; `output_format` is how to print, `cache` whether
    and where to keep results, `jobs` how many processes lint.
    """

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    rules: tuple[Path, ...] = ()
    isolated: bool = False
    only_drafts: bool = False
    stage: str | None = None
    profile: str | None = None
    footer: str | None = None
    dialect: str | None = None
    tags: Mapping[str, KnownTag] | None = None
    today: date | None = None
    stdin_filename: str | None = None
    extensions: tuple[tuple[str, str], ...] = ()
    extend_select: tuple[str, ...] = ()
    levels: Mapping[str, Level] = field(default_factory=dict)
    from_files: tuple[Selection, ...] = ()
    per_file: tuple[Selection, ...] = ()
    unsaid: Unsaid = Unsaid()
    terms: tuple[str, ...] = ()
    format: str | None = None
    exclude: tuple[Glob, ...] = tuple(Glob(name, "/") for name in SKIPPED_FOLDERS)
    fail_on: FailOn = "warning"
    max_warnings: int | None = None
    output_format: str = "full"
    cache: bool | Path = True
    jobs: Jobs = 1

    @property
    def own(self) -> Selection:
        """What the caller says of the rules."""
        return Selection(self.select, self.extend_select, self.ignore, self.levels)

    def is_on(self, rule: "Named") -> bool:
        """Whether the rule is used: the last place that says anything of it decides; what `per_file` switches off
        stays off whatever the caller selects."""
        kept = self.select is None or _fold(self.per_file, rule)
        return kept and _fold((*self.from_files, *self.per_file, self.own), rule)

    def tuning(self, rules: Iterable["Named"]) -> Tuning:
        """What is to be said of these rules to the linter."""
        rules = list(rules)
        places = (*self.from_files, *self.per_file, self.own)
        said = {rule.code: [level for place in places if (level := place.level(rule))] for rule in rules}
        levels = {code: [level for level in given if level != "off"] for code, given in said.items()}
        return Tuning(
            off=frozenset(rule.code for rule in rules if not self.is_on(rule)),
            levels=tuple((code, given[-1]) for code, given in levels.items() if given),
            terms=self.terms,
        )

    @cached_property
    def hints(self) -> TagHints:
        """What readers are told of merge tags."""
        tags = self.tags if self.tags is not None else self.unsaid.tags
        dialect = self.dialect or self.unsaid.dialect or ""
        return TagHints(dialect, types_of(tags or {}), firm=self.dialect is not None)

    def told(self, draft: Draft) -> Draft:
        """The draft with what is said of it here."""
        changes: dict[str, object] = {}
        for here, there in (("stage", "stage"), ("profile", "profile"), ("footer", "footer"), ("tags", "known_tags")):
            asked, otherwise = getattr(self, here), getattr(self.unsaid, here)
            if asked is not None:
                changes[there] = asked
            elif otherwise is not None and getattr(draft, there) is None:
                changes[there] = otherwise
        return draft.with_all(**changes) if changes else draft

    @cached_property
    def key(self) -> str:
        """A name for all that changes what is found in a file, besides the file and the rules, in every run."""
        told = {name: value for name, value in vars(self).items() if name in _MATTERS}
        data = json.dumps([told, str(self.today or date.today())], sort_keys=True, default=_as_data)
        return hashlib.sha256(data.encode()).hexdigest()


def _as_data(value: object) -> object:
    """Something that JSON does not know, as something that it does."""
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value) if field.compare}
    return dict(value) if isinstance(value, Mapping) else str(value)


def _fold(places: Iterable[Selection], rule: "Named") -> bool:
    said = (decided for place in places if (decided := place.decides(rule)) is not None)
    return deque(chain((True,), said), maxlen=1)[0]


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
    for place in (*settings.from_files, *settings.per_file, settings.own):
        refuse_unknown(place, rules)
    return [rule for rule in rules if settings.is_on(rule)]


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


def refuse_unknown(place: Selection, rules: Sequence[Named]) -> None:
    """Raises InputError for a selector that means none of the rules."""
    for key, selector in place.selectors():
        if selector != ALL and not any(closeness(selector, rule) for rule in rules):
            families = {rule.code.rstrip("0123456789") for rule in rules}
            words = [ALL, *families, *(word for rule in rules for word in (rule.code, rule.name))]
            raise place.complain(key, selector, _hint(selector, words))


def _closest(selectors: Iterable[str], rule: Named) -> str | None:
    """The selector that describes the rule most closely, if any does."""
    close = max(selectors, key=lambda selector: closeness(selector, rule), default=None)
    return close if close is not None and closeness(close, rule) else None


def _hint(word: str, words: Iterable[str]) -> str:
    """The word nearest to the one given, whatever its case, or where to look."""
    return did_you_mean(word, words) or "`pushlint rule --all` lists the rules"
