"""Bytes in, `Source` out: UTF-8 with or without a byte-order mark, and nothing else."""

import codecs

from pushlint.draft import Source
from pushlint.errors import InputError
from pushlint.formats import MAX_BYTES

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAVE_AS = "save it as UTF-8"


def decode(path: str, data: bytes, otherwise: str | None = None) -> Source:
    """The text of a file. Raises InputError when it is empty, too large, binary, or neither UTF-8 nor of the
    charset that it is decoded from `otherwise`."""
    if len(data) > MAX_BYTES:
        raise InputError(
            f"larger than {MAX_BYTES // 1_000_000} MB",
            path,
            hint="a draft is a page or two of text; link to pictures instead of putting them in",
        )
    if data.startswith(_UTF16):
        raise InputError("UTF-16 text", path, hint=_SAVE_AS)
    nul = data.find(b"\0")
    if nul >= 0:
        raise InputError(f"binary data (a NUL byte at offset {nul})", path, _line(data, nul), hint="is it a text file?")
    bom = data.startswith(codecs.BOM_UTF8)
    try:
        text = data[len(codecs.BOM_UTF8) if bom else 0 :].decode("utf-8")
    except UnicodeDecodeError as error:
        if otherwise:
            return Source(path, data.decode(otherwise), charset=otherwise)
        at = error.start + (len(codecs.BOM_UTF8) if bom else 0)
        raise InputError(
            f"not UTF-8: byte 0x{data[at]:02x} at offset {at} ({error.reason})", path, _line(data, at), hint=_SAVE_AS
        ) from None
    if not text.strip():
        raise InputError("empty file", path)
    return Source(path, text, bom)


def _line(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1
