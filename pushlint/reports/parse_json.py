"""Parsed drafts as a list of objects, for other programs. The keys are documented in `docs/language.md`."""

import json
from collections.abc import Iterable, Iterator

from pushlint.reports.parse_data import Data


def render(drafts: Iterable[Data]) -> Iterator[str]:
    """The list, an object at a time."""
    lead = "["
    for draft in drafts:
        yield f"{lead}\n{json.dumps(draft, ensure_ascii=False, indent=2)}"
        lead = ","
    yield "[]\n" if lead == "[" else "\n]\n"
