"""Places where a template chooses its words: spintax, `{Hi|Hello}`, and conditions, `{% if x %}...{% else %}...`.

Every branch is read once: reading 0 takes the longest branch of each choice, and the readings after it go through the
other branches of all choices at the same time. So their number is that of the widest choice, not the product of all.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pushlint.templating.meaning import words_of
from pushlint.templating.steering import steer
from pushlint.templating.tags import FoundTag

_DEEPEST = 20
_MARK = re.compile(r"[{|}]")
_RANDOM = re.compile(r"\s*random\s*", re.IGNORECASE)


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
    read; between those of conditions, and of spintax in tags, stand tags of their own."""

    start: int
    end: int
    branches: list[Branch]
    is_spintax: bool = True
    has_tags: bool = False

    @property
    def readings(self) -> int:
        """How many readings it takes to see all branches."""
        return sum(branch.readings for branch in self.branches)


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices of a text, the steering tags that are not closed, or close nothing, the source ranges of the
    conditions, and those of what is sent where a condition does not hold."""

    within: Branch
    unbalanced: tuple[FoundTag, ...]
    conditions: tuple[tuple[int, int], ...]
    otherwise: tuple[tuple[int, int], ...]

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
    _nest([*_spins(masked), *conditions, *_fallbacks(tags)], within)
    chosen = [choice for choice in conditions if not choice.is_spintax]
    otherwise = [(branch.start, branch.end) for choice in chosen for branch in choice.branches[1:]]
    return Choices(within, tuple(unbalanced), tuple((c.start, c.end) for c in chosen), tuple(otherwise))


def _fallbacks(tags: Iterable[FoundTag]) -> Iterator[Choice]:
    """Tags with a text that may be sent in their place."""
    for tag in tags:
        if tag.fallback and tag.fallback[0] < tag.fallback[1]:
            fallback = Branch(tag.start + tag.fallback[0], tag.start + tag.fallback[1])
            yield Choice(tag.start, tag.end, [Branch(tag.start, tag.end), fallback])


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
                yield _spin(masked, edges)


def _spin(masked: str, edges: Sequence[int]) -> Choice:
    """The choice between the first brace and the last; `{{RANDOM | Hi | Hello}}` has a brace more on either side, and
    its first word is not one of those it chooses from."""
    start, end = edges[0], edges[-1] + 1
    branches = [Branch(one + 1, two) for one, two in pairwise(edges)]
    if not _RANDOM.fullmatch(masked, start + 1, edges[1]):
        return Choice(start, end, branches)
    around = int(masked[start - 1 : start] == "{" and masked[end : end + 1] == "}")
    trimmed = [_trimmed(masked, branch) for branch in branches[1:]]
    return Choice(start - around, end + around, trimmed)


def _trimmed(masked: str, branch: Branch) -> Branch:
    text = masked[branch.start : branch.end]
    start = branch.start + len(text) - len(text.lstrip())
    return Branch(start, max(start, branch.start + len(text.rstrip())))


def _conditions(tags: Iterable[FoundTag]) -> tuple[list[Choice], list[FoundTag]]:
    """Conditions and loops, and the tags that belong to none."""
    found: list[Choice] = []
    unbalanced: list[FoundTag] = []
    parts = _Open()
    for tag in tags:
        step = steer(tag.source) if tag.type == "block" and not tag.broken else None
        if step is None:
            continue
        if step.role == "opens":
            parts.add(step.name, tag)
        elif step.name not in parts:
            unbalanced.append(tag)
        else:
            left, part = parts.back_to(step.name)
            unbalanced += left
            part.append(tag)
            if step.role == "closes":
                found.append(_condition(parts.pop()))
    return found, sorted([*unbalanced, *parts.left_open(0)], key=lambda tag: tag.start)


class _Open:
    """The parts that are open, the innermost last: the name and the tags of each."""

    def __init__(self) -> None:
        self._parts: list[tuple[str, list[FoundTag]]] = []
        self._names: Counter[str] = Counter()

    def add(self, name: str, tag: FoundTag) -> None:
        """Opens one."""
        part = name, [tag]
        self._parts.append(part)
        self._names.update(_called(part))

    def pop(self) -> list[FoundTag]:
        """Closes the innermost; its tags."""
        part = self._parts.pop()
        self._names.subtract(_called(part))
        return part[1]

    def __contains__(self, name: str) -> bool:
        """Whether one of that name is open; without a name, one that has to be closed."""
        return self._names[name] > 0

    def back_to(self, name: str) -> tuple[list[FoundTag], list[FoundTag]]:
        """Drops all within the innermost one of that name: the tags that opened those, and the tags of that one."""
        at = next(at for at in range(len(self._parts) - 1, -1, -1) if name in _called(self._parts[at]))
        left = self.left_open(at + 1)
        while len(self._parts) > at + 1:
            self.pop()
        return left, self._parts[at][1]

    def left_open(self, start: int) -> list[FoundTag]:
        """The tags that opened the parts from number `start` on, where those have to be closed."""
        return [part[1][0] for part in self._parts[start:] if _has_to_be_closed(part)]


def _called(part: tuple[str, list[FoundTag]]) -> set[str]:
    """What closes a part: its name; nothing said, where it has to be closed."""
    return {part[0], ""} if _has_to_be_closed(part) else {part[0]}


def _has_to_be_closed(part: tuple[str, list[FoundTag]]) -> bool:
    name, tags = part
    opening = tags[0].source.lstrip("{<%*|$?=~- \t")
    return name in words_of("closing") or opening[:1] in ("#", "^") or " do" in tags[0].source


def _condition(tags: Sequence[FoundTag]) -> Choice:
    branches = [Branch(one.end, two.start) for one, two in pairwise(tags)]
    spins = tags[0].name == "spin"
    if len(branches) > 1 and spins and branches[0].start == branches[0].end:
        del branches[0]  # `{spin}{variation}` begins with the first variation
    return Choice(tags[0].start, tags[-1].end, branches, is_spintax=spins, has_tags=True)


def _nest(choices: Sequence[Choice], within: Branch) -> None:
    """Puts each choice into the innermost branch that holds it; one that straddles a border, or is nested too deeply
    to be meant, is dropped."""
    open_choices: list[Choice] = []
    for choice in sorted(choices, key=lambda choice: (choice.start, -choice.end)):
        while open_choices and open_choices[-1].end <= choice.start:
            open_choices.pop()
        around = open_choices[-1].branches if open_choices else [within]
        holder = around[max(0, bisect_right(around, choice.start, key=lambda branch: branch.start) - 1)]
        if holder.start <= choice.start and choice.end <= holder.end and len(open_choices) < _DEEPEST:
            holder.choices.append(choice)
            open_choices.append(choice)


def _unread(within: Branch, reading: int) -> Iterator[tuple[int, int]]:
    for choice in within.choices:
        branch, rest = _taken(choice, reading % choice.readings)
        if choice.has_tags:
            yield from ((other.start, other.end) for other in choice.branches if other is not branch)
        else:
            yield from ((choice.start, branch.start), (branch.end, choice.end))
        yield from _unread(branch, rest)


def _taken(choice: Choice, reading: int) -> tuple[Branch, int]:
    """The branch that is taken, the longest first, and the number of the reading within it."""
    for branch in sorted(choice.branches, key=lambda branch: branch.start - branch.end):
        if reading < branch.readings:
            return branch, reading
        reading -= branch.readings
    raise AssertionError("a choice has as many readings as its branches")
