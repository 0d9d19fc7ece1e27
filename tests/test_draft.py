"""What is looked up in a draft by place is what going through it all would find."""

from itertools import accumulate, pairwise

from hypothesis import given
from hypothesis import strategies as st

from pushlint.draft import Block, Draft, Segment, Source, SourceMap, Tag

STEPS = st.lists(st.integers(0, 3), min_size=2, max_size=12).map(lambda steps: list(accumulate(steps)))
PLACES = st.tuples(st.integers(0, 20), st.integers(0, 20)).map(sorted)


def draft(ends: list[int]) -> Draft:
    """Tags, blocks and segments side by side; some are empty."""
    spans = list(pairwise(ends))
    segments = [Segment("x" * (end - start), start, end, "literal") for start, end in spans]
    return Draft(
        Source("a.txt", "x" * ends[-1]),
        SourceMap(segments),
        tags=tuple(Tag("{{a}}", "a", "text", start, end) for start, end in spans[::2]),
        blocks=tuple(Block("paragraph", start, end) for start, end in spans if start < end),
    )


@given(STEPS, PLACES)
def test_places(ends: list[int], place: list[int]) -> None:
    one, (start, end) = draft(ends), place
    assert list(one.tags_in(start, end)) == [tag for tag in one.tags if tag.start < end and start < tag.end]
    assert one.has_tag_at(start) == any(tag.start == start for tag in one.tags)
    assert one.block_start(start) == max((block.start for block in one.blocks if block.start <= start), default=0)
    segments = [s for s in one.map.by_source if s.start >= start and s.end <= end]
    assert list(one.map.within(start, end)) == segments
