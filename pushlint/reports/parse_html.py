"""Parsed drafts as one page that needs nothing else: each sentence with its entities, facts and dependency tree.

The trees and entities are drawn by spaCy's displaCy.
"""

from collections.abc import Iterable, Iterator
from itertools import count

from spacy.displacy.render import DependencyRenderer, EntityRenderer

from pushlint.reports.excerpt import shown, visible
from pushlint.reports.parse_data import Data
from pushlint.reports.parse_text import headline, place, rows, sentences

STYLE = """
:root { color-scheme: light dark; --ink: #1b1b1f; --paper: #fff; --faint: #63636b; --line: #d9d9de; --move: #0b57a4 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e6ea; --paper: #17171a; --faint: #a0a0aa; --line: #3a3a42; --move: #9ecbff }
}
body { margin: 0 auto; max-width: 72rem; padding: 1rem; color: var(--ink); background: var(--paper);
       font: 1rem/1.5 system-ui, sans-serif }
h1, h2 { line-height: 1.2; overflow-wrap: anywhere }
h2 { font-size: 1rem; margin: 2rem 0 0.5rem; color: var(--faint) }
section { border-top: 1px solid var(--line); padding: 0.5rem 0 }
section > p { margin: 0; color: var(--faint) }
.move { color: var(--move); border: 1px solid; border-radius: 1em; padding: 0 0.6em; margin-left: 0.4em }
mark { color: #1b1b1f; -webkit-box-decoration-break: clone; box-decoration-break: clone }
table { border-collapse: collapse; margin: 0.5rem 0 }
th, td { padding: 0 1.5rem 0 0; text-align: left; font-weight: normal; vertical-align: top; overflow-wrap: anywhere }
th { color: var(--faint) }
td.what { white-space: pre; font-family: ui-monospace, monospace }
summary { color: var(--faint); cursor: pointer }
figure { margin: 0; overflow-x: auto }
"""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_TREE = {"compact": True, "distance": 130, "word_spacing": 30}
_INHERIT = {"color": "inherit", "bg": "transparent", "font": "inherit"}


def render(drafts: Iterable[Data]) -> Iterator[str]:
    """The page, a draft at a time."""
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f"<title>pushlint parse</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
    )
    numbers = count(1)
    for draft in drafts:
        yield "".join(_draft(draft, numbers))
    yield "</body>\n</html>\n"


def _draft(draft: Data, numbers: Iterator[int]) -> Iterator[str]:
    yield f"<h1>{shown(draft['path'])}</h1>\n<p>{shown(headline(draft))}</p>\n"
    above = None
    for zone, block, sentence in sentences(draft):
        if above != (zone, block):
            yield f"<h2>{zone}, {block}</h2>\n"
            above = zone, block
        yield from _sentence(sentence, next(numbers))
    if draft["tags"]:
        read = (_row(place(tag), tag["source"], tag["words"], tag["type"]) for tag in draft["tags"])
        yield f"<h2>merge tags</h2>\n<table>\n{''.join(read)}</table>\n"


def _sentence(sentence: Data, number: int) -> Iterator[str]:
    moves = "".join(f'<span class="move">{shown(move)}</span>' for move in sentence["moves"])
    facts = (_row(row.label, row.what, row.words, row.notes) for row in rows(sentence) if row.label != "moves")
    yield f"<section>\n<p>{place(sentence)}{moves}</p>\n{_entities(sentence)}"
    yield f"<table>\n{''.join(facts)}</table>\n"
    tree = f'<figure tabindex="0">{_tree(sentence, number)}</figure>'  # arrow keys scroll a wide one
    yield f"<details open><summary>Tree</summary>{tree}</details>\n</section>\n"


def _row(label: str, what: str, words: str, notes: str) -> str:
    cells = f'<th>{shown(label)}</th><td class="what">{shown(what)}</td><td>{shown(words)}</td><td>{shown(notes)}</td>'
    return f"<tr>{cells}</tr>\n"


def _entities(sentence: Data) -> str:
    """The sentence with its entities marked: label, role of an amount, type of a merge tag."""
    roles = {(amount["start"], amount["end"]): amount["role"] for amount in sentence["amounts"]}
    spans = [
        {
            "start": entity["start"] - sentence["start"],
            "end": entity["end"] - sentence["start"],
            "label": entity["label"],
            "params": {"label": _label(entity, roles.get((entity["start"], entity["end"])))},
        }
        for entity in sentence["entities"]
    ]
    return EntityRenderer().render_ents(visible(sentence["words"]), spans, None)


def _label(entity: Data, role: str | None) -> str:
    return shown(" ".join(filter(None, (entity["label"], role or entity["tag"]))))


def _tree(sentence: Data, number: int) -> str:
    words = [{"text": visible(token["words"]), "tag": token["pos"]} for token in sentence["tokens"]]
    arcs = [
        {
            "start": min(index, token["head"]),
            "end": max(index, token["head"]),
            "label": token["dep"],
            "dir": "left" if index < token["head"] else "right",
        }
        for index, token in enumerate(sentence["tokens"])
        if index != token["head"]
    ]
    renderer = DependencyRenderer(options=_TREE | _INHERIT)
    svg = renderer.render_svg(f"tree-{number}", words, arcs)
    unused = renderer.distance * renderer.highest_level // 3  # compact trees leave room for the arcs of tall ones
    return f'<div style="margin-top: -{unused}px">{svg}</div>'
