"""What each amount is: the price of our offer, a discount, what the reader gains or loses, a customer's result."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from operator import attrgetter

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from pushlint.language import clauses, entities
from pushlint.language.facts import Actor, Amount, Clause, Role, facts
from pushlint.language.require import require
from pushlint.language.words import phrase_index
from pushlint.vocabulary import load_vocabularies

_LABELS = {"MONEY", "PERCENT"}
# The word lists that decide the role; of two that stand equally near the first in the list.
_CUES: dict[str, Role] = {
    "discount-cue": "discount",
    "funding-cue": "funding",
    "plain-cue": "other",
    "gain-cue": "gain",
    "result-cue": "result",
    "gained-cue": "gain",
    "asked-cue": "price",
    "price-cue": "price",
}


NAME = "pushlint_amounts"


@Language.factory(NAME, assigns=["doc._.pushlint", "doc.ents"], requires=["token.dep", "token.lemma"])
def make_amounts(nlp: Language, name: str) -> "Amounts":
    """Makes the component."""
    return Amounts(nlp)


@dataclass(frozen=True, slots=True)
class _Cue:
    """Words that tell a role, at tokens `start`..`end`."""

    start: int
    end: int
    role: Role
    sure: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an amount stands: its clause, the words of the noun it measures ("$4M round", "fee of $20"), the verb that
    governs it, the subject of which it is said ("the fee is $20"), and all the cues of its sentence, nearest first."""

    span: Span
    clause: Clause | None
    measured: range
    verb: Token | None
    subject: Token | None
    cues: list[_Cue]

    @property
    def doc(self) -> Doc:
        """The document."""
        return self.span.doc

    @property
    def words(self) -> list[Token]:
        """The words of the clause; of the sentence where there is none."""
        return [self.doc[i] for i in self.clause.tokens] if self.clause else list(self.span.sent)

    def says(self, *norms: str) -> bool:
        """Whether one of the words stands in the clause."""
        return any(token.norm_ in norms for token in self.words)

    @property
    def actor(self) -> Actor:
        """Who acts in the clause."""
        return self.clause.actor if self.clause else "nobody"

    @property
    def is_past(self) -> bool:
        """Whether the clause, or the one that it completes ("we helped a firm recover"), tells of what was."""
        if self.clause is None:
            return False
        head = self.doc[self.clause.head]
        told = {head.tag_, head.head.tag_} if head.dep_ == "xcomp" else {head.tag_}
        return self.clause.tense == "past" or (self.clause.modal is None and not told.isdisjoint(("VBD", "VBN")))


class Amounts:
    """Sets `doc._.pushlint.amounts`, and each amount's role as the `id` of its entity."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._index = phrase_index(nlp, [f"@{cue}" for cue in _CUES if cue in load_vocabularies()])

    def __call__(self, doc: Doc) -> Doc:
        require(self._nlp, doc, entities.NAME, clauses.NAME)
        known = facts(doc)
        known.done.add(NAME)
        doc.ents = [*doc.ents, *_bare_thousands(doc)]
        amounts = [span for span in doc.ents if span.label_ in _LABELS]
        if not amounts:
            return doc
        cues = [
            _Cue(hit.start, hit.end, _CUES[phrase.removeprefix("@")], phrase in _SURE)
            for phrase, hits in self._index.find(doc).items()
            for hit in hits
        ]
        cues.sort(key=_start)
        ents = {span.start: span for span in doc.ents}
        for span in amounts:
            role = _role(_place(span, known.clause_of.get(span.root.i), cues))
            known.amounts.append(Amount(span.start, span.end, role))
            ents[span.start] = Span(doc, span.start, span.end, label=span.label_, kb_id=span.kb_id_, span_id=role)
        doc.ents = list(ents.values())
        return doc


def _bare_thousands(doc: Doc) -> list[Span]:
    """ "Saved Meyer's 14k": money without its sign, after a verb of money and before no noun that it could count."""
    return [
        Span(doc, token.i, token.i + 1, label="MONEY")
        for token in doc
        if _THOUSANDS.match(token.lower_) and not token.ent_type_ and _is_money(token)
    ]


def _is_money(token: Token) -> bool:
    after = token.nbor() if token.i + 1 < len(token.doc) else None
    counts = after is not None and after.pos_ in ("NOUN", "PROPN", "ADJ")
    return not counts and any(
        t.lemma_ in _MONEY_VERBS for t in (*token.ancestors, *token.sent[: token.i - token.sent.start])
    )


def _place(span: Span, clause: Clause | None, cues: list[_Cue]) -> _Place:
    measured, verb = _measured(span), _governor(span)
    first = _line_start(span)
    subject = _subject(span, clause, verb)

    def nearness(cue: _Cue) -> tuple[int, int, int]:
        covered = range(cue.start, cue.end)
        about = subject is not None and subject.i in covered
        if (about and cue.role == "other") or any(i in measured for i in covered):
            grade = 0
        elif cue.sure or (verb is not None and verb.i in covered) or (about and verb is None):
            grade = 1
        else:
            grade = 2 if clause is not None and cue.start in clause.tokens else 3
        return grade, _distance(span, cue), _ORDER[cue.role]

    near = sorted(
        cues[bisect_left(cues, first, key=_start) : bisect_left(cues, span.sent.end, key=_start)], key=nearness
    )
    return _Place(span, clause, measured, verb, subject, near)


_start = attrgetter("start")


def _line_start(span: Span) -> int:
    """The first word of its sentence, or of the one that leads up to it with a colon: "Cost to fix: $6,500"."""
    first = span.sent.start
    return span.doc[first - 1].sent.start if first and span.doc[first - 1].text == ":" else first


def _subject(span: Span, clause: Clause | None, verb: Token | None) -> Token | None:
    """Of what it is said: the subject of its clause, or the noun that the clause describes ("packages from $9")."""
    own = (child for token in span for child in token.children if child.dep_.startswith("nsubj"))
    if verb is None and (subject := next(own, None)):
        return subject
    if clause is None:
        return None
    if clause.subject is not None:
        subject = span.doc[clause.subject]
        if span.root in subject.subtree and not _is_in_brackets(span):
            return None
        return None if subject.dep_.startswith("csubj") else subject
    head = span.doc[clause.head]
    return head.head if head.dep_ == "acl" else None


def _is_in_brackets(span: Span) -> bool:
    """ "The gold package (€400) has a table"."""
    return span.start > span.sent.start and span.doc[span.start - 1].text == "("


def _measured(span: Span) -> range:
    """The words up to the noun after it that it measures, or the noun of which it is said with "of"."""
    doc, head, end = span.doc, span.root.head, span.sent.end
    if span.end <= head.i < span.end + _NOUN_WORDS and head.pos_ in ("NOUN", "PROPN", "ADJ", "ADV"):
        return range(span.end, head.i + 1)
    if span.end < end and doc[span.end].pos_ in ("NOUN", "ADJ"):
        return range(span.end, span.end + 1)
    before = span.start - 1
    while before > span.sent.start and doc[before].norm_ in _ROUGHLY:
        before -= 1
    is_of = before > span.sent.start and doc[before].norm_ == "of"
    return range(before - 1, before) if is_of else range(0)


def _governor(span: Span) -> Token | None:
    """The verb that it belongs to, unless it is itself what is said of a subject."""
    if span.root.dep_ == "ROOT" or any(t.dep_ == "cop" for t in span.root.children):
        return None
    return next((t for t in span.root.ancestors if t.pos_ == "VERB"), None)


def _role(place: _Place) -> Role:
    """A discount is beyond doubt where its word follows; else the nearest cue decides, and who has it."""
    span = place.span
    discounts = [cue for cue in place.cues if cue.role == "discount" and cue.start <= span.end + _RATE_WORDS]
    discounts = [cue for cue in discounts if not cue.start or span.doc[cue.start - 1].norm_ not in ("better", "worse")]
    if any(cue.end >= span.start for cue in discounts):
        return _off_what(place, max(cue.end for cue in discounts))
    if _is_compared(span):
        return "other"
    cue = next((cue for cue in place.cues if cue.role != "funding" or span.label_ == "MONEY"), None)
    if _is_on_our_offer(place) and (cue is None or cue.role == "price"):
        return "price"
    if _is_said_of_offer(place) and (cue is None or _distance(span, cue) > 0):
        return "price"
    if cue is None or _is_rate_as_subject(place, cue):
        return _without_cue(place)
    if cue.role == "funding" and span.root.dep_ == "obj" and _governs(place, "gain"):
        return _of_change(place)
    if cue.role == "price":
        return _of_price(place)
    return _of_change(place) if cue.role == "gain" else cue.role


def _governs(place: _Place, role: Role) -> bool:
    """Whether a cue of this role is the verb: "added $1.3M in revenue"."""
    return place.verb is not None and any(c.role == role and c.start <= place.verb.i < c.end for c in place.cues)


def _is_rate_as_subject(place: _Place, cue: _Cue) -> bool:
    """ "If it costs you time, $9 a month is cheap": the cue is of another clause."""
    elsewhere = place.clause is not None and cue.start not in place.clause.tokens
    return elsewhere and place.span.root.dep_.startswith("nsubj") and _is_rate(place.span)


def _off_what(place: _Place, after_cue: int) -> Role:
    """A discount, unless it is off somebody's bill: "20% off your fuel bill"; "off your first order" is one."""
    span, doc = place.span, place.doc
    after = [t.norm_ for t in doc[min(span.end, after_cue) : min(max(span.end, after_cue) + 5, span.sent.end)]]
    if "than" not in after and "our" not in after and not _BOUGHT.intersection(after):
        if "your" in after:
            return "gain"
        if _BILLS.intersection(after):
            return "result" if place.is_past else "gain"
    subject = place.subject
    if place.actor != "other" or subject is None or (place.verb is not None and place.verb.lemma_ in _BUYING):
        return "discount"
    return "other" if subject.pos_ == "PROPN" or _is_owned(subject) else "discount"


def _of_price(place: _Place) -> Role:
    """The price of our offer, unless a third party has it or the reader already bears it."""
    verb = place.verb.lemma_ if place.verb is not None else ""
    if place.span.label_ == "PERCENT":
        is_fee = any(token.lemma_.lower() in _FEES for token in place.words) or verb in ("pay", *_CHARGING)
        is_it = place.subject is not None and place.subject.norm_ in ("it", "this")
        ours = place.actor != "other" or place.says("us", "me") or is_it or _is_said_of_fee(place)
        return "price" if is_fee and ours else "other"
    if verb in _PAYING:
        return _of_payment(place)
    if verb in _BACKING and place.says("us", "me"):
        return "price"
    subject = place.subject
    if verb in _CHARGING and place.actor == "other" and subject is not None and not _is_offer(subject):
        return "gain" if place.says("you", "your") else "other"
    has_gain = any(cue.role == "gain" for cue in place.cues)
    if subject is None or place.actor in ("sender", "nobody"):
        return "other" if place.actor == "other" else "price"
    if place.actor == "reader":
        if subject.norm_ in _OFFER_WORDS and not place.says(*_ELSEWHERE):
            return "price"
        bought = (verb in _BUYING or _is_belittled(place)) and place.clause is not None and not place.clause.negated
        return "price" if bought and not place.is_past else "gain"
    asks = verb in _STARTING and subject.pos_ == "NOUN" and not _is_owned(subject)  # "boots start at $40"
    if asks or _is_offer(subject):
        return "price"
    return "gain" if has_gain and not _is_owned(subject) else "other"


def _is_belittled(place: _Place) -> bool:
    """ "For just $9 you can use all of it", whatever the verb."""
    start = place.span.start
    return start > 1 and place.doc[start - 1].norm_ in ("just", "only") and place.doc[start - 2].norm_ == "for"


def _of_payment(place: _Place) -> Role:
    """Who is paid: us, somebody the reader has already, or the reader."""
    if place.subject is not None and place.subject.dep_ == "nsubj:pass":
        return "gain" if place.subject.norm_ == "you" else "price" if place.subject.lemma_ in _FEES else "other"
    if place.says("us", "me"):
        return "price"
    if place.actor == "sender":
        return "gain" if place.says("you") else "other"
    if place.actor == "reader":
        pays_now = place.verb is not None and place.verb.tag_ == "VBG"
        return "gain" if pays_now or place.is_past or place.says(*_ELSEWHERE) else "price"
    return "price" if place.actor == "nobody" and not place.is_past else "gain" if place.says("your") else "other"


def _of_change(place: _Place) -> Role:
    """What the reader gains, or a result that somebody had."""
    span = place.span
    verb = place.verb.lemma_ if place.verb is not None else ""
    if span.label_ == "PERCENT" and span.root.dep_.startswith("nsubj"):
        return "other"  # "70% of candidates drop out"
    if span.label_ == "PERCENT" and place.actor == "sender" and verb in _CHARGING:
        return "price"
    around = [*place.words, *_of_parent(place)]
    to_reader = any(token.norm_ in ("you", "your") for token in around)
    if verb == "cost" and place.actor == "sender":
        return "price"
    if _is_cheaper(place):
        return "discount"
    if place.actor == "reader" or to_reader:
        is_named = place.subject is not None and place.subject.pos_ != "PRON" and _is_offer(place.subject)
        asked = (verb == "cost" and is_named) or (verb == "set" and place.subject and _is_offer(place.subject))
        return "price" if asked else "gain"  # "a stand will cost you $99", "it would set you back $99"
    if verb == "cost" and not any(_is_third(token) for token in place.words):
        return "price" if place.subject and _is_offer(place.subject) else "other" if place.is_past else "gain"
    if any(token.norm_ in ("yours", "average", "typical", "most") for token in around) and not place.is_past:
        return "gain"
    if place.is_past or any(_is_third(token) for token in around if token.i not in range(span.start, span.end)):
        return "result"
    return "gain"


def _is_cheaper(place: _Place) -> bool:
    """ "The annual plan is $100 less"."""
    less = place.verb is None and any(place.doc[i].norm_ in ("less", "lower", "cheaper") for i in place.measured)
    return less and place.subject is not None and _is_offer(place.subject)


def _of_parent(place: _Place) -> list[Token]:
    """The words that a clause shares with the one above it: "we helped a firm / recover $12 million"."""
    head = place.doc[place.clause.head] if place.clause is not None else None
    if head is None or head.dep_ not in ("xcomp", "ccomp", "advcl", "conj", "acl"):
        return []
    return [head.head, *(t for t in head.head.children if t.dep_ in ("obj", "iobj", "nsubj"))]


def _is_third(token: Token) -> bool:
    """A customer, somebody named, they."""
    return token.norm_ in _THIRD or (token.dep_ in ("nsubj", "obj", "iobj") and token.pos_ == "PROPN")


def _is_offer(subject: Token) -> bool:
    """Whether it can be what we offer: it, the plan; not "the council's plan" or "a missed delivery"."""
    named = not _OFFER_WORDS.isdisjoint((subject.norm_, subject.lemma_))
    spoilt = any(child.norm_ in _SPOILT_WORDS for child in subject.children)
    return subject.ent_id_ == "product" or (named and not spoilt and not _is_owned(subject))


def _is_owned(subject: Token) -> bool:
    return any(t.dep_ == "nmod:poss" and t.norm_ not in ("my", "our") for t in subject.children)


def _is_said_of_fee(place: _Place) -> bool:
    """ "The deposit is 20%"."""
    return place.subject is not None and place.subject.lemma_ in _FEES and not _is_owned(place.subject)


def _is_said_of_offer(place: _Place) -> bool:
    """ "It is $99", "a full set is €120"; not "a missed visit is $99", nor "that is $99" of what went before."""
    subject = place.subject
    if place.span.label_ != "MONEY" or place.verb is not None or subject is None or subject.norm_ == "that":
        return False
    if not _is_offer(subject) and (place.is_past or subject.pos_ != "NOUN" or _is_owned(subject)):
        return False
    named = range(subject.left_edge.i, subject.right_edge.i + 1)
    return all(cue.role in ("price", "discount") for cue in place.cues if cue.start in named)


def _is_compared(span: Span) -> bool:
    """What others ask, held against our price: "compared to £200 for a desktop tool"."""
    before = tuple(t.norm_ for t in span.doc[max(span.sent.start, span.start - 2) : span.start])
    return before in _COMPARED or before[-1:] in _COMPARED


def _is_on_our_offer(place: _Place) -> bool:
    """ "Our $400 starter package", "we run a $400 audit", "two places are open ($400 setup)"."""
    span = place.span
    noun = span.root.head
    if span.label_ != "MONEY" or noun.i < span.end or noun.lemma_.lower() not in _OFFER_WORDS:
        return False
    ours = any(child.dep_ == "nmod:poss" and child.norm_ in ("our", "my") for child in noun.children)
    offered = place.actor == "sender" and noun.dep_ == "obj" and noun.head.lemma_ in _OFFERING and not place.is_past
    return ours or offered or _is_in_brackets(span)


def _without_cue(place: _Place) -> Role:
    """Money in a line without a verb is a price, and so is a rate ("$9 a month") that nobody else has."""
    span = place.span
    if span.label_ != "MONEY":
        return "other"
    if _is_price_tag(span):
        return "price"
    if place.verb is not None and place.verb.lemma_ in _PAYING:
        return _of_payment(place)
    words = [token for token in span.sent if not token.is_punct]
    if not any(token.pos_ in ("VERB", "AUX") for token in words):
        counts = len(place.measured) and span.doc[place.measured[-1]].norm_ not in _OFFER_WORDS
        return "price" if len(words) <= len(span) + _LINE_WORDS and not counts else "other"
    head = span.root.head
    if _is_rate(span) and (place.actor in ("sender", "nobody") or place.subject is None or _is_offer(place.subject)):
        return "price"
    if span.root.dep_ == "nsubj" and head.pos_ == "VERB" and head.lemma_ not in _GETTING:
        return "other"  # "even $5 would help"
    opens = next(t.i for t in words if t.pos_ not in ("ADP", "ADV")) >= span.start  # "at just $12 it is simple"
    return "price" if opens or _is_said_of_offer(place) or _is_asked(place) else "other"


def _is_asked(place: _Place) -> bool:
    """ "A three-hour version at $99", "we could do it at $99"."""
    start = place.span.start
    ours = place.verb is None or place.actor == "sender"
    return ours and start > place.span.sent.start and place.doc[start - 1].norm_ == "at"


def _is_rate(span: Span) -> bool:
    return any(token.norm_ in _RATE for token in span) and span.end - span.start > 2


def _is_price_tag(span: Span) -> bool:
    """Whether it is a merge tag that is named after a price: `$[Price]`, `{{monthly_cost}}`."""
    known = facts(span.doc)
    if known.draft is None or span.kb_id_ != "tag":
        return False
    start, end = known.span(span.doc, span.start, span.end)
    names = [re.split(r"\W|_", tag.name) for tag in known.draft.tags if start < tag.end and tag.start < end]
    return any(_PRICE_NAMES.intersection(words) for words in names)


def _distance(span: Span, cue: _Cue) -> int:
    return span.start - cue.end if cue.end <= span.start else max(0, cue.start - span.end)


_PRICE_NAMES = {"price", "pricing", "cost", "fee", "rate", "investment", "retainer", "quote"}
_THOUSANDS = re.compile(r"\d[\d.,]*k$")
_MONEY_VERBS = {"save", "cost", "earn", "make", "spend", "pay", "raise", "charge", "lose", "recover", "gain", "win"}
_RATE = {"/", "per", "a", "an", "each", "every", "monthly", "annually", "yearly", "weekly", "flat", "pcm", "pm"}
_RATE_WORDS = 2  # "$9 per user off"
_NOUN_WORDS = 5  # "$40k a year marketing salary"
_LINE_WORDS = 12
_ROUGHLY = {
    "up",
    "to",
    "about",
    "around",
    "over",
    "just",
    "only",
    "nearly",
    "roughly",
    "at",
    "least",
    "under",
    "a",
    "some",
}
_SURE = {"@asked-cue", "@gained-cue"}
_ORDER: dict[Role, int] = {role: i for i, role in enumerate(dict.fromkeys(_CUES.values()))}
_BUYING = frozenset(load_vocabularies()["buying"])
_GETTING = {"cover", "buy", "get", "include", "secure", "reserve", "work", "sound", "suit"}  # "$9 covers two seats"
_PAYING = {"pay", "spend"}
_OFFER_WORDS = frozenset(load_vocabularies()["offer-noun"])
_SPOILT_WORDS = frozenset(load_vocabularies()["spoilt"])
_FEES = frozenset(load_vocabularies()["fee-noun"])
_ELSEWHERE = ("current", "currently", "existing", "them", "already", "now", "today", "old", "elsewhere")
_STARTING = {"start", "begin", "range"}
_BACKING = {"support", "sponsor", "back", "join"}
_OFFERING = {"run", "offer", "sell", "provide", "do"}
_COMPARED = {("compared", "to"), ("compared", "with"), ("opposed", "to"), ("vs",), ("vs.",), ("versus",)}
_CHARGING = {"charge", "bill", "take", "keep", "quote", "invoice"}
_BILLS = frozenset(load_vocabularies()["running-cost"]) | {"its", "their", "his", "her"}
_BOUGHT = frozenset(load_vocabularies()["purchase-noun"])
_THIRD = {"they", "them", "their", "he", "she", "his", "her", "client", "clients", "customer", "customers", "users"}
