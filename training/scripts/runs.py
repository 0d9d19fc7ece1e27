"""Write the table of runs from the figures that evaluate.py saved."""

import json
from pathlib import Path

import typer

SETTINGS = ["width", "depth", "pieces", "rows", "parser", "dropout", "rate", "batch", "steps"]
FIGURES = {
    "dep_uas": "UAS",
    "dep_las": "LAS",
    "pos_acc": "UPOS",
    "tag_acc": "tag",
    "morph_acc": "morph",
    "lemma_acc": "lemma",
    "sents_f": "sentences",
    "lower_dep_las": "LAS, lower case",
    "slips_dep_las": "LAS, slips",
}
MACHINE = {"megabytes": "MB", "words_per_second": "words/s", "load_seconds": "load, s"}
HEAD = """# Runs

Written by `scripts/runs.py` from `metrics/`. English Web Treebank, development set, raw text, percent; UAS
and LAS without punctuation. "parser" is hidden width x maxout pieces, "+" for extra state features. Words per
second are of processor time on one core, for the whole pipeline. Speed and loading time were taken while the
machine was busy with other work and vary by a third. "Slips" is the text with one longer word in twelve misspelt.
The runs "release" and "smooth" saw the web treebank twice an epoch, the others once; "release" also saw misspelt words,
missing apostrophes, the words that stand for merge tags, and texts with questions and imperatives more often.
"""


def row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def main(metrics: Path, output: Path) -> None:
    """Write OUTPUT from every JSON file in METRICS, best first."""
    runs = {path.stem: json.loads(path.read_text()) for path in metrics.glob("*.json")}
    titles = ["run", *SETTINGS, *FIGURES.values(), *MACHINE.values()]
    lines = [HEAD, row(titles), row(["---"] * len(titles))]
    for name, run in sorted(runs.items(), key=lambda item: item[1]["dep_las"], reverse=True):
        settings = [str(run.get(key, "")) for key in SETTINGS]
        figures = [f"{100 * run[key]:.1f}" if key in run else "" for key in FIGURES]
        lines.append(row([name, *settings, *figures, *(str(run[key]) for key in MACHINE)]))
    output.write_text("\n".join(lines) + "\n")
    print(output.read_text())


if __name__ == "__main__":
    typer.run(main)
