"""What a rule file and a move file may say. The published JSON Schema is generated from these types."""

from datetime import date
from functools import cached_property
from typing import Annotated, Literal, TypeAlias, TypeVar, get_args

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from pushlint.diagnostic import Applicability, Basis, Severity
from pushlint.draft import BlockKind, TagType

Actor = Literal["sender", "reader", "other", "nobody"]
Mood = Literal["statement", "question", "imperative"]
Tense = Literal["past", "present", "future"]
Owner = Literal["sender", "reader", "other", "nobody"]
Role = Literal["price", "discount", "gain", "result", "funding", "other"]
Zone = Literal["subject", "preheader", "greeting", "body", "sign-off", "postscript", "footer", "quoted"]
Stage = Literal["first-touch", "follow-up", "breakup", "reply", "promo", "nurture", "transactional", "other", "unknown"]
ProfileName = Literal["cold", "follow-up", "reply", "newsletter", "promo", "transactional", "unknown"]
Footer = Literal["written", "injected"]
OfferEnds = Literal["ahead", "past", "unknown"]
Place = Literal[
    "sentence-start", "sentence-end", "whole-sentence", "whole-block", "label", "draft-start", "draft-opening"
]
Scope = Literal["match", "clause", "sentence"]
At = Literal["opening", "mention", "ask", "end", "footer"]
Case = Literal["upper", "lower", "title"]
Part = Literal["sentence", "clause", "draft", "before", "after", "earlier", "later", "next", "previous"]

Modal = Literal["will", "would", "can", "could", "may", "might", "shall", "should", "must"]
Figure = Literal[
    "words", "sender-share", "questions", "grade", "sentence-words", "paragraph-words", "subject-characters"
]

SequenceFigure = Literal[
    "steps",
    "gap",
    "gap-change",
    "likeness",
    "news",
    "rises",
    "opening-findings",
    "since",
    "same-subject",
    "past-offer",
]

T = TypeVar("T")
Some: TypeAlias = T | list[T]


def many(value: T | list[T] | UnsetType) -> list[T]:
    """A value that may be written alone or as a list, as a list."""
    if value is UNSET:
        return []
    return value if isinstance(value, list) else [value]


class Reference(Struct, forbid_unknown_fields=True, frozen=True):
    """Where the rule's reason can be read: an essay, a study, a law."""

    title: str
    note: str = ""
    url: str | None = None


class Measure(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A figure of the draft, or of each sentence, each paragraph or the subject, and the band it should be in."""

    of: Figure
    over: float | None = None
    under: float | None = None

    def __post_init__(self) -> None:
        if self.over is None and self.under is None:
            raise ValueError("a measure has over, under or both")

    @property
    def is_document(self) -> bool:
        """Whether it is a figure of the draft as a whole."""
        return self.of not in ("sentence-words", "paragraph-words", "subject-characters")


class Condition(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True, eq=False):
    """What must be so around a match. All the keys given must hold; a list means any of its values.

    Compared, and hashed, as an object of its own: what it asks is looked up once for each.
    """

    zone: Some[Zone] | UnsetType = UNSET
    stage: Some[Stage] | UnsetType = UNSET
    profile: Some[ProfileName] | UnsetType = UNSET
    footer: Some[Footer] | UnsetType = UNSET
    offer_ends: Some[OfferEnds] | UnsetType = UNSET
    source: Some[str] | UnsetType = UNSET
    actor: Some[Actor] | UnsetType = UNSET
    mood: Some[Mood] | UnsetType = UNSET
    tense: Some[Tense] | UnsetType = UNSET
    negated: bool | UnsetType = UNSET
    conditional: bool | UnsetType = UNSET
    quoted: bool | UnsetType = UNSET
    reported: bool | UnsetType = UNSET
    modal: Some[Modal] | UnsetType = UNSET
    owner: Some[Owner] | UnsetType = UNSET
    role: Some[Role] | UnsetType = UNSET
    place: Some[Place] | UnsetType = UNSET
    block: Some[BlockKind] | UnsetType = UNSET
    draft_block: Some[BlockKind] | UnsetType = UNSET
    tag: Some[str] | UnsetType = UNSET
    stand_in: bool | UnsetType = UNSET
    ask: Some[str] | UnsetType = UNSET
    move: Some[str] | UnsetType = UNSET
    draft_move: Some[str] | UnsetType = UNSET
    earlier_move: Some[str] | UnsetType = UNSET
    words_under: int | UnsetType = UNSET
    measure: Measure | UnsetType = UNSET
    minutes_over: int | UnsetType = UNSET
    case: Some[Case] | UnsetType = UNSET
    sentence: Some[str] | UnsetType = UNSET
    clause: Some[str] | UnsetType = UNSET
    draft: Some[str] | UnsetType = UNSET
    before: Some[str] | UnsetType = UNSET
    after: Some[str] | UnsetType = UNSET
    earlier: Some[str] | UnsetType = UNSET
    later: Some[str] | UnsetType = UNSET
    next: Some[str] | UnsetType = UNSET
    previous: Some[str] | UnsetType = UNSET

    def phrases(self) -> dict[Part, list[str]]:
        """The phrases that must stand around the match, by where: right `before` or `after` it, `earlier` or
        `later` in its sentence, in its `clause`, `sentence` or `draft`, in the `next` or `previous` sentence."""
        found = {part: many(getattr(self, part)) for part in get_args(Part)}
        return {part: phrases for part, phrases in found.items() if phrases}


class Rewrite(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """One way to put it better: new words for the match, its clause or its sentence, a merge tag put right, a cut, the
    match dropped and nothing else, the same words in a calm voice, two sentences of one, the sentence moved behind the
    first later one that makes one of the moves named, of several asks all but the first kind
    taken out, a line to add, or advice on what only the writer can do. `reason`
    says why it has its applicability, where that is not `unsafe`."""

    match: str | None = None
    tag: str | None = None
    clause: str | None = None
    sentence: str | None = None
    cut: Scope | None = None
    drop: Literal["match"] | None = None
    calm: Scope | None = None
    split: Literal["sentence"] | None = None
    move: Some[str] | UnsetType = UNSET
    keep: Literal["first"] | None = None
    add: str | None = None
    at: At | None = None
    advise: str | None = None
    applicability: Applicability = "unsafe"
    when: Condition | UnsetType = UNSET
    unless: list[Condition] = []
    help: str | None = None
    reason: str | None = None

    def __post_init__(self) -> None:
        kinds = ("match", "tag", "clause", "sentence", "cut", "drop", "calm", "split", "move", "keep", "add", "advise")
        if sum(getattr(self, kind) not in (None, UNSET) for kind in kinds) != 1:
            raise ValueError(f"a rewrite has exactly one of {', '.join(kinds)}")
        if self.at and self.add is None:
            raise ValueError("at says where to add a line, and there is none")


class Order(Struct, forbid_unknown_fields=True, frozen=True):
    """`phrase` must not stand before the first sentence that makes one of the moves `before`."""

    phrase: Some[str]
    before: Some[str]


class Stacked(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """Two different `asks` or more in one draft, the kind to keep first; one that `unless` speaks of does not count."""

    asks: Some[str]
    unless: list[Condition] = []


class InSequence(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A figure of an e-mail among those before it in its sequence, and the band it should be in.

    `moves` are those that `news` and `since` look for; `rules` those whose findings `rises` and `opening-findings`
    count. Where a rule of `instead_of` found something in the same e-mail, this finding takes its place.
    """

    of: SequenceFigure
    over: float | None = None
    under: float | None = None
    moves: Some[str] | UnsetType = UNSET
    rules: Some[str] | UnsetType = UNSET
    instead_of: Some[str] | UnsetType = UNSET

    def __post_init__(self) -> None:
        if self.over is None and self.under is None:
            raise ValueError("a sequence has over, under or both")
        for key, figures in (("moves", ("news", "since")), ("rules", ("rises", "opening-findings"))):
            if (self.of in figures) is (getattr(self, key) is UNSET):
                raise ValueError(f"{' and '.join(figures)} need {key}, and no other figure does")

    def is_outside(self, value: float) -> bool:
        """Whether a value is outside the band."""
        return (self.over is not None and value > self.over) or (self.under is not None and value < self.under)


class Hidden(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """Text of so many `words` or more that styling hides on every screen."""

    words: Annotated[int, Meta(ge=1)] = 1


SuppressionFault = Literal["unused", "unknown", "no-rule", "no-start", "no-date", "expired", "seen", "sent"]
"""What can be wrong with a suppression: it silences nothing, names no rule that there is, or none at all, ends what was
not started, has a day that is none, or one that is past; its comment is text that the e-mail's reader sees, or is sent
unseen with the HTML."""

TagFault = Literal["broken", "unknown", "misspelt", "foreign", "unfilled", "article", "possessive", "plural"]


class Tagged(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A merge tag of which all of this is so.

    `type` is what it stands for; `fallback`: whether it says what is sent where the value is missing; `can_fall_back`:
    whether tags of its dialect can; `guarded`: whether it stands within a condition; `by_hand`: whether a person fills
    it in; `sampled`: whether sample values are given for it; `may_be_empty`: whether its value may be missing, for all
    that is known. `fault` is what is wrong with it: it is not closed (`broken`), not among the names given (`unknown`),
    one letter off a well-known one (`misspelt`), not of the draft's dialect (`foreign`), nobody filled it in
    (`unfilled`), or its value breaks the grammar after an `article`, before a `possessive` or as a `plural`.
    """

    type: Some[TagType] | UnsetType = UNSET
    fallback: bool | UnsetType = UNSET
    can_fall_back: Literal["surely", "maybe"] | UnsetType = UNSET
    guarded: bool | UnsetType = UNSET
    by_hand: bool | UnsetType = UNSET
    sampled: bool | UnsetType = UNSET
    may_be_empty: bool | UnsetType = UNSET
    fault: TagFault | UnsetType = UNSET


_KINDS = (
    "phrase", "pattern", "ask", "absence", "order", "measure", "stacked", "sequence", "tag", "hidden", "link",
    "suppression",
)  # fmt: skip


class Finder(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True, dict=True):
    """One way to find the fault: exactly one of phrase, pattern, ask, absence, order, measure, stacked,
    sequence, tag, hidden, link (the words of a link whose target is at another domain than the one they name),
    suppression.

    `level` and `message` are the rule's, unless the finder has its own. Where two find the same, the first counts.
    """

    phrase: Some[str] | UnsetType = UNSET
    pattern: str | UnsetType = UNSET
    ask: Some[str] | UnsetType = UNSET
    absence: Some[str] | UnsetType = UNSET
    order: Order | UnsetType = UNSET
    measure: Measure | UnsetType = UNSET
    stacked: Stacked | UnsetType = UNSET
    sequence: InSequence | UnsetType = UNSET
    hidden: Hidden | UnsetType = UNSET
    link: Literal["other-domain"] | UnsetType = UNSET
    tag: Tagged | UnsetType = UNSET
    suppression: SuppressionFault | UnsetType = UNSET
    mark: Scope = "match"
    level: Severity | None = None
    message: str | None = None
    when: Condition | UnsetType = UNSET
    unless: list[Condition] = []
    rewrite: list[Rewrite] = []

    def __post_init__(self) -> None:
        if sum(getattr(self, kind) is not UNSET for kind in _KINDS) != 1:
            raise ValueError(f"a finder has exactly one of {', '.join(_KINDS)}")

    @cached_property
    def kind(self) -> str:
        """What it finds by: the name of the one key that it has."""
        return next(kind for kind in _KINDS if getattr(self, kind) is not UNSET)

    @cached_property
    def is_document(self) -> bool:
        """Whether it speaks of the draft as a whole."""
        if isinstance(self.measure, Measure):
            return self.measure.is_document
        return any(kind is not UNSET for kind in (self.absence, self.stacked, self.sequence))


class Earlier(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """An e-mail of a sequence that an example shows the end of."""

    text: str
    subject: str | None = None
    day: float | None = None
    stage: Stage | None = None
    offer_ends: date | None = None


class Example(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A text that shows the rule, and tests it.

    `bad` must be found, with the words in [brackets] if there are any, or those that it `finds` where brackets are part
    of the text; `good` must not; `gap` is a known miss or false alarm, written down, that does not fail. `fixed` is
    the bad text after its first rewrite, `adds` the line that is proposed first, with its place; `format` what the text
    is written in. `steps` are the e-mails before it in a sequence; in those nothing may be found.
    """

    bad: str | None = None
    good: str | None = None
    gap: str | None = None
    fixed: str | None = None
    adds: str | None = None
    finds: list[str] = []
    subject: str | None = None
    stage: Stage | None = None
    profile: ProfileName | None = None
    footer: Footer | None = None
    offer_ends: date | None = None
    day: float | None = None
    steps: list[str | Earlier] = []
    format: Literal["plain", "markdown", "html"] = "plain"
    dialect: str | None = None
    tags: dict[str, list[str]] | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        if sum(text is not None for text in (self.bad, self.good, self.gap)) != 1:
            raise ValueError("an example has exactly one of bad, good, gap")
        if (self.fixed is not None or self.adds is not None) and self.bad is None:
            raise ValueError("only a bad example can have a fixed text, or a line to add")


class Rule(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True, dict=True):
    """One fault: what it is, why, how it is found, and what to write instead."""

    code: Annotated[str, Meta(pattern="^[A-Z]{3,8}[0-9]{3}$")]
    name: Annotated[str, Meta(pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]
    level: Severity
    basis: Basis
    summary: str
    message: str
    why: str
    references: list[Reference] = []
    find: Annotated[list[str | Finder], Meta(min_length=1)]
    when: Condition | UnsetType = UNSET
    unless: list[Condition] = []
    rewrite: list[Rewrite] = []
    examples: Annotated[list[Example], Meta(min_length=2)]

    @cached_property
    def finders(self) -> list[Finder]:
        """The finders, a bare phrase written out as one."""
        return [Finder(phrase=find) if isinstance(find, str) else find for find in self.find]

    @cached_property
    def is_document(self) -> bool:
        """Whether one of its finders speaks of the draft as a whole."""
        return any(finder.is_document for finder in self.finders)

    @property
    def heard(self) -> list[str]:
        """The rules whose findings it must know."""
        asked = [finder.sequence for finder in self.finders if isinstance(finder.sequence, InSequence)]
        return [selector for one in asked for selector in (*many(one.rules), *many(one.instead_of))]


class Move(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True, dict=True):
    """What a sentence can do in outreach (`rules/moves/`) or ask for (`rules/asks/`), and how to tell that it does."""

    name: Annotated[str, Meta(pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]
    summary: str
    find: Annotated[list[str | Finder], Meta(min_length=1)]
    unless: list[Condition] = []
    examples: Annotated[list[Example], Meta(min_length=2)]

    @cached_property
    def finders(self) -> list[Finder]:
        """The finders, a bare phrase written out as one."""
        return [Finder(phrase=find) if isinstance(find, str) else find for find in self.find]


class Profile(Move, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """What kind of e-mail a draft is (`rules/profiles/`), and the rules that make no sense for it.

    A draft that does not say its profile has it by its stage, one of `stages`, or because something in `find` is found.
    `without` are selectors of rules: a prefix of codes, a code or a name.
    """

    stages: list[Stage] = []
    without: list[str] = []
    find: list[str | Finder] = []


def json_schema(of: type[Rule] | type[Move]) -> dict[str, object]:
    """The JSON Schema of a rule or move file, for editors to complete and check by."""
    return msgspec.json.schema(of)
