"""Whom a draft is about: the sender who tells of themselves, the reader, or something else."""

from typing import Literal

from spacy.tokens import Span, Token

from pushlint.rulebook.context import Context
from pushlint.vocabulary import load_vocabularies

About = Literal["sender", "reader", "other"]

_SENDER = {"i", "we", "me", "us", "my", "our", "mine", "ours", "myself", "ourselves"}
_READER = {"you", "your", "yours", "yourself", "yourselves"}
# What a sentence does for the reader, whoever its subject is.
_FOR_READER = {"observes-reader", "asks-reader", "teaches", "offers-resource"}
# What arranges the next step, names the terms or speaks of the letters themselves tells nothing of the sender.
_ARRANGES = {
    "nudges",
    "asks-time",
    "small-step",
    "leaves-door-open",
    "threatens-to-leave",
    "states-price",
    "offers-discount",
}
# How often the sender has to be named, and how much more often than the reader, to be named clearly more often.
_OFTEN, _CLEARLY = 3, 1.5


def sender_share(context: Context) -> float:
    """The share of the words that stand in sentences about the sender, less those about the reader.

    0 where "I", "we" and "our" do not clearly outweigh "you", "your" and the tags of the reader.
    """
    offsets = context.facts.offsets
    own = _own_names(context)
    sentences = [s for s in context.sentences if context.draft.zone_at(offsets[s.start]) in ("body", "postscript")]
    sender = sum(_is_sender(token, own) for sentence in sentences for token in sentence)
    if sender < _OFTEN or sender < _CLEARLY * sum(_is_reader(token) for sentence in sentences for token in sentence):
        return 0.0
    words = {"sender": 0, "reader": 0, "other": 0}
    lead: About | None = None
    for sentence in sentences:
        in_list = _block(context, sentence) == "list-item"
        about = lead if in_list and lead and _is_fragment(context, sentence) else _about(context, sentence, own)
        words[about] += sum(token.is_alpha for token in sentence)
        if not in_list:
            lead = about if sentence.text.rstrip().endswith(":") else None
    return (words["sender"] - words["reader"]) / (sum(words.values()) or 1)


def of_sender(context: Context) -> list[Span]:
    """The sentences about the sender, those that speak of them most often first."""
    own = _own_names(context)
    told = [s for s in context.sentences if context.draft.zone_at(context.facts.offsets[s.start]) == "body"]
    found = [s for s in told if _about(context, s, own) == "sender"]
    return sorted(found, key=lambda s: sum(map(_is_reader, s)) - sum(_is_sender(token, own) for token in s))


def _about(context: Context, sentence: Span, own: set[str]) -> About:
    moves = context.moves(sentence)
    if moves & _FOR_READER:
        return "reader"
    if "introduces-self" in moves:
        return "sender"
    if moves & _ARRANGES or sentence.text.rstrip().endswith("?"):
        return "other"
    clause = context.facts.clause_of.get(sentence.root.i)
    if clause and (clause.mood == "imperative" or clause.conditional):
        return "other"
    if sentence.root.lemma_.lower() in load_vocabularies()["exchange"]:
        return "other"
    sender = sum(_is_sender(token, own) for token in sentence)
    reader = sum(_is_reader(token) for token in sentence)
    if sender > reader or (sender == reader and clause and clause.actor == "sender"):
        return "sender"
    return "reader" if reader else "other"


def _is_sender(token: Token, own: set[str]) -> bool:
    return token.norm_ in _SENDER or (
        token.text in own and {token.dep_, token.head.dep_} & {"nsubj", "nsubj:pass"} != set()
    )


def _is_reader(token: Token) -> bool:
    return token.norm_ in _READER or (token.ent_kb_id_ == "tag" and token.ent_id_ in ("person", "company"))


def _own_names(context: Context) -> set[str]:
    """The names that stand in the sign-off: the sender's, and their company's."""
    zones: dict[str, set[str]] = {"sign-off": set(), "greeting": set()}
    for token in context.doc:
        zone = context.draft.zone_at(context.facts.offsets[token.i])
        if zone in zones and token.is_alpha and not token.is_lower and token.ent_kb_id_ != "tag":
            zones[zone].add(token.text)
    return zones["sign-off"] - zones["greeting"]


def _is_fragment(context: Context, sentence: Span) -> bool:
    """Whether nobody acts in it: a noun phrase, a participle."""
    clause = context.facts.clause_of.get(sentence.root.i)
    return clause is None or clause.actor == "nobody"


def _block(context: Context, sentence: Span) -> str | None:
    block = context.draft.block_at(context.facts.offsets[sentence.start])
    return None if block is None else block.kind
