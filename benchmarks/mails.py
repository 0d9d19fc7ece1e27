"""Drafts made up for benchmarks, no two alike: sentences of the rules' examples, with names, figures and links."""

import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pushlint.rulebook import load_rules

PUSHY = 0.15  # of the sentences: those of examples that are found fault with
_MARK = re.compile(r"(?<!\[)\[(?!\[)|(?<!\])\](?!\])")
_SYLLABLES = [first + vowel for first in "bdfghklmnprstvz" for vowel in "aeiou"]


@cache
def _sentences() -> tuple[list[str], list[str]]:
    """Lines of a few words from the rules' examples: of good ones, and of bad ones without the marks."""
    examples = [example for rule in load_rules(plugins=False) for example in rule.examples if example.format == "plain"]
    good = [line for example in examples for line in (example.good or "").splitlines() if _is_sentence(line)]
    bad = [_MARK.sub("", line) for example in examples for line in (example.bad or "").splitlines()]
    return good, [line for line in bad if _is_sentence(line)]


def _is_sentence(line: str) -> bool:
    return 4 <= len(line.split()) <= 40 and "pushlint:" not in line and line[-1] in ".?!"


def body(words: int, chosen: random.Random, pushy: float = PUSHY) -> Iterator[str]:
    """Paragraphs of so many words in all, or a few more, that name people, companies and figures of their own."""
    while words > 0:
        paragraph = []
        for _ in range(chosen.randint(1, 4)):
            if words > 0:
                paragraph.append(_sentence(chosen, pushy))
                words -= len(paragraph[-1].split())
        yield " ".join(paragraph)


def _sentence(chosen: random.Random, pushy: float) -> str:
    good, bad = _sentences()
    own = [
        f"{_name(chosen)} at {_name(chosen)} told me that {chosen.randint(2, 99_999):,} of your parcels came back.",
        f"What we wrote down is at https://{_name(chosen).lower()}.example/{chosen.randint(1, 999_999)} for you.",
    ]
    return chosen.choice(chosen.choices([good, bad, own], weights=[0.9 - pushy, pushy, 0.1])[0])


def _name(chosen: random.Random) -> str:
    return "".join(chosen.choices(_SYLLABLES, k=4)).capitalize()


def draft(number: int, words: int) -> str:
    """A draft of so many words, or a few more; the same for the same number."""
    chosen = random.Random(number)
    head = f"---\nsubject: Parcels of week {number}\nstage: first-touch\n---\nHi {_name(chosen)},"
    return "\n\n".join((head, *body(words - 13, chosen), "Best,\nAnn\n"))


def write(folder: Path, count: int, words: int, in_a_folder: int) -> int:
    """Writes drafts of so many words, so many in a folder; how many words there are in all."""
    written = 0
    for number in range(count):
        place = folder / f"campaign-{number // in_a_folder:04}"
        if number % in_a_folder == 0:
            place.mkdir(parents=True)
        text = draft(number, words)
        (place / f"{number:06}.md").write_text(text, encoding="utf-8")
        written += len(text.split())
    return written
