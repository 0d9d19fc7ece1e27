"""What has changed since a commit, as git tells it: in a pull request only findings on changed lines matter."""

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pushlint.diagnostic import Diagnostic
from pushlint.draft import Draft
from pushlint.errors import InputError
from pushlint.result import FileResult

Rows = tuple[tuple[int, int], ...]
"""First and last changed row of each run of lines, from 1."""

_ALL: Rows = ((1, 1 << 60),)
_FILE = re.compile(r'\+\+\+ (?:"b/(?P<quoted>.*)"|b/(?P<plain>.*?))\t?$')
_HUNK = re.compile(r"@@ -\S+ \+(?P<start>\d+)(?:,(?P<count>\d+))? @@")
_ESCAPE = re.compile(r"\\([0-7]{3}|.)")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}


@dataclass(frozen=True, slots=True)
class Changes:
    """The changed rows of the files that have changed, by real path."""

    rows: Mapping[str, Rows]

    def only(self, result: FileResult) -> FileResult:
        """The file with its findings on changed lines, and those about whole e-mails that have changed."""
        drafts = ((draft, tuple(d for d in found if self.has(draft, d))) for draft, found in result.drafts)
        return replace(result, drafts=tuple(drafts))

    def has(self, draft: Draft, found: Diagnostic) -> bool:
        """Whether what a finding is about has changed: its lines, or any of the e-mail that it is about as a whole."""
        rows = self.rows.get(os.path.realpath(draft.source.path), ())
        return _touched(_reach(draft, found.is_document, found.start, found.end), draft, rows)


def _reach(draft: Draft, whole: bool, start: int, end: int) -> tuple[int, int]:
    """The source range that a finding is about."""
    words = [segment for segment in draft.map.by_source if segment.text.strip()]
    return (words[0].start, words[-1].end) if whole and words else (start, end)


def _touched(reach: tuple[int, int], draft: Draft, rows: Rows) -> bool:
    if not rows:
        return False
    first, last = (draft.source.position(at)[0] for at in (reach[0], max(reach[0], reach[1] - 1)))
    return any(start <= last and first <= end for start, end in rows)


def changes_since(ref: str, folder: str = ".") -> Changes:
    """What is different in the working tree of the repository that `folder` is in from where it left `ref`; files that
    git does not know yet are new as a whole.

    Raises InputError where there is no git, no repository, no such commit, or no common history.
    """
    try:
        root = _git(folder, "rev-parse", "--show-toplevel").rstrip("\n")
    except InputError as error:
        hint = error.hint or "run it in a clone, or lint without --diff-base"
        raise InputError(error.message, hint=hint) from None
    if not ref.strip():
        raise InputError("--diff-base names no commit", hint="name a branch, tag or commit, or lint without it")
    if ref.startswith("-"):
        raise InputError(f'--diff-base: "{ref}" is no commit', hint="name a branch, tag or commit")
    try:
        _git(folder, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}", wrong=f'git knows no "{ref}"')
        base = _git(folder, "merge-base", ref, "HEAD", wrong=f'no common history with "{ref}"').strip()
    except InputError as error:
        raise InputError(error.message, hint=_how_to_have(ref, folder)) from None
    prefixes = ("--src-prefix=a/", "--dst-prefix=b/")
    diff = _git(root, "diff", "--no-color", "--no-ext-diff", "--unified=0", "--find-renames", *prefixes, base, "--")
    new = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
    rows = {**_parse(diff.split("\n")), **{path: _ALL for path in new.split("\0") if path}}
    return Changes({os.path.realpath(os.path.join(root, path)): found for path, found in rows.items()})


def _parse(diff: Sequence[str]) -> dict[str, Rows]:
    """Path to changed rows. Lines that were only taken out count as a change of the lines on either side."""
    rows: dict[str, list[tuple[int, int]]] = {}
    path = ""
    for line in diff:
        if named := _FILE.match(line):
            path = named["plain"] if named["quoted"] is None else _unquoted(named["quoted"])
            rows[path] = []
        elif (hunk := _HUNK.match(line)) and path:
            start, count = int(hunk["start"]), int(hunk["count"] or 1)
            rows[path].append((start, start + count - 1) if count else (start, start + 1))
    return {path: tuple(found) for path, found in rows.items()}


def _unquoted(path: str) -> str:
    """A path as git quotes it, with bytes in octal."""

    def decoded(match: re.Match[str]) -> bytes:
        word = match[1]
        return bytes([int(word, 8)]) if len(word) == 3 else _ESCAPED.get(word, word).encode()

    parts: list[bytes] = []
    at = 0
    for match in _ESCAPE.finditer(path):
        parts += path[at : match.start()].encode(), decoded(match)
        at = match.end()
    return os.fsdecode(b"".join([*parts, path[at:].encode()]))


def _how_to_have(ref: str, folder: str) -> str:
    """What to do where a commit, or the history that it has in common with ours, is not in the clone."""
    is_shallow = _git(folder, "rev-parse", "--is-shallow-repository").strip() == "true"
    remote, _, branch = ref.partition("/")
    fetch = ["git", "fetch", *(["--unshallow"] if is_shallow else [])]
    if branch and remote in _git(folder, "remote").split():
        fetch += [remote, f"{branch}:refs/remotes/{ref}"]
    elif not is_shallow:
        return "name a branch, tag or commit that this one comes from; `git branch --all` lists the branches"
    said = f"run `{' '.join(fetch)}`"
    whole = "have the checkout fetch all history (GitHub: fetch-depth: 0, GitLab: GIT_DEPTH: 0, Azure: fetchDepth: 0)"
    return f"this clone is shallow: {said}, or {whole}" if is_shallow else said


def _git(folder: str, *words: str, wrong: str | None = None) -> str:
    """What a git command prints. Raises InputError where it fails, with what git says or what is `wrong` then."""
    try:
        ran = subprocess.run(["git", "-C", folder, *words], capture_output=True, check=False)
    except FileNotFoundError:
        raise InputError("--diff-base: git is not installed", hint="lint without it, or use a baseline") from None
    if ran.returncode:
        said = ran.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
        raise InputError(f"--diff-base: {wrong or said}")
    return os.fsdecode(ran.stdout)
