"""Applies fixes to the text of a file, and only those that cure and harm nothing.

A fix is kept where the file is then still read, the same outside of its edits, and linting it anew finds neither what
the fix was for nor anything that was not there before. It is withheld otherwise, and the reason told.
"""

import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from pushlint.diagnostic import Applicability, Diagnostic, Edit, Fix, applicable
from pushlint.draft import Draft, SegmentKind, Source
from pushlint.errors import InputError
from pushlint.result import FileResult

MOST_ROUNDS = 10

_BOM = "\ufeff".encode()
_WORDS: frozenset[SegmentKind] = frozenset({"literal", "space", "entity"})
_LONGEST_SENTENCE = 600
_WORD = re.compile(r"\S+")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"']*[\w/]|[\w.+-]+@[\w-]+\.[\w.-]*\w")
_END_MARK = re.compile(r"[.?!\r\n]")

Lint = Callable[[bytes], FileResult]
"""Reads and lints a file with other contents."""
Troubles = dict[int, str]
"""What is wrong with which e-mail of a file, by its number, or with `ALL` of it."""
ALL = -1
_Moved = Callable[[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Withheld:
    """A finding that has a fix, and why that was not applied."""

    diagnostic: Diagnostic
    reason: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """What became of a file: as it was and as it is, which findings are gone, and which were withheld.

    `unfinished`: it might have been fixed further in more rounds. `error`: why it could not be written.
    """

    before: FileResult
    after: FileResult
    fixed: tuple[Diagnostic, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    unfinished: bool = False
    error: InputError | None = None
    is_stdin: bool = False


def fix(file: FileResult, lint: Lint, allowed: Collection[Applicability]) -> Fixed:
    """The file with all its fixes of an allowed applicability that harm nothing, in as many rounds as it takes."""
    work = _Work(file, lint, allowed)
    rounds = 0
    while rounds < MOST_ROUNDS and work.round():
        rounds += 1
    withheld = {choice.diagnostic: reason for choice, reason in reversed(work.refused.items())}
    return Fixed(
        file,
        work.file,
        tuple(work.fixed),
        tuple(Withheld(diagnostic, withheld[diagnostic]) for diagnostic in reversed(withheld)),
        unfinished=rounds == MOST_ROUNDS and bool(work.chosen()),
    )


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits applied, which must not overlap."""
    pieces, at = [], 0
    for edit in sorted(edits, key=_place):
        pieces += [text[at : edit.start], edit.content]
        at = edit.end
    return "".join([*pieces, text[at:]])


def encoded(source: Source, text: str | None = None) -> bytes:
    """The bytes of a file with that text, or with its own. Raises UnicodeEncodeError where its charset lacks a
    character."""
    return (_BOM if source.bom else b"") + (source.text if text is None else text).encode(source.charset)


def attempt(
    file: FileResult, lint: Lint, edits: Sequence[Edit], cured: Sequence[Diagnostic] = (), by_hand: bool = False
) -> FileResult | Troubles:
    """The file with the edits applied and linted anew, or why they are not to be applied.

    `cured` are the findings that must be gone then; where edits are made `by_hand`, merge tags may be added or go with
    the words around them, and findings may come.
    """
    try:
        data = encoded(file.source, edited(file.source.text, edits))
    except UnicodeEncodeError:
        return {ALL: f"its words cannot be written in {file.source.charset}"}
    after = lint(data)
    shift = Shift(edits)
    return _harm(file, after, shift, by_hand) or (not by_hand and _amiss(file, after, shift, cured)) or after


@dataclass(frozen=True, slots=True)
class _Choice:
    """A finding and the fix chosen for it."""

    diagnostic: Diagnostic
    fix: Fix


@dataclass
class _Work:
    """A file on its way: as it is now, what was fixed so far, and what was refused of the fixes it has now."""

    file: FileResult
    lint: Lint
    allowed: Collection[Applicability]
    fixed: list[Diagnostic] = field(default_factory=list)
    refused: dict[_Choice, str] = field(default_factory=dict)

    def round(self) -> bool:
        """Applies all that can be applied together, and tells whether there was anything."""
        while chosen := self.chosen():
            after, kept = self._bearable(chosen)
            if kept:
                cured = [choice.diagnostic for choice in kept]
                gone, _ = _compared(self.file, after, Shift(e for choice in kept for e in choice.fix.edits), cured)
                self.fixed += gone
                self.file = after
                self.refused.clear()  # what another text could not bear, this one may
                return True
        return False

    def chosen(self) -> list[_Choice]:
        """The best fix that is left of each finding; of two in one sentence, the later waits."""
        chosen: list[_Choice] = []
        taken = _Spans()
        for diagnostic in self.file.diagnostics:
            left = (_Choice(diagnostic, fix) for fix in applicable(diagnostic, self.allowed))
            choice = next((choice for choice in left if choice not in self.refused), None)
            if choice is None:
                continue
            spans = [_sentence(self.file.source.text, edit) for edit in choice.fix.edits]
            if not any(taken.meets(*span) for span in spans):
                chosen.append(choice)
                for span in spans:
                    taken.add(*span)
        return chosen

    def _bearable(self, chosen: Sequence[_Choice], together: bool = False) -> tuple[FileResult, list[_Choice]]:
        """Those of the choices that can be applied, and the file that they make.

        All are tried at once, and what makes trouble by halves: each e-mail or sequence by itself, so that a file of
        many takes no more trials than one; or all `together`, where it cannot be told which of them has it.
        """
        units = [ALL if together else draft.sequence or number for number, (draft, _) in enumerate(self.file.drafts)]
        of = {one: unit for unit, (_, found) in zip(units, self.file.drafts, strict=True) for one in found}
        waiting = defaultdict[object, list[list[_Choice]]](lambda: [[]])
        for choice in chosen:
            waiting[of[choice.diagnostic]][0].append(choice)
        kept: list[_Choice] = []
        tried: FileResult | Troubles = self.file
        while trial := {unit: groups.pop(0) for unit, groups in waiting.items() if groups}:
            tried = self._try([*kept, *(choice for group in trial.values() for choice in group)])
            if isinstance(tried, FileResult):
                kept += (choice for group in trial.values() for choice in group)
                continue
            of_all = together or ALL in tried
            troubled = {ALL if of_all else units[number]: reason for number, reason in tried.items()}
            if not troubled.keys() & trial.keys():
                return self._bearable(chosen, together=True)
            for unit, group in trial.items():
                if unit not in troubled:
                    kept += group
                elif len(group) == 1:
                    self.refused[group[0]] = troubled[unit]
                else:
                    half = len(group) // 2
                    waiting[unit][:0] = [group[:half], group[half:]]
        if not isinstance(tried, FileResult):
            tried = self._try(kept)
        return (tried, kept) if isinstance(tried, FileResult) else self._bearable(chosen, together=True)

    def _try(self, choices: Sequence[_Choice]) -> FileResult | Troubles:
        if not choices:
            return self.file
        edits = [edit for choice in choices for edit in choice.fix.edits]
        return attempt(self.file, self.lint, edits, [choice.diagnostic for choice in choices])


class _Spans:
    """Ranges that do not overlap."""

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self.spans = sorted(spans)

    def add(self, start: int, end: int) -> None:
        insort(self.spans, (start, end))

    def within(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The ranges that have something in common with `start`..`end`."""
        for at in range(max(0, bisect_right(self.spans, (start,)) - 1), len(self.spans)):
            first, last = self.spans[at]
            if first >= end:
                break
            if last > start:
                yield first, last

    def meets(self, start: int, end: int) -> bool:
        return any(True for _ in self.within(start, end))

    def spares(self, start: int, end: int, or_holds: bool) -> bool:
        """Whether `start`..`end` is one of the ranges, `or_holds`: stands within one, or else has nothing in common
        with any."""
        return all(
            span == (start, end) or (or_holds and span[0] <= start and end <= span[1])
            for span in self.within(start, end)
        )


class Shift:
    """Where things stand before and after edits."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        self.edits = sorted(edits, key=_place)
        self._starts = [edit.start for edit in self.edits]
        self._ends = [edit.end for edit in self.edits]
        growth = (len(edit.content) - (edit.end - edit.start) for edit in self.edits)
        self._moved = list(accumulate(growth, initial=0))
        self.old = _Spans((edit.start, edit.end) for edit in self.edits)
        self.new = _Spans(map(self.span_of, range(len(self.edits))))

    def span_of(self, number: int) -> tuple[int, int]:
        """Where the words of an edit stand after it."""
        start = self.edits[number].start + self._moved[number]
        return start, start + len(self.edits[number].content)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a range stands after the edits; what of it was replaced counts as what took its place."""
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end) - 1
        begin = min(start, self._starts[first]) if first < len(self.edits) else start
        within = last >= 0 and self._ends[last] > end
        return begin + self._moved[first], self.span_of(last)[1] if within else end + self._moved[last + 1]

    def meets(self, old: Diagnostic, new: Diagnostic) -> bool:
        """Whether a finding before the edits and one after them have words in common."""
        start, end = self.span(old.start, old.end)
        return start < new.end and new.start < end


def _harm(before: FileResult, after: FileResult, shift: Shift, by_hand: bool) -> Troubles:
    """How the edits harm which e-mail, besides what they replace."""
    if after.error or after.passed_over:
        why = after.error.message if after.error else after.passed_over
        return {ALL: f"the file could not be read after it ({why})"}
    if len(before.drafts) != len(after.drafts):
        left = _Spans(_extent(draft) for draft, _ in after.drafts)
        gone = [
            number for number, (draft, _) in enumerate(before.drafts) if not left.meets(*shift.span(*_extent(draft)))
        ]
        return dict.fromkeys(gone or [ALL], "the file would be read as another number of e-mails")
    pairs = enumerate(zip(before.drafts, after.drafts, strict=True))
    found = ((number, _harm_of(old, new, shift, by_hand)) for number, ((old, _), (new, _)) in pairs)
    return {number: reason for number, reason in found if reason}


def _extent(draft: Draft) -> tuple[int, int]:
    """Where the words of an e-mail's body stand; of those of a subject that stands apart, the body is told from it."""
    words = [segment for segment in draft.map.segments if segment.kind == "literal" and segment.text.strip()]
    return (words[-1].start, words[-1].end) if words else (0, 0)


def _harm_of(old: Draft, new: Draft, shift: Shift, by_hand: bool) -> str | None:
    """What one e-mail would lose. Its readings are taken together: which is the first may change with the words."""
    olds, news = (old, *old.others), (new, *new.others)
    if any(not shift.old.spares(*tag.place, by_hand) for reading in olds for tag in reading.tags):
        return "it would change a merge tag"
    if not by_hand and _addresses(olds) != _addresses(news):
        return "it would change an address"
    if _tags(olds, shift.old, shift.span) != _tags(news, shift.new):
        return "a merge tag would be read otherwise"
    if _quoted(old) != _quoted(new):
        return "the quoted thread would be read otherwise"
    if _known(old) != _known(new):
        return "what is known of the e-mail would change"
    if _unseen(olds) != _unseen(news) or _seen(olds, shift.old, shift.span) != _seen(news, shift.new):
        return "what stands around would be read otherwise"
    if not by_hand and _has_body(old) and not _has_body(new):
        return "it would leave nothing but greeting and sign-off"
    tags, tags_after = ({tag.place for reading in readings for tag in reading.tags} for readings in (olds, news))
    for number, edit in enumerate(shift.edits):
        if (edit.start, edit.end) in tags and shift.span_of(number) in tags_after:
            continue  # a tag is one tag again; its fallback is read as words
        was, now = _kinds(olds, edit.start, edit.end), _kinds(news, *shift.span_of(number))
        words = _WORDS | {"tag"} if by_hand else _WORDS
        was_read = any(kinds <= _WORDS for kinds in was)
        if not set().union(*now) <= words.union(*was) or (was_read and not any(kinds <= words for kinds in now)):
            return "its words would be read as markup"
    return None


def _has_body(draft: Draft) -> bool:
    return any(zone.kind == "body" and draft.text[zone.start : zone.end].strip() for zone in draft.zones)


def _as_it_stands(start: int, end: int) -> tuple[int, int]:
    return start, end


def _tags(readings: Iterable[Draft], edits: _Spans, moved: _Moved = _as_it_stands) -> set[tuple[tuple[int, int], str]]:
    """The merge tags outside of edits, with their places."""
    tags = (tag for reading in readings for tag in reading.tags)
    return {(moved(*tag.place), tag.source) for tag in tags if not edits.meets(*tag.place)}


def _addresses(readings: Iterable[Draft]) -> Counter[str]:
    """The addresses of pages and people in the text."""
    found = Counter[str]()
    for reading in readings:
        found |= Counter(_ADDRESS.findall(reading.text))
    return found


def _unseen(readings: Iterable[Draft]) -> tuple[set[str], set[str]]:
    """Where links lead, and the words that nobody sees."""
    hidden = {hidden.text for reading in readings for hidden in reading.hidden}
    return {link.target for reading in readings for link in reading.links}, hidden


def _seen(readings: Iterable[Draft], edits: _Spans, moved: _Moved = _as_it_stands) -> list[tuple[int, int]]:
    """Where the words stand that are read outside of edits."""
    found: set[tuple[int, int]] = set()
    for segment in {segment for reading in readings for segment in reading.map.segments if segment.text.strip()}:
        if segment.kind != "literal":
            if not edits.meets(segment.start, segment.end):
                found.add(moved(segment.start, segment.end))
            continue
        at = segment.start
        for start, end in (*edits.within(segment.start, segment.end), (segment.end, segment.end)):
            piece = segment.text[at - segment.start : max(start, at) - segment.start]
            found |= {moved(at + word.start(), at + word.end()) for word in _WORD.finditer(piece)}
            at = max(at, end)
    return _joined(found)


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ranges in their order, those that touch as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _kinds(readings: Iterable[Draft], start: int, end: int) -> list[set[SegmentKind]]:
    """What stands at a place, in each reading."""
    return [reading.map.kinds(start, end) if start < end else set() for reading in readings]


def _quoted(draft: Draft) -> str:
    typed = (draft.source_text(z.start, z.end) for z in draft.zones if z.kind == "quoted" and z.start < z.end)
    return "".join("".join(typed).split())


def _known(draft: Draft) -> tuple[object, ...]:
    """What is said of the e-mail beside its text."""
    said = {key: value for key, value in draft.meta.items() if key != "subject"}
    return said, draft.stage, draft.profile, draft.offer_ends, draft.footer, draft.step, draft.repeats


def _amiss(before: FileResult, after: FileResult, shift: Shift, cured: Sequence[Diagnostic]) -> Troubles:
    """What linting finds in which e-mail that was not there before, or should be there no more."""
    new = set(_compared(before, after, shift, cured)[1])
    firsts = [next((one for one in found if one in new), None) for _, found in after.drafts]
    return {number: _told(first, shift, cured) for number, first in enumerate(firsts) if first}


def _told(new: Diagnostic, shift: Shift, cured: Sequence[Diagnostic]) -> str:
    if any(new.code == one.code and (_words(new) == _words(one) or shift.meets(one, new)) for one in cured):
        return f"{new.code} would be found there all the same"
    words = f' in "{_words(new)}"' if new.text else ""
    return f"it would bring in {new.code} ({new.name}){words}"


def _compared(
    before: FileResult, after: FileResult, shift: Shift, cured: Sequence[Diagnostic]
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """The findings that are gone, those `cured` first, and those that are new.

    A finding is still the same where it is of the same rule and in the same words, or else at the same place.
    """
    gone = set(cured)
    known = [one for one in before.diagnostics if one not in gone]
    left, found = _unpaired(known, after.diagnostics, lambda one: (one.code, _words(one)), lambda one, two: True)
    left, found = _unpaired(left, found, lambda one: (one.code, ""), shift.meets)
    return [*cured, *left], found


def _unpaired(
    ones: Sequence[Diagnostic],
    others: Sequence[Diagnostic],
    key: Callable[[Diagnostic], tuple[str, str]],
    same: Callable[[Diagnostic, Diagnostic], bool],
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """Those of two lists of findings that have no twin in the other: of one key, and the `same`."""
    by_key = defaultdict[tuple[str, str], list[Diagnostic]](list)
    for one in ones:
        by_key[key(one)].append(one)
    alone: list[Diagnostic] = []
    for other in others:
        twins = by_key[key(other)]
        twin = next((number for number, one in enumerate(twins) if same(one, other)), None)
        if twin is None:
            alone.append(other)
        else:
            del twins[twin]
    return [one for twins in by_key.values() for one in twins], alone


def _words(diagnostic: Diagnostic) -> str:
    return " ".join(diagnostic.text.split())


def _place(edit: Edit) -> tuple[int, int]:
    return edit.start, edit.end


def _sentence(text: str, edit: Edit) -> tuple[int, int]:
    """The edit's range, with what may be the rest of its sentence."""
    start, end = max(0, edit.start - _LONGEST_SENTENCE), edit.end + _LONGEST_SENTENCE
    before = list(_END_MARK.finditer(text, start, edit.start))
    after = _END_MARK.search(text, max(edit.start, edit.end - 1), end)
    return before[-1].end() if before else start, after.end() if after else min(end, len(text))
