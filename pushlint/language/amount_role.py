"""The role of an amount, told from where it stands."""

import re

from spacy.tokens import Span, Token

from pushlint.language.amount_place import Cue, Place, is_in_brackets
from pushlint.language.facts import Role, facts
from pushlint.vocabulary import load_vocabularies

_BUYING = frozenset(load_vocabularies()["buying"])
_OFFER_WORDS = frozenset(load_vocabularies()["offer-noun"])
_SPOILT_WORDS = frozenset(load_vocabularies()["spoilt"])
_FEES = frozenset(load_vocabularies()["fee-noun"])
_BILLS = frozenset(load_vocabularies()["running-cost"]) | {"its", "their", "his", "her"}
_BOUGHT = frozenset(load_vocabularies()["purchase-noun"])
_PAYING = {"pay", "spend"}
_CHARGING = {"charge", "bill", "take", "keep", "quote", "invoice"}
_BACKING = {"support", "sponsor", "back", "join"}
_OFFERING = {"run", "offer", "sell", "provide", "do"}
_STARTING = {"start", "begin", "range"}
_GETTING = {"cover", "buy", "get", "include", "secure", "reserve", "work", "sound", "suit"}  # "$9 covers two seats"
_ELSEWHERE = ("current", "currently", "existing", "them", "already", "now", "today", "old", "elsewhere")
_THIRD = {"they", "them", "their", "he", "she", "his", "her", "client", "clients", "customer", "customers", "users"}
_COMPARED = {("compared", "to"), ("compared", "with"), ("opposed", "to"), ("vs",), ("vs.",), ("versus",)}
_PRICE_NAMES = {"price", "pricing", "cost", "fee", "rate", "investment", "retainer", "quote"}
_RATE = {"/", "per", "a", "an", "each", "every", "monthly", "annually", "yearly", "weekly", "flat", "pcm", "pm"}
_RATE_WORDS = 2  # "$9 per user off"
_LINE_WORDS = 12


def role_of(place: Place) -> Role:
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
    if _is_said_of_offer(place) and (cue is None or cue.distance(span) > 0):
        return "price"
    if cue is None or _is_rate_as_subject(place, cue):
        return _without_cue(place)
    if cue.role == "funding" and span.root.dep_ == "obj" and _governs(place, "gain"):
        return _of_change(place)
    if cue.role == "price":
        return _of_price(place)
    return _of_change(place) if cue.role == "gain" else cue.role


def _governs(place: Place, role: Role) -> bool:
    """Whether a cue of this role is the verb: "added $1.3M in revenue"."""
    return place.verb is not None and any(c.role == role and c.start <= place.verb.i < c.end for c in place.cues)


def _is_rate_as_subject(place: Place, cue: Cue) -> bool:
    """ "If it costs you time, $9 a month is cheap": the cue is of another clause."""
    elsewhere = place.clause is not None and cue.start not in place.clause.tokens
    return elsewhere and place.span.root.dep_.startswith("nsubj") and _is_rate(place.span)


def _off_what(place: Place, after_cue: int) -> Role:
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


def _of_price(place: Place) -> Role:
    """The price of our offer, unless a third party has it or the reader already bears it."""
    verb = place.verb.lemma_ if place.verb is not None else ""
    if place.span.label_ == "PERCENT":
        return "price" if _is_our_share(place, verb) else "other"
    if verb in _PAYING:
        return _of_payment(place)
    if verb in _BACKING and place.says("us", "me"):
        return "price"
    subject = place.subject
    if verb in _CHARGING and place.actor == "other" and subject is not None and not _is_offer(subject):
        return "gain" if place.says("you", "your") else "other"
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
    has_gain = any(cue.role == "gain" for cue in place.cues)
    return "gain" if has_gain and not _is_owned(subject) else "other"


def _is_our_share(place: Place, verb: str) -> bool:
    """ "We take 8% of each sale", "the deposit is 20%"."""
    is_fee = any(token.lemma_.lower() in _FEES for token in place.words) or verb in ("pay", *_CHARGING)
    is_it = place.subject is not None and place.subject.norm_ in ("it", "this")
    ours = place.actor != "other" or place.says("us", "me") or is_it or _is_said_of_fee(place)
    return is_fee and ours


def _is_belittled(place: Place) -> bool:
    """ "For just $9 you can use all of it", whatever the verb."""
    start = place.span.start
    return start > 1 and place.doc[start - 1].norm_ in ("just", "only") and place.doc[start - 2].norm_ == "for"


def _of_payment(place: Place) -> Role:
    """Who is paid: us, somebody the reader has already, or the reader."""
    if place.subject is not None and place.subject.dep_ == "nsubj:pass":
        if place.subject.norm_ == "you":
            return "gain"
        return "price" if place.subject.lemma_ in _FEES else "other"
    if place.says("us", "me"):
        return "price"
    if place.actor == "sender":
        return "gain" if place.says("you") else "other"
    if place.actor == "reader":
        pays_now = place.verb is not None and place.verb.tag_ == "VBG"
        return "gain" if pays_now or place.is_past or place.says(*_ELSEWHERE) else "price"
    if place.actor == "nobody" and not place.is_past:
        return "price"
    return "gain" if place.says("your") else "other"


def _of_change(place: Place) -> Role:
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
        if place.subject and _is_offer(place.subject):
            return "price"
        return "other" if place.is_past else "gain"
    if any(token.norm_ in ("yours", "average", "typical", "most") for token in around) and not place.is_past:
        return "gain"
    if place.is_past or any(_is_third(token) for token in around if token.i not in range(span.start, span.end)):
        return "result"
    return "gain"


def _is_cheaper(place: Place) -> bool:
    """ "The annual plan is $100 less"."""
    less = place.verb is None and any(place.doc[i].norm_ in ("less", "lower", "cheaper") for i in place.measured)
    return less and place.subject is not None and _is_offer(place.subject)


def _of_parent(place: Place) -> list[Token]:
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


def _is_said_of_fee(place: Place) -> bool:
    """ "The deposit is 20%"."""
    return place.subject is not None and place.subject.lemma_ in _FEES and not _is_owned(place.subject)


def _is_said_of_offer(place: Place) -> bool:
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


def _is_on_our_offer(place: Place) -> bool:
    """ "Our $400 starter package", "we run a $400 audit", "two places are open ($400 setup)"."""
    span = place.span
    noun = span.root.head
    if span.label_ != "MONEY" or noun.i < span.end or noun.lemma_.lower() not in _OFFER_WORDS:
        return False
    ours = any(child.dep_ == "nmod:poss" and child.norm_ in ("our", "my") for child in noun.children)
    offered = place.actor == "sender" and noun.dep_ == "obj" and noun.head.lemma_ in _OFFERING and not place.is_past
    return ours or offered or is_in_brackets(span)


def _without_cue(place: Place) -> Role:
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


def _is_asked(place: Place) -> bool:
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
    names = [re.split(r"\W|_", tag.name) for tag in known.draft.tags_in(start, end)]
    return any(_PRICE_NAMES.intersection(words) for words in names)
