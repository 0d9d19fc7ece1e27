"""Takes the volume out of words."""

import regex

_MARKS = regex.compile(r"[!?‼❗]{2,}|!(?:\s*!)+")
_PICTURES = regex.compile(r"(\p{Extended_Pictographic}\ufe0f?)(?:\s*\p{Extended_Pictographic}\ufe0f?)+")


def calm(text: str) -> str:
    """Capitals lowered (but "I"), one mark for several, one emoji for a string of them."""
    text = _MARKS.sub(lambda found: "?" if "?" in found[0] else "!", text)
    text = _PICTURES.sub(r"\1", text)
    return regex.sub(r"\p{Lu}{2,}", lambda found: found[0].lower(), text)
