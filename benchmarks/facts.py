"""How often pushlint's facts agree with labels set by hand, as typed and in lower case.

    python benchmarks/facts.py [--set seen|unseen|both] [--lower] [--misses N] [FACT ...]

There are two sets of labels: `facts/`, which the components were written against, and `facts_unseen/`, written after
them, so that it shows how they do on mail that nobody has looked at. Nothing is changed to please the second; once
something is, its lines belong in the first, and a new one is due. A set has a file for each fact, an object for each
line: `text`, a draft; `of`, the words of it that are asked about; `value`, the answer; and `pair`, a name shared by
sentences that differ only in the words that decide. A line is one decision. A line about moves is one for each move
that is expected or found, and one where there is neither, so that moves rightly left out do not raise the figure.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from spacy.tokens import Doc

from pushlint.language.facts import Facts
from pushlint.linter import Linter
from pushlint.readers import read

SETS = {"seen": Path(__file__).parent / "facts", "unseen": Path(__file__).parent / "facts_unseen"}
FACTS = (
    "actor",
    "mood",
    "tense",
    "negated",
    "conditional",
    "quoted",
    "reported",
    "modal",
    "amount",
    "deadline",
    "ask",
    "move",
)
NONE = "none"
MISSING = "nothing found"


@dataclass(frozen=True, slots=True)
class Label:
    """A sentence with the answer for one fact; for moves the answer is all that it makes, in order."""

    fact: str
    text: str
    of: str
    value: tuple[str, ...]
    pair: str | None

    def lowered(self) -> "Label":
        """The same in lower case."""
        return Label(self.fact, self.text.lower(), self.of.lower(), self.value, self.pair)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the pipeline found for a label."""

    label: Label
    found: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Whether all of it is right."""
        return self.found == self.label.value

    @property
    def decisions(self) -> list[bool]:
        """Whether each decision is right."""
        expected, found = set(self.label.value), set(self.found)
        if self.label.fact != "move" or not expected | found:
            return [self.right]
        return [name in expected & found for name in expected | found]


@dataclass(frozen=True, slots=True)
class Score:
    """How many decisions there were, and how many were right."""

    right: int
    decisions: int

    @property
    def accuracy(self) -> float:
        """The share that was right; 1 where nothing was asked."""
        return self.right / self.decisions if self.decisions else 1.0


@dataclass(frozen=True, slots=True)
class Marked:
    """The answers for a set of labels, as typed and in lower case."""

    name: str
    typed: list[Answer]
    lowered: list[Answer]

    def about(self, fact: str) -> "Marked":
        """Those about one fact."""
        return Marked(self.name, *([a for a in given if a.label.fact == fact] for given in (self.typed, self.lowered)))


def labels(fact: str, of_set: str) -> list[Label]:
    """The labelled sentences for a fact in the seen or the unseen set."""
    lines = (SETS[of_set] / f"{fact}.jsonl").read_text(encoding="utf-8").splitlines()
    every = map(json.loads, lines)
    return [Label(fact, line["text"], line["of"], _value(line["value"]), line.get("pair")) for line in every]


def answers(asked: Sequence[Label]) -> list[Answer]:
    """What the linter's own pipeline finds for each."""
    drafts = [read(f"{label.fact}.txt", label.text.encode())[0] for label in asked]
    return [Answer(label, _found(label, doc)) for label, doc in zip(asked, Linter([]).parse(drafts), strict=True)]


def score(given: Iterable[Answer]) -> Score:
    """The decisions of all the answers together."""
    decisions = [right for answer in given for right in answer.decisions]
    return Score(sum(decisions), len(decisions))


def _value(value: str | bool | list[str]) -> tuple[str, ...]:
    return tuple(sorted(value)) if isinstance(value, list) else (str(value).lower(),)


def _found(label: Label, doc: Doc) -> tuple[str, ...]:
    known: Facts = doc._.pushlint
    words = set(_words(label, doc, known))
    assert words, f"{label.of!r} is not read in {label.text!r}"
    find = _FINDERS.get(label.fact)
    return find(doc, known, words) if find else _of_clause(label.fact, known, words)


def _words(label: Label, doc: Doc, known: Facts) -> Iterator[int]:
    """The tokens that are asked about; merge tags are looked for as typed."""
    assert known.draft is not None
    start = label.text.index(label.of)
    for token in doc:
        first, last = known.draft.map.span(*known.span(doc, token.i, token.i + 1))
        if first < start + len(label.of) and last > start:
            yield token.i


def _of_clause(fact: str, known: Facts, words: set[int]) -> tuple[str, ...]:
    clause = next((c for c in known.clauses if c.head in words), known.clause_of.get(min(words)))
    return (_text(getattr(clause, fact)) if clause else MISSING,)


def _text(value: str | bool | None) -> str:
    return NONE if value is None else str(value).lower()


def _quoted(doc: Doc, known: Facts, words: set[int]) -> tuple[str, ...]:
    return (_text(words <= known.quoted),)


def _amount(doc: Doc, known: Facts, words: set[int]) -> tuple[str, ...]:
    return tuple(a.role for a in known.amounts if words & {*range(a.start, a.end)}) or (MISSING,)


def _deadline(doc: Doc, known: Facts, words: set[int]) -> tuple[str, ...]:
    return tuple(d.owner for d in known.deadlines if words & {*range(d.start, d.end)}) or (MISSING,)


def _ask(doc: Doc, known: Facts, words: set[int]) -> tuple[str, ...]:
    asked = [ask for ask in known.asks if words & {*range(ask.start, ask.end)}]
    return tuple(f"{a.what}:{a.minutes}" if a.minutes else a.what for a in asked) or (NONE,)


def _move(doc: Doc, known: Facts, words: set[int]) -> tuple[str, ...]:
    sentences = [s for s in doc.sents if words & {*range(s.start, s.end)}]
    return tuple(sorted({move for s in sentences for move in known.moves.get(s.start, ())}))


_FINDERS: dict[str, Callable[[Doc, Facts, set[int]], tuple[str, ...]]] = {
    "quoted": _quoted,
    "amount": _amount,
    "deadline": _deadline,
    "ask": _ask,
    "move": _move,
}


@click.command()
@click.argument("facts", nargs=-1, type=click.Choice(FACTS), metavar="[FACT]...")
@click.option("--set", "chosen", type=click.Choice((*SETS, "both")), default="both", help="The labels to use.")
@click.option("--lower", is_flag=True, help="List the misses in lower-cased text.")
@click.option("--misses", type=click.IntRange(min=0), default=0, help="List up to N wrong answers for each fact.")
def main(facts: tuple[str, ...], chosen: str, lower: bool, misses: int) -> None:
    """Print how many decisions are right, for each fact and for all."""
    facts = facts or FACTS
    every = [_marked(name, facts) for name in SETS if chosen in (name, "both")]
    for marked in every:
        asked = [answer.label for answer in marked.typed]
        paired = sum(label.pair is not None for label in asked)
        print(f"{marked.name}: {len(asked)} sentences, {paired} of them in minimal pairs")
    print("\n" + " " * 11 + "".join(f"  |{marked.name:>7}: decisions  accuracy  lower-cased" for marked in every))
    for fact in facts:
        print(f"{fact:11}" + "".join(map(_cells, (marked.about(fact) for marked in every))))
    print(f"{'all':11}" + "".join(map(_cells, every)))
    for marked in every:
        if moves := marked.about("move").typed:
            _print_moves(marked.name, moves)
    for marked in every:
        for fact in facts:
            given = marked.about(fact)
            _print_misses(marked.name, [a for a in (given.lowered if lower else given.typed) if not a.right][:misses])


def _marked(name: str, facts: Sequence[str]) -> Marked:
    asked = [label for fact in facts for label in labels(fact, name)]
    return Marked(name, answers(asked), answers([label.lowered() for label in asked]))


def _cells(marked: Marked) -> str:
    typed, lowered = score(marked.typed), score(marked.lowered)
    return f"  |{typed.decisions:18}{typed.accuracy:10.3f}{lowered.accuracy:13.3f}"


def _print_moves(name: str, given: Sequence[Answer]) -> None:
    """Precision, recall and F1 of each move, and how many sentences have exactly the moves expected."""
    print(f"\n{name + ':':18}  expected  found  precision  recall     F1")
    for move in sorted({name for answer in given for name in (*answer.label.value, *answer.found)}):
        expected = {i for i, answer in enumerate(given) if move in answer.label.value}
        found = {i for i, answer in enumerate(given) if move in answer.found}
        both = len(expected & found)
        precision, recall = both / (len(found) or 1), both / (len(expected) or 1)
        f1 = 2 * both / (len(expected) + len(found))
        print(f"{move:18}  {len(expected):8}  {len(found):5}  {precision:9.2f}  {recall:6.2f}  {f1:5.2f}")
    exact = sum(answer.right for answer in given)
    print(f"exactly the moves expected: {exact} of {len(given)} sentences, {exact / len(given):.3f}")


def _print_misses(name: str, wrong: Sequence[Answer]) -> None:
    for answer in wrong:
        label = answer.label
        print(f"\n{name}: {label.fact} of {label.of!r}{f' in {label.text!r}' if label.of != label.text else ''}")
        print(f"  expected {_list(label.value)}, found {_list(answer.found)}")


def _list(names: Sequence[str]) -> str:
    return ", ".join(names) or NONE


if __name__ == "__main__":
    main()
