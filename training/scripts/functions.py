"""What training needs beyond spaCy itself: the tokenizer's rules and a corpus that roughens its texts.

Used through `--code` while training only. Nothing here is named in the packaged model's configuration, which
loads with spaCy alone: the tokenizer is saved with its rules, and the corpus is not saved at all.
"""

import random
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from pathlib import Path

import spacy
from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, ALPHA_UPPER, HYPHENS
from spacy.language import Language
from spacy.symbols import ORTH
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
from spacy.vocab import Vocab

# Forms that spaCy splits and the treebanks (and readers) do not: "Wed" is a day before it is "we'd".
WHOLE = (
    "wed",
    "id",
    "e-mail",
    "e-mails",
    "e-mailed",
    "e-mailing",
    "al.",
    "b/c",
    "ft.",
    "sat.",
    "wed.",
    "lt.",
)
# Forms that spaCy keeps whole and the treebanks split.
SPLIT = {"wanna": ("wan", "na")}
# Rules of spaCy's that cost more than they bring in running text: "):" is a bracket and a colon here.
UNWANTED = ("and/or", "):")
# Prefixes that are written with a hyphen and are not words by themselves.
PREFIXES = ("non", "pre", "re", "co", "anti", "ex", "multi", "semi", "sub", "inter", "pro", "un", "mid")
RUNS = [r"[!?]{2,}", r"\.\?", r"(?P<mark>[*=_#~$])(?P=mark)+", r"<{2,}", r">{2,}"]
# What pushlint reads in place of a merge tag that will be filled with a name.
FILLERS = ("Alex", "Sam", "Acme", "Austin", "Orbit")
PHONE = r"^(?:1-)?(?:\d{3}-)?\d{3}-\d{4}$"


def ranges(characters: Iterable[str]) -> str:
    """Characters as a regular expression has them in brackets: "a-c" for a, b and c."""
    found: list[str] = []
    for character in sorted(characters):
        if found and ord(found[-1][-1]) + 1 == ord(character):
            found[-1] = f"{found[-1][0]}-{character}"
        else:
            found.append(character)
    return "".join(found)


CASED = [chr(number) for number in range(0x530)]  # Latin, Greek and Cyrillic
# Letters as spaCy names them, and the same said in short. A script without capitals counts as either case.
LETTERS = {
    ALPHA: r"[^\W\d_]",
    ALPHA_LOWER: rf"[^\W\d_{ranges(filter(str.isupper, CASED))}]",
    ALPHA_UPPER: rf"[^\W\d_{ranges(filter(str.islower, CASED))}]",
}
IN_BRACKETS = r"(?:[^\]\\]|\\.)*"


def shorten(rule: str) -> str:
    """A rule of spaCy's without its lists of the letters of all scripts, which every start had to compile."""
    for letters, short in LETTERS.items():
        named = rf"\[({IN_BRACKETS}?){re.escape(letters)}({IN_BRACKETS})\]"
        rule = re.sub(named, partial(either, short), rule)
    return rule


def either(short: str, brackets: re.Match[str]) -> str:
    """The letters, or what else stood in brackets with them."""
    others = brackets[1] + brackets[2]
    return f"(?:{short}|[{others}])" if others else short


def spellings(word: str) -> set[str]:
    return {word, word.capitalize(), word.upper()}


@spacy.registry.callbacks("pushlint.tokenizer.v1")
def fit_tokenizer() -> Callable[[Language], Language]:
    """Bring spaCy's English tokenizer nearer to the treebanks'. A word cut differently is lost twice."""

    def fit(nlp: Language) -> Language:
        tokenizer = nlp.tokenizer
        rules = {key: value for key, value in tokenizer.rules.items() if key not in UNWANTED}
        for word in WHOLE:
            rules.update({spelling: [{ORTH: spelling}] for spelling in spellings(word)})
        for word, parts in SPLIT.items():
            for spelling in spellings(word):
                rules[spelling] = [
                    {ORTH: spelling[: len(parts[0])]},
                    {ORTH: spelling[len(parts[0]) :]},
                ]
        tokenizer.rules = rules
        hyphen = rf"(?<=[{ALPHA}0-9])(?:{HYPHENS})(?=[{ALPHA}])"
        infixes = [rule for rule in nlp.Defaults.infixes if rule != hyphen]
        behind = "".join(rf"(?<!\b{spelling})" for word in PREFIXES for spelling in (word, word.capitalize()))
        infixes += [behind + hyphen, rf"(?<=[{ALPHA}])-(?=[0-9])"]
        tokenizer.infix_finditer = compile_infix_regex(map(shorten, infixes)).finditer
        tokenizer.prefix_search = compile_prefix_regex(RUNS + list(nlp.Defaults.prefixes)).search
        clock = r"(?<=[0-9])(?:AM|PM)"
        tokenizer.suffix_search = compile_suffix_regex(map(shorten, [*RUNS, clock, *nlp.Defaults.suffixes])).search
        tokenizer.token_match = re.compile(PHONE).match
        return nlp

    return fit


@dataclass
class Word:
    """A word of a reference document, with its head counted from itself so that words can come and go."""

    text: str
    space: str
    lemma: str
    pos: str
    tag: str
    morph: str
    head: int
    dep: str


def words_of(doc: Doc) -> list[Word]:
    return [Word(t.text, t.whitespace_, t.lemma_, t.pos_, t.tag_, str(t.morph), t.head.i, t.dep_) for t in doc]


def doc_of(vocab: Vocab, words: list[Word]) -> Doc:
    return Doc(
        vocab,
        words=[word.text for word in words],
        spaces=[bool(word.space) for word in words],
        lemmas=[word.lemma for word in words],
        pos=[word.pos for word in words],
        tags=[word.tag for word in words],
        morphs=[word.morph for word in words],
        heads=[word.head for word in words],
        deps=[word.dep for word in words],
    )


def remove(words: list[Word], unwanted: set[int]) -> list[Word]:
    """The words without those at `unwanted`, which may head nothing."""
    moved: list[int] = []
    for index in range(len(words)):
        moved.append(index - len([other for other in unwanted if other < index]))
    return [replace(word, head=moved[word.head]) for index, word in enumerate(words) if index not in unwanted]


def insert_break(words: list[Word], index: int) -> list[Word]:
    """The words with a line break in place of the space after `index`."""
    newline = Word("\n", "", "\n", "SPACE", "_SP", "", index, "dep")
    moved = [replace(word, head=word.head + (word.head > index)) for word in words]
    moved[index] = replace(moved[index], space="")
    return [*moved[: index + 1], newline, *moved[index + 1 :]]


def lower(words: list[Word]) -> list[Word]:
    return [replace(word, text=word.text.lower()) for word in words]


def lower_starts(words: list[Word]) -> list[Word]:
    """Sentences begun in lower case, and "i" for "I"; names keep their capitals."""
    return [
        replace(word, text=word.text.lower()) if word.pos != "PROPN" and word.text.istitle() else word for word in words
    ]


def title(words: list[Word]) -> list[Word]:
    """Capitals as in a subject line."""
    return [
        replace(word, text=word.text[:1].upper() + word.text[1:]) if word.text.isalpha() else word for word in words
    ]


def upper(words: list[Word]) -> list[Word]:
    return [replace(word, text=word.text.upper()) for word in words]


def curl(words: list[Word]) -> list[Word]:
    """Typographic apostrophes and quotation marks, as a phone or a word processor writes them."""
    curled, opened = [], False
    for word in words:
        text = word.text.replace("'", "\u2019")
        if '"' in text:
            opened = not opened
            text = text.replace('"', "\u201c" if opened else "\u201d")
        curled.append(replace(word, text=text))
    return curled


def drop_stops(words: list[Word]) -> list[Word]:
    """No full stop at the end of a paragraph."""
    ends = [i for i in range(len(words)) if i + 1 == len(words) or words[i + 1].pos == "SPACE"]
    heads = {word.head for index, word in enumerate(words) if word.pos != "SPACE" and word.head != index}
    stops = {i for i in ends if words[i].text == "." and i not in heads and words[i].dep == "punct"}
    for index in stops:
        if index + 1 < len(words):
            words[index + 1] = replace(words[index + 1], head=index - 1 if index else 0)
    return remove(words, stops) if len(stops) < len(words) else words


def misspell(words: list[Word], rng: random.Random, share: float = 0.08) -> list[Word]:
    """Slips of the hand in a share of the longer words: a letter dropped, doubled or changed with its neighbour."""

    def slip(text: str) -> str:
        at = rng.randrange(1, len(text) - 1)
        return text[:at] + rng.choice((text[at + 1 :], text[at] + text[at:], text[at + 1] + text[at] + text[at + 2 :]))

    return [
        replace(word, text=slip(word.text))
        if len(word.text) > 3 and word.text.isalpha() and rng.random() < share
        else word
        for word in words
    ]


def drop_apostrophes(words: list[Word], joined: Collection[str]) -> list[Word]:
    """ "dont" and "didnt", as far as the tokenizer cuts the `joined` word where the treebank does."""
    dropped = list(words)
    for index, (first, second) in enumerate(pairwise(words)):
        short = second.text.replace("'", "")
        if "'" in second.text and not first.space and short and first.text + short in joined:
            dropped[index + 1] = replace(second, text=short)
    return dropped


def fill_tags(words: list[Word], rng: random.Random, share: float = 0.5) -> list[Word]:
    """The words that stand for merge tags while a draft is read, in place of names of a single word."""
    parts = {word.head for word in words if word.dep in ("flat", "compound", "appos")}
    filled = []
    for index, word in enumerate(words):
        lone = word.tag == "NNP" and word.dep not in ("flat", "compound") and index not in parts
        filler = rng.choice(FILLERS)
        filled.append(replace(word, text=filler, lemma=filler) if lone and rng.random() < share else word)
    return filled


def asks(doc: Doc) -> bool:
    """Whether something in the document is asked or told to be done, which outreach does more than other texts."""
    return any(token.text == "?" or token.morph.get("Mood") == ["Imp"] for token in doc)


def tighten(words: list[Word]) -> list[Word]:
    """One line break between paragraphs in place of two."""
    return [replace(word, text="\n") if word.text == "\n\n" else word for word in words]


def wrap(words: list[Word], width: int = 72) -> list[Word]:
    """Lines broken by hand, as in plain-text e-mail."""
    column, index = 0, 0
    while index < len(words) - 1:
        word = words[index]
        column = 0 if word.pos == "SPACE" else column + len(word.text) + len(word.space)
        if word.space and column + len(words[index + 1].text) > width:
            words = insert_break(words, index)
            index, column = index + 1, 0
        index += 1
    return words


@spacy.registry.readers("pushlint.drafts.v1")
def read_drafts(
    path: Path,
    lower_share: float = 0.12,
    starts_share: float = 0.05,
    title_share: float = 0.02,
    upper_share: float = 0.01,
    curly_share: float = 0.15,
    stop_share: float = 0.07,
    tight_share: float = 0.2,
    wrap_share: float = 0.04,
    typo_share: float = 0.08,
    apostrophe_share: float = 0.05,
    filler_share: float = 0.12,
    asking_share: float = 0.5,
    seed: int = 0,
) -> Callable[[Language], Iterator[Example]]:
    """A training corpus made to look like drafts: a new share of its documents is roughened on each reading.

    `asking_share` of the documents with a question or an imperative are read twice.

    Meant for `max_epochs = -1`, where spaCy reads the corpus anew for every epoch and leaves shuffling to it.
    """
    rng = random.Random(seed)
    cases = [(lower_share, lower), (starts_share, lower_starts), (title_share, title), (upper_share, upper)]
    plain: list[Example] = []

    def roughen(nlp: Language, doc: Doc) -> Doc | None:
        others = [
            (stop_share, drop_stops),
            (filler_share, partial(fill_tags, rng=rng)),
            (typo_share, partial(misspell, rng=rng)),
            (apostrophe_share, partial(drop_apostrophes, joined=nlp.tokenizer.rules)),
            (curly_share, curl),
            (tight_share, tighten),
            (wrap_share, wrap),
        ]
        changes = [change for share, change in others if rng.random() < share]
        draw = rng.random()
        for share, change in cases:
            if draw < share:
                changes.append(change)
                break
            draw -= share
        if not changes:
            return None
        words = words_of(doc)
        for change in changes:
            words = change(words)
        return doc_of(nlp.vocab, words)

    def read(nlp: Language) -> Iterator[Example]:
        if not plain:
            docs = DocBin().from_disk(path).get_docs(nlp.vocab)
            plain.extend(Example(nlp.make_doc(doc.text), doc) for doc in docs)
        asking = [example for example in plain if asks(example.reference) and rng.random() < asking_share]
        for example in rng.sample(plain + asking, len(plain) + len(asking)):
            rough = roughen(nlp, example.reference)
            yield Example(nlp.make_doc(rough.text), rough) if rough else example

    return read
