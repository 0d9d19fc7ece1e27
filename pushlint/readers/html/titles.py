"""The title of an HTML file as the subject, where it is one."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from pushlint.draft import Segment
from pushlint.readers.assembly import Head
from pushlint.readers.lines import vocabulary
from pushlint.readers.subject import Subject, read_subject

_PIECE = re.compile(r"\s+|&(?:#\w{1,8}|[A-Za-z]\w{1,31});?|.", re.DOTALL)
_LONGEST = 300
_OWNED = r"(?:\u00a9|&copy;|&#169;|\(c\)|copyright)[\s\d,&;–-]{0,24}"


def with_title(text: str, head: Head, place: tuple[int, int, int], alts: Iterable[str]) -> Head:
    """The head with the title as its subject, if it could be one. `place`: where the title begins and ends, and where
    the tag ends that closes it; `alts` are the texts of pictures, of which a brand's name is often one."""
    start, end, close = place
    if end - start > _LONGEST:
        return head
    subject = read_subject(list(_characters(text, start, end)), head.reading)
    if not _is_subject(subject, text, alts):
        return head
    return replace(head, subject=subject, title=(start, close))


def _characters(text: str, start: int, end: int) -> Iterator[Segment]:
    for piece in _PIECE.finditer(text, start, end):
        if piece[0].isspace():
            yield Segment(" ", *piece.span(), "literal" if piece[0] == " " else "space")
        else:
            decoded = html.unescape(piece[0])
            same = decoded == piece[0]
            for at in range(piece.start(), piece.end()) if same else ():
                yield Segment(text[at], at, at + 1, "literal")
            if not same:
                yield Segment(decoded, *piece.span(), "entity")


def _is_subject(subject: Subject, text: str, alts: Iterable[str]) -> bool:
    """Whether a title says what the e-mail is about: two words or more beside its merge tags, and neither a name for
    any e-mail ("Monthly newsletter template") nor the brand's, which the small print or a picture has too."""
    words = "".join(s.text for s in subject.segments if s.kind != "tag").split()
    words = [word for word in words if any(character.isalnum() for character in word)]
    if len(words) < 2 or all(word.lower().strip(".,:!") in _generic() for word in words):
        return False
    title = " ".join("".join(s.text for s in subject.segments).split())
    is_brand = re.search(_OWNED + re.escape(title), text, re.IGNORECASE)
    return not is_brand and title.lower() not in {" ".join(alt.lower().split()) for alt in alts}


@cache
def _generic() -> frozenset[str]:
    return frozenset(vocabulary()["untitled"])
