"""Plain text."""

from pushlint.draft import Draft, Source
from pushlint.readers.assembly import Body, Head, MarkedSource, assemble, line_end_segments, template_segments
from pushlint.templating import scan


def read_plain(source: Source, head: Head) -> Draft:
    """The draft of a plain-text file; lines that begin with `>` are a quoted thread."""
    text = source.text
    template = scan(" " * head.body + text[head.body :], head.reading, head.hints)
    segments = (*template_segments(template), *line_end_segments(text, head.body))
    buttons: list[MarkedSource] = [("button", start, end) for start, end in template.calls]
    return assemble(source, head, Body(segments, template, tuple(buttons), quotes=True))
