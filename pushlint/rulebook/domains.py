"""Web sites by name: which one words name, which one a link leads to, and whether two belong together."""

import re
from functools import cache
from typing import Any, cast
from urllib.parse import unquote, urlsplit

from pushlint.resources import VOCABULARY
from pushlint.vocabulary import load_yaml

_HOST = r"[^\W_](?:[\w-]*\w)?(?:\.[^\W_](?:[\w-]*\w)?)+"
_ADDRESS = re.compile(rf"(?:https?://(?:[^\s/@]*@)?|(?<![\w.@])(?=www\.))(?P<host>{_HOST})", re.IGNORECASE)
_BARE = re.compile(rf"(?:[^\s@/]+@)?(?P<host>{_HOST})(?::\d+)?(?:[/?#]\S*)?")
_AROUND = " \t\n<>()[]\"'“”‘’.,;:!?»→›"


def named(words: str) -> str | None:
    """The host that the words of a link name: an address anywhere in them, or nothing but a bare name in small
    letters, as a firm may be called "Booking.com"."""
    if address := _ADDRESS.search(words):
        return address["host"].lower()
    bare = _BARE.fullmatch(words.strip(_AROUND))
    if bare and bare["host"].islower() and _is_ending(bare["host"].rpartition(".")[2]):
        return bare["host"]
    return None


def led_to(target: str) -> str | None:
    """The host that a link's target is at; None where that is not known, as where a merge tag stands for it."""
    address = unquote(target.strip())
    if address.lower().startswith("mailto:"):
        address = "//" + address[7:].partition("?")[0].rpartition("@")[2]
    elif bare := _BARE.fullmatch(address):
        address = f"//{address}" if _is_ending(bare["host"].rpartition(".")[2]) else address
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return None
    known = parts.scheme in ("", "http", "https") and re.fullmatch(_HOST, host)
    return host if known and not _leads_on(host) else None


def is_same(one: str, two: str) -> bool:
    """Whether two hosts are under one name that somebody registered."""
    return registered(one) == registered(two)


def registered(host: str) -> str:
    """The part of a host's name that somebody registered: "acme.co.uk" of "www.acme.co.uk"."""
    labels = _ascii(host).removeprefix("www.").split(".")
    for length in (3, 2):
        if ".".join(labels[-length:]) in _words("shared"):
            return ".".join(labels[-length - 1 :])
    if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _words("second"):
        return ".".join(labels[-3:])
    return ".".join(labels[-2:])


def is_stand_in(host: str) -> bool:
    """Whether a name only shows where one goes."""
    return registered(host) in _words("stand_ins")


def leads_back(target: str, host: str) -> bool:
    """Whether an address carries the host after its own, as one does that counts a click and leads on."""
    behind = re.sub(r"^(?:[a-z]+:)?//[^/?#]*", "", unquote(unquote(target)).lower())
    return registered(host) in behind


def _leads_on(host: str) -> bool:
    first, _, rest = host.partition(".")
    return registered(host) in _words("redirecting") or (first in _words("redirecting_parts") and "." in rest)


def _is_ending(label: str) -> bool:
    if label in _words("files"):
        return False
    return label in _words("endings") or (len(label) == 2 and label.isalpha())


def _ascii(host: str) -> str:
    """A name with letters beyond a to z as it stands in an address."""
    try:
        return host.lower().encode("idna").decode("ascii")
    except UnicodeError:
        return host.lower()


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(cast(dict[str, Any], load_yaml(VOCABULARY / "domains.yaml"))[key])
