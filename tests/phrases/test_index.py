"""The index finds what a slow, plain reading of the phrase language finds, token by token."""

import re
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from pushlint.language.words import compiler, phrase_index
from pushlint.phrases import PhraseError
from pushlint.phrases.compile import Compiler
from pushlint.phrases.index import first_word, last_word
from pushlint.phrases.parse import Choice, Class, Gap, Item, Vocabulary, Word, parse
from pushlint.vocabulary import load_vocabularies

PHRASES = [
    "(close|seal|wrap up) (the|this|our)? <adjective>? (deal|sale)",
    "^ just checking in ... (again|on this)?",
    "(by|before|until) ... <when>",
    "(save|cut):verb (<word>)? (<money>|<percent>)",
    "(last|final) chance (to <verb>)?",
    "<sender> (will|would) not ... <reader>",
    "(only|just) <number> (seat|spot) left $",
    "(<money>|<percent>|<digits>) (off|a month)?",
    "hi <person> (and <company>)?",
    "let's ... this",
    '"deal" or "no deal"',
    "(<np>|<name>) ... @weekday",
    "@scarcity ... <tag>?",
]
WORDS = """
    close closed sealing wrap up the this our big deal sales deals just checking in again on by before until Friday
    tomorrow noon save cut costs $ 99 20 % five last final chance to buy I we'll you won't not only three 3 seats spots
    left off a month hi and let's or no , . ? ! ( ) “ ” {{first_name}} {{company}} ${{price}} {{n}}
"""
ITEMS = [
    "close", '"closed"', "(close|seal)", "(wrap up|seal)", "the?", "(the|this|<my>)?", "deal", "...", "(close|...)?",
    "<money>", "<money>?", "(<tag>|<number>)", "<number>", "<word>", "<word>?", "<when>", "<person>", "<np>", "<noun>",
    "(<verb>|sale)", "(save|cut):verb", "(big deal|deal)?", "we will", "not", "a month", "@weekday", "@scarcity",
    "(last|final chance|chance ...)", "((hi|let us)? close)?", "<digits>",
]  # fmt: skip
texts = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=25).map(" ".join)
generated = st.builds(
    lambda start, items, end: f"{start}{' '.join(items)}{end}",
    st.sampled_from(["", "", "^ "]),
    st.lists(st.sampled_from(ITEMS), min_size=1, max_size=5),
    st.sampled_from(["", "", " $"]),
)


class Plain:
    """The phrase language, read item by item."""

    def __init__(self, compiler: Compiler) -> None:
        self._split, self._forms = compiler._split, compiler._forms

    def spans(self, phrase: str, doc: Doc) -> list[tuple[int, int]]:
        """Every span of the phrase, the longest first; what overlaps one that was taken is dropped."""
        read = parse(phrase)
        found = [
            (start, end)
            for sentence in doc.sents
            for start in range(sentence.start, sentence.end)
            if not read.at_start or start == first_word(sentence)
            for end in self.ends(read.items, {start}, sentence)
            if start < end and (not read.at_end or end == last_word(sentence) + 1)
        ]
        kept: list[tuple[int, int]] = []
        for start, end in sorted(found, key=lambda span: (span[0] - span[1], span[0])):
            if all(end <= other or last <= start for other, last in kept):
                kept.append((start, end))
        return sorted(kept)

    def ends(self, items: Iterable[Item], starts: set[int], sentence: Span) -> set[int]:
        """Where the items can end, one after the other."""
        for item in items:
            starts = {end for start in starts for end in self.after(item, start, sentence)}
        return starts

    def after(self, item: Item, start: int, sentence: Span) -> set[int]:
        """Where one item can end."""
        match item:
            case Choice(options):
                return {end for option in options for end in self.ends(option, {start}, sentence)}
            case Vocabulary(name):
                entries = (parse(entry).items for entry in load_vocabularies()[name])
                return {end for entry in entries for end in self.ends(entry, {start}, sentence)}
            case Gap():
                return run(start, sentence, lambda t: t.text not in ',.;:!?()[]–—…"“”', 0, 5)
            case Word():
                return self._after_word(item, start, sentence)
            case Class(name):
                return after_class(name, start, sentence)

    def _after_word(self, word: Word, start: int, sentence: Span) -> set[int]:
        parts = self._split(word.text)
        for part in parts:
            norms = {part} if word.exact or len(parts) > 1 else self._forms(part)
            poses = {"VERB", "AUX"} if word.pos == "VERB" else {word.pos}
            if start >= sentence.end or sentence.doc[start].norm_ not in norms:
                return set()
            if word.pos and sentence.doc[start].pos_ not in poses:
                return set()
            start += 1
        return {start}


def run(start: int, sentence: Span, test: Callable[[Token], bool], least: int, most: int) -> set[int]:
    """The ends of runs of tokens that pass the test."""
    ends = {start} if least == 0 else set()
    for end in range(start + 1, min(start + most, sentence.end) + 1):
        if not test(sentence.doc[end - 1]):
            break
        ends.add(end)
    return ends


ENTITIES: dict[str, Callable[[Token], bool]] = {
    "money": lambda t: t.ent_type_ == "MONEY",
    "percent": lambda t: t.ent_type_ == "PERCENT",
    "when": lambda t: t.ent_type_ in ("DATE", "TIME"),
    "date": lambda t: t.ent_type_ == "DATE",
    "duration": lambda t: t.ent_type_ == "DURATION",
    "person": lambda t: t.ent_type_ == "PERSON",
    "company": lambda t: t.ent_type_ == "ORG",
    "tag": lambda t: t.ent_kb_id_ == "tag",
}
TOKENS: dict[str, Callable[[Token], bool]] = {
    "number": lambda t: t.like_num and not re.search(r"(first|second|third|th|\d(st|nd|rd))$", t.lower_),
    "digits": lambda t: re.search(r"^\d[\d.,]*(k|K|m|M|bn|B)?\+?$", t.text) is not None,
    "word": lambda t: not t.is_punct,
    "adjective": lambda t: t.pos_ == "ADJ",
    "noun": lambda t: t.pos_ in ("NOUN", "PROPN"),
    "verb": lambda t: t.pos_ == "VERB",
    "name": lambda t: t.pos_ == "PROPN",
    "np": lambda t: t.pos_ in ("DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"),
    "sender": lambda t: t.norm_ in ("i", "we", "me", "us"),
    "reader": lambda t: t.norm_ in ("you", "ya", "u"),
    "my": lambda t: t.norm_ in ("my", "our"),
}


def after_class(name: str, start: int, sentence: Span) -> set[int]:
    """Where a class can end: an entity, or part of it, and the one beside it; one token; a few of them."""
    if name not in ENTITIES:
        return run(start, sentence, TOKENS[name], 1, {"np": 5, "name": 4}.get(name, 1))
    is_one = ENTITIES[name]
    ends = run(start, sentence, is_one, 1, len(sentence))
    begins = [i for i in range(start + 1, max(ends, default=0)) if sentence.doc[i].ent_iob_ == "B"]
    return {end for end in ends if len(begins) < 2 or end <= begins[1]}


def check(nlp: Language, doc: Doc, phrase: str) -> None:
    hits = phrase_index(nlp, [phrase]).find(doc).get(phrase, [])
    assert [(hit.start, hit.end) for hit in hits] == Plain(compiler(nlp)).spans(phrase, doc), phrase
    for hit in hits:
        assert all(hit.start <= start < end <= hit.end for start, end in hit.captures.values())


@given(text=texts)
@settings(max_examples=100, deadline=None)
def test_it_finds_what_a_plain_reading_finds(nlp: Language, parse: Callable[[str], Doc], text: str) -> None:
    doc = parse(f"{text}\n")
    for phrase in PHRASES:
        check(nlp, doc, phrase)


@given(text=texts, phrases=st.lists(generated, min_size=5, max_size=10))
@settings(max_examples=100, deadline=None)
def test_so_it_does_for_any_phrase(nlp: Language, parse: Callable[[str], Doc], text: str, phrases: list[str]) -> None:
    doc = parse(f"{text}\n")
    for phrase in phrases:
        try:
            check(nlp, doc, phrase)
        except PhraseError as error:
            assert "at least one word" in str(error)


@pytest.mark.parametrize("phrase", ["we (close|seal) ... deal", "^ (we|you) ...", "deal $"])
def test_a_long_text_is_searched_in_parts(nlp: Language, parse: Callable[[str], Doc], phrase: str) -> None:
    check(nlp, parse("We close the big deal. You seal a deal, we close none of the deals.\n" * 60), phrase)


def test_the_phrases_that_wait_are_found_when_asked_for(nlp: Language, parse: Callable[[str], Doc]) -> None:
    hits = phrase_index(nlp, ["close"], ["the deal", "no deal"]).find(parse("We close the deal."))
    assert list(hits) == ["close"]
    assert [(hit.start, hit.end) for hit in hits["the deal"]] == [(2, 4)]
    assert hits["no deal"] == []


def test_a_long_run_of_amounts_costs_little(nlp: Language, parse: Callable[[str], Doc]) -> None:
    hits = phrase_index(nlp, ["<money>", "<money> ... <money>", "<tag> ... <money>"]).find(parse("$99 " * 2000))
    assert len(hits["<money>"]) > 900
