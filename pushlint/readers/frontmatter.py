"""YAML front matter: where the subject's characters stand, what it says of the draft, and all keys as data."""

import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, cast

import yaml
from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from pushlint.draft import FOOTERS, PROFILES, STAGES, TAG_TYPES, KnownTag, Segment, Source, Step, TagType
from pushlint.errors import InputError
from pushlint.readers.assembly import Head
from pushlint.readers.scalars import scalar_segments, singles, skip_properties
from pushlint.readers.subject import read_subject
from pushlint.resources import dialect_names

FENCED = re.compile(r"---[ \t]*\r?\n(?P<yaml>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_KEY_LINE = re.compile(r"---[ \t]*\r?\n(?:[ \t]*(?:#.*)?\r?\n)*[\w-]+:(?:[ \t]|\r?\n|\Z)")
_QUOTES = 'put the value in quotes, as in subject: "{{first_name}}, a question"'
_DATE = "write the last day of the offer as year-month-day, as in offer_ends: 2031-03-28"
_STEP = "number the e-mails of the sequence from 1, as in step: 2"
_DAY = "count the days from the first e-mail, as in day: 4"
_SEQUENCE = "give all e-mails of the sequence one name, as in sequence: spring"
_SHORT = 10_000  # characters: too few to nest so deep that libyaml comes to harm
_NOTHING = ("", "null", "~")
_NUMBER = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?")
# A subject that is written as people write it, "Re: {{topic}}", though YAML would have it in quotes.
_BARE_SUBJECT = re.compile(r"^(subject:[ \t]+)([^\s\"'|>](?=.*\w).*?)(?=[ \t]*\r?$)", re.MULTILINE)


def read_front_matter(source: Source, reading: int = 0) -> Head | None:
    """The front matter at the top of a file, or None when there is none. Raises InputError when it is broken."""
    if not source.text.startswith("---"):
        return None
    fenced = FENCED.match(source.text)
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
            return Head(body, reading=reading, hints=self.source.hints)
        values = _values(node)
        step = self._step(values)
        by_place = None if step is None else "first-touch" if step.number == 1 else "follow-up"
        known_tags = self._tags(values.get("tags"))
        dialect = self._choice(values.get("dialect"), "dialect", dialect_names)
        hints = self.source.hints.with_said(dialect, known_tags)
        return Head(
            body=body,
            subject=read_subject(list(self._subject(values.get("subject"))), reading, hints),
            reading=reading,
            meta=meta,
            stage=self._choice(values.get("stage"), "stage", STAGES) or by_place,
            profile=self._choice(values.get("profile"), "profile", PROFILES),
            offer_ends=self._date(values.get("offer_ends"), "offer_ends"),
            footer=self._choice(values.get("footer"), "footer", FOOTERS),
            step=step,
            hints=hints,
            known_tags=known_tags,
        )

    def _parse(self) -> tuple[MappingNode | None, dict[str, object]]:
        try:
            return self._load(self.text)
        except InputError:
            bare = _BARE_SUBJECT.search(self.text)
            if bare is None:
                raise
            self.text = self.text[: bare.start(2)] + "x" * len(bare[2]) + self.text[bare.end(2) :]
            node, meta = self._load(self.text)
            return node, {**meta, "subject": bare[2]}

    def _load(self, text: str) -> tuple[MappingNode | None, dict[str, object]]:
        try:
            loader, node = _parsed(text)
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

    def _choice(
        self, node: yaml.Node | None, key: str, choices: Sequence[str] | Callable[[], Sequence[str]]
    ) -> str | None:
        if node is None or node.value in _NOTHING:
            return None
        choices = choices() if callable(choices) else choices
        value = node.value if isinstance(node, ScalarNode) else ""
        if value in choices:
            return str(value)
        near = difflib.get_close_matches(value.lower().replace(" ", "-"), choices, 1, 0.5)
        hint = f"did you mean {near[0]!r}?" if near else f"one of {', '.join(choices)}"
        raise self._error(f"unknown {key} {value!r}", node.start_mark.line, hint)

    def _step(self, values: dict[str, yaml.Node]) -> Step | None:
        """The place in the sequence that the e-mails of a folder make; without a `step` there is none."""
        number = self._number(values.get("step"), "step", _STEP)
        if number is None:
            return None
        if number < 1 or number != int(number):
            raise self._error(
                f"step {values['step'].value!r} is not a whole number from 1", self._line(values["step"]), _STEP
            )
        name = values.get("sequence")
        if name is not None and not isinstance(name, ScalarNode):
            raise self._error("the sequence is not a name", self._line(name), _SEQUENCE)
        variant = values.get("variant")
        return Step(
            sequence=str(name.value) if name is not None else "",
            number=int(number),
            day=self._number(values.get("day"), "day", _DAY),
            variant=str(variant.value) if isinstance(variant, ScalarNode) else None,
            across=True,
        )

    def _number(self, node: yaml.Node | None, key: str, hint: str) -> float | None:
        if node is None or node.value in _NOTHING:
            return None
        value = node.value if isinstance(node, ScalarNode) else ""
        if not _NUMBER.fullmatch(value):
            raise self._error(f"{key} {value!r} is not a number", self._line(node), hint)
        return float(value)

    def _line(self, node: yaml.Node) -> int:
        return int(node.start_mark.line)

    def _tags(self, node: yaml.Node | None) -> dict[str, KnownTag] | None:
        """The tags, by name: a list of names, or each with its sample values or with all that is known of it; None
        where `tags` is something else."""
        if isinstance(node, SequenceNode):
            return {str(item.value): KnownTag() for item in node.value if isinstance(item, ScalarNode)}
        if isinstance(node, MappingNode):
            return {name: self._tag(value) for name, value in _values(node).items()}
        return None

    def _tag(self, node: yaml.Node) -> KnownTag:
        """What is known of a tag: its sample values, or `samples`, `type` and `may-be-empty`."""
        if not isinstance(node, MappingNode):
            return KnownTag(tuple(_samples(node)))
        values = _values(node)
        samples, empty = values.get("samples"), values.get("may-be-empty")
        return KnownTag(
            tuple(_samples(samples)) if samples else (),
            cast("TagType | None", self._choice(values.get("type"), "type", TAG_TYPES)),
            self._choice(empty, "may-be-empty", ("true", "false")) != "false",
        )

    def _date(self, node: yaml.Node | None, key: str) -> date | None:
        if node is None or node.value in _NOTHING:
            return None
        value = node.value if isinstance(node, ScalarNode) else ""
        try:
            return date.fromisoformat(re.split(r"[T ]", value, maxsplit=1)[0])
        except ValueError:
            raise self._error(f"{key} {value!r} is not a date", node.start_mark.line, _DATE) from None

    def _subject(self, node: yaml.Node | None) -> Iterator[Segment]:
        """Single characters of the subject, each with its place in the file."""
        if node is None or (isinstance(node, ScalarNode) and node.tag == "tag:yaml.org,2002:null"):
            return
        if not isinstance(node, ScalarNode):
            raise self._error("the subject is not text", node.start_mark.line, _QUOTES)
        start, end = (
            self.start + at for at in (skip_properties(self.text, node.start_mark.index), node.end_mark.index)
        )
        yield from singles(scalar_segments(self.source.text, start, end, node.style, node.value))


def _parsed(text: str) -> tuple[Any, yaml.Node | None]:
    """The node of a YAML text, and what constructs its data. By libyaml where there is one, which takes a fifth of the
    time; PyYAML says of broken YAML what is wrong, and takes no tab for space. Raises yaml.YAMLError."""
    if yaml.__with_libyaml__ and len(text) < _SHORT and "\t" not in text and "\ufeff" not in text:
        with suppress(yaml.YAMLError):
            fast = yaml.CSafeLoader(text)
            return fast, fast.get_single_node()
    loader = yaml.SafeLoader(text)
    return loader, loader.get_single_node()


def _samples(node: yaml.Node) -> Iterator[str]:
    for item in node.value if isinstance(node, SequenceNode) else [node]:
        if isinstance(item, ScalarNode) and item.value:
            yield str(item.value)


def _values(node: MappingNode) -> dict[str, yaml.Node]:
    return {str(key.value): value for key, value in node.value if isinstance(key, ScalarNode)}
