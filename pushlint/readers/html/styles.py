"""What hides text: the styles of an element, from its attributes and the style sheets of the file.

Only what hides is looked at, and only selectors of one element (`.preheader`, `td.note`, `#top`). Whatever a longer
selector or a media query says may or may not hold, and is a doubt: a doubtful colour hides nothing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_BRACE = re.compile(r"[{}]")
_DECLARATION = re.compile(r"(?:^|(?<=;))\s*([a-zA-Z-]+)\s*:\s*([^;]*)")
_SIMPLE = re.compile(r"[A-Za-z][\w-]*(?:[.#][\w-]+)*|(?:[.#][\w-]+)+")
_SELECTOR_PART = re.compile(r"[.#]?[A-Za-z_][\w-]*")
_LENGTH = re.compile(r"(-?\d*\.?\d+)\s*(px|pt|em|rem|ex|%|vw|vh)?\s*\Z")
_FONT_SIZE = re.compile(r"(?:^|\s)(\d*\.?\d+(?:px|pt|em|rem|%)?)\s*(?=/|\s)")
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})(?![0-9a-f])")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})(?:[\s,/]+([\d.]+%?))?\s*\)")
_NAMES = {
    "white": "ffffff", "black": "000000", "red": "ff0000", "blue": "0000ff", "green": "008000", "yellow": "ffff00",
    "gray": "808080", "grey": "808080", "silver": "c0c0c0", "navy": "000080", "orange": "ffa500", "purple": "800080",
}  # fmt: skip
_NAME = re.compile(rf"(?<![\w#-])(?:{'|'.join(_NAMES)}|transparent)(?![\w-])")
_TINY = 2  # px or pt: smaller letters cannot be seen
_FAR = -999
_CLEAR = "transparent"
_HIDES = {
    "display", "visibility", "opacity", "max-height", "height", "max-width", "width", "overflow", "font-size", "font",
    "color", "background", "background-color", "background-image", "text-indent", "position", "left", "top",
}  # fmt: skip
# Attributes that style an element, and the property that each is.
_AS_STYLE = {
    "bgcolor": "background-color", "background": "background-image", "background-url": "background-image",
    "background-color": "background-color", "container-background-color": "background-color", "color": "color",
    "font-size": "font-size",
}  # fmt: skip

Declarations = dict[str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks within an element. `gone`: none of it is seen, whatever its children say. `revealed`: a media
    query may show it. `kept`: it is read in any case. A colour that is not known is None."""

    gone: bool = False
    revealed: bool = False
    kept: bool = False
    tiny: bool = False
    invisible: bool = False
    outdented: bool = False
    color: str | None = "000000"
    background: str | None = "ffffff"

    @property
    def is_seen(self) -> bool:
        """Whether a person sees the text."""
        if self.kept:
            return True
        faint = self.color is not None and self.color in (self.background, _CLEAR)
        return not (self.gone or self.tiny or self.invisible or self.outdented or faint)

    @property
    def shows_pictures(self) -> bool:
        """Whether a person sees the pictures, whose texts have no size or colour to speak of."""
        return self.kept or not (self.gone or self.invisible)


UNKNOWN = Look(background=None)
"""How text looks on a page whose colours are not known."""


@dataclass(frozen=True, slots=True)
class _Rule:
    parts: frozenset[str]
    declarations: Declarations


@dataclass(slots=True)
class Sheet:
    """The rules of one element, by one part of their selector; which properties others may give to such a part; and
    all parts that are spoken of."""

    rules: dict[str, list[_Rule]] = field(default_factory=dict)
    doubts: dict[str, set[str]] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)

    def read(self, css: str) -> None:
        """Adds the rules of a style sheet that hide or show text."""
        for selectors, body, is_sure in _rules(_COMMENT.sub("", css)):
            self.known.update(_SELECTOR_PART.findall(selectors))
            declarations = {name: value for name, value in declared_in(body).items() if name in _HIDES}
            for selector in selectors.split(",") if declarations else ():
                self._add(selector.strip(), declarations, is_sure)

    def give(self, part: str, attributes: Mapping[str, str]) -> None:
        """Adds what attributes say of all elements of a kind or class."""
        self.known.add(part)
        if declarations := _as_style(attributes):
            self.rules.setdefault(part, []).append(_Rule(frozenset({part}), declarations))

    def _add(self, selector: str, declarations: Declarations, is_sure: bool) -> None:
        parts = frozenset(_part(part) for part in _SELECTOR_PART.findall(selector))
        if is_sure and _SIMPLE.fullmatch(selector):
            key = min(parts, key=lambda part: (part[0].isalpha(), part))
            self.rules.setdefault(key, []).append(_Rule(parts, declarations))
            return
        named = [part for part in parts if not part[0].isalpha()] or list(parts)
        shown = {name for name, value in declarations.items() if not _is_hiding(name, value)}
        for part in named:
            self.doubts.setdefault(part, set()).update(shown)

    def declared(self, parts: frozenset[str]) -> Declarations:
        """What the rules say of an element with these parts: its name, its `.classes` and its `#id`."""
        rules = [rule for part in parts for rule in self.rules.get(part, ()) if rule.parts <= parts]
        said: Declarations = {}
        for rule in sorted(rules, key=lambda rule: len(rule.parts)):
            said.update(rule.declarations)
        return said

    def doubted(self, parts: frozenset[str]) -> set[str]:
        """The properties that another rule may give to the element, and not so as to hide it."""
        return set().union(*(self.doubts.get(part, ()) for part in parts))


def _part(part: str) -> str:
    return part.lower() if part[0].isalpha() else part


def _rules(css: str) -> Iterator[tuple[str, str, bool]]:
    """Each rule's selectors and declarations, and whether it holds on any screen."""
    preludes: list[str] = []
    at = 0
    for brace in _BRACE.finditer(css):
        between = css[at : brace.start()]
        at = brace.end()
        if brace[0] == "{":
            preludes.append(between.rpartition(";")[2].strip())
        elif preludes:
            selectors = preludes.pop()
            if not selectors.startswith("@"):
                yield selectors, between, not preludes


def declared_in(style: str) -> Declarations:
    """The declarations of a `style` attribute or of a rule."""
    found = _DECLARATION.findall(style)
    return {name.lower(): value.lower().replace("!important", "").strip() for name, value in found}


def look_within(around: Look, name: str, attributes: Mapping[str, str], sheet: Sheet) -> Look:
    """How text looks within an element of this name and these attributes, that stands within `around`."""
    if around.kept or around.gone:
        return around
    parts = frozenset(_parts(name, attributes))
    both = [_as_style(attributes), sheet.declared(parts)]  # an attribute is weaker than a style sheet, but in MJML
    said: Declarations = {}
    for declarations in reversed(both) if name.startswith("mj-") else both:
        said.update(declarations)
    said.update(declared_in(attributes.get("style", "")))
    if "hidden" in attributes:
        said.setdefault("display", "none")
    if name != "a" and not said and not sheet.doubts and "class" not in attributes:  # a link has a colour of its own
        return around
    doubts = sheet.doubted(parts)
    # A class that the file says nothing of may be given a colour elsewhere.
    is_known = sheet.known.issuperset(part for part in parts if part.startswith("."))
    return replace(
        around,
        gone=_is_gone(said),
        revealed=around.revealed or any(_is_hiding(name, value) and name in doubts for name, value in said.items()),
        tiny=_is_tiny(said, around.tiny),
        invisible=said.get("visibility", "hidden" if around.invisible else "") in ("hidden", "collapse"),
        outdented=_is_far(said["text-indent"]) if "text-indent" in said else around.outdented,
        color=None if "color" in doubts or (name == "a" and "color" not in said) else _color(said, around.color),
        background=None
        if doubts & {"background", "background-color"}
        else _background(said, around.background if is_known or not around.is_seen else None),
    )


def _as_style(attributes: Mapping[str, str]) -> Declarations:
    return {_AS_STYLE[key]: value.lower().strip() for key, value in attributes.items() if key in _AS_STYLE}


def _parts(name: str, attributes: Mapping[str, str]) -> Iterator[str]:
    yield name
    if name.startswith("mj-"):
        yield "mj-all"
    for key in ("class", "css-class", "mj-class"):
        yield from (f".{word}" for word in attributes.get(key, "").split())
    if "id" in attributes:
        yield f"#{attributes['id'].strip()}"


def _is_hiding(name: str, value: str) -> bool:
    """Whether a declaration alone can hide."""
    if name in ("display", "visibility"):
        return value in ("none", "hidden", "collapse")
    return name in ("opacity", "max-height", "height", "font-size") and _is_nothing(value)


def _is_gone(said: Declarations) -> bool:
    if said.get("display") == "none" or _is_nothing(said.get("opacity", "")):
        return True
    if said.get("overflow") == "hidden":
        return any(_is_nothing(said.get(side, "")) for side in ("max-height", "height", "max-width", "width"))
    away = said.get("position") in ("absolute", "fixed")
    return away and any(_is_far(said.get(side, "")) for side in ("left", "top"))


def _is_nothing(value: str) -> bool:
    length = _LENGTH.match(value)
    return length is not None and float(length[1]) == 0


def _is_far(value: str) -> bool:
    length = _LENGTH.match(value)
    return length is not None and float(length[1]) * (16 if length[2] in ("em", "rem") else 1) <= _FAR


def _is_tiny(said: Declarations, around: bool) -> bool:
    sizes = [*_FONT_SIZE.findall(said.get("font", "")), *([said["font-size"]] if "font-size" in said else ())]
    length = _LENGTH.match(sizes[-1]) if sizes else None
    if length is None:
        return around and not ("font-size" in said and said["font-size"] != "inherit")
    if length[2] in ("em", "rem", "%", "ex"):
        return float(length[1]) == 0 or (around and length[2] != "rem")
    return float(length[1]) < _TINY


def _color(said: Declarations, around: str | None) -> str | None:
    value = said.get("color", "inherit")
    return around if value == "inherit" else color_of(value)


def _background(said: Declarations, around: str | None) -> str | None:
    painted = [said[key] for key in ("background-image", "background", "background-color") if said.get(key)]
    if any("url" in value or "gradient" in value for value in painted) or "none" not in said.get(
        "background-image", "none"
    ):
        return None
    for value in reversed(painted):
        if value in ("none", "inherit", "initial", "unset", "0", "0 0"):
            continue
        color = color_of(value)
        return around if color == _CLEAR else color
    return around


def color_of(value: str) -> str | None:
    """The colour in a value as six hexadecimal digits, or "transparent"; None for one that is not known."""
    if found := _HEX.search(value):
        digits = found[1]
        return digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    if rgb := _RGB.search(value):
        if rgb[4] and _is_nothing(rgb[4]):
            return _CLEAR
        return "".join(f"{int(part):02x}" for part in rgb.group(1, 2, 3))
    name = _NAME.search(value)
    return _NAMES.get(name[0], _CLEAR) if name else None
