"""The 60 templates of docs/walkthrough.md, which a firm that lends soil sensors to growers wrote over the years."""

from itertools import product
from pathlib import Path

_CROPS = ("apples", "hops", "pears", "barley", "cherries")

_OPENERS = (
    "Your note on watering {crop} by the moon stayed with me.",
    "I hope this email finds you well!!!",
    "I saw that {{{{company}}}} planted new rows of {crop} this spring.",
    "My name is Ines, and I'm with Loamline.",
)
_LESSONS = (
    "On clay, the top ten centimetres dry out two days before the roots of {crop} feel it. A spade tells you as much "
    "as a sensor does.",
    "We keep a table of how deep the roots of {crop} drink in each month. It is attached, and needs no sensor of ours.",
    "We are the leading supplier of soil sensors. Our sensors start at $49 a month.",
)
_ASKS = (
    "How do you tell today when a row needs water?",
    "Do you have 30 minutes on Tuesday at 10 for a call? You can book it here: https://loamline.example/book",
    "If you sign by Friday, I can offer you 15% off.",
    "Would a copy of the table help you this season? If not, no reply is needed.",
)
_NUDGES = (
    "Just checking in on my last email.",
    "Growers near {{{{city}}}} wrote down what they changed after a dry May. Their two pages are attached.",
    "I haven't heard back from you, so I wanted to bump this to the top of your inbox.",
    "You asked how long a battery lasts: three seasons in our test field.",
    "This is my last email. If I don't hear back, I'll close your file.",
)
_NEWS = (
    "Three things about {crop} and frost this month. First, wet ground holds warmth: water two days before a clear "
    "night.",
    "Readers sent in 40 photographs of {crop} roots. We measured them, and the deepest went down 2 metres.",
    "Hurry, our spring sale on {crop} kits ends tonight! Only 5 kits left!",
)
_WAY_OUT = "You get this letter because you subscribed to it. Unsubscribe: {{{{unsubscribe}}}}"
_CLOSE = "Best,\nInes\n"


def build(folder: Path) -> None:
    """Writes the templates into a folder, which is made."""
    for number, (opener, lesson) in enumerate([*product(_OPENERS, _LESSONS), *product(_OPENERS[:3], _LESSONS)][:20]):
        crop = _CROPS[number % len(_CROPS)]
        words = [opener, f"{lesson} {_ASKS[number % len(_ASKS)]}"]
        _write(folder / "first-touch" / f"{crop}-{number + 1:02}.md", f"Watering {crop}", words, crop)
    for number in range(20):
        crop = _CROPS[number % len(_CROPS)]
        words = [_NUDGES[(number + number // 5) % len(_NUDGES)], _ASKS[number % len(_ASKS)]]
        _write(folder / "follow-up" / f"{crop}-{number + 1:02}.md", f"Re: Watering {crop}", words, crop)
    for number in range(20):
        crop = _CROPS[number % len(_CROPS)]
        words = [_NEWS[number % len(_NEWS)], _WAY_OUT]
        _write(folder / "letter" / f"{crop}-{number + 1:02}.md", f"The {crop} letter", words, crop)


def _write(path: Path, subject: str, words: list[str], crop: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    said = "\n\n".join(word.format(crop=crop) for word in words)
    path.write_text(f"Subject: {subject}\n\nHi {{{{first_name}}}},\n\n{said}\n\n{_CLOSE}", encoding="utf-8")
