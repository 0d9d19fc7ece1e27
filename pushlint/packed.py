"""What was found in a file as plain data in a few bytes: to be kept between runs, and handed between processes."""

from collections.abc import Mapping
from typing import Any, cast

import msgspec
from msgspec import Raw, Struct

from pushlint.diagnostic import Diagnostic
from pushlint.draft import Draft, Segment, Source, SourceMap, Step, Zone
from pushlint.result import FileResult, Suppressed


class _Draft(Struct, array_like=True):
    """What reports show of a draft."""

    found: tuple[Diagnostic, ...]
    repeats: bool
    stage: str | None
    step: Step | None
    owner: str | None
    zones: tuple[Zone, ...]
    segments: Raw


class _Found(Struct, array_like=True):
    """What reports show of a file."""

    passed_over: str | None
    format: str | None
    text: str
    bom: bool
    charset: str
    drafts: tuple[_Draft, ...]
    suppressed: tuple[tuple[Diagnostic, str], ...]


Packed = bytes | FileResult
"""What was found in a file, as it is where that cannot be packed."""


def pack(result: FileResult) -> bytes:
    """What was found in a file that could be used. Raises UnicodeEncodeError where its name is no text."""
    return msgspec.msgpack.encode(_closed(result))


def unpack(data: bytes | Raw, path: str) -> FileResult:
    """What was found in the file at a path, in drafts that have what reports show, and no more: no tags, blocks or
    links."""
    found = msgspec.msgpack.decode(data, type=_Found)
    source = Source(path, found.text, found.bom, found.charset)
    return FileResult(
        path,
        tuple((_opened(draft, source), draft.found) for draft in found.drafts),
        passed_over=found.passed_over,
        format=found.format,
        suppressed=tuple(Suppressed(*pair) for pair in found.suppressed),
    )


def packed(result: FileResult) -> Packed:
    """A result, in as few bytes as can be."""
    if result.error:
        return result
    try:
        return pack(result)
    except UnicodeEncodeError:
        return result


def unpacked(data: Packed, path: str) -> FileResult:
    """What was `packed`."""
    return data if isinstance(data, FileResult) else unpack(data, path)


def _closed(result: FileResult) -> _Found:
    """What was found in a file as plain data."""
    source = result.source if result.drafts else Source(result.path, "")
    drafts = tuple(
        _Draft(
            found,
            draft.repeats,
            draft.stage,
            draft.step,
            str(owner) if (owner := draft.meta.get("owner")) else None,
            draft.zones,
            Raw(msgspec.msgpack.encode([(s.text, s.start, s.end, s.kind) for s in draft.map.segments])),
        )
        for draft, found in result.drafts
    )
    suppressed = tuple((one.diagnostic, one.reason) for one in result.suppressed)
    return _Found(result.passed_over, result.format, source.text, source.bom, source.charset, drafts, suppressed)


def _opened(draft: _Draft, source: Source) -> Draft:
    meta: Mapping[str, object] = {"owner": draft.owner} if draft.owner else {}
    return Draft(
        source, _Map(draft.segments), draft.zones, stage=draft.stage, meta=meta, step=draft.step, repeats=draft.repeats
    )


class _Map(SourceMap):
    """A map that is made when something is asked of it: most reports ask nothing."""

    def __init__(self, packed: Raw) -> None:
        self._packed = packed

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or "segments" in self.__dict__:
            raise AttributeError(name)
        segments = msgspec.msgpack.decode(self._packed, type=list[tuple[Any, ...]])
        super().__init__([Segment(*cast("tuple[str, int, int, Any]", segment)) for segment in segments])
        return getattr(self, name)
