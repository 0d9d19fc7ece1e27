"""Pieces of the draft that a rewrite says again: what the reader is told to do, what is said, what it is about."""

import re
from collections.abc import Iterable

from spacy.tokens import Span, Token

from pushlint.language.facts import Clause, base_form
from pushlint.phrases.index import first_word
from pushlint.rulebook.aboutness import of_sender
from pushlint.rulebook.context import Context, Match

_HURRY = {"now", "today", "tonight", "immediately", "asap", "quickly", "away", "right", "straight", "fast", "!"}
_NOW = {"now", "today", "tonight", "immediately", "asap"}  # hurry wherever in the clause it stands
_ARROWS = {"→", "»", "›", "➜", "➔", "▶", ">", ">>"}
_LEAD_INS = {"so", "and", "but", "then", "please", "kindly", "just", "yes", "simply", "now", "also"}
_LINKING = {"and", "but", "so", "because", "as", "that", "while", "although", "right", "now"}
_BY_THEN = re.compile(r"\s+before (?:midnight|tonight|tomorrow|noon|it['’]?s .*|\w+day)$", re.IGNORECASE)
_TOPIC = {"about", "regarding", "concerning"}
_ABOUT = {"on", "about", "regarding", "re", "concerning"}
_LONGEST = 14  # tokens of a noun phrase to be named again
_FEW = 3
_NO_THINGS = {"workshop", "webinar", "assessment", "audit", "survey", "research"}  # that cannot be sent
_ENDING = {"but", "and", "so", "without", "with"}  # what comes after it
_TURNED = {"are": "are", "'re": "are", "’re": "are", "have": "have", "'ve": "have", "’ve": "have", "can": "can"}
_OPENING = 5  # words by which a sentence is named
_LONG_OPENING = 8
_NAMING = 6


def written(start: int, end: int, context: Context) -> str:
    """The words of tokens `start`..`end` on one line: merge tags as they were typed, no markup."""
    source = context.draft.source.text
    parts = context.draft.map.seen(*context.plain(start, end))
    text = "".join(source[segment.start : segment.end] if segment.kind == "tag" else part for segment, part in parts)
    return " ".join(text.split())


def action(match: Match, context: Context) -> str | None:
    """What the clause tells the reader to do, without words of hurry: "upgrade to Pro"."""
    verb, clause = _demanded(match, context), context.clause(match)
    if verb is None or clause is None:
        return None
    end = _run(verb.i + 1, clause)
    words = _unhurried(verb.i, _without_hurry(verb.i, end, context), context)
    return _BY_THEN.sub("", words)


def whole_action(match: Match, context: Context) -> str | None:
    """The same, where the sentence says nothing after it."""
    verb, clause = _demanded(match, context), context.clause(match)
    if verb is None or clause is None:
        return None
    end = _run(verb.i + 1, clause)
    stop = max((t.i + 1 for t in verb.sent if t.is_alpha or t.like_url), default=end)
    if any(t.is_alpha or t.like_url for t in verb.doc[end:stop]) or _breaks(verb.doc[verb.i : stop]):
        return None
    return action(match, context)


def _run(start: int, clause: Clause) -> int:
    """The end of the tokens of the clause that stand together from `start` on."""
    while start in clause.tokens:
        start += 1
    return start


def demand(match: Match, context: Context) -> str | None:
    """The same to the end of the sentence: "upgrade and get three months free"; nothing may stand before it."""
    verb = _demanded(match, context)
    if verb is None or any(t.norm_ not in _LEAD_INS for t in verb.sent if t.i < verb.i and t.is_alpha):
        return None
    return _unhurried(verb.i, _without_hurry(verb.i, verb.sent.end, context), context)


def last(match: Match, context: Context) -> str | None:
    """The last word found, where that is a verb: "book" of "now is the time to book"."""
    word = context.doc[match.end - 1]
    told = word.pos_ == "VERB" or word.nbor(-1).norm_ == "to"
    return word.norm_ if told and base_form(word) and word.pos_ in ("VERB", "NOUN") else None


def reason(match: Match, context: Context) -> str | None:
    """The reason given after "because", as a sentence: "we help small shops" of "I am writing because we help"."""
    for word in context.doc[match.start : match.end]:
        if word.norm_ in ("because", "as", "since") and word.dep_ == "mark":
            start = word.i + 1
            if any(t.dep_ in ("nsubj", "nsubj:pass") and t.left_edge.i == start for t in word.head.lefts):
                return written(start, _without_hurry(start, word.sent.end, context), context)
    return None


def _demanded(match: Match, context: Context) -> Token | None:
    """The verb that tells the reader what to do."""
    clause = context.clause(match)
    if clause is None:
        return None
    head = context.doc[clause.head]
    if head.sent.text.rstrip().endswith("?"):
        return None
    if head.pos_ in ("VERB", "AUX"):
        return head if base_form(head) else None
    first = next((t for t in context.doc[match.start : match.end] if t.norm_ not in _LEAD_INS), head)
    return first if first.i <= first_word(head.sent) and base_form(first) else None  # "Upgrade" read as a name


def _breaks(words: Iterable[Token]) -> bool:
    """Whether something follows after a colon, a dash or an arrow."""
    return any(t.text in (":", "–", "—", "-", "👉", *_ARROWS) and t.whitespace_ for t in words)


def _unhurried(start: int, end: int, context: Context) -> str:
    """The words without those of hurry among them, with a small letter: "call us on 555 0100" of "Call us today on"."""
    hurries = [i for i in range(start + 1, end) if context.doc[i].norm_ in _NOW and _is_adverbial(context.doc[i])]
    starts = [start, *(i + 1 for i in hurries)]
    parts = [written(a, b, context).strip() for a, b in zip(starts, [*hurries, end], strict=True) if a < b]
    text = re.sub(r"\s+([,:;.!?])", r"\1", " ".join(parts))
    if text.isupper():
        return text.lower()
    return text[0].lower() + text[1:]


def _is_adverbial(token: Token) -> bool:
    before = token.doc[token.i - 1]
    return before.dep_ != "case" and not (token.i + 1 < len(token.doc) and token.nbor().text in ("'s", "’s"))


def _without_hurry(start: int, end: int, context: Context) -> int:
    while end - start > 1 and _is_hurry_or_mark(context.doc[end - 1]):
        end -= 1
    return end


def _is_hurry_or_mark(token: Token) -> bool:
    return token.norm_ in _HURRY or (token.is_punct and token.text not in ")]") or token.text in _ARROWS


def said(match: Match, context: Context, hedges: bool = False) -> str | None:
    """The one clause of the sentence with its subject, to stand after "that": "most of your visitors leave"."""
    sentence, clause = context.sentence(match), context.clause(match)
    if sentence is None or clause is None or clause.subject is None or clause.mood != "statement":
        return None
    subject = context.doc[clause.subject]
    start = next((t.i for t in sentence if t.is_alpha and t.norm_ not in _LINKING), subject.left_edge.i)
    lead = [t for t in context.doc[start : subject.left_edge.i] if t.is_alpha]
    end = _without_hurry(start, sentence.end, context)
    leading = [t for t in sentence.root.lefts if t.dep_ in ("advcl", "obl", "obl:tmod", "obl:unmarked", "advmod")]
    if subject.norm_ in ("they", "it", "this", "that") or any(
        all(t not in part.subtree for part in leading) for t in lead
    ):
        return None
    if clause.modal and clause.modal not in ("will", "can") and not hedges:
        return None  # "Do you find that you may be losing" asks nothing
    if context.doc[clause.head] != sentence.root or _breaks(context.doc[start:end]):
        return None
    text = written(start, end, context)
    opening = context.doc[start]
    keeps = opening.pos_ == "PROPN" or opening.norm_ == "i" or opening.is_upper
    return text if keeps else text[0].lower() + text[1:]


def hedged(match: Match, context: Context) -> str | None:
    """The same without its "may": "you are losing customers" of "you may be losing customers"."""
    clause = context.clause(match)
    if clause is None or clause.modal not in ("may", "might", "could") or clause.subject is None:
        return None
    words = said(match, context, hedges=True)
    many = context.doc[clause.subject].norm_ in ("you", "we") or "Number=Plur" in str(context.doc[clause.subject].morph)
    plain, count = re.subn(r"\b(?:may|might|could) (?:well )?be\b", "are" if many else "is", words or "", count=1)
    return plain if count else None


def matter(match: Match, context: Context) -> str | None:
    """What the words found are about: "the proposal I sent" in "circling back on the proposal I sent"."""
    sentence = context.sentence(match)
    if sentence is None:
        return None
    for noun in context.doc[match.start : sentence.end]:
        case = next((t for t in noun.lefts if t.dep_ == "case" and t.norm_ in _ABOUT), None)
        if case is not None and noun.pos_ in ("NOUN", "PROPN") and match.start <= case.i <= match.end:
            place = noun_phrase(noun)
            if place is None or any(t.is_alpha for t in context.doc[place[1] : sentence.end]):
                return None
            return written(*place, context)
    return None


def about(match: Match, context: Context) -> str | None:
    """What the sentence says that earlier mail was about: "about the quote" of "I've written twice about the quote"."""
    sentence = context.sentence(match)
    tokens = sentence if sentence is not None else ()
    case = next((t for t in tokens if t.i > match.start and t.norm_ in _TOPIC and t.pos_ != "ADV"), None)
    if sentence is None or case is None or case.i + 1 >= sentence.end:
        return None
    end = next((t.i for t in context.doc[case.i + 1 : sentence.end] if t.is_punct or t.norm_ in _ENDING), sentence.end)
    if end - case.i < 2 or end - case.i > _LONGEST:
        return None
    return written(case.i, end, context)


def asked(match: Match, context: Context) -> str | None:
    """The question told after "see if": "are you hiring" of "I'm writing to see if you're hiring"."""
    sentence = context.sentence(match)
    tokens = sentence if sentence is not None else ()
    mark = next((t for t in tokens if t.i >= match.start and t.norm_ in ("if", "whether")), None)
    if sentence is None or mark is None or mark.i + 3 >= sentence.end or mark.nbor().norm_ != "you":
        return None
    verb = mark.nbor(2)
    rest = written(verb.i + 1, _without_hurry(verb.i + 1, sentence.end, context), context)
    if verb.lower_ in _TURNED and verb.pos_ == "AUX":
        return f"{_TURNED[verb.lower_]} you {rest}"
    return f"do you {verb.norm_} {rest}" if verb.pos_ == "VERB" and base_form(verb) else None


def purpose(match: Match, context: Context) -> str | None:
    """What the letter is for: "explore a joint course" of "I'm writing to explore a joint course"."""
    sentence = context.sentence(match)
    tokens = sentence if sentence is not None else ()
    to = next((t for t in tokens if t.i >= match.start and t.norm_ == "to" and t.i + 1 < t.sent.end), None)
    if sentence is None or to is None or not base_form(to.nbor()):
        return None
    return written(to.i + 1, _without_hurry(to.i + 1, sentence.end, context), context)


def resource(name: str, context: Context) -> str | None:
    """The first thing of a list that the body names, with its article: "the checklist"."""
    for hit in context.hits.get(f"@{name}", ()):
        noun = context.doc[hit.start : hit.end].root
        if noun.pos_ != "NOUN" or noun.lemma_ in _NO_THINGS or context.zone(Match(hit.start, hit.end)) != "body":
            continue
        own = [t for t in noun.lefts if t.dep_ in ("amod", "compound", "nummod", "nmod")]
        start = min([hit.start, *(t.left_edge.i for t in own)])
        owner = next((t for t in noun.lefts if t.dep_ in ("det", "nmod:poss")), None)
        if owner is not None and owner.norm_ != "your" and noun.i + 1 - start <= _FEW + 1:
            return f"the {written(start, noun.i + 1, context)}"
    return None


def gain(match: Match, context: Context) -> str | None:
    """The first words of the next sentence that says what the reader gains."""
    sentence = context.sentence(match)
    later = first_after({"gives-value"}, sentence, context) if sentence is not None else None
    return opening_words(later, context) if later is not None else None


def first_after(moves: set[str], sentence: Span, context: Context) -> Span | None:
    """The first later sentence of the same zone that makes one of the moves."""
    zone = context.zone(Match(sentence.start, sentence.end))
    later = (s for s in context.sentences if s.start >= sentence.end)
    later = (s for s in later if context.zone(Match(s.start, s.end)) == zone)
    return next((s for s in later if context.moves(s) & moves), None)


def opening_words(sentence: Span, context: Context) -> str:
    """The first words of a sentence, to name it by."""
    words = written(sentence.start, sentence.end, context).split()
    return " ".join(words[:_NAMING]) + (" …" if len(words) > _NAMING else "")


def question(context: Context) -> str | None:
    """The first question about the reader that the body asks."""
    for sentence in context.sentences:
        asks = "asks-reader" in context.moves(sentence) and sentence.text.rstrip().endswith("?")
        if asks and context.zone(Match(sentence.start, sentence.end)) == "body":
            return written(sentence.start, sentence.end, context)
    return None


def own(context: Context) -> str | None:
    """The first words of the sentence in which the sender speaks most of themselves."""
    found = next((s for s in of_sender(context) if not s.text.rstrip().endswith(":")), None)
    words = found.text.split() if found else []
    return " ".join(words[:_LONG_OPENING]) + (" …" if len(words) > _LONG_OPENING else "") if words else None


def longest(context: Context) -> str | None:
    """The first words of the longest sentence."""
    found = max(context.prose, key=lambda sentence: len(sentence.words), default=None)
    return " ".join(found.span.text.split()[:_OPENING]) if found else None


def thing(match: Match, context: Context) -> tuple[int, int] | None:
    """What the clause's verb acts on, with its words: "your seat at the workshop"."""
    clause = context.clause(match)
    head = context.doc[clause.head] if clause else None
    noun: Token | None = next((t for t in head.children if t.dep_ == "obj"), None) if head is not None else None
    if noun is None or noun.pos_ not in ("NOUN", "PROPN"):
        return None
    end = noun.right_edge.i + 1
    breaks = next((t.i for t in context.doc[noun.i + 1 : noun.sent.end] if _breaks([t])), None)
    breaks = None if breaks is not None and breaks > end else breaks
    if breaks is not None and any(t.like_num or t.is_currency for t in context.doc[breaks : noun.sent.end]):
        return noun.left_edge.i, _without_hurry(noun.left_edge.i, noun.sent.end, context)  # the price stays beside it
    return noun.left_edge.i, _without_hurry(noun.left_edge.i, end if breaks is None else breaks, context)


def named(place: tuple[int, int], context: Context) -> tuple[int, int]:
    """What was captured as a noun phrase, with what is said of it right behind it: "the guide (I sent)"."""
    noun = context.doc[slice(*place)].root
    while noun.i + 1 < noun.sent.end and noun.pos_ not in ("NOUN", "PROPN") and noun.head.i in range(*place):
        noun = noun.head
    said = next((t for t in context.doc[place[0] : noun.sent.end] if t.dep_ == "acl:relcl" and t.head.i < t.i), None)
    if said is not None and place[0] <= said.head.i and said.left_edge.i <= place[1]:
        return place[0], max(place[1], said.right_edge.i + 1)
    return place


def noun_phrase(noun: Token) -> tuple[int, int] | None:
    """The tokens of a noun phrase, with what is said of it right behind it: "the guide I sent"; None for a long one."""
    end = noun.i + 1
    for part in noun.rights:
        if part.dep_ in ("nmod", "acl:relcl", "acl") and part.left_edge.i == end and part.right_edge.i < noun.sent.end:
            end = part.right_edge.i + 1
    start = noun.i
    for part in reversed(list(noun.lefts)):
        if part.dep_ in ("case", "cc", "mark", "punct", "cop", "nsubj", "advmod"):
            break
        start = part.left_edge.i
    words = noun.doc[start:end]
    if end - start > _LONGEST or any(t.dep_ == "conj" or t.text in (",", ";", ":", "–", "—") for t in words):
        return None
    return start, end
