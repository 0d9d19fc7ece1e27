"""Text as XML 1.0 can hold it."""

import re
from xml.sax.saxutils import escape, quoteattr

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")


def text(words: str) -> str:
    """The words as character data, with a mark for each character that XML has no place for."""
    return escape(_NOT_IN_XML.sub("�", words)).replace("\r", "&#13;")


def tag(name: str, /, **attributes: object) -> str:
    """What stands between the angle brackets of a start tag."""
    return " ".join([name, *(f"{key}={quoteattr(_clean(value))}" for key, value in attributes.items())])


def _clean(value: object) -> str:
    return _NOT_IN_XML.sub("�", str(value))
