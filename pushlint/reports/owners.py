"""Who owns a draft: its front matter says so, or the repository's CODEOWNERS file does."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pathspec import GitIgnoreSpec

from pushlint.draft import Draft
from pushlint.gitignore import patterns
from pushlint.reports.paths import relative

_PLACES = (".github/CODEOWNERS", ".gitlab/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")
_GAP = re.compile(r"(?<!\\)\s+")


@dataclass(frozen=True, slots=True)
class Owners:
    """The lines of a CODEOWNERS file: patterns with owners, of which the last that fits counts."""

    root: str = ""
    lines: tuple[tuple[GitIgnoreSpec, str], ...] = ()

    def of(self, draft: Draft) -> str:
        """The owner of a draft, empty where none is named."""
        told = draft.meta.get("owner")
        if told:
            return str(told)
        path = relative(draft.source.path, self.root)
        return next((owner for spec, owner in reversed(self.lines) if spec.match_file(path)), "")


def read_owners(folder: str = os.curdir) -> Owners:
    """The CODEOWNERS file of the repository that the folder is in; no owners where there is none."""
    above = Path(folder).resolve()
    for root in (above, *above.parents):
        for place in _PLACES:
            try:
                text = (root / place).read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue
            return Owners(str(root), tuple(_lines(text)))
        if (root / ".git").exists():
            break
    return Owners()


def _lines(text: str) -> Iterator[tuple[GitIgnoreSpec, str]]:
    """The patterns with their owners; the headings of GitLab's sections are passed over."""
    for line in text.splitlines():
        pattern, *owners = _GAP.split(line.partition(" #")[0].strip())
        if pattern and not pattern.startswith(("#", "[", "^[")):
            yield patterns([pattern]), " ".join(owners)
