"""YAML front matter: where the subject's characters stand, what it says of the draft, and all keys as data."""

import difflib
import re
from collections.abc import Iterator, Sequence
from datetime import date

import yaml
from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from pushlint.draft import FOOTERS, PROFILES, STAGES, Segment, Source
from pushlint.errors import InputError
from pushlint.readers.assembly import Head
from pushlint.readers.subject import read_subject
from pushlint.templating.dialects import dialects

_FENCED = re.compile(r"---[ \t]*\r?\n(?P<yaml>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_KEY_LINE = re.compile(r"---[ \t]*\r?\n(?:[ \t]*(?:#.*)?\r?\n)*[\w-]+:(?:[ \t]|\r?\n|\Z)")
_QUOTES = 'put the value in quotes, as in subject: "{{first_name}}, a question"'
_DATE = "write the last day of the offer as year-month-day, as in offer_ends: 2031-03-28"
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}"
    r"|\r?\n[ \t]*|.)",
    re.DOTALL,
)
# A subject that is written as people write it, "Re: {{topic}}", though YAML would have it in quotes.
_BARE_SUBJECT = re.compile(r"^(subject:[ \t]+)([^\s\"'|>](?=.*\w).*?)(?=[ \t]*\r?$)", re.MULTILINE)
_FOLD = re.compile(r"[ \t]*(?:\r?\n[ \t]*)+")


def read_front_matter(source: Source, reading: int = 0) -> Head | None:
    """The front matter at the top of a file, or None when there is none. Raises InputError when it is broken."""
    if not source.text.startswith("---"):
        return None
    fenced = _FENCED.match(source.text)
    if fenced is None:
        if _KEY_LINE.match(source.text):
            raise InputError("the front matter is not closed", source.path, 1, hint="end it with a line ---")
        return None
    body = _skip_blank(source.text, fenced.end())
    return _Reading(source, fenced.start("yaml"), fenced["yaml"]).head(body, reading)


def _skip_blank(text: str, at: int) -> int:
    blank = re.compile(r"(?:[ \t]*\r?\n)*").match(text, at)
    return blank.end() if blank else at


class _Reading:
    """One front matter: its YAML text and where in the file that begins."""

    def __init__(self, source: Source, start: int, text: str) -> None:
        self.source = source
        self.start = start
        self.text = text

    def head(self, body: int, reading: int) -> Head | None:
        """All that the front matter says."""
        node, meta = self._parse()
        if node is None:
            return Head(body, reading=reading, dialect=self.source.dialect)
        values = _values(node)
        dialect = self.source.dialect or self._choice(values.get("dialect"), "dialect", list(dialects())) or ""
        return Head(
            body=body,
            subject=read_subject(list(self._subject(values.get("subject"))), reading, dialect),
            reading=reading,
            meta=meta,
            stage=self._choice(values.get("stage"), "stage", STAGES),
            profile=self._choice(values.get("profile"), "profile", PROFILES),
            offer_ends=self._date(values.get("offer_ends"), "offer_ends"),
            footer=self._choice(values.get("footer"), "footer", FOOTERS) or FOOTERS[0],
            dialect=dialect,
            known_tags=self._tags(values.get("tags")),
        )

    def _parse(self) -> tuple[MappingNode | None, dict[str, object]]:
        try:
            return self._load(self.text)
        except InputError:
            bare = _BARE_SUBJECT.search(self.text)
            if bare is None:
                raise
            masked = self.text[: bare.start(2)] + "x" * len(bare[2]) + self.text[bare.end(2) :]
            node, meta = self._load(masked)
            return node, {**meta, "subject": bare[2]}

    def _load(self, text: str) -> tuple[MappingNode | None, dict[str, object]]:
        try:
            loader = yaml.SafeLoader(text)
            node = loader.get_single_node()
            if node is not None and not isinstance(node, MappingNode):
                raise self._error("the front matter is not a list of `key: value` lines", node.start_mark.line)
            if node is not None:
                self._date(_values(node).get("offer_ends"), "offer_ends")  # before YAML trips over the 31st of June
            data = loader.construct_document(node) if node is not None else {}
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise self._error(f"broken front matter: {error.problem}", mark.line if mark else 0, _QUOTES) from None
        except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
            raise self._error(f"broken front matter: {str(error).splitlines()[0]}", 0, _QUOTES) from None
        return node, {str(key): value for key, value in data.items()}

    def _error(self, message: str, line: int, hint: str | None = None) -> InputError:
        return InputError(message, self.source.path, line + 2, hint=hint)

    def _choice(self, node: yaml.Node | None, key: str, choices: Sequence[str]) -> str | None:
        if node is None or node.value in ("", "null", "~"):
            return None
        value = node.value if isinstance(node, ScalarNode) else ""
        if value in choices:
            return str(value)
        near = difflib.get_close_matches(value.lower().replace(" ", "-"), choices, 1, 0.5)
        hint = f"did you mean {near[0]!r}?" if near else f"one of {', '.join(choices)}"
        raise self._error(f"unknown {key} {value!r}", node.start_mark.line, hint)

    def _tags(self, node: yaml.Node | None) -> dict[str, tuple[str, ...]] | None:
        """The names of tags, in a list, or each with its sample values; None where `tags` is something else."""
        if isinstance(node, SequenceNode):
            return {str(item.value): () for item in node.value if isinstance(item, ScalarNode)}
        if isinstance(node, MappingNode):
            return {name: tuple(_samples(value)) for name, value in _values(node).items()}
        return None

    def _date(self, node: yaml.Node | None, key: str) -> date | None:
        if node is None or node.value in ("", "null", "~"):
            return None
        value = node.value if isinstance(node, ScalarNode) else ""
        try:
            return date.fromisoformat(re.split(r"[T ]", value, maxsplit=1)[0])
        except ValueError:
            raise self._error(f"{key} {value!r} is not a date", node.start_mark.line, _DATE) from None

    def _subject(self, node: yaml.Node | None) -> Iterator[Segment]:
        """Single characters of the subject (in the meaning of `Segment`), each with its place in the file."""
        if node is None or (isinstance(node, ScalarNode) and node.tag == "tag:yaml.org,2002:null"):
            return
        if not isinstance(node, ScalarNode):
            raise self._error("the subject is not text", node.start_mark.line, _QUOTES)
        first, last = self.start + node.start_mark.index, self.start + node.end_mark.index
        if node.style in ("|", ">"):
            yield from self._block(node.value, self.source.text.index("\n", first) + 1, last)
        elif node.style:
            yield from self._flow(first + 1, last - 1, node.style)
        else:
            yield from self._flow(first, last, "")

    def _flow(self, at: int, end: int, quote: str) -> Iterator[Segment]:
        text = self.source.text
        while at < end:
            step, decoded = 1, text[at]
            if fold := _FOLD.match(text, at, end):
                step = fold.end() - at
                lines = fold[0].count("\n")
                decoded = " " if lines == 1 else "\n" * (lines - 1)
            elif quote == "'" and text.startswith("''", at):
                step = 2
            elif quote == '"' and (escape := _ESCAPE.match(text, at, end)):
                step = escape.end() - at
                decoded = "" if "\n" in escape[0] else _unescaped(escape[0])
            yield _character(decoded, text, at, at + step)
            at += step

    def _block(self, value: str, at: int, end: int) -> Iterator[Segment]:
        """A literal or folded block: its characters stand in order, indentation and folds between them."""
        text = self.source.text
        for character in value.rstrip("\n"):
            if character == text[at]:
                step = 1
            elif character in " \n":
                gap = _FOLD.match(text, at, end)
                step = gap.end() - at if gap else 0
            else:
                gap = re.compile(r"\s*").match(text, at, end)
                skipped = gap.end() - at if gap else 0
                if skipped:
                    yield Segment("", at, at + skipped, "markup")
                at, step = at + skipped, 1
            yield _character(character, text, at, at + step)
            at += step


def _samples(node: yaml.Node) -> Iterator[str]:
    for item in node.value if isinstance(node, SequenceNode) else [node]:
        if isinstance(item, ScalarNode) and item.value:
            yield str(item.value)


def _values(node: MappingNode) -> dict[str, yaml.Node]:
    return {str(key.value): value for key, value in node.value if isinstance(key, ScalarNode)}


def _unescaped(escape: str) -> str:
    """The character of an escape; two that JSON writes for an emoji are joined, half a one is the replacement sign."""
    text: str = yaml.safe_load(f'"{escape}"')
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _character(decoded: str, text: str, start: int, end: int) -> Segment:
    if not decoded:
        return Segment("", start, end, "markup")
    if decoded.isspace() and decoded != text[start:end]:
        return Segment(decoded, start, end, "space")
    return Segment(decoded, start, end, "literal" if decoded == text[start:end] else "entity")
