"""Write the tokenizer's rules into a packaged pipeline that was trained with other ones.

For rules that say the same in other words: the pipeline is not trained again, so it is refused if one word of the
corpus is cut or normalised differently.
"""

from pathlib import Path
from typing import Annotated

import spacy
import typer
from functions import fit_tokenizer
from spacy.language import Language
from spacy.tokens import DocBin


def words(nlp: Language, text: str) -> list[tuple[int, str, str]]:
    return [(token.idx, token.text, token.norm_) for token in nlp.make_doc(text)]


def main(
    model: Path,
    check: Annotated[list[Path], typer.Option(help="Corpus to compare the rules on; may be given again.")],
) -> None:
    """Give MODEL the tokenizer of functions.py."""
    old, new = spacy.load(model), fit_tokenizer()(spacy.blank("en"))
    texts = [doc.text for corpus in check for doc in DocBin().from_disk(corpus).get_docs(new.vocab)]
    for text in texts:
        if words(old, text) != words(new, text):
            differences = set(words(old, text)) ^ set(words(new, text))
            raise SystemExit(f"Not the same words: {sorted(differences)}\nin: {text}")
    new.tokenizer.to_disk(model / "tokenizer", exclude=["vocab"])
    print(f"The same words in {len(texts):,} texts.")


if __name__ == "__main__":
    typer.run(main)
