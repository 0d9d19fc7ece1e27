"""Whether a text is sound after an edit: nothing lost that is said only there, no stump left, nothing left hanging."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable

from spacy.tokens import Span, Token

from pushlint.language.facts import base_form
from pushlint.language.loud import is_loud
from pushlint.rulebook.context import Context, Match

_DATES = {"DATE", "TIME"}
_AMOUNTS = {"MONEY", "PERCENT"}
_ENDING = {"end", "close", "expire", "shut"}
_WHENS = {"midnight", "tonight", "tomorrow", "noon"}
# What an e-mail may be about; named once, it is not cut.
_TOPICS = {
    "proposal", "quote", "guide", "estimate", "demo", "package", "deck", "checklist", "template", "contract", "pilot",
    "partnership", "invoice", "invitation", "report", "survey", "listing", "code", "sponsorship", "platform",
}  # fmt: skip
# Moves that a draft should not lose with the only sentence that makes them.
_PRECIOUS = {
    "gives-value", "teaches", "offers-resource", "observes-reader", "asks-reader", "small-step", "introduces-self",
    "asks-time",
}  # fmt: skip
# Nouns that name the letter, its time or its manners, and not what the e-mail is about.
_EMPTY = {
    "angle", "attention", "base", "bit", "bother", "business", "buyer", "call", "caller", "case", "chance",
    "check-in", "client", "cold", "competitor", "connection", "contact", "conversation", "crack", "customer", "day",
    "deal", "doubt", "e-mail", "email", "end", "feedback", "feeling", "fit", "follow", "follow-up", "followup",
    "guest", "head", "heads", "hope", "hour", "hurry", "inbox", "inboxes", "inconvenience", "interest", "intrusion",
    "journey", "kind", "lead", "list", "loop", "lot", "luck", "mail", "message", "mind", "minute", "moment",
    "money", "month", "morning", "note", "nudge", "nuisance", "offer", "one", "opportunity", "outreach",
    "persistence", "pest", "pressure", "priority", "quarter", "question", "radar", "reach-out", "reason",
    "reminder", "reply", "request", "response", "result", "rush", "seat", "shot", "side", "slot", "space", "spot",
    "stock", "supply", "thing", "thought", "thread", "time", "timing", "top", "touch", "trouble", "up", "visitor",
    "way", "week", "weekend", "word", "world", "worry", "year",
}  # fmt: skip
_CONDITIONS = {"if", "unless", "once", "until"}
_PROMISES = {"will", "would", "can", "could", "'ll", "ca"}
# A condition that only asks pardon may go: "if it isn't too much trouble".
_PARDON = {"mind", "trouble", "bother", "much", "busy", "okay", "ok", "bold", "nuisance"}
_LEANING = re.compile(
    r"\b(?:and|but|or|so|to|of|the|an?|with|for|that|which|if|be|is|are|on|at|in|by|from|than|because|as|been|capable|"
    r"your|our|my|just|only)\W*$|"
    r"\b(?:want(?:ed)?|just|like|love) to (?:check in|reach out|follow up|touch base|circle back)\W*$",
    re.IGNORECASE,
)
_STUB = re.compile(
    r"\W*(?:(?:i|we) (?:know|understand|get that|realize|appreciate) (?:that )?(?:you|things)\b[\w\s'’]*"
    r"|(?:i|we) (?:do not|don['’]t) (?:want|mean) to (?:be|bother)\b[\w\s'’]*"
    r"|(?:i|we)['’]?(?:ve)? ?(?:sent|emailed|shared|wrote)\b.*\b(?:ago|last|earlier|over|yesterday)\b"
    r"(?:(?!\band\b)[^,.])*"
    r"|(?:i|we) (?:know|understand|get|realize) (?:\w+ ){1,3}(?:is|are|gets?|can be|move) \w+"
    r"|it['’]?(?:s| has) been (?:\w+ ?){1,4}"
    r"|(?:(?:this|it) is |(?:this|it)['’]s )?(?:just )?an? (?:quick |brief |short |friendly )*"
    r"(?:heads-up|heads up|note|reminder)"
    r"|(?:fair|quick|one) (?:warning|note|thing|question|heads-up)"
    r"|not \w+ing \w+)\W*",
    re.IGNORECASE,
)
_BOUND = {"nsubj", "nsubj:pass", "expl", "advcl", "mark", "aux", "cop"}  # what leans on the word behind it
_ASKING = {"what", "where", "how", "why", "who", "whether"}
_BARE = re.compile(r"\b(?:it|they|we|i|you) (?:at|of|for|with|in|on)\b", re.IGNORECASE)  # a subject without its verb
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ("{", "}"))
_FEWEST = 4  # words of what is left of a statement
_BRIEF = re.compile(r"\bkeep (?:this|it)\b", re.IGNORECASE)
# What is granted for the sake of the "but" that follows.
_GRANTS = re.compile(
    r"\b(?:know|understand|realize|realise|appreciate|sure|sorry|respect|may|might|not|never|no|while|although|normally|usually)"
    r"\b|n['’]t\b",
    re.IGNORECASE,
)
# What begins a half that is not finished: ", so if you do want it".
_OPEN = re.compile(
    r"(?:^|[,;:–—])\s*(?:(?:so|and|but|or|then)\s+)?(?:if|when|once|unless|while|since|although|though|whenever|as)\b"
    r"[^,;:–—]*$",
    re.IGNORECASE,
)
_EXCEPTING = re.compile(r"\b(?:except|excluding|apart from|other than|unless)\b", re.IGNORECASE)
_NOT_ONLY = re.compile(r"(?:\bnot|n['’]t) (?:just|only|merely|simply)\b", re.IGNORECASE)
_UNIT = re.compile(r"\s*(?:ft|feet|foot|sqm|yd|yards?|lbs?|kg|oz|each|apiece)\b", re.IGNORECASE)
_LAST_HALF = re.compile(r"\s*[,;–—-]+\s*(?:so|but|and)\b", re.IGNORECASE)
# What belongs to the words behind it: "(following up in case) it got buried".
_GOVERNING = re.compile(
    r"\b(?:in case|if|whether|when|while|unless|until|of|for|with|about|on|at|from|by|the|an?|my|your|our|their|to|is|"
    r"are|was|were|be)\W*$",
    re.IGNORECASE,
)
_LOWER = re.compile("[a-z]")
_ENDED = re.compile(r"[.!?:…;)\]”\"'’*_–—>»|•✓]\s*$|\n\s*\n\s*$|^\s*$")


def loses(start: int, end: int, content: str, match: Match, context: Context, whole: bool = False) -> bool:
    """Whether plain `start`..`end`, replaced by `content`, takes along what is said nowhere else: who writes, about
    what, by when. The words found are the fault, so an amount or a date among them may go; with the `whole` sentence
    no date goes, nor a tag that says more than who."""
    text = context.draft.text
    stays = _staying(start, end, content, context)
    first, last = (bisect_left(context.facts.offsets, at) for at in (start, end))
    tagged = [tag for tag in context.draft.tags_in(start, end) if start <= tag.start < tag.end <= end]
    signed = context.zone(match) in ("sign-off", "footer")  # below the letter a device is the fault, "my iPhone"
    ends = whole and any(token.lemma_ in _ENDING for token in context.doc[first:last])
    for token in context.doc[first:last]:
        if ends and token.norm_ in _WHENS:
            return True  # until when an offer holds is worth knowing
        if any(tag.start <= context.facts.offsets[token.i] < tag.end for tag in tagged) or stays(token.lower_):
            continue
        found = match.start <= token.i < match.end
        if (_is_name(token) and not (found and signed)) or token.lemma_ in _TOPICS:
            return True
        if _is_figure(token) and (not found or (whole and token.ent_type_ in _DATES)):
            return True
    if whole and any(tag.type not in ("person", "sender", "company", "money") for tag in tagged):
        return True
    return any(
        not stays(text[tag.start : tag.end].lower()) and tag.source not in content
        for tag in tagged
        if tag.type not in ("person", "money")
    )


def _staying(start: int, end: int, content: str, context: Context) -> Callable[[str], bool]:
    """Tells of words in lower case whether they stand in the draft besides plain `start`..`end`, or in `content`."""
    text, content = context.lower, content.lower()
    return lambda words: text.find(words, 0, start) >= 0 or text.find(words, end) >= 0 or words in content


def loses_move(sentence: Span, context: Context) -> bool:
    """Whether the sentence alone does something that the draft should not lose."""
    return any(context.move_counts[move] == 1 for move in context.moves(sentence) & _PRECIOUS)


def is_closed(start: int, end: int, context: Context) -> bool:
    """Whether plain `start`..`end` is a sentence to its readers too: what stands before it in its block is at an end,
    and it ends with a mark or its line; the parse may have split one at a line or a comma."""
    text = context.draft.text
    after = text[end:].lstrip(" ")
    if text[start:end].rstrip().endswith(","):
        return False  # it closes the letter
    if after.startswith((",", ";")) or (after[:1].strip() and text[start:end].rstrip()[-1:].isalnum()):
        return False
    block = context.draft.block_at(start)
    before = context.draft.text[block.start : start] if block else ""
    if context.draft.text[start : start + 1].islower() and _LOWER.match(text[:start].rstrip()[-1:]):
        return False
    return bool(_ENDED.search(before)) or not any(c.islower() for c in before.split("\n")[-1])


def loses_substance(start: int, end: int, match: Match, context: Context, whole: bool) -> bool:
    """Whether plain `start`..`end` says, beside the words found, what the draft says nowhere else; of less than a
    `whole` sentence, what hangs on the words found may go with them."""
    stays = _staying(start, end, "", context)
    first, last = (bisect_left(context.facts.offsets, at) for at in (start, end))
    joined = next((t.i for t in context.doc[match.end : last] if t.dep_ == "cc"), last)
    beside = [t for t in context.doc[first:last] if t.i < match.start or t.i >= (match.end if whole else joined)]
    if not whole and any(t.pos_ == "VERB" and t.dep_ == "conj" for t in beside if t.i >= joined):
        return True
    return any(_is_content(t) and not stays(t.lower_) and not stays(t.lemma_.lower()) for t in beside)


def _is_content(token: Token) -> bool:
    return (
        token.pos_ in ("NOUN", "PROPN")
        and len(token) > 1
        and token.is_alpha
        and token.ent_type_ not in _DATES
        and token.lemma_.lower() not in _EMPTY
        and token.lower_ not in _EMPTY
    )


def is_open(text: str) -> bool:
    """Whether the text ends in a condition whose consequence is missing: "it is ready, so if you want it"."""
    return bool(_OPEN.search(text.rstrip(" ,;:–—-")))


def stands(start: int, end: int, content: str, sentence: Span, context: Context) -> bool:
    """Whether the sentence can be read with `content` for its plain `start`..`end`."""
    first, last = context.plain(sentence.start, sentence.end)
    text = context.draft.text
    before, after = text[first:start] + content, text[min(end, last) : last]
    left = (before + after if content else f"{before.rstrip()} {after.lstrip()}").strip()
    inside = [t for t in sentence if start <= context.facts.offsets[t.i] < end]
    taken = text[start:end].strip()
    if _BARE.search(left) and not _BARE.search(text[first:last]):
        return False
    if re.search(r"\W[-–—]$", taken) and re.search(r"\w\s*$", before) and re.search(r"\w", after):
        return False  # the dash that held two halves apart
    if _STUB.fullmatch(left) or not _is_balanced(left) or _LEANING.search(before + after):
        return False
    ends = not re.search(r"\w", after)
    if (
        before.strip()
        and ends
        and ((_is_turned(inside) and _GRANTS.search(before)) or is_open(before) or _NOT_ONLY.search(before))
    ):
        return False
    if not ends and _leaves_tail(inside, sentence):
        return False
    if _EXCEPTING.search(taken) or _UNIT.match(after):
        return False
    if not ends and _GOVERNING.search(text[start:end].removesuffix(text[end - 1]) if content else taken):
        return False
    if _is_condition(inside, sentence) or _parts_a_verb(inside, sentence) or _is_object(inside, sentence):
        return False
    if not (ends and _LAST_HALF.match(text[start:end])) and _binds(inside, sentence):
        return False
    words = [word for word in left.split() if any(map(str.isalpha, word))]
    few = sum(token.is_alpha for token in inside) < _FEWEST
    return (
        few
        or len(words) >= _FEWEST
        or left.endswith(("?", ":"))
        or bool(_BRIEF.search(left))
        or not _was_long(sentence)
    )


def _binds(inside: list[Token], sentence: Span) -> bool:
    """Whether a word before the ones taken leans on them, and not on what follows them."""
    kept = {token.i for token in inside}
    after = sentence.doc[max(kept) + 1] if kept and max(kept) + 1 < sentence.end else None
    marks = after is not None and (
        after.dep_ == "nsubj" or (after.pos_ == "VERB" and base_form(after))
    )  # "to (check in and) see"
    bound = _BOUND - {"mark"} if marks else _BOUND
    return any(t.i not in kept and t.head.i in kept and t.dep_ in bound and t.i < min(kept) for t in sentence)


def _leaves_tail(inside: list[Token], sentence: Span) -> bool:
    """Whether a clause is taken and what may belong to it left: "(before we raise the price) for 2026"."""
    after = sentence.doc[inside[-1].i + 1] if inside and inside[-1].i + 1 < sentence.end else None
    clause = any(t.dep_ in ("nsubj", "nsubj:pass") for t in inside) and inside[0].i > sentence.start
    return clause and after is not None and after.pos_ == "ADP" and not inside[-1].is_punct


def is_stub(text: str) -> bool:
    """Whether it says nothing alone: "I know you're busy." """
    return bool(_STUB.fullmatch(text))


def _was_long(sentence: Span) -> bool:
    """Whether the sentence is one, and no label or row of a list."""
    return any(token.dep_ in ("nsubj", "nsubj:pass", "expl") for token in sentence)


def _is_name(token: Token) -> bool:
    return (
        token.pos_ == "PROPN"
        and token.text.isalpha()
        and len(token) > 1
        and (token.is_title or (token.is_upper and not is_loud(token.text)))
        and not token.is_sent_start
        and token.ent_type_ not in _DATES
    )


def _is_figure(token: Token) -> bool:
    if token.ent_type_ in _DATES:
        return any(map(str.isdigit, token.text)) or token.pos_ == "PROPN"
    return token.ent_type_ in _AMOUNTS and token.like_num


def _is_balanced(text: str) -> bool:
    return all(text.count(one) == text.count(two) for one, two in _PAIRS) and text.count('"') % 2 == 0


def _is_turned(inside: Iterable[Token]) -> bool:
    """Whether it begins with "but": the first half was said for the sake of the second."""
    first = next((token for token in inside if token.is_alpha), None)
    return first is not None and first.norm_ == "but"


def _is_condition(inside: list[Token], sentence: Span) -> bool:
    """Whether the words are the condition of what is left: "if another couple books it, I'll let you know"."""
    words = {token.norm_ for token in inside}
    if words & _PARDON:
        return False
    kept = {token.i for token in inside}
    if not any(t.i not in kept and t.pos_ == "AUX" and t.norm_ in _PROMISES for t in sentence):
        return False
    return any(
        token.norm_ in _CONDITIONS and token.dep_ == "mark" and token.head.head.i not in kept for token in inside
    )


def _is_object(inside: list[Token], sentence: Span) -> bool:
    """Whether it is what a verb or noun cannot do without: "I'll map (where it leaks)", "the end (of our quarter)"."""
    first = next((token for token in inside if token.is_alpha), None)
    if first is None or first.i <= sentence.start:
        return False
    before = first.nbor(-1)
    if first.pos_ == "ADV" and first.i + 1 < sentence.end and first.nbor().norm_ in _ASKING:
        first = first.nbor()  # "exactly where"
    return first.norm_ == "of" or (first.norm_ in _ASKING and before.pos_ in ("VERB", "ADJ", "ADP"))


def _parts_a_verb(inside: list[Token], sentence: Span) -> bool:
    """Whether "to ..." is left of a command that is cut: "(upgrade now) to keep everything"."""
    words = [token for token in inside if not token.is_punct and not token.is_space]
    if not words or words[-1].i + 2 >= sentence.end or words[0].i <= sentence.start:
        return False
    if not any(token.pos_ == "VERB" for token in words) and not words[0].nbor(-1).is_punct:
        return False
    after = sentence.doc[words[-1].i + 1]
    return after.norm_ == "to" and after.nbor().pos_ in ("VERB", "AUX")
