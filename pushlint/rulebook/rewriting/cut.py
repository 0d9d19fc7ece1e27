"""Takes words out of a sentence so that what remains still stands: space, commas, "and", articles, capitals mended."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span, Token

from pushlint.language.facts import base_form
from pushlint.rulebook.context import Context
from pushlint.rulebook.rewriting.edits import POSTSCRIPT
from pushlint.rulebook.rewriting.scopes import whole_time

# Dependents that a sentence can do without.
_OPTIONAL = {
    "advmod", "advcl", "obl", "obl:tmod", "obl:npmod", "obl:unmarked", "amod", "acl", "acl:relcl", "appos", "parataxis",
    "conj", "discourse", "vocative", "nmod", "nmod:tmod", "dep", "list",
}  # fmt: skip
# Verbs that are unfinished without their "to ...": "I can get my manager (to approve it)".
_CAUSING = {"get", "ask", "tell", "want", "need", "allow", "convince", "persuade", "urge", "force", "help", "try"}
_LEANING = {"or", "and", "but", "so", "then", "because", "which", "that", "as"}
_JOINING = {"and", "but", "so", "or", "then", "that"}
_URGING = {"just", "please", "so", "simply", "kindly"}
# Words that point back at what is cut.
_POINTING = {"it", "they", "this", "that", "these", "those", "which", "he", "she", "either", "neither", "otherwise"}
_BE = {"be", "will", "would"}
_HALVING = {"so", "but", "and"}
_SUPPOSING = {"if", "when", "while", "since", "as", "because", "once", "although", "though"}
_FEWEST = 3
# The beginning of a half that is not finished: ", so if you do want it".
_OPEN = re.compile(
    r"[,;:–—]\s*(?:(?:so|and|but|or|then)\s+)?(?:if|when|once|unless|while|although|though|whenever)\b[^,;:–—]*$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\b(an?)$", re.IGNORECASE)
_VOWEL = re.compile(r"\s*(?:(?!uni|use|usu|eu|one|once)[aeiou]|hour|honest|hono)", re.IGNORECASE)
_AFTER = re.compile(r"[\s,;:–—-]*(?:(?:and|but|so|or)\s+)?", re.IGNORECASE)
# What announces something, and says nothing alone.
_STUB = re.compile(
    r"\W*(?:(?:i|we)(?:['’]d| would)? |just |only |wanted |want |like |to )*"
    r"(?:(?:give|send|share|drop)(?:ing)? )?(?:you )?(?:an? |one )?(?:quick |brief |short |friendly )*"
    r"(?:heads-up|heads up|note|update|reminder|word|follow-up)\W*"
    r"|\W*(?:i|we) (?:was |were |am |are |have |just )*\w+ (?:at|through|on|across|over)? ?"
    r"your (?:web)?(?:site|page|profile|blog)\W*",
    re.IGNORECASE,
)
_PUNCTUATION = re.compile(r"[\s,;:]*")
_BEFORE = re.compile(r"[\s,;:–—-]*(?:\b(?:and|but|so|or)\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cut:
    """What to take out: plain `start`..`end`, what to put there (a capital letter, or nothing), and whether it is the
    whole sentence."""

    start: int
    end: int
    content: str = ""
    whole: bool = False


def cuts(start: int, end: int, sentence: Span, context: Context) -> Iterator[Cut]:
    """The ways to cut tokens `start`..`end`, the least first: they, the clause or half around them, the sentence."""
    brackets = aside(start, end, sentence)
    if brackets:
        from_, to = context.plain(*brackets)
        yield Cut(from_ - context.draft.text[:from_].endswith(" "), to)
        return
    start, end = whole_time(start, end, sentence.doc)
    parts = (_part(*way, sentence, context) for way in _ways(start, end, sentence))
    yield from (part for part in parts if part)
    yield _whole(*_body(sentence, end, context), context)


def _ways(start: int, end: int, sentence: Span) -> Iterator[tuple[int, int]]:
    """The tokens to cut for tokens `start`..`end`, the least first."""
    first_of_two = _first_of_two(start, end, sentence)
    yield from first_of_two
    if start <= sentence.start and sentence.end <= end:
        return  # no part of it would do
    if not first_of_two:
        yield from (w for w in ((start, end), _clause_around(start, end, sentence)) if _stands_without(*w, sentence))
    word = sentence.doc[start:end].root
    if all(token.dep_ != "advcl" for token in (word, *word.ancestors)):
        yield from _all_before(end, sentence)
    yield from _last_half(start, end, sentence)


def _part(start: int, end: int, sentence: Span, context: Context) -> Cut | None:
    """The cut of just these tokens, if what remains of the sentence can stand."""
    first, last = _body(sentence, end, context)
    text = context.draft.text
    from_, to = context.plain(start, end)
    left_over = [t for t in sentence if t.i not in range(start, end)]
    if any(map(_is_verb, sentence)) and not any(map(_is_verb, left_over)) and not _is_courtesy(left_over):
        return None
    opens = not _has_words(text[first:from_])
    keeps_link = not opens and _links_the_rest(start, end, sentence)
    if keeps_link and sentence.doc[start].dep_ == "cc":
        from_ = context.facts.offsets[start + 1]
    if opens or keeps_link or text[:from_].endswith("("):
        rest = (_PUNCTUATION if keeps_link else _AFTER).match(text[to:last])
        to += rest.end() if rest else 0
    if opens:
        if not _stands(text[to:last]):
            return None
        old = text[first:from_] or text[first:]
        letter = text[to] if _is_led(first, context) else like_opening(old, text[to])
        return Cut(first, to + 1, letter)
    if keeps_link and context.draft.text[:from_].rstrip(" ").endswith(","):
        return Cut(len(text[:from_].rstrip(" ,")), to, " ")
    if not keeps_link:
        lead = _BEFORE.search(text[first:from_])
        comma = re.match(r",\s*(?!and\b|or\b|but\b)(?=\w)", text[to:last])
        if lead and comma and re.fullmatch(r"\s*[–—-]+\s+", lead.group()):
            return Cut(from_, to + comma.end())  # the dash parts what comes next: "for teams like yours - no fees"
        from_ -= len(lead.group()) if lead else 0
        if not _has_words(text[to:last]):
            from_ = first + unfinished(text[first:from_])
        if not _has_words(text[first:from_]):
            return None  # only "So and" stood before it
    led = text[first:from_].split()[0].strip(",").lower() in _LEANING  # as it did before
    if not _stands(text[first:from_] + text[to:last], led) or _STUB.fullmatch(text[first:from_] + text[to:last]):
        return None
    article = _ARTICLE.search(text[first:from_])
    if article is None:
        return Cut(from_, to)
    return Cut(first + article.start(), to, article[1][0] + ("n" if _VOWEL.match(text[to:last]) else ""))


def like_opening(old: str, letter: str) -> str:
    """The letter, a capital where the words replaced began with one: some write all in lower case."""
    return letter if next((c for c in old if c.isalpha()), "A").islower() else letter.upper()


def _is_led(first: int, context: Context) -> bool:
    """Whether the sentence goes on after a dash, without a capital: "Hi Sam — we build ..."."""
    text = context.draft.text
    before = text[:first].rstrip(" ")
    return before.endswith(("—", "–")) and text[first : first + 1] == "I"


def _body(sentence: Span, end: int, context: Context) -> tuple[int, int]:
    """The plain span of the sentence after its "P.S."; `end`: a pattern may match more than one sentence."""
    first, last = context.plain(sentence.start, sentence.end)
    last = max(last, context.plain(end - 1, end)[1])
    lead = POSTSCRIPT.match(context.draft.text[first:last])
    return first + (lead.end() if lead else 0), last


def _links_the_rest(start: int, end: int, sentence: Span) -> bool:
    """Whether an "and" before the words, or their first, belongs to what stands after them."""
    doc = sentence.doc
    if doc[start].dep_ == "cc":
        after = next((t.i for t in doc[end : sentence.end] if not t.is_punct), sentence.end)
        if after < sentence.end and doc[after].norm_ in _JOINING:
            return False
        return any(t.dep_ == "parataxis" and after - 1 <= t.left_edge.i <= after for t in doc[end : sentence.end])
    if end < sentence.end and doc[end].dep_ == "cc":
        return False
    before = next((t for t in reversed(doc[sentence.start : start]) if not t.is_punct), None)
    return before is not None and before.dep_ == "cc" and before.head.i >= end


def _all_before(end: int, sentence: Span) -> list[tuple[int, int]]:
    """All that stands before the first main clause after the words that can be a sentence of its own."""
    beside = [t for t in sentence.root.rights if t.dep_ == "parataxis"]
    for clause in sorted([*sentence.root.conjuncts, *beside], key=lambda t: t.i):
        words = [t for t in clause.subtree if not t.is_punct]
        opening = next((t for t in words if t.norm_ not in _JOINING), clause)
        if any(t.norm_ == "that" for t in words if t.i < opening.i):
            continue  # "that it arrived and that you had it" is no sentence
        if words[0].norm_ == "so" and not words[0].nbor(-1).is_punct:
            continue  # "now is the time so (that) you have it"
        points = _points_at(opening) or any(t.norm_ in _POINTING and t.dep_ == "obj" for t in words)
        if words[0].i >= end and _is_independent(clause) and not points:
            return [(sentence.start, opening.i)]
    return []


def _points_at(opening: Token) -> bool:
    """Whether it points back; the letter itself may be meant by "this": "so this is my note for now"."""
    after = [t.norm_ for t in opening.doc[opening.i + 1 : opening.i + 4] if t.lemma_ not in _BE]
    letter = opening.norm_ == "this" and after[:1] in (["my"], ["our"], ["the"], ["a"])
    return opening.norm_ in _POINTING and not letter


def _first_of_two(start: int, end: int, sentence: Span) -> list[tuple[int, int]]:
    """The first of two infinitives or conditions: "(check in and) see if ...", "If (I'm a bother and) you want it"."""
    doc = sentence.doc
    joins = next((t for t in doc[start : min(end + 1, sentence.end - 1)] if t.norm_ == "and"), None)
    if joins is None:
        return []
    then = joins.nbor()
    leads = [t.i for t in doc[sentence.start : joins.i] if t.norm_ == "to" and t.i + 1 >= start]
    if joins.i == end and leads and base_form(then) and doc[leads[-1] + 1].pos_ == "VERB":
        return [(leads[-1] + 1, joins.i + 1)]
    marks = [t.i for t in doc[sentence.start : joins.i] if t.norm_ == "if" and t.i + 1 >= start]
    if marks and then.dep_ == "nsubj" and not any(t.is_punct for t in doc[marks[-1] : joins.i]):
        return [(marks[-1] + 1, joins.i + 1)]
    return []


def _last_half(start: int, end: int, sentence: Span) -> list[tuple[int, int]]:
    """The last half of the sentence with the words, where the half before it can be a sentence of its own."""
    doc = sentence.doc
    words = [t for t in sentence if not t.is_punct]
    for joins in reversed(doc[sentence.start + 1 : start]):
        if (
            joins.norm_ not in _HALVING
            or not joins.nbor(-1).is_punct
            or joins.nbor().dep_ not in ("nsubj", "nsubj:pass")
        ):
            continue
        before = [t for t in words if t.i < joins.i]
        whole = any(t.dep_ in ("nsubj", "nsubj:pass") for t in before) and any(map(_is_verb, before))
        if whole and before[0].norm_ not in _SUPPOSING and all(t.norm_ not in _HALVING for t in doc[end : words[-1].i]):
            return [(joins.i, words[-1].i + 1)]
    return []


def unfinished(text: str) -> int:
    """Where a condition begins that the text ends in, whose consequence is missing; its length where there is none."""
    found = _OPEN.search(text)
    return found.start() if found and re.search(r"\w", text[: found.start()]) else len(text)


def _is_independent(verb: Token) -> bool:
    if any(t.dep_ in ("nsubj", "nsubj:pass", "expl") for t in verb.lefts):
        return True
    if verb.pos_ != "VERB" or not base_form(verb):
        return False
    return "Mood=Imp" in str(verb.morph) or any(t.norm_ in _URGING for t in verb.lefts)


def _is_courtesy(words: Sequence[Token]) -> bool:
    """Whether the words can stand without a verb: "No pressure at all", "If not, no worries"."""
    return any(word.norm_ in ("no", "thanks") for word in words[:4])


def _is_verb(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX")


def aside(start: int, end: int, sentence: Span) -> tuple[int, int] | None:
    """The round brackets around the words, where the words are most of what stands in them."""
    doc = sentence.doc
    opens = next((i for i in range(start - 1, sentence.start - 1, -1) if doc[i].text in ("(", ")")), None)
    if opens is None or doc[opens].text != "(":
        return None
    closes = next((i for i in range(end, sentence.end) if doc[i].text in ("(", ")")), None)
    if closes is None or doc[closes].text != ")":
        return None
    left = [t for t in sentence.doc[opens:closes] if t.is_alpha and not start <= t.i < end]
    outside = [t for t in sentence if t.is_alpha and not opens < t.i < closes]
    return (opens, closes + 1) if len(left) < _FEWEST <= len(outside) else None


def _whole(first: int, last: int, context: Context) -> Cut:
    """The whole sentence and the space after it; what follows begins as the sentence did."""
    text = context.draft.text
    after = last
    while text[after : after + 1] == " ":
        after += 1
    if after == last or text[after : after + 1] in ("", "\n"):
        floor = context.draft.block_start(first)
        while first > floor and text[first - 1] == " ":
            first -= 1
        return Cut(first, last, whole=True)
    if after >= len(text) or context.draft.has_tag_at(after):
        return Cut(first, after, whole=True)
    opening = text[after]
    if text[first].isupper() and opening.islower():
        return Cut(first, after + 1, opening.upper(), whole=True)
    greeted = text[:first].rstrip(" ").endswith((",", "—", "–")) and not text[:first].endswith("\n")
    token = context.doc[min(bisect_left(context.facts.offsets, after), len(context.doc) - 1)]
    if greeted and opening.isupper() and token.pos_ != "PROPN" and token.norm_ != "i":
        return Cut(first, after + 1, opening.lower(), whole=True)
    return Cut(first, after, whole=True)


def _stands(left: str, led: bool = False) -> bool:
    """Whether what is left can stand: three words or more, and none at its start that leans on what went before; unless
    that word `led` it before."""
    words = left.split()
    return sum(map(_has_words, words)) >= _FEWEST and (led or words[0].strip(",").lower() not in _LEANING)


def _stands_without(start: int, end: int, sentence: Span) -> bool:
    """Whether the words are one optional part of the sentence, with all that hangs on it."""
    inside = range(start, end)
    heads = [t for t in sentence.doc[start:end] if t.head.i not in inside or t.head == t]
    heads = [t for t in heads if not t.is_punct]
    if not heads or not all(map(_optional, heads)):
        return False
    hanging = (
        t for t in sentence if t.i not in inside and not t.is_punct and not (t.dep_ == "cc" and t.i == start - 1)
    )
    return not any(t.head.i in inside for t in hanging)


def _optional(token: Token) -> bool:
    if token.dep_ == "advcl" and token.head.lemma_ in _CAUSING and any(t.norm_ == "to" for t in token.lefts):
        return False
    return token.dep_ in _OPTIONAL and token.head != token


def _clause_around(start: int, end: int, sentence: Span) -> tuple[int, int]:
    """The nearest part around the words that hangs on the rest by an optional link."""
    token: Token = sentence.doc[start:end].root
    while not _optional(token) and token.head != token:
        token = token.head
    part = [t.i for t in token.subtree if not t.is_punct]
    return min([start, *part]), max([end, *(i + 1 for i in part)])


def _has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)
