"""Make a small table of word vectors out of Brown clusters.

spacy-lookups-data knows the Brown cluster of some 190,000 words: a path in a tree of a thousand leaves, where
near leaves hold words that are used alike. Each leaf gets one row, the sum of one random vector for every
prefix of its path, so near leaves get near rows. All words of a leaf share its row: a hundred thousand words
cost two megabytes. They are written most frequent first, which `pushlint/language/loud.py` reads.
"""

from pathlib import Path
from typing import Annotated

import numpy
import srsly
import typer
from spacy.lang.en import English
from spacy.util import registry
from spacy.vectors import Vectors

PATH_BITS = 18
PREFIXES = (2, 4, 6, 8, 10, 12, PATH_BITS)
COMMON = 20_000


def path_of(cluster: int) -> str:
    """The way from the root to the leaf; the number holds it with the first turn in the lowest bit."""
    return format(cluster, "b")[::-1].ljust(PATH_BITS, "0")


def make_rows(leaves: list[int], width: int, seed: int) -> numpy.ndarray:
    """One row a leaf, of unit length. Kept float32: spaCy's layers refuse float64."""
    random = numpy.random.default_rng(seed)
    parts: dict[str, numpy.ndarray] = {}
    rows = numpy.zeros((len(leaves), width), dtype="float32")
    for row, leaf in zip(rows, leaves, strict=True):
        for length in PREFIXES:
            prefix = path_of(leaf)[:length]
            if prefix not in parts:
                parts[prefix] = random.normal(size=width).astype("float32")
            row += parts[prefix]
    return rows / numpy.linalg.norm(rows, axis=1, keepdims=True)


def read_table(name: str) -> dict[str, float]:
    """A table of spacy-lookups-data with its words spelt out (spaCy's own loader keeps only their hashes)."""
    return srsly.read_gzip_json(f"{registry.lookups.get('en')[name]}.gz")


def spell(words: list[str], leaves: dict[str, int]) -> dict[str, int]:
    """The leaf of every word, and of its lower-cased and (if common) capitalized form where it has none.

    Drafts are written in lower case more often than the texts that the clusters come from.
    """
    spelt = {word: leaves[word] for word in words}
    for word in words:
        spelt.setdefault(word.lower(), leaves.get(word.lower(), leaves[word]))
    for word in words[:COMMON]:
        spelt.setdefault(word.capitalize(), leaves.get(word.capitalize(), leaves[word]))
    return spelt


def main(
    output: Path,
    words: Annotated[int, typer.Option(help="How many of the most frequent clustered words to keep.")] = 100_000,
    width: Annotated[int, typer.Option(help="Numbers in a row.")] = 64,
    seed: int = 0,
) -> None:
    """Write a blank English pipeline with the table to OUTPUT."""
    leaves = {word: int(leaf) for word, leaf in read_table("lexeme_cluster").items() if leaf}
    frequency = read_table("lexeme_prob")
    kept = sorted(leaves, key=lambda word: frequency[word], reverse=True)[:words]
    spelt = spell(kept, leaves)
    distinct = sorted(set(spelt.values()))
    row_of = {leaf: row for row, leaf in enumerate(distinct)}

    nlp = English()
    nlp.vocab.vectors = Vectors(strings=nlp.vocab.strings, data=make_rows(distinct, width, seed), name="brown_clusters")
    for word, leaf in spelt.items():
        nlp.vocab.vectors.add(nlp.vocab.strings.add(word), row=row_of[leaf])
    nlp.to_disk(output)
    print(f"{output}: {len(spelt)} words, {len(distinct)} rows of {width}")


if __name__ == "__main__":
    typer.run(main)
