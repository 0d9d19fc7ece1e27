"""JSON: its values, with each character of its strings at its place, parsed by tree-sitter's grammar."""

import json
import re
from collections.abc import Iterator
from functools import cache

import tree_sitter_json
from tree_sitter import Language, Node, Parser

from pushlint.draft import Draft, Encode, Segment, Source, SourceMap
from pushlint.errors import InputError
from pushlint.readers.sequences import Value, drafts_in
from pushlint.templating import ascii_twin

_ESCAPES = re.compile(r"(?:\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\[^u])")
_DEEPEST = 100


@cache
def _parser() -> Parser:
    return Parser(Language(tree_sitter_json.language()))


def read_json(source: Source) -> list[Draft]:
    """The e-mails in a JSON file. Raises InputError when it is not JSON."""
    return drafts_in(parse_json(source), source, encoder(source))


def encoder(source: Source) -> Encode:
    """How words stand within a string of a JSON file: in ASCII where all of it is."""
    in_ascii = source.text.isascii()
    return lambda words, start, end: json.dumps(words, ensure_ascii=in_ascii)[1:-1]


def parse_json(source: Source, start: int = 0, end: int | None = None) -> Value:
    """The value that stands in the source from `start` to `end`."""
    text = source.text[start:end]
    root = _parser().parse(ascii_twin(text).encode("ascii")).root_node
    if root.has_error or root.named_child_count != 1:
        raise _error(source, start, text)
    return _value(root.named_children[0], source, start, _DEEPEST)


def _error(source: Source, start: int, text: str) -> InputError:
    """What the standard library's parser says is wrong."""
    try:
        json.loads(text)
        message, at = "not JSON", 0
    except json.JSONDecodeError as error:
        message, at = error.msg, error.pos
    except RecursionError:
        message, at = "nested too deeply", 0
    return InputError(
        f"broken JSON: {message}", source.path, *source.position(start + at), hint="mend it, or export it again"
    )


def _value(node: Node, source: Source, start: int, depth: int) -> Value:
    if not depth:
        raise InputError("nested too deeply", source.path, *source.position(start + node.start_byte))
    if node.type == "string":
        return SourceMap(list(_characters(source.text, start + node.start_byte + 1, start + node.end_byte - 1)))
    if node.type == "array":
        return [_value(child, source, start, depth - 1) for child in node.named_children if child.type != "comment"]
    if node.type == "object":
        pairs = [child for child in node.named_children if child.type == "pair"]
        return {_key(pair, source, start): _value(_field(pair, "value"), source, start, depth - 1) for pair in pairs}
    words = source.text[start + node.start_byte : start + node.end_byte]
    number: int | float | bool | None = json.loads(words)
    return number


def _key(pair: Node, source: Source, start: int) -> str:
    key = _field(pair, "key")
    return str(json.loads(source.text[start + key.start_byte : start + key.end_byte], strict=False))


def _field(pair: Node, name: str) -> Node:
    child = pair.child_by_field_name(name)
    assert child is not None  # the grammar has no pair without both
    return child


def _characters(text: str, start: int, end: int) -> Iterator[Segment]:
    """The segments of a string between its quotation marks."""
    at = start
    for escape in _ESCAPES.finditer(text, start, end):
        if at < escape.start():
            yield Segment(text[at : escape.start()], at, escape.start(), "literal")
        decoded: str = json.loads(f'"{escape[0]}"')
        yield Segment(decoded.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), *escape.span(), "entity")
        at = escape.end()
    if at < end:
        yield Segment(text[at:end], at, end, "literal")
