"""What a run gives back: what became of each file, and what it all comes to."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from pushlint.diagnostic import Applicability, Diagnostic, Severity
from pushlint.draft import Draft, Source
from pushlint.errors import InputError


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that is not shown, and the reason that the writer gave."""

    diagnostic: Diagnostic
    reason: str


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one path: its drafts with their findings, or why there are none; `suppressed` are those findings
    that the writer lets stand, `known` counts those that the baseline has.

    Exactly one of these holds: `error` is set, `passed_over` (a reason) is set, or the file was linted.
    """

    path: str
    drafts: tuple[tuple[Draft, tuple[Diagnostic, ...]], ...] = ()
    error: InputError | None = None
    passed_over: str | None = None
    format: str | None = None
    suppressed: tuple[Suppressed, ...] = ()
    known: int = 0

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """The findings in all drafts of the file, draft by draft, each draft's in their order."""
        return [diagnostic for _, found in self.drafts for diagnostic in found]

    @property
    def source(self) -> Source:
        """The file as read. Only a linted file with drafts has one."""
        return self.drafts[0][0].source


@dataclass
class Summary:
    """What a run comes to: counts of drafts and findings, and the input that could not be used.

    `fixable` counts findings by the applicability of their safest fix, `fixed` those that were fixed in each file by
    code and name of their rules.
    """

    drafts: int = 0
    drafts_found_in: int = 0
    found: Counter[Severity] = field(default_factory=Counter)
    errors: list[InputError] = field(default_factory=list)
    passed_over: int = 0
    suppressed: int = 0
    known: int = 0
    first: Diagnostic | None = None
    fixable: Counter[Applicability] = field(default_factory=Counter)
    fixed: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict)

    @property
    def remaining(self) -> int:
        """How many findings there are."""
        return self.found.total()

    @property
    def fixed_count(self) -> int:
        """How many findings were fixed."""
        return sum(counts.total() for counts in self.fixed.values())

    def add(self, result: FileResult) -> None:
        """Takes a file into account; an e-mail in two forms is one draft."""
        emails: list[bool] = []
        for draft, found in result.drafts:
            if draft.repeats and emails:
                emails[-1] |= bool(found)
            else:
                emails.append(bool(found))
        self.drafts += len(emails)
        self.drafts_found_in += sum(emails)
        self.found.update(d.severity for d in result.diagnostics)
        for diagnostic in result.diagnostics:
            ways = {fix.applicability for fix in diagnostic.fixes if fix.edits}
            self.fixable.update(["safe"] if "safe" in ways else ["unsafe"] if "unsafe" in ways else [])
        self.passed_over += result.passed_over is not None
        self.suppressed += len(result.suppressed)
        self.known += result.known
        self.first = self.first or next(iter(result.diagnostics), None)
        if result.error:
            self.errors.append(result.error)

    def add_fixed(self, path: str, fixed: Iterable[Diagnostic]) -> None:
        """Takes findings that were fixed into account: how many of which rule, code and name."""
        counts = Counter((diagnostic.code, diagnostic.name) for diagnostic in fixed)
        if counts:
            self.fixed[path] = counts

    @property
    def exit_code(self) -> int:
        """2 when some input could not be used, else 1 when there are warnings or errors, else 0."""
        if self.errors:
            return 2
        return 1 if self.found["error"] or self.found["warning"] else 0
