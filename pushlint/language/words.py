"""How a pipeline's words are normalised and inflected, for finding phrases in them."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from weakref import WeakKeyDictionary

import msgspec
from spacy.attrs import LOWER, NORM, SPACY  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.tokens import Doc

from pushlint import phrases
from pushlint.kept import Kept
from pushlint.language import loud
from pushlint.language.facts import facts
from pushlint.language.loading import lemma_tables
from pushlint.phrases import PhraseIndex
from pushlint.phrases.compile import Compiler, KeptPhrase
from pushlint.phrases.forms import Forms
from pushlint.resources import MODEL
from pushlint.vocabulary import load_vocabularies

# 'd is left out: it may be "had".
_CLITICS = {"'ll": "will", "n't": "not", "nt": "not", "'ve": "have", "'re": "are", "'m": "am"}
_SPELLINGS = {
    "u": "you",
    "ur": "your",
    "r": "are",
    "pls": "please",
    "plz": "please",
    "msg": "message",
    "mail": "email",
    "mails": "emails",
    "e-mail": "email",
    "e-mails": "emails",
    "e-mailed": "emailed",
    "e-mailing": "emailing",
}
# Words in two tokens of which the first or both have another norm alone.
_PAIRS = {
    **dict.fromkeys(("won't", "wont"), ("will", "not")),
    **dict.fromkeys(("can't", "cant"), ("can", "not")),
    **dict.fromkeys(("shan't", "shant"), ("shall", "not")),
    "let's": ("let", "us"),
    "gonna": ("going", "to"),
    "gotta": ("got", "to"),
}

_compilers: WeakKeyDictionary[Language, Compiler] = WeakKeyDictionary()


NAME = "pushlint_words"
_SHIPPED = "pushlint_en"  # the name of our trained pipeline


@Language.component(NAME, assigns=["token.norm"])
def words(doc: Doc) -> Doc:
    """Sets each token's norm so that one pattern finds both "will" and "'ll", in straight and curly quotes."""
    facts(doc).done.add(NAME)
    loud.teach(doc.vocab)
    strings = doc.vocab.strings
    norms, lowers, spaces = doc.to_array([NORM, LOWER, SPACY]).T.tolist()
    known = {norm: strings[norm] for norm in set(norms)}
    others = {norm: other for norm, text in known.items() if (other := _normal(text)) != text}
    for token in (token for token, norm in enumerate(norms) if norm in others):
        doc[token].norm_ = others[norms[token]]
    for one, two in pairwise(range(len(doc))):
        if not spaces[one] and (pair := _PAIRS.get(_straight(strings[lowers[one]] + strings[lowers[two]]))):
            doc[one].norm_, doc[two].norm_ = pair
    return doc


def _normal(norm: str) -> str:
    norm = _straight(norm)
    return _CLITICS.get(norm) or _SPELLINGS.get(norm, norm)


def _straight(text: str) -> str:
    return text.replace("’", "'").replace("‘", "'")


def compiler(nlp: Language) -> Compiler:
    """The phrase compiler for a pipeline: its tokenizer's splits, the irregular forms of the shipped lemmatizer."""
    if nlp not in _compilers:
        split = partial(_split, nlp.tokenizer)
        kept = _kept() if nlp.meta.get("name") == _SHIPPED else None
        _compilers[nlp] = Compiler(split, Forms(_irregular_forms), load_vocabularies(), kept)
    return _compilers[nlp]


@cache
def _kept() -> Kept[KeptPhrase]:
    """The phrases that were compiled for the shipped pipeline, by this code and these vocabularies."""
    code = [*sorted(Path(phrases.__file__).parent.glob("*.py")), Path(__file__)]
    model = [MODEL / "tokenizer", *sorted((MODEL / "lemmatizer" / "lookups").iterdir())]
    changed = [f"{path.name} {path.stat().st_size} {path.stat().st_mtime_ns}".encode() for path in (*code, *model)]
    return Kept("phrases", KeptPhrase, [*changed, msgspec.msgpack.encode(load_vocabularies())])


def phrase_index(nlp: Language, wanted: Iterable[str], waiting: Iterable[str] = ()) -> PhraseIndex:
    """An index of phrases for a pipeline's Docs. Raises PhraseError."""
    return PhraseIndex(compiler(nlp), wanted, waiting)


def _split(tokenizer: Callable[[str], Doc], text: str) -> list[str]:
    word, special = text.lower(), getattr(tokenizer, "rules", {})
    if text.isalpha() and text not in special and word not in special:
        return [_SPELLINGS.get(word, word)]  # most words are no work for the tokenizer
    return [token.norm_ for token in words(tokenizer(text))]


def _irregular_forms() -> Mapping[str, Mapping[str, list[str]]]:
    tables: Mapping[str, Mapping[str, list[str]]] = lemma_tables().get_table("lemma_exc")
    return tables
