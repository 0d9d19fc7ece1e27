"""What a finding is known by from one run to the next: a fingerprint that survives moved and re-wrapped lines."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256

from pushlint.diagnostic import Diagnostic

_WORD = re.compile(r"\w+")


def fingerprints(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """A fingerprint, 32 hexadecimal digits, for each finding of one file, in their order.

    It is made of the rule's code, the words found, the zone, and a number among those of the file that are the same
    in all of these. Two files may have findings of the same fingerprint.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    for diagnostic in diagnostics:
        key = (diagnostic.code, _words(diagnostic.text), diagnostic.zone or "")
        seen[key] += 1
        yield digest(*key, str(seen[key]))


def digest(*parts: str) -> str:
    """A few texts as 32 hexadecimal digits."""
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _words(text: str) -> str:
    """The words in one case and form, without what stands between them; signs count where there are no words."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(_WORD.findall(folded) or folded.split())
