"""What every reader's tests use: reading from a string, and the conformance checks that any reader must pass."""

import time
from collections.abc import Callable, Iterator

import pytest

from pushlint.draft import Draft
from pushlint.readers import read


def read_exactly(text: str, name: str = "draft.txt") -> Draft:
    """The one draft of a file, after checking that its places are exact."""
    (draft,) = read(name, text.encode("utf-8"))
    assert_conforms(draft)
    return draft


def assert_conforms(draft: Draft, embedded: bool = False) -> None:
    """Segments cover the source; literal ones say the same; zones cover the text; blocks stay in zones.

    `embedded`: several characters may come from one place in the file, and the subject may stand after the body.
    """
    source, at = draft.source.text, 0
    assert embedded or draft.map.segments == draft.map.by_source
    for segment in draft.map.by_source:
        if embedded:
            assert segment.start <= at and segment.start <= segment.end, segment
        else:
            assert segment.start == at < segment.end, segment
        at = max(at, segment.end)
        if segment.kind == "literal":
            assert source[segment.start : segment.end] == segment.text
        if segment.kind == "markup":
            assert segment.text == ""
    assert at == len(source)
    for offset, character in enumerate(draft.text):
        start, end = draft.map.span(offset, offset + 1)
        assert start < end
        if draft.map.kinds(start, end) == {"literal"}:
            assert source[start:end] == character
    assert "".join(draft.text[zone.start : zone.end] for zone in draft.zones) == draft.text
    assert all(a.end == b.start for a, b in zip(draft.zones, draft.zones[1:], strict=False))
    for before, after in zip(draft.blocks, draft.blocks[1:], strict=False):
        assert before.end <= after.start
    for block in draft.blocks:
        words = draft.text[block.start : block.end]
        assert words and words == words.strip()
        assert any(zone.start <= block.start and block.end <= zone.end for zone in draft.zones)
    for tag in draft.tags:
        assert tag.start <= tag.end
        if tag.start < tag.end:
            assert embedded or draft.source_text(tag.start, tag.end) == tag.source or "subject" in draft.meta


@pytest.fixture(scope="session")
def read_text() -> Callable[..., Draft]:
    """Reads a string as the file `name` would be read."""
    return read_exactly


@pytest.fixture(scope="session")
def zones() -> Callable[[Draft], list[tuple[str, str]]]:
    """The zones of a draft: kind and trimmed text."""
    return lambda draft: [(zone.kind, draft.text[zone.start : zone.end].strip()) for zone in draft.zones]


@pytest.fixture(scope="session")
def blocks() -> Callable[[Draft], list[tuple[str, str]]]:
    """The blocks of a draft: kind and text."""
    return lambda draft: [(block.kind, draft.text[block.start : block.end]) for block in draft.blocks]


@pytest.fixture(scope="session")
def conforms() -> Callable[..., None]:
    """Checks that a draft's places are exact."""
    return assert_conforms


@pytest.fixture
def soon() -> Iterator[None]:
    """Fails a test that takes more than ten seconds of the processor."""
    start = time.process_time()
    yield
    assert time.process_time() - start < 10
