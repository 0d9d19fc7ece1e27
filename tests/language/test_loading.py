"""The pipeline is loaded by parts: it is the one that spaCy would load."""

from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pushlint.language.loading import load_model
from pushlint.resources import MODEL

TEXTS = (
    "Hi Dana, I'd've called, but you weren't in – sorry! Can't we talk on 3 May, at 10am?\n\nBest,\nŁukasz",
    "ACME's re-order rate rose 12% (from 3.5 to 3.9).Nobody asked why… See https://example.com/a?b=c or mail a@b.co.",
    "Wanna know how e-mails get lost? Don't reply; its free. Ł. Żak, Ph.D., said: “They're better off w/o it.”",
    "привет. Ça va, Éric?I went there in 2019-20,and they have been teaching geese",
    "",
)


@pytest.fixture(scope="module")
def pipelines() -> tuple[Language, Language]:
    return load_model(), spacy.load(MODEL)


def analysis(doc: Doc) -> list[tuple[object, ...]]:
    return [
        (t.text, t.whitespace_, t.norm_, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.is_sent_start)
        for t in doc
    ]


def weights(nlp: Language) -> list[tuple[str, str, bytes]]:
    layers = nlp.get_pipe("tok2vec").model.walk()  # type: ignore[attr-defined]
    return [(layer.name, name, layer.get_param(name).tobytes()) for layer in layers for name in layer.param_names]


def without_texts(part: Any, words: str = "vocab") -> bytes:
    """What a part has learnt, without the words it has met since."""
    return bytes(part.to_bytes(exclude=[words]))


def test_it_reads_texts_as_spacys_own_does(pipelines: tuple[Language, Language]) -> None:
    ours, spacys = pipelines
    assert [analysis(doc) for doc in ours.pipe(TEXTS)] == [analysis(doc) for doc in spacys.pipe(TEXTS)]


def test_it_has_the_same_parts(pipelines: tuple[Language, Language]) -> None:
    ours, spacys = pipelines
    assert ours.pipe_names == spacys.pipe_names
    assert ours.config == spacys.config
    assert ours.meta == spacys.meta
    assert ours.batch_size == spacys.batch_size
    assert weights(ours) == weights(spacys)
    assert without_texts(ours.vocab.vectors, "strings") == without_texts(spacys.vocab.vectors, "strings")
    assert without_texts(ours.tokenizer) == without_texts(spacys.tokenizer)
    for name in ours.pipe_names:
        if name != "tok2vec":  # spaCy's has the dropout of its training, which nothing reads any more
            assert without_texts(ours.get_pipe(name)) == without_texts(spacys.get_pipe(name)), name


def test_spacy_loads_what_it_saves(pipelines: tuple[Language, Language], tmp_path: Path) -> None:
    ours, _ = pipelines
    ours.to_disk(tmp_path)
    saved = spacy.load(tmp_path)
    assert analysis(saved(TEXTS[0])) == analysis(ours(TEXTS[0]))
