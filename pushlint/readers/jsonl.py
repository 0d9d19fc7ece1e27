"""JSON Lines: one value a line."""

import re

from pushlint.draft import Draft, Source
from pushlint.readers.json import encoder, parse_json
from pushlint.readers.sequences import drafts_in

_LINE = re.compile(r"[^\r\n]*\S[^\r\n]*")


def read_jsonl(source: Source) -> list[Draft]:
    """The e-mails in the values of all lines. Raises InputError, with its number, for a line that is not JSON."""
    values = [parse_json(source, *line.span()) for line in _LINE.finditer(source.text)]
    return drafts_in(values, source, encoder(source))
