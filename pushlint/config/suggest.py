"""A settings file that fits the drafts in a folder: what is seen of them, and the text that says so."""

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pushlint.config.values import written
from pushlint.draft import Draft, Tag
from pushlint.linter import Linter
from pushlint.templating.dialects import dialects

SCHEMA = "https://raw.githubusercontent.com/pushlint/pushlint/main/schemas/settings.schema.json"
_SAMPLE = 200  # drafts that are parsed to see what kind they are: enough to tell, and soon done
_FEW = 3
_MOST = 0.8
_MOST_TAGS = 40


class Kind(NamedTuple):
    """What most drafts of a folder are, and how many of those that were looked at are it."""

    name: str
    having: int
    of: int


@dataclass
class Seen:
    """What is seen of the drafts in a folder: how many there are in each folder of it (relative), and the `profile`,
    `stage` and `dialect` of most of those; the names of merge tags with their types and counts, the dialect that is
    told from them, those that all of them may be of, and how many HTML drafts there are without a footer, of how many.
    """

    folders: Counter[str] = field(default_factory=Counter)
    kinds: dict[str, dict[str, Kind]] = field(default_factory=dict)
    tags: Counter[str] = field(default_factory=Counter)
    types: dict[str, str] = field(default_factory=dict)
    dialect: str | None = None
    dialects: tuple[str, ...] = ()
    footless: int = 0
    html: int = 0

    @property
    def drafts(self) -> int:
        """How many drafts there are."""
        return self.folders.total()


def look(drafts: Sequence[tuple[str, str, Draft]]) -> Seen:
    """What is seen of drafts, each with its path, relative, and its format."""
    seen = Seen()
    told: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    for path, format, draft in drafts:
        folder = _folder(path)
        seen.folders[folder] += 1
        tags = [tag for tag in draft.tags if _is_named(tag)]
        seen.tags.update({tag.variable for tag in tags})
        seen.types.update((tag.variable, tag.type) for tag in tags)
        told[folder].update([draft.dialects] if tags and draft.dialects else [])
        if format == "html":
            seen.html += 1
            seen.footless += all(zone.kind != "footer" for zone in draft.zones)
    seen.dialect, seen.dialects = _dialect(sum(told.values(), Counter()))
    seen.kinds = _kinds(drafts)
    for folder, votes in told.items() if not seen.dialect else ():
        name, _ = _dialect(votes)
        if name and votes.total() >= _FEW:
            having = sum(n for names, n in votes.items() if name in names)
            seen.kinds.setdefault(folder, {})["dialect"] = Kind(name, having, votes.total())
    return seen


def _folder(path: str) -> str:
    return os.path.dirname(path).replace(os.sep, "/")


def _is_named(tag: Tag) -> bool:
    """Whether a tool fills the tag in by its name."""
    by_hand = bool(tag.dialects) and all(dialects()[name].by_hand for name in tag.dialects)
    return tag.type != "block" and bool(tag.variable.strip()) and bool(tag.dialects) and not by_hand and not tag.broken


def _dialect(told: Mapping[tuple[str, ...], int]) -> tuple[str | None, tuple[str, ...]]:
    """The dialect that alone explains most of the drafts with tags, if one does; and those that explain all."""
    votes = Counter({name: sum(n for names, n in told.items() if name in names) for name in dialects()})
    total = sum(told.values())
    fitting = tuple(sorted(name for name, having in votes.items() if total and having == total))
    alone = Counter({names[0]: n for names, n in told.items() if len(names) == 1})
    name = next((name for name, _ in alone.most_common(1)), None)
    surely = name is not None and votes[name] >= _MOST * total and (len(alone) == 1 or not fitting)
    return (fitting[0] if len(fitting) == 1 else name if surely else None), fitting


def _kinds(drafts: Sequence[tuple[str, str, Draft]]) -> dict[str, dict[str, Kind]]:
    """The profile and the stage of most drafts of each folder that has some."""
    sample = drafts[:: max(1, len(drafts) // _SAMPLE)]
    parsed = Linter(()).parse(draft for _, _, draft in sample)
    found: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for (path, _, draft), doc in zip(sample, parsed, strict=True):
        for key in ("profile", "stage"):
            found[_folder(path)][key][getattr(draft, key) or getattr(doc._.pushlint, key) or ""] += 1
    kinds: dict[str, dict[str, Kind]] = {}
    for folder, counted in found.items():
        for key, counts in counted.items():
            ((name, having),) = counts.most_common(1)
            if name and counts.total() >= _FEW and having >= _MOST * counts.total():
                kinds.setdefault(folder, {})[key] = Kind(name, having, counts.total())
    return kinds


def text(seen: Seen, base: str | None = None) -> str:
    """A settings file for what was seen; `base` is the settings file above it that it builds on."""
    return "\n".join([f"#:schema {SCHEMA}", *_lines(seen, base)]) + "\n"


def _lines(seen: Seen, base: str | None) -> Iterable[str]:
    yield "# Settings of pushlint. `pushlint config` explains each key and shows where its value comes from."
    if base:
        yield "\n# The settings file above, which would not count here otherwise."
        yield f"extend = {written(base)}"
    yield "\n# Rules: families (CLO), codes (CLO001) or names (close-talk). `pushlint rule --all` lists them."
    yield '# ignore = ["CLR"]'
    yield '# levels = { CLO = "error", hard-to-read = "off" }'
    yield "\n# Exit code 1 from this level on: error, warning, info, never."
    yield '# fail-on = "warning"'
    yield "\n# Names of products and other words that are never flagged."
    yield "# terms = []"
    yield from _about_dialect(seen)
    yield from _about_footer(seen)
    yield from _about_folders(seen)
    yield from _about_tags(seen)


def _about_dialect(seen: Seen) -> Iterator[str]:
    if seen.dialect:
        yield f"\n# The merge tags are {dialects()[seen.dialect].title}'s, by the look of them."
        yield f"dialect = {written(seen.dialect)}"
    elif seen.tags:
        fitting = seen.dialects if 0 < len(seen.dialects) <= 12 else ()
        which = f"any of {', '.join(fitting)}" if fitting else "more than one tool"
        yield f"\n# The merge tags could be of {which}; say which."
        yield f"# dialect = {written(fitting[0] if fitting else 'liquid')}"


def _about_footer(seen: Seen) -> Iterator[str]:
    if seen.html >= _FEW and seen.footless == seen.html:
        yield f"\n# None of the {seen.html:,} HTML drafts has a footer. If your tool adds it when it sends:"
        yield '# footer = "injected"'


def _about_folders(seen: Seen) -> Iterator[str]:
    for folder, kinds in sorted(seen.kinds.items()):
        if folder:
            yield f"\n# {seen.folders[folder]:,} drafts; for those of them that do not say it themselves."
            yield f"[per-file.{written(folder + '/*')}]"
            for key, kind in kinds.items():
                yield f"{key} = {written(kind.name)}  # {kind.having:,} of {kind.of:,}"


def _about_tags(seen: Seen) -> Iterator[str]:
    if not seen.tags:
        return
    yield "\n# The merge tags in use, and in how many drafts. Without the #, every other name is found as unknown;"
    yield "# with may-be-empty = false no fallback is asked for. Look at the rare ones first."
    yield "# [tags]"
    for name, drafts in seen.tags.most_common(_MOST_TAGS):
        yield f"# {written({name: {'type': seen.types[name]}})[1:-1]}  # {drafts:,}"
    if len(seen.tags) > _MOST_TAGS:
        yield f"# and {len(seen.tags) - _MOST_TAGS:,} more"
