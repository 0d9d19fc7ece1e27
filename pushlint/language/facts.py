"""What the components find in a Doc, kept in `doc._.pushlint`."""

from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Doc, Token

from pushlint.draft import Draft

Actor = Literal["sender", "reader", "other", "nobody"]
Mood = Literal["statement", "question", "imperative"]
Tense = Literal["past", "present", "future"]
Role = Literal["price", "discount", "gain", "result", "funding", "other"]


@dataclass(frozen=True, slots=True)
class Clause:
    """A predicate and what belongs to it, without the clauses inside it. All numbers are token indices.

    `actor` is who acts: the sender (I, we, our team), the reader (you, your company, the one an imperative
    addresses), someone else, or nobody (a fragment, a passive without agent, "there is"). `conditional` clauses
    state a condition ("if you sign") or hang on one ("I'll send it if you like").
    """

    head: int
    subject: int | None
    tokens: tuple[int, ...]
    actor: Actor
    mood: Mood
    tense: Tense
    negated: bool = False
    conditional: bool = False
    reported: bool = False
    modal: str | None = None

    @property
    def start(self) -> int:
        """Its first token."""
        return self.tokens[0]

    @property
    def end(self) -> int:
        """One past its last token."""
        return self.tokens[-1] + 1


@dataclass(frozen=True, slots=True)
class Amount:
    """Money or a percentage at tokens `start`..`end`, and what it is: the price of our offer, a discount on it,
    what the reader gains or loses, a customer's result, funding, or something else."""

    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True)
class Deadline:
    """A point in time at tokens `start`..`end` by which something is to happen, whose clock it is, and the tokens of
    the reason given for it, if any."""

    start: int
    end: int
    owner: Actor
    reason: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Scarcity:
    """A shortage told at tokens `start`..`end`, whose it is, and the tokens of the reason given for it, if any."""

    start: int
    end: int
    owner: Actor
    reason: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """What the reader is asked for in tokens `start`..`end`; `what` is the name of a file in `rules/asks/`.

    `minutes` is how much of their time it would take, where that is told.
    """

    start: int
    end: int
    what: str
    minutes: int | None = None


@dataclass
class Facts:
    """All that is known of a Doc beyond its parse, kept in the extension `doc._.pushlint`.

    `offsets` are the plain offsets of its tokens; `clause_of` tells the clause of a token; `moves` has the first token
    of each sentence that makes any; `stage` and `profile` are what the draft says of itself or what its words tell;
    `quoted` are the tokens between quotation marks; `done` the components that ran.
    """

    offsets: list[int] = field(default_factory=list)
    draft: Draft | None = None
    clauses: list[Clause] = field(default_factory=list)
    clause_of: dict[int, Clause] = field(default_factory=dict)
    amounts: list[Amount] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    scarcities: list[Scarcity] = field(default_factory=list)
    asks: list[Ask] = field(default_factory=list)
    moves: dict[int, set[str]] = field(default_factory=dict)
    stage: str | None = None
    profile: str | None = None
    quoted: set[int] = field(default_factory=set)
    done: set[str] = field(default_factory=set)

    def span(self, doc: Doc, start: int, end: int) -> tuple[int, int]:
        """The plain span of tokens `start`..`end`."""
        return self.offsets[start], self.offsets[end - 1] + len(doc[end - 1])


Doc.set_extension("pushlint", default=None, force=True)


def facts(doc: Doc) -> Facts:
    """The Doc's facts; made, with the tokens' own offsets, where there are none yet."""
    if doc._.pushlint is None:
        doc._.pushlint = Facts(offsets=[token.idx for token in doc])
    found: Facts = doc._.pushlint
    return found


def base_form(token: Token) -> bool:
    """Whether a verb stands in its base form, as in an imperative."""
    return token.norm_ == token.lemma_.lower() and "VerbForm=Part" not in str(token.morph)
