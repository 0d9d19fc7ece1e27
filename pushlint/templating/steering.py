"""What a tag that steers the template does: opens a part, begins its next branch, or closes it."""

import re
from dataclasses import dataclass
from typing import Literal

from pushlint.templating.meaning import words_of

_STEER = re.compile(r"^[{<%*|$?=~\s-]+(?:php\s+)?(?P<sigil>[#/^]?)\s*(?P<name>[A-Za-z_.]*)(?::(?P<of>[A-Za-z]+))?")
_OPENS_BLOCK = re.compile(r"\bdo\s*(?:\|[^|]*\|)?\s*-?%>$")


@dataclass(frozen=True, slots=True)
class Steer:
    """`name` is that of the part it speaks of; empty where it closes, or divides, whatever part is open."""

    role: Literal["opens", "divides", "closes"]
    name: str


def steer(source: str) -> Steer | None:
    """What a steering tag does, as typed; None for one that stands alone, such as a comment."""
    found = _STEER.match(source)
    if found is None or source.startswith("{#"):
        return None
    name, sigil = found["name"].lower(), found["sigil"]
    if name == "comment" and "endcomment" in source:
        return None
    if name == "end" or (name == "fi" and not sigil):
        return Steer("closes", (found["of"] or "").lower())
    if name.startswith("end"):
        return Steer("closes", name.removeprefix("end").strip("_"))
    if sigil == "/":
        return Steer("closes", name)
    if name in words_of("dividing") or (sigil == "^" and not name):
        return Steer("divides", "")
    if sigil or _OPENS_BLOCK.search(source):
        return Steer("opens", name)
    return Steer("opens", name) if name else None
