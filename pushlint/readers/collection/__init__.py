"""A Markdown file that holds several e-mails: where each begins and ends, and what in between is only said of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pushlint.draft import Draft, Segment, Source, SourceMap, Zone, ZoneKind
from pushlint.readers.assembly import Head
from pushlint.readers.collection.finder import Finder
from pushlint.readers.collection.outline import Piece, Span, joined, outline
from pushlint.readers.collection.places import is_step, places
from pushlint.readers.collection.survey import Email, greets
from pushlint.readers.embedded import Reader, read_embedded
from pushlint.readers.frontmatter import read_front_matter
from pushlint.readers.header import read_header
from pushlint.readers.markdown import read_markdown
from pushlint.readers.plain import read_plain
from pushlint.readers.sequences import reader_of

_MAY_HOLD = re.compile(r"^[^\w\n]*(?:\w+[ \t]+){0,2}subject|^[ \t]*(?:>|```|~~~|#)", re.IGNORECASE | re.MULTILINE)
_SUBJECT_LINE = re.compile(r"^[^\w\n]*subject\b.*:", re.IGNORECASE | re.MULTILINE)


def read_collection(source: Source, plain: bool = False) -> list[Draft]:
    """The e-mails of a file that holds several, or one among other text; none where the file is one e-mail.

    A file of `plain` text is parted in the same way, where it has subject lines for two.
    """
    if plain and len(_SUBJECT_LINE.findall(source.text)) < 2:
        return []
    front = read_front_matter(source) or Head(hints=source.hints)
    if {"subject", "stage", "step"} & set(front.meta):
        return []
    found = emails_in(source, front)
    if plain and sum(bool(email.subjects) for email in found) < 2:
        return []
    told = places([[heading.title for heading in email.headings] for email in found])
    return [
        draft.with_all(step=place.step)
        for email, place in zip(found, told, strict=True)
        for draft in _drafts(email, source, replace(front, body=0, stage=place.stage), plain)
    ]


def emails_in(source: Source, front: Head) -> list[Email]:
    """The e-mails of a file that holds several, or one among other text; none where the file is one e-mail."""
    if not _MAY_HOLD.search(source.text, front.body):
        return []
    pieces = outline(source.text, front.body)
    found = Finder(source.text, pieces).emails()
    subjects = sum(bool(email.subjects) for email in found)
    if subjects < 2 and _begins_as_letter(source.text, pieces):
        return []
    if len(found) == 1 and (read_header(source, front).subject.segments or not (subjects or found[0].block)):
        return []
    return found


def _begins_as_letter(text: str, pieces: Sequence[Piece]) -> bool:
    """Whether a file begins with a greeting, under no heading that names a step."""
    first = next((at for at, piece in enumerate(pieces) if piece.kind != "heading"), None)
    if first is None or pieces[first].kind != "text" or any(is_step(piece.title) for piece in pieces[:first]):
        return False
    return greets(text, pieces[first].lines[0])


def _drafts(email: Email, source: Source, head: Head, plain: bool) -> Iterator[Draft]:
    """The draft of an e-mail, and those of its preheader and its other subjects."""
    text = source.text
    subject = _map(text, email.subjects[:1]) if email.subjects else None
    draft = read_embedded(source, _map(text, email.body), _reader(email, text, plain), subject, head)
    if email.block is None or email.block.kind == "quote":
        mark = "\n> " if email.block else "\n"
        draft = draft.carried(lambda words, start, end: words.replace("\n", mark))
    yield draft
    if email.preheader:
        yield from _line(email.preheader, "preheader", source, head)
    for other in email.subjects[1:]:
        yield from _line(other, "subject", source, head)


def _line(span: Span, kind: ZoneKind, source: Source, head: Head) -> Iterator[Draft]:
    """A line of an e-mail that is read apart from it."""
    draft = read_embedded(source, _map(source.text, [span]), read_plain, None, head)
    if draft.text.strip():
        yield _zoned(draft, kind)


def _zoned(draft: Draft, kind: ZoneKind) -> Draft:
    return replace(
        draft,
        zones=(Zone(kind, 0, len(draft.text)),),
        subject=draft.text if kind == "subject" else None,
        repeats=True,
        others=tuple(_zoned(other, kind) for other in draft.others),
    )


def _map(text: str, spans: Sequence[Span]) -> SourceMap:
    return SourceMap([Segment(text[start:end], start, end, "literal") for start, end in joined(spans)])


def _reader(email: Email, text: str, plain: bool) -> Reader:
    if plain:
        return read_plain
    if email.block and email.block.kind == "fence" and email.block.language not in ("markdown", "md"):
        return reader_of("".join(text[start:end] for start, end in email.body))
    return read_markdown
