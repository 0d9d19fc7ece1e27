"""What a draft is about, in its own words, for the lines that it could do with.

The words that announce a topic ("we help with", "we build") are lists of `rules/vocabulary/topics.yaml`; the noun
phrase that follows them is the parse's. Only what can be named again is taken: no pronoun, no row, nothing that could
stand in any draft ("your needs").
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from pushlint.language.inflect import gerund
from pushlint.language.loud import is_loud
from pushlint.rulebook.context import Context, Match
from pushlint.rulebook.rewriting.pieces import noun_phrase, written
from pushlint.vocabulary import load_vocabularies

LEADS = ("doing-lead", "work-lead", "offer-lead", "seen-lead", "helped-some", "paperwork", "meeting")
"""The lists that are looked for."""

_LONGEST = 7  # tokens
_SENDERS = {"i", "we", "our", "my", "us", "me"}
_LONGEST_TAG = 24  # characters
_LIMITED = {"DATE", "TIME", "MONEY", "PERCENT", "DURATION", "CARDINAL", "PERSON"}
_ARTICLES = {"a", "an", "the", "this", "that", "our", "my"}
_SHORTEST = 3  # letters of a word that is a theme
_OFTEN = 3
_MASS = re.compile(r"(?:ing|ment|tion|sion|ware|ity|ance|ence|ship|care|work|roll|age|ics)$|^[A-Z]{2,}$")
_PEOPLE = re.compile(r"(?:er|or|ee|ist|ant|ent|man|woman)$")  # a draft about sellers is about something else
_OWNING = {"your", "their", "his", "her", "its", "our", "my"}
_THEIRS = {"their": "your", "his": "your", "her": "your", "its": "your", "your": "your"}
_JOINS = ("-", "/", "&", "'s", "’s")
_PLAIN = ("NOUN", "ADJ", "DET", "PROPN", "ADP", "PRON", "PART", "VERB", "PUNCT", "ADV")


@dataclass(frozen=True, slots=True)
class Topic:
    """Words of the draft, and the token at which they stand there."""

    words: str
    at: int


def doing(context: Context) -> Topic | None:
    """What the sender helps with, as the reader's doing: "cutting no-shows" of "we help clinics cut no-shows"."""
    for hit in context.hits["@doing-lead"]:
        verb, clause = context.doc[hit.end - 1], context.clause(Match(hit.start, hit.start + 1))
        between = context.doc[hit.start : hit.end - 1]
        ours = any(token.norm_ in _SENDERS for token in between) or (clause and clause.negated)
        if ours or verb.norm_ != verb.lemma_.lower() or not _body(verb.i, context):
            continue
        named = _named_at(hit.end, context)
        if named is not None:
            return Topic(f"{gerund(verb.norm_)} {named.words}", hit.start)
    return None


def work(context: Context) -> Topic | None:
    """Work of the reader's that the draft speaks of: "payroll" of "we can help with payroll"."""
    found = (t for t in _after("work-lead", context) if context.doc[t.at].pos_ != "DET" or t.words.startswith("your"))
    return next((topic for topic in found if context.doc[topic.at].norm_ not in _SENDERS), None)


def offer(context: Context) -> Topic | None:
    """What the sender offers: "our night van", or the merge tag of a product."""
    found = next((t for t in _after("offer-lead", context) if context.doc[t.at].norm_ not in ("your", "their")), None)
    found = found or next(_ours(context), None)
    if found is not None:
        return found
    tag = next((t for t in context.draft.tags if t.type == "product" and len(t.source) <= _LONGEST_TAG), None)
    if tag is None or (context.facts.stage or context.draft.stage) in ("first-touch", None) or "event" in tag.name:
        return None  # to a stranger it may as well be the reader's
    at = bisect_left(context.facts.offsets, tag.start)
    before = context.doc[at - 1].norm_ if at else ""
    return None if before in ("your", "their") else Topic(" ".join(tag.source.split()), at)


def _ours(context: Context) -> Iterator[Topic]:
    """What the sender calls theirs and is for the reader: "our answering service"."""
    things = _words("carrying-thing")
    for token in context.doc:
        if token.norm_ in ("our", "my") and _body(token.i, context) and token.head.lemma_.lower() in things:
            named = _named(token.head, token.i, context)
            if named and token.i not in context.facts.quoted:
                yield named


def seen(context: Context) -> Topic | None:
    """What of the reader's the sender says they looked at: "your website"."""
    return next((topic for topic in _after("seen-lead", context) if context.doc[topic.at].norm_ == "your"), None)


def yours(context: Context) -> Topic | None:
    """What the reader has and the draft speaks of: "your booking page"."""
    things = _words("own-thing")
    for token in context.doc:
        block = context.block(Match(token.i, token.i + 1)) if token.norm_ == "your" else None
        if block and block.kind == "paragraph" and _body(token.i, context) and token.i not in context.facts.quoted:
            noun = token.head
            named = _named(noun, token.i, context) if noun.lemma_.lower() in things else None
            if named and noun.i - token.i < _LONGEST:
                return named
    return None


def paper(context: Context) -> Topic | None:
    """The proposal or contract that the draft speaks of: "the proposal"."""
    for hit in context.hits["@paperwork"]:
        noun = context.doc[hit.start : hit.end].root
        if noun.tag_ == "NN" and any(left.norm_ in ("the", "my", "our", "this") for left in noun.lefts):
            return Topic(f"the {noun.lower_}", hit.start)
    return None


def talk(context: Context) -> Topic | None:
    """What the reader is asked to take the time for: "the call"."""
    for hit in context.hits["@meeting"]:
        sentence = context.sentence(Match(hit.start, hit.end))
        noun = context.doc[hit.end - 1]
        if sentence is not None and "asks-time" in context.moves(sentence) and noun.pos_ == "NOUN":
            return Topic(f"the {noun.lemma_.lower()}", hit.start) if noun.lemma_ != "coffee" else None
    return None


def helped(context: Context) -> Topic | None:
    """Whom the sender says they have helped: "clinics" of "we have helped over forty clinics"."""
    for hit in context.hits["@helped-some"]:
        noun = context.doc[hit.end - 1]
        clause = context.clause(Match(hit.start, hit.end))
        if _body(hit.start, context) and clause and clause.actor == "sender" and not clause.negated:
            return Topic(noun.lower_, hit.start)
    return None


def theme(context: Context) -> Topic | None:
    """The thing that the subject names and nothing else, or that is spoken of most often: "flooring"."""
    titled = _title(context)
    if titled is not None:
        return titled
    hollow = _words("hollow-thing")
    found: dict[str, list[Token]] = defaultdict(list)
    for token in context.doc:
        if (
            token.pos_ == "NOUN"
            and token.is_alpha
            and len(token) >= _SHORTEST
            and not token.ent_type_
            and not is_loud(token.text)
            and not (token.dep_ != "compound" and token.head.i == token.i + 1 and token.head.pos_ == "NOUN")
            and not (token.is_title and not token.is_sent_start and _body(token.i, context))
            and token.ent_kb_id_ != "tag"
            and not {token.lower_, token.lemma_.lower()} & hollow
            and _zone(token.i, context)
        ):
            found[token.lemma_.lower()].append(token)
    often = ((word, tokens) for word, tokens in found.items() if len(tokens) > 1 and not _PEOPLE.search(word))
    weight = {word: _weight(tokens, context) for word, tokens in often}
    best = max(weight, key=lambda word: weight[word], default="")
    words = _as_theme(found[best]) if best and weight[best] >= _OFTEN else None
    return Topic(words, next(t.i for t in found[best] if _body(t.i, context))) if words else None


def _title(context: Context) -> Topic | None:
    """The subject, where it is a noun phrase that can stand in a sentence: "Accounting software for your firm"."""
    subjects = [context.tokens_of(zone) for zone in context.draft.zones if zone.kind == "subject"]
    words = [t for start, end in subjects for t in context.doc[start:end] if not t.is_space]
    while words and (words[0].norm_ in ("re", "fw", "fwd") or words[0].is_punct):
        words = words[1:]
    nouns = [t for t in words if t.pos_ == "NOUN"]
    named = (_named(noun, words[0].i, context) for noun in nouns if noun.i >= words[0].i)
    topic = next((t for t in named if t and len(t.words.split()) == len(words)), None)
    opening = context.doc[topic.at] if topic else None
    plain = opening is not None and opening.norm_ not in (*_OWNING, *_ARTICLES) and opening.ent_kb_id_ != "tag"
    return topic if plain else None


def _weight(tokens: list[Token], context: Context) -> int:
    """In how many sentences a thing is named, twice counted in the subject; 0 where the body does not name it."""
    body = {context.sentence_at(token.i) for token in tokens if _body(token.i, context)}
    others = {context.sentence_at(token.i) for token in tokens} - body
    return len(body) + 2 * len(others) if body else 0


def _as_theme(tokens: list[Token]) -> str | None:
    """How a noun is named where any of its kind is meant, as the draft has it: with "your", in the plural, as a mass,
    or with the noun that it always stands before."""
    heads = {token.head.lower_ for token in tokens if token.dep_ == "compound"}
    if len(heads) == 1 and all(token.dep_ == "compound" and token.i + 1 == token.head.i for token in tokens):
        head = tokens[-1].head
        return None if head.lemma_.lower() in _words("hollow-thing") else f"{_small(tokens[-1])} {_small(head)}"
    tokens = [token for token in tokens if token.dep_ != "compound"]
    owned = [t for t in tokens for left in t.lefts if left.norm_ == "your" and not t.is_upper]
    if owned and 2 * len(owned) >= len(tokens):
        return f"your {_small(owned[0])}"
    many = next((t for t in tokens if t.tag_ == "NNS"), None)
    if many is not None:
        return _small(many)
    bare = tokens and _is_mass(tokens[-1]) and all(left.norm_ not in _ARTICLES for t in tokens for left in t.lefts)
    return _small(tokens[-1]) if bare else None


def _is_mass(noun: Token) -> bool:
    """Whether a singular can stand without an article, as far as its ending tells: "flooring", "SEO"."""
    return bool(_MASS.search(noun.text))


def _small(token: Token) -> str:
    return token.text if token.is_upper else token.lower_


PIECES: dict[str, Callable[[Context], Topic | None]] = {
    "doing": doing,
    "work": work,
    "offer": offer,
    "seen": seen,
    "yours": yours,
    "paper": paper,
    "talk": talk,
    "helped": helped,
    "theme": theme,
}


def _after(name: str, context: Context) -> Iterator[Topic]:
    """The noun phrases that stand right after the words of a list, those of the body first."""
    hits = sorted(context.hits[f"@{name}"], key=lambda hit: (not _body(hit.start, context), hit.start))
    for hit in hits:
        clause = context.facts.clause_of.get(hit.end - 1)
        told = not (clause and clause.negated) and hit.start not in context.facts.quoted
        topic = _named_at(hit.end, context) if told and _zone(hit.end - 1, context) else None
        if topic:
            yield topic


def _named_at(start: int, context: Context) -> Topic | None:
    """The longest noun phrase that begins at `start`."""
    if start >= len(context.doc) or context.doc[start].is_sent_start:
        return None
    nouns = [token for token in context.doc[start : start + _LONGEST] if token.pos_ in ("NOUN", "PROPN")]
    after_preposition = context.doc[start - 1].pos_ == "ADP"  # where the writer leaves the article out, so may we
    named = (_named(noun, start, context, bare=after_preposition) for noun in reversed(nouns))
    return next(filter(None, named), None)


def _named(noun: Token, start: int, context: Context, bare: bool = False) -> Topic | None:
    """The noun phrase that begins at `start`, if it can be named in another sentence; `bare`: without an article."""
    place = noun_phrase(noun) if noun.pos_ == "NOUN" else None
    if place is None or place[0] != start or place[1] - start > _LONGEST:
        return None
    words, following = context.doc[slice(*place)], context.doc[place[1] : place[1] + 1]
    if any(t.pos_ in ("NOUN", "PROPN", "ADJ", "NUM") or t.text in _JOINS for t in following):
        return None  # it goes on
    if any(t.dep_ == "obj" for t in noun.children):
        return None
    own = [t for t in words if t.pos_ in ("NOUN", "PROPN", "ADJ", "VERB") and not t.is_stop]
    hollow = _words("hollow-thing")
    if noun.lemma_.lower() in hollow and not (
        noun.lemma_.lower() in _words("carrying-thing") and _is_told(noun, hollow)
    ):
        return None
    if not own or any(map(_is_hollow, words)):
        return None
    if any(t.ent_type_ in _LIMITED for t in words):
        return None
    first, last = context.plain(*place)
    tags = context.draft.tags_in(first, last)
    if any(tag.type not in ("company", "product", "text") for tag in tags) or len(tags) > 1:
        return None
    if not all(t.pos_ in _PLAIN and (t.text.replace("-", "").isalpha() or t.text in _JOINS) for t in words):
        return None
    opening = context.doc[start]
    bare = bare or opening.pos_ == "DET" or opening.norm_ in _OWNING or bool(tags)
    if noun.tag_ == "NN" and not bare and not _is_mass(noun):
        return None
    text = written(*place, context)
    for token in words[1:]:
        if token.pos_ == "NOUN" and token.is_title:
            text = text.replace(token.text, token.lower_)
    first_word, _, rest = text.partition(" ")
    return Topic(f"{_THEIRS.get(first_word.lower(), _lowered(opening) or first_word)} {rest}".strip(), start)


def _is_hollow(word: Token) -> bool:
    """Whether it praises, counts or points; not where it is part of a word: "no-shows"."""
    joined = word.i + 1 < len(word.doc) and word.nbor().text == "-"
    return word.norm_ in ("i", "we", "you") or (word.lower_ in _words("hollow-word") and not joined)


def _is_told(noun: Token, hollow: frozenset[str]) -> bool:
    """Whether another noun says what kind of thing it is: "answering service"."""
    told = (t for t in noun.lefts if t.dep_ in ("compound", "nmod", "amod") and t.lower_ not in hollow)
    return any(t.pos_ == "NOUN" or t.norm_.endswith("ing") for t in told)


def _lowered(token: Token) -> str | None:
    """The first word as it stands within a sentence."""
    return token.lower_ if token.is_title and token.pos_ != "PROPN" and not token.ent_type_ else None


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load_vocabularies()[name])


def _body(token: int, context: Context) -> bool:
    return context.zone_at(token) == "body"


def _zone(token: int, context: Context) -> bool:
    return context.zone_at(token) in ("body", "subject", "postscript")
