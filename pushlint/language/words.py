"""How a pipeline's words are normalised and inflected, for finding phrases in them."""

from collections.abc import Iterable
from weakref import WeakKeyDictionary

from spacy.language import Language
from spacy.tokens import Doc

from pushlint.phrases import PhraseIndex
from pushlint.phrases.compile import Compiler
from pushlint.phrases.forms import Forms
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
    "e-mail": "email",
}
_BEFORE_NOT = {"wo": "will", "ca": "can", "sha": "shall"}

_compilers: WeakKeyDictionary[Language, Compiler] = WeakKeyDictionary()


@Language.component("pushlint_words")
def words(doc: Doc) -> Doc:
    """Sets each token's norm so that one pattern finds both "will" and "'ll", in straight and curly quotes."""
    for token in doc:
        norm = token.norm_.replace("’", "'").replace("‘", "'")
        follower = doc[token.i + 1].lower_ if norm in _BEFORE_NOT and token.i + 1 < len(doc) else ""
        norm = _BEFORE_NOT[norm] if follower in ("n't", "n’t") else _CLITICS.get(norm) or _SPELLINGS.get(norm, norm)
        if norm != token.norm_:
            token.norm_ = norm
    return doc


def compiler(nlp: Language) -> Compiler:
    """The phrase compiler for a pipeline: its tokenizer's splits, its lemmatizer's irregular forms."""
    if nlp not in _compilers:
        tables = nlp.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
        forms = Forms(tables.get_table("lemma_exc", {}))
        _compilers[nlp] = Compiler(
            lambda text: [t.norm_ for t in words(nlp.make_doc(text))], forms, load_vocabularies()
        )
    return _compilers[nlp]


def _split(nlp: Language, text: str) -> list[str]:
    return [token.norm_ for token in words(nlp.make_doc(text))]


def phrase_index(nlp: Language, phrases: Iterable[str]) -> PhraseIndex:
    """An index of phrases for a pipeline's Docs. Raises PhraseError."""
    return PhraseIndex(nlp.vocab, compiler(nlp), phrases)
