"""A parsed draft for reading in a terminal.

body, paragraph
  5:1  I can wait, if you sign by Friday.
       moves     asks-time
       clause    sender  statement   present  I can wait  (can)
       clause    reader  statement   present  if you sign by Friday  (conditional)
       entity    DATE                         by Friday
"""

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

import click

from pushlint.reports.excerpt import visible
from pushlint.reports.parse_data import FACTS, Data
from pushlint.reports.style import accent, path
from pushlint.reports.text import count

LABEL = 10
LEAST_WORDS = 30
"""Columns that are left for words, however narrow the terminal."""

_WHERE = ("words", "start", "end", "location", "end_location")
_COLUMNS = {"actor": 8, "mood": 12, "tense": 7}
_SINGULAR = {"scarcities": "scarcity"}


@dataclass(frozen=True, slots=True)
class Row:
    """One fact of a sentence: what kind, what it is, the words (none: the whole sentence), and what is special."""

    label: str
    what: str
    words: str = ""
    notes: str = ""


def rows(sentence: Data) -> Iterator[Row]:
    """The facts of a sentence, for any page that shows them in a table."""
    if sentence["moves"]:
        yield Row("moves", "", ", ".join(sentence["moves"]))
    for clause in sentence["clauses"]:
        columns = "".join(f"{clause[key]:<{width}}" for key, width in _COLUMNS.items())
        words = clause["words"] if len(sentence["clauses"]) > 1 else ""
        yield Row("clause", columns, words, _said(clause, "head", "subject", *_COLUMNS))
    for entity in sentence["entities"]:
        yield Row("entity", entity["label"], entity["words"], f"tag, {entity['tag']}" if entity["tag"] else "")
    for name in FACTS:
        yield from (
            Row(_SINGULAR.get(name, name.removesuffix("s")), _said(fact), fact["words"]) for fact in sentence[name]
        )
    yield from (Row("quoted", "", run["words"]) for run in sentence["quoted"])


def headline(draft: Data) -> str:
    """What is known of the draft as a whole."""
    return ", ".join(_known(draft, key) for key in ("stage", "profile"))


def _known(draft: Data, key: str) -> str:
    inferred = " (inferred)" if draft[key] and not draft[f"{key}_told"] else ""
    return f"{key}: {draft[key] or 'unknown'}{inferred}"


def place(item: Data) -> str:
    """Row and column."""
    return f"{item['location']['row']}:{item['location']['column']}"


def sentences(draft: Data) -> Iterator[tuple[str, str, Data]]:
    """Each sentence with the kinds of its zone and its block."""
    return (
        (zone["kind"], block["kind"], sentence)
        for zone in draft["zones"]
        for block in zone["blocks"]
        for sentence in block["sentences"]
    )


def render(drafts: Iterable[Data], width: int = 100) -> Iterator[str]:
    """A section for each draft, an empty line after it. `width` is in columns."""
    for draft in drafts:
        yield "\n".join([*_draft(draft, width), "", ""])


def _draft(draft: Data, width: int) -> Iterator[str]:
    yield f"{path(draft['path'])}  {headline(draft)}"
    what = max((len(row.what) for *_, sentence in sentences(draft) for row in rows(sentence)), default=0)
    for zone in draft["zones"]:
        for block in zone["blocks"]:
            yield ""
            yield click.style(f"{zone['kind']}, {block['kind']}", bold=True)
            yield from chain.from_iterable(_sentence(sentence, what, width) for sentence in block["sentences"])
    if draft["tags"]:
        yield ""
        yield click.style("merge tags", bold=True)
        yield from chain.from_iterable(_tag(tag, width) for tag in draft["tags"])


def _sentence(sentence: Data, what: int, width: int) -> Iterator[str]:
    at = f"  {place(sentence):<7} "
    yield from _line(accent(at), sentence["words"], len(at), width)
    for row in rows(sentence):
        lead = f"{row.label:<{LABEL}}" + ("" if row.label == "moves" else f"{row.what:<{what}}  ")
        words = f"{row.words}  ({row.notes})".strip() if row.notes else row.words
        yield from _line(" " * len(at) + accent(lead[:LABEL]) + lead[LABEL:], words, len(at) + len(lead), width)


def _tag(tag: Data, width: int) -> Iterator[str]:
    lead = f"  {place(tag):<7} "
    read = f'{tag["type"]}, read as "{tag["words"]}"' if tag["words"] else "steers, stands for no words"
    yield from _line(accent(lead), f"{tag['source']}  {read}", len(lead), width)


def _line(lead: str, text: str, indent: int, width: int) -> Iterator[str]:
    """The text after `lead`, which takes `indent` columns, and further lines under its beginning."""
    first, *more = textwrap.wrap(visible(text), max(width - indent, LEAST_WORDS)) or [""]
    yield (lead + first).rstrip()
    yield from (" " * indent + line for line in more)


def _said(item: Data, *apart: str) -> str:
    """What an item says in words, save for the keys `apart`: `price`; `time, 15 minutes`; `would, negated`."""
    said = []
    for key, value in item.items():
        if value in (None, False) or key in (*_WHERE, *apart):
            continue
        if value is True:
            said.append(key)
        elif key == "reason":
            said.append("with a reason")
        else:
            said.append(count(value, key.removesuffix("s")) if isinstance(value, int) else str(value))
    return ", ".join(said)
