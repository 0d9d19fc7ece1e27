"""Loads the trained model: the pipeline that `spacy.load` would give, in about two thirds of the time.

`spacy.load` checks the whole configuration against its schemas, builds English rules of tokenizing only to replace
them, learns every contraction there is, reads each setting of each layer although the configuration has just made the
layer of it, and visits the word vectors one by one. Here are the same parts without that, and each table is read once
for all who ask.
"""

from functools import cache
from typing import Any

import msgspec
import numpy
import srsly  # type: ignore[import-untyped]
from spacy.lang.en import English
from spacy.language import Language
from spacy.lookups import Lookups
from spacy.util import load_config, load_meta
from spacy.vectors import Vectors  # type: ignore[import-not-found]
from spacy.vocab import Vocab

from pushlint.language.tokenizer import ContractionTokenizer
from pushlint.resources import MODEL


def load_model() -> Language:
    """The trained pipeline as it is packaged: tagger, morphologizer, parser and lemmatizer over one tok2vec."""
    config, meta = load_config(MODEL / "config.cfg"), load_meta(MODEL / "meta.json")
    nlp = English(
        meta=meta,
        create_tokenizer=lambda nlp: ContractionTokenizer(nlp.vocab),
        create_vectors=lambda vocab: _vectors(vocab, meta["vectors"]["name"]),
        batch_size=config["nlp"]["batch_size"],
    )
    nlp.vocab.strings.from_disk(MODEL / "vocab" / "strings.json")
    _fill("tokenizer", nlp.tokenizer)
    for name in config["nlp"]["pipeline"]:
        settings = config["components"][name]
        _fill(name, nlp.add_pipe(settings.pop("factory"), name, config=settings, validate=False))
    nlp.config = config
    return nlp


@cache
def word_rows() -> dict[int, int]:
    """The words that have a vector, as hashes, from the most to the least frequent, each with its vector's row."""
    return msgspec.msgpack.decode((MODEL / "vocab" / "key2row").read_bytes(), type=dict[int, int])


@cache
def lemma_tables() -> Lookups:
    """The lemmatizer's tables: rules, exceptions to them, and words."""
    tables = Lookups()
    for name, data in msgspec.msgpack.decode((MODEL / "lemmatizer" / "lookups" / "lookups.bin").read_bytes()).items():
        tables.add_table(name, data)
    return tables


def _vectors(vocab: Vocab, name: str) -> Vectors:
    vectors = Vectors(strings=vocab.strings, data=numpy.load(MODEL / "vocab" / "vectors"), name=name)
    vectors.key2row = word_rows()
    return vectors


def _fill(name: str, component: Any) -> None:
    """Gives a component what it has learnt."""
    if name == "lemmatizer":
        component.lookups = lemma_tables()
    elif name == "tok2vec":  # its forty settings are those of the configuration, but for dropout
        saved = srsly.read_msgpack(MODEL / name / "model")
        component.model.from_dict({**saved, "attrs": [{} for _ in saved["nodes"]]})
    else:
        component.from_disk(MODEL / name, exclude=["vocab"])
