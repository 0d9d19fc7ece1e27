"""HTML and MJML: the text that a person sees, parsed by tree-sitter's grammar."""

import html
import re
from collections.abc import Set
from dataclasses import replace
from functools import partial

from pushlint.draft import Draft, Source
from pushlint.readers.assembly import Body, Head, assemble, template_segments
from pushlint.readers.html.folding import READ, Gap, fold
from pushlint.readers.html.neutral import neutral_copy, parsable, refuse_depth, unknown_comments
from pushlint.readers.html.titles import with_title
from pushlint.readers.html.walk import Marks, Walk
from pushlint.templating import Template, scan

_PARTING = ("block", "endblock", "for ", "endfor", "extends", "include")


def read_html(source: Source, head: Head) -> Draft:
    """The draft of an HTML or MJML file; its title is the subject where there is no other. Raises InputError where
    elements are nested too deeply."""
    text = source.text
    template = scan(" " * head.body + text[head.body :], head.reading, head.hints)
    marks = mark_html(source, neutral_copy(text, template), head.body, len(text), template)
    if marks.title and not head.subject.segments:
        head = with_title(text, head, marks.title, [text[start:end] for start, end in marks.alts])
    segments = (*marks.segments, *template_segments(template))
    body = Body(segments, template, tuple(marks.blocks), wrapped=False, links=tuple(marks.links))
    draft = assemble(source, head, replace(body, preheader=marks.preheader, hidden=tuple(marks.hidden)))
    return draft.carried(partial(_escaped, body=head.body, tags=frozenset(tag.source for tag in template.every)))


def mark_html(source: Source, copy: str, start: int, end: int, template: Template | None = None) -> Marks:
    """What is not plain words in a file from `start` to `end`; `copy` is its neutral twin.

    Raises InputError where elements are nested too deeply.
    """
    bogus = [Gap(*found.span(), 0) for found in unknown_comments(copy, start, end)]
    copy = parsable(copy[:end], start, bogus)
    refuse_depth(source, copy, start)
    walk = Walk(source.text, copy, start, template)
    walk.run()
    gaps = [*walk.gaps, *bogus, *(_template_gaps(template) if template else ())]
    walk.marks.segments += fold(source.text, start, end, gaps)
    return walk.marks


def _template_gaps(template: Template) -> list[Gap]:
    """What templating found, as gaps."""
    parts = [Gap(start, end, 0) for start, end in template.unread]
    for tag in template.tags:
        parts.append(Gap(tag.start, tag.end, READ if tag.filler else 2 * tag.name.startswith(_PARTING)))
    return parts


def _escaped(words: str, start: int, end: int, body: int, tags: Set[str]) -> str:
    """Words as they stand in HTML, merge tags as they are; above the `body` is none."""
    if start < body:
        return words
    parts = re.split(f"({'|'.join(map(re.escape, sorted(tags, key=len, reverse=True)))})", words) if tags else [words]
    return "".join(part if part in tags else html.escape(part, quote=False) for part in parts)
