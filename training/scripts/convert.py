"""Turn gzipped CoNLL-U treebanks into spaCy's DocBin, raw text kept to the letter.

spaCy's own converter joins the words with spaces and knows one sentence a document. We want the text as it
was written, because the pipeline meets raw text, and several sentences and paragraphs a document, because it
has to learn where sentences end.
"""

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Annotated

import typer
from spacy.lang.en import English
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

PARAGRAPH_BREAK = "\n\n"


@dataclass
class Word:
    """One syntactic word; `head` counts from the word itself, so sentences can be strung together."""

    text: str
    space: bool
    lemma: str = ""
    pos: str = ""
    tag: str = ""
    morph: str = ""
    head: int = 0
    dep: str = ""


@dataclass
class Paragraph:
    """Sentences that stand together in the source, and the source document they come from."""

    source: int
    sentences: list[list[Word]] = field(default_factory=list)

    def __len__(self) -> int:
        return sum(map(len, self.sentences))


def read_blocks(path: Path) -> Iterator[list[str]]:
    """The lines of each sentence, comments included."""
    with gzip.open(path, "rt", encoding="utf8") as lines:
        block: list[str] = []
        for line in lines:
            if stripped := line.rstrip("\n"):
                block.append(stripped)
            elif block:
                yield block
                block = []
        if block:
            yield block


def read_sentence(block: list[str]) -> list[Word]:
    """The words of one sentence, spaced as in its `# text` line.

    The words of a range such as 11-12 "don't" are written together: the space after the range belongs to its
    last word. The one no-break space in these texts becomes a plain one.
    """
    words: list[Word] = []
    range_end = 0
    range_space = True
    for line in block:
        if line.startswith("#"):
            continue
        number, form, lemma, pos, tag, morph, head, dep, _, misc = line.split("\t")
        space = "SpaceAfter=No" not in misc.split("|")
        if "." in number:
            continue
        if "-" in number:
            range_end, range_space = int(number.split("-")[1]), space
            continue
        index = int(number)
        if index <= range_end:
            space = range_space and index == range_end
        words.append(
            Word(
                text=form,
                space=space,
                lemma=form if lemma == "_" and form != "_" else lemma,
                pos=pos,
                tag="" if tag == "_" else tag,
                morph="" if morph == "_" else morph,
                head=int(head) - index if head != "0" else 0,
                dep="ROOT" if dep == "root" else dep,
            )
        )
    text = next(line[len("# text = ") :] for line in block if line.startswith("# text = "))
    written = "".join(word.text + " " * word.space for word in words)
    if written.split() != text.split():
        raise ValueError(f"The words do not add up to the text:\n{written}\n{text}")
    return words


def read_paragraphs(path: Path) -> Iterator[Paragraph]:
    """Paragraphs in order; a treebank without paragraph marks counts each source document as one."""
    source = 0
    paragraph = Paragraph(source)
    for block in read_blocks(path):
        new_document = any(line.startswith("# newdoc") for line in block)
        if new_document or any(line.startswith("# newpar") for line in block):
            if paragraph.sentences:
                yield paragraph
            source += new_document
            paragraph = Paragraph(source)
        paragraph.sentences.append(read_sentence(block))
    if paragraph.sentences:
        yield paragraph


def split_long(paragraphs: Iterable[Paragraph], most: int) -> Iterator[Paragraph]:
    """The same paragraphs, the longest cut between sentences, so that one cannot fill a training batch."""
    for paragraph in paragraphs:
        part = Paragraph(paragraph.source)
        for sentence in paragraph.sentences:
            if part.sentences and len(part) + len(sentence) > most:
                yield part
                part = Paragraph(paragraph.source)
            part.sentences.append(sentence)
        yield part


def group(paragraphs: Iterable[Paragraph], most: int) -> Iterator[list[Paragraph]]:
    """One, two or three neighbouring paragraphs in turn, about the length of an e-mail at most."""
    sizes = cycle((1, 2, 3))
    size = next(sizes)
    kept: list[Paragraph] = []
    for paragraph in paragraphs:
        full = len(kept) == size or sum(map(len, kept)) + len(paragraph) > most
        if kept and (full or kept[0].source != paragraph.source):
            yield kept
            kept, size = [], next(sizes)
        kept.append(paragraph)
    if kept:
        yield kept


def make_doc(vocab: Vocab, paragraphs: list[Paragraph], *, scoring: bool) -> Doc:
    """One Doc from neighbouring paragraphs, an empty line between them.

    spaCy's tokenizer makes that empty line a token. For training it hangs on the word before it, as in
    spaCy's own models. For scoring it must not count: tag and features are left out, and the relation is "p",
    which spaCy's scorer ignores (it cannot be left out, because the scorer then forgets words of other
    documents).
    """
    words: list[Word] = []
    for number, paragraph in enumerate(paragraphs):
        if number:
            words[-1].space = False
            if scoring:
                words.append(Word(PARAGRAPH_BREAK, space=False, head=-1, dep="p"))
            else:
                words.append(Word(PARAGRAPH_BREAK, False, PARAGRAPH_BREAK, pos="SPACE", tag="_SP", head=-1, dep="dep"))
        for sentence in paragraph.sentences:
            words.extend(sentence)
    words[-1].space = False
    return Doc(
        vocab,
        words=[word.text for word in words],
        spaces=[word.space for word in words],
        lemmas=[word.lemma for word in words],
        pos=[word.pos for word in words],
        tags=[word.tag for word in words],
        morphs=[word.morph for word in words],
        heads=[index + word.head for index, word in enumerate(words)],
        deps=[word.dep for word in words],
    )


def main(
    output: Path,
    treebanks: list[Path],
    most_words: Annotated[int, typer.Option(help="Words a document may have.")] = 250,
    scoring: Annotated[bool, typer.Option(help="Keep the breaks between paragraphs out of the scores.")] = False,
) -> None:
    """Convert TREEBANKS (.conllu.gz) into one DocBin at OUTPUT."""
    vocab = English().vocab
    docs = DocBin(attrs=["ORTH", "SPACY", "LEMMA", "POS", "TAG", "MORPH", "HEAD", "DEP"])
    for path in treebanks:
        paragraphs = split_long(read_paragraphs(path), most_words)
        for grouped in group(paragraphs, most_words):
            docs.add(make_doc(vocab, grouped, scoring=scoring))
    output.parent.mkdir(parents=True, exist_ok=True)
    docs.to_disk(output)
    print(f"{output}: {len(docs)} documents")


if __name__ == "__main__":
    typer.run(main)
