"""Places where a template chooses its words: spintax, `{Hi|Hello}`, and conditions, `{% if x %}...{% else %}...`.

Every branch is read once: reading 0 takes the longest branch of each choice, and the readings after it go through the
other branches of all choices at the same time. So their number is that of the widest choice, not the product of all.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pushlint.templating.meaning import words_of
from pushlint.templating.steering import steer
from pushlint.templating.tags import FoundTag

_DEEPEST = 20
_MARK = re.compile(r"[{|}]")


@dataclass(slots=True)
class Branch:
    """The words of one branch, source `start`..`end`, and the choices within it."""

    start: int
    end: int
    choices: list["Choice"] = field(default_factory=list)

    @property
    def readings(self) -> int:
        """How many readings it takes to see all of it."""
        return max((choice.readings for choice in self.choices), default=1)


@dataclass(slots=True)
class Choice:
    """A choice, source `start`..`end`, of one branch or many. What stands between the branches of spintax is not
    read; that of conditions are tags of their own."""

    start: int
    end: int
    branches: list[Branch]
    is_spintax: bool

    @property
    def readings(self) -> int:
        """How many readings it takes to see all branches."""
        return sum(branch.readings for branch in self.branches)


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices of a text, and the steering tags that are not closed, or close nothing."""

    within: Branch
    unbalanced: tuple[FoundTag, ...]

    @property
    def readings(self) -> int:
        """How many readings it takes to see every branch."""
        return self.within.readings

    def unread(self, reading: int) -> list[tuple[int, int]]:
        """The source ranges that are not read in a reading (from 0)."""
        return list(_unread(self.within, reading))


def find_choices(masked: str, tags: Sequence[FoundTag]) -> Choices:
    """The choices in a text, whose `tags` are overwritten in `masked`."""
    conditions, unbalanced = _conditions(tags)
    within = Branch(0, len(masked))
    _nest([*_spins(masked), *conditions], within)
    return Choices(within, tuple(unbalanced))


def _spins(masked: str) -> Iterator[Choice]:
    """Braces with bars in them, inner ones first."""
    open_at: list[list[int]] = []
    for mark in _MARK.finditer(masked):
        if mark[0] == "{":
            open_at.append([mark.start()])
        elif mark[0] == "|" and open_at:
            open_at[-1].append(mark.start())
        elif mark[0] == "}" and open_at:
            edges = [*open_at.pop(), mark.start()]
            if len(edges) > 2:
                branches = [Branch(one + 1, two) for one, two in pairwise(edges)]
                yield Choice(edges[0], mark.end(), branches, is_spintax=True)


def _conditions(tags: Iterable[FoundTag]) -> tuple[list[Choice], list[FoundTag]]:
    """Conditions and loops, and the tags that belong to none."""
    found: list[Choice] = []
    unbalanced: list[FoundTag] = []
    open_parts: list[tuple[str, list[FoundTag]]] = []
    for tag in tags:
        step = steer(tag.source) if tag.type == "block" else None
        if step is None:
            continue
        if step.role == "opens":
            open_parts.append((step.name, [tag]))
            continue
        at = _last_open(open_parts, step.name)
        if at is None:
            unbalanced.append(tag)
            continue
        unbalanced += _left_open(open_parts[at + 1 :])
        del open_parts[at + 1 :]
        open_parts[at][1].append(tag)
        if step.role == "closes":
            found.append(_condition(open_parts.pop()[1]))
    return found, sorted([*unbalanced, *_left_open(open_parts)], key=lambda tag: tag.start)


def _last_open(parts: Sequence[tuple[str, list[FoundTag]]], name: str) -> int | None:
    """The number of the innermost open part of that name; without a name, of one that has to be closed."""
    for at in range(len(parts) - 1, -1, -1):
        if parts[at][0] == name or (not name and _has_to_be_closed(parts[at])):
            return at
    return None


def _left_open(parts: Iterable[tuple[str, list[FoundTag]]]) -> list[FoundTag]:
    return [part[1][0] for part in parts if _has_to_be_closed(part)]


def _has_to_be_closed(part: tuple[str, list[FoundTag]]) -> bool:
    name, tags = part
    opening = tags[0].source.lstrip("{<%*|$?=~- \t")
    return name in words_of("closing") or opening[:1] in ("#", "^") or " do" in tags[0].source


def _condition(tags: Sequence[FoundTag]) -> Choice:
    branches = [Branch(one.end, two.start) for one, two in pairwise(tags)]
    return Choice(tags[0].start, tags[-1].end, branches, is_spintax=False)


def _nest(choices: Sequence[Choice], within: Branch) -> None:
    """Puts each choice into the innermost branch that holds it; one that straddles a border, or is nested too deeply
    to be meant, is dropped."""
    open_choices: list[Choice] = []
    for choice in sorted(choices, key=lambda choice: (choice.start, -choice.end)):
        while open_choices and open_choices[-1].end <= choice.start:
            open_choices.pop()
        around = open_choices[-1].branches if open_choices else [within]
        holder = next((b for b in around if b.start <= choice.start and choice.end <= b.end), None)
        if holder is not None and len(open_choices) < _DEEPEST:
            holder.choices.append(choice)
            open_choices.append(choice)


def _unread(within: Branch, reading: int) -> Iterator[tuple[int, int]]:
    for choice in within.choices:
        branch, rest = _taken(choice, reading % choice.readings)
        if choice.is_spintax:
            yield from ((choice.start, branch.start), (branch.end, choice.end))
        else:
            yield from ((other.start, other.end) for other in choice.branches if other is not branch)
        yield from _unread(branch, rest)


def _taken(choice: Choice, reading: int) -> tuple[Branch, int]:
    """The branch that is taken, the longest first, and the number of the reading within it."""
    for branch in sorted(choice.branches, key=lambda branch: branch.start - branch.end):
        if reading < branch.readings:
            return branch, reading
        reading -= branch.readings
    raise AssertionError("a choice has as many readings as its branches")
