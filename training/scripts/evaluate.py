"""Measure a pipeline: accuracy on raw text as written, lower-cased and with slips of the hand; size, speed, loading.

Accuracy is spaCy's own scoring: sentences and words are the pipeline's, and a word cut wrongly counts against
it. "dep_uas" and "dep_las" leave punctuation out, as spaCy does; the "_all" figures count it.
"""

import json
import random
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import spacy
import typer
from functions import doc_of, misspell, words_of
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.util import load_config

KEYS = ["token_f", "sents_f", "tag_acc", "pos_acc", "morph_acc", "lemma_acc", "dep_uas", "dep_las"]
LOAD = "import spacy, sys, time as t; s = t.perf_counter(); spacy.load(sys.argv[1]); print(t.perf_counter() - s)"


def lowered(doc: Doc) -> Doc:
    """The same annotations over lower-cased words. Lemmas too, as capitals cannot be guessed back."""
    words = [replace(word, text=word.text.lower(), lemma=word.lemma.lower()) for word in words_of(doc)]
    return doc_of(doc.vocab, words)


def slipped(doc: Doc) -> Doc:
    """The same annotations over words of which one in twelve longer ones is misspelt, the same ones each time."""
    return doc_of(doc.vocab, misspell(words_of(doc), random.Random(len(doc))))


def accuracy(nlp: Language, docs: list[Doc]) -> dict[str, float]:
    predicted = nlp.pipe([doc.text for doc in docs], batch_size=64)
    examples = [Example(doc, gold) for doc, gold in zip(predicted, docs, strict=True)]
    scores = Scorer(nlp).score(examples)
    figures = {key: round(scores[key], 4) for key in KEYS if scores.get(key) is not None}
    counted = Scorer.score_deps(examples, "dep", head_attr="head", ignore_labels=("p",), getter=relation)
    figures |= {f"{key}_all": round(counted[key], 4) for key in ("dep_uas", "dep_las")}
    return figures


def relation(token: spacy.tokens.Token, attr: str) -> str:
    return token.vocab.strings.as_string(getattr(token, attr)).lower()


def words_per_second(nlp: Language, docs: list[Doc], disable: list[str]) -> int:
    """Words in a second of processor time, best of three, in e-mails of some 100 words.

    Run with OMP_NUM_THREADS=1 to make it the figure of one core.
    """
    texts, words = [], 0
    pending: list[str] = []
    for doc in docs:
        pending.append(doc.text)
        if sum(text.count(" ") for text in pending) > 90:
            texts.append("\n\n".join(pending))
            pending = []
    words = sum(len(nlp.make_doc(text)) for text in texts)
    best = 0.0
    for _ in range(3):
        start = time.process_time()
        for _ in nlp.pipe(texts, disable=disable, batch_size=64):
            pass
        best = max(best, words / (time.process_time() - start))
    return round(best)


def settings(run: Path) -> dict[str, object]:
    """What distinguishes one run from another, from the configuration it was trained with."""
    config = load_config(run / "config.cfg", interpolate=True)
    embed, encode = (config["components"]["tok2vec"]["model"][part] for part in ("embed", "encode"))
    parser, training = config["components"]["parser"]["model"], config["training"]
    return {
        "width": encode["width"],
        "depth": encode["depth"],
        "pieces": encode["maxout_pieces"],
        "rows": "/".join(map(str, embed["rows"])),
        "parser": f"{parser['hidden_width']}x{parser['maxout_pieces']}{'+' * parser['extra_state_tokens']}",
        "dropout": training["dropout"],
        "rate": training["optimizer"]["learn_rate"]["initial_rate"],
        "batch": training["batcher"]["size"]["stop"],
        "steps": training["max_steps"],
    }


def main(
    model: Path,
    corpus: Path,
    output: Annotated[Path | None, typer.Option(help="Also write the figures here, as JSON.")] = None,
    run: Annotated[Path | None, typer.Option(help="The untrimmed model, to note its settings.")] = None,
) -> None:
    """Print the figures of MODEL on CORPUS (.spacy)."""
    nlp = spacy.load(model)
    docs = list(DocBin().from_disk(corpus).get_docs(nlp.vocab))
    loads = [subprocess.check_output([sys.executable, "-c", LOAD, str(model)]) for _ in range(3)]
    lower = accuracy(nlp, [lowered(doc) for doc in docs])
    slips = accuracy(nlp, [slipped(doc) for doc in docs])
    figures = {
        "corpus": corpus.stem,
        **(settings(run) if run else {}),
        **accuracy(nlp, docs),
        **{f"lower_{key}": value for key, value in lower.items()},
        **{f"slips_{key}": value for key, value in slips.items() if key != "lemma_acc"},
        "megabytes": round(sum(file.stat().st_size for file in model.rglob("*") if file.is_file()) / 1e6, 2),
        "words_per_second": words_per_second(nlp, docs, []),
        "words_per_second_tagger_parser": words_per_second(nlp, docs, ["morphologizer", "lemmatizer"]),
        "load_seconds": round(min(float(load) for load in loads), 3),
    }
    for key, value in figures.items():
        print(f"{key:32}{value}")
    if output:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    typer.run(main)
