"""Looking only where a pattern's rarest word occurs finds what looking everywhere would find."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc

from pushlint.language.words import compiler
from pushlint.phrases import PhraseIndex
from pushlint.phrases.compile import Pattern
from pushlint.phrases.index import _longest, _token_patterns, first_word, last_word

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
]
WORDS = """
    close closed sealing wrap up the this our big deal sales deals just checking in again on by before until Friday
    tomorrow noon save cut costs $ 99 20 % five last final chance to buy I we'll you won't not only three 3 seats spots
    left off a month hi and let's or no , . ? ! ( ) “ ” {{first_name}} {{company}} ${{price}} {{n}}
"""
sentences = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=25).map(" ".join)


def ungated(nlp: Language, pattern: Pattern, doc: Doc) -> set[tuple[int, int]]:
    """Where a plain spaCy Matcher of the pattern's own tokens matches, sentence by sentence."""
    matcher = Matcher(nlp.vocab)
    matcher.add("x", [[token for piece in pattern.pieces for token in _token_patterns(piece)]], greedy="LONGEST")
    found = set()
    for sentence in doc.sents:
        for _, start, end in matcher(sentence):
            start, end = start + sentence.start, end + sentence.start
            if pattern.at_start and start != first_word(sentence):
                continue
            if pattern.at_end and end != last_word(sentence) + 1:
                continue
            found.add((start, end))
    return found


@given(text=sentences)
@settings(max_examples=150, deadline=None)
def test_gating_loses_and_adds_nothing(nlp: Language, parse: Callable[[str], Doc], text: str) -> None:
    doc = parse(f"{text}\n")
    hits = PhraseIndex(nlp.vocab, compiler(nlp), PHRASES).find(doc)
    for phrase in PHRASES:
        everywhere = set().union(*(ungated(nlp, pattern, doc) for pattern in compiler(nlp).compile(phrase)))
        found = {(hit.start, hit.end) for hit in hits.get(phrase, ())}
        assert found <= everywhere
        assert all(any(start < b and a < end for a, b in found) for start, end in everywhere), phrase
        assert len(_longest(hits.get(phrase, []))) == len(found)


def test_a_long_run_of_amounts_costs_little(nlp: Language, parse: Callable[[str], Doc]) -> None:
    """A plain "+" over a hundred amounts side by side takes gigabytes."""
    doc = parse("$99 " * 2000)
    index = PhraseIndex(nlp.vocab, compiler(nlp), ["<money>", "<money> ... <money>", "<tag> ... <money>"])
    assert len(index.find(doc)["<money>"]) > 900
