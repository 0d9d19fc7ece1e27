"""Trim a trained pipeline to what running it needs, and put it in place.

The result loads with `spacy.load(path)` and spaCy alone: the configuration keeps no training section, and
nothing in it names code from here.
"""

import json
import shutil
from collections import Counter, defaultdict
from pathlib import Path
from typing import Annotated

import spacy
import typer
from spacy.language import Language
from spacy.tokens import Doc, DocBin

SOURCES = [
    {
        "name": "Universal Dependencies English Web Treebank (EWT) v2.15",
        "url": "https://github.com/UniversalDependencies/UD_English-EWT",
        "author": "Natalia Silveira, Timothy Dozat, Christopher Manning, Sebastian Schuster, Ethan Chi, "
        "John Bauer, Miriam Connor, Marie-Catherine de Marneffe, Nathan Schneider, Sam Bowman, "
        "Hanzhi Zhu, Daniel Galbraith",
        "license": "CC BY-SA 4.0",
    },
    {
        "name": "Georgetown University Multilayer corpus (GUM), texts under CC BY or in the public domain",
        "url": "https://github.com/UniversalDependencies/UD_English-GUM",
        "author": "Amir Zeldes and others",
        "license": "texts CC BY or public domain; annotations as released with GUM",
    },
    {
        "name": "Universal Dependencies Parallel treebank (PUD), English",
        "url": "https://github.com/UniversalDependencies/UD_English-PUD",
        "author": "Google; Christopher Manning, Sebastian Schuster, Natalia Silveira and others",
        "license": "CC BY-SA 3.0",
    },
    {
        "name": "spacy-lookups-data: Brown clusters and lemma tables",
        "url": "https://github.com/explosion/spacy-lookups-data",
        "author": "Explosion; lemma tables from WordNet 3.0, Copyright 2006 by Princeton University",
        "license": "MIT; WordNet 3.0 License for the lemma tables",
    },
]
SELF_LEMMAS = ["adj", "adp", "aux", "cconj", "det", "intj", "part", "pron", "sconj", "verb"]
UNTOUCHED = ("", "SPACE", "PROPN", "NUM", "X", "SYM")
PERFORMANCE = ["token_f", "sents_f", "tag_acc", "pos_acc", "morph_acc", "lemma_acc", "dep_uas", "dep_las"]


def annotated(nlp: Language, doc: Doc) -> Doc:
    """The words of a document with the treebank's own part of speech and features, and no lemmas."""
    return Doc(
        nlp.vocab,
        words=[token.text for token in doc],
        pos=[token.pos_ for token in doc],
        morphs=[str(token.morph) for token in doc],
    )


def add_lemma_exceptions(nlp: Language, corpus: Path, least: int = 2) -> int:
    """Write into the lemmatizer's table of exceptions what the training corpus says and the rules get wrong.

    The tables know nouns, verbs, adjectives and adverbs; "me", "n't" and "'s" come from here. The rule that a
    word may be its own lemma goes first, so that it gives way to any other, and "Get" and "The" are at least
    lower-cased.
    """
    lemmatizer = nlp.get_pipe("lemmatizer")
    rules = lemmatizer.lookups.get_table("lemma_rules")
    for pos in SELF_LEMMAS:
        rules[pos] = [["", ""], *rules.get(pos, [])]
    answers: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    misses: Counter[tuple[str, str]] = Counter()
    golds = {gold.text: gold for gold in DocBin().from_disk(corpus).get_docs(nlp.vocab)}  # each text once
    for gold in golds.values():
        doc = lemmatizer(annotated(nlp, gold))
        for token, answer in zip(doc, gold, strict=True):
            if token.pos_ in UNTOUCHED or lemmatizer.is_base_form(token):
                continue
            answers[token.pos_.lower(), token.lower_][answer.lemma_] += 1
            misses[token.pos_.lower(), token.lower_] += token.lemma_ != answer.lemma_
    exceptions = lemmatizer.lookups.get_table("lemma_exc")
    added = 0
    for (pos, form), counts in answers.items():
        lemma, hits = counts.most_common(1)[0]
        if misses[pos, form] - (counts.total() - hits) >= least:
            exceptions[pos] = {**exceptions.get(pos, {}), form: [lemma]}
            added += 1
    lemmatizer.cache.clear()
    return added


def shrink_lemma_index(nlp: Language) -> None:
    """Keep only words common enough to have a vector, and as dictionaries.

    The lemmatizer asks whether a form is a word. The lists it comes with hold ninety thousand and are
    searched from the front each time.
    """
    index = nlp.get_pipe("lemmatizer").lookups.get_table("lemma_index")
    vectors, strings = nlp.vocab.vectors, nlp.vocab.strings
    for pos in ("adj", "adv", "noun", "verb"):
        index[pos] = {word: 1 for word in index[pos] if strings[word] in vectors.key2row}


def needed_strings(nlp: Language) -> set[str]:
    """Strings that components look up by hash; all others are added as texts come."""
    labels = {label for _, pipe in nlp.pipeline for label in getattr(pipe, "labels", ())}
    parts = {part for label in labels for part in label.split("|")}
    return labels | parts | set(spacy.blank("en").vocab.strings)


def allow_spacy(path: Path) -> None:
    """Say that any spaCy 3.8 will do; spaCy itself asks for the release that wrote the model, or later."""
    meta = json.loads(path.read_text())
    meta["spacy_version"] = ">=3.8.0,<3.9.0"
    path.write_text(json.dumps(meta, indent=1, ensure_ascii=False) + "\n")


def trim_config(path: Path) -> None:
    """Drop whatever only training reads, and let nothing else name a file or a function from here."""
    config = spacy.util.load_config(path, interpolate=True)
    kept = {section: config[section] for section in ("nlp", "components")}
    spacy.util.Config({"paths": {}, "system": {"gpu_allocator": None, "seed": 0}, **kept}).to_disk(path)


def fingerprint(nlp: Language, texts: list[str]) -> list[tuple[str, ...]]:
    attributes = ("text", "lemma_", "pos_", "tag_", "dep_")
    return [
        (
            *(getattr(token, name) for name in attributes),
            str(token.morph),
            str(token.head.i),
            str(token.is_sent_start),
        )
        for doc in nlp.pipe(texts)
        for token in doc
    ]


def main(
    model: Path,
    output: Path,
    train: Annotated[Path, typer.Option(help="Corpus to learn lemma exceptions from.")],
    check: Annotated[Path, typer.Option(help="Corpus to compare the trimmed model with the whole one on.")],
    figures: Annotated[Path | None, typer.Option(help="Figures from evaluate.py to put into meta.json.")] = None,
) -> None:
    """Package MODEL at OUTPUT, in one rename, so that nobody loads half of it."""
    nlp = spacy.load(model)
    shrink_lemma_index(nlp)
    print(add_lemma_exceptions(nlp, train), "lemma exceptions added")
    if nlp.vocab.lookups.has_table("lexeme_norm"):
        nlp.vocab.lookups.remove_table("lexeme_norm")
    nlp.meta.update(
        name="pushlint_en",
        version="1.0.0",
        description="English tagger, parser and lemmatizer for short business e-mail, trained from raw text",
        license="CC BY-SA 4.0",
        sources=SOURCES,
        performance={},
    )
    if figures:
        measured = json.loads(figures.read_text())
        wanted = PERFORMANCE + [f"lower_{key}" for key in PERFORMANCE]
        nlp.meta["performance"] = {key: measured[key] for key in wanted if key in measured}
    fresh = output.with_name(output.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.parent.mkdir(parents=True, exist_ok=True)
    nlp.to_disk(fresh)
    trim_config(fresh / "config.cfg")
    allow_spacy(fresh / "meta.json")
    strings = sorted(needed_strings(nlp) & set(nlp.vocab.strings))
    (fresh / "vocab" / "strings.json").write_text(json.dumps(strings, ensure_ascii=False))

    texts = [doc.text for doc in DocBin().from_disk(check).get_docs(spacy.blank("en").vocab)]
    if fingerprint(spacy.load(fresh), texts) != fingerprint(nlp, texts):
        raise SystemExit("The trimmed model does not say the same as the whole one.")
    old = output.with_name(output.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if output.exists():
        output.rename(old)
    fresh.rename(output)
    shutil.rmtree(old, ignore_errors=True)


if __name__ == "__main__":
    typer.run(main)
