"""How edits would harm an e-mail: what of it would be read otherwise, outside of the words that they replace."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TypeAlias

from pushlint.draft import Draft, SegmentKind
from pushlint.fixer.edits import Shift, Spans
from pushlint.result import FileResult

Troubles: TypeAlias = dict[int, str]
"""What is wrong with which e-mail of a file, by its number, or with `ALL` of it."""
ALL = -1

_READ: frozenset[SegmentKind] = frozenset({"literal", "space", "entity"})
_WORD = re.compile(r"\S+")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"']*[\w/]|[\w.+-]+@[\w-]+\.[\w.-]*\w")
_Moved: TypeAlias = Callable[[int, int], tuple[int, int]]


def harm(before: FileResult, after: FileResult, shift: Shift, by_hand: bool) -> Troubles:
    """How the edits harm which e-mail, besides what they replace."""
    if after.error or after.passed_over:
        why = after.error.message if after.error else after.passed_over
        return {ALL: f"the file could not be read after it ({why})"}
    if len(before.drafts) != len(after.drafts):
        left = Spans(_extent(draft) for draft, _ in after.drafts)
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
        words = _READ | {"tag"} if by_hand else _READ
        was_read = any(kinds <= _READ for kinds in was)
        if not set().union(*now) <= words.union(*was) or (was_read and not any(kinds <= words for kinds in now)):
            return "its words would be read as markup"
    return None


def _has_body(draft: Draft) -> bool:
    return any(zone.kind == "body" and draft.text[zone.start : zone.end].strip() for zone in draft.zones)


def _as_it_stands(start: int, end: int) -> tuple[int, int]:
    return start, end


def _tags(readings: Iterable[Draft], edits: Spans, moved: _Moved = _as_it_stands) -> set[tuple[tuple[int, int], str]]:
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


def _seen(readings: Iterable[Draft], edits: Spans, moved: _Moved = _as_it_stands) -> list[tuple[int, int]]:
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
