"""Loads all that a run may need, so that children of the helper find it in their memory."""

import gc
from collections.abc import Iterable
from contextlib import suppress
from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING

from pushlint.errors import InputError

if TYPE_CHECKING:  # it is imported once we listen
    from pushlint.linter import Linter

SAMPLE = """---
subject: Just checking in about {{company}}
stage: follow-up
---
Hi {{first_name|there}},

I'd love to close this deal before Friday, because that is when our quarter closes. Plans start at $99 a month, and
you could save 20%. Did you get a chance to look at my proposal?

We read how shops like yours plan their deliveries, and wrote down three checks that most of them begin with. The first
takes ten minutes, and needs nothing but a list. Would it help if I sent them over, or is this not the right time?

- [The checks](https://example.com/checks), free to use
- What other teams found when they asked

Best,
Ann

P.S. Only two places are left.
"""


def load() -> "Linter":
    """Imports all of pushlint, and makes a linter of its own rules."""
    import pushlint

    gc.disable()
    for module in walk_packages(pushlint.__path__, "pushlint."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    from pushlint.books import keep_ready
    from pushlint.language import load_pipeline
    from pushlint.language.inflect import known_verbs
    from pushlint.language.readability import measures
    from pushlint.language.words import compiler
    from pushlint.linter import Linter
    from pushlint.rulebook import load_rules

    measures()
    known_verbs()
    linter = Linter(load_rules(plugins=False))
    compiler(load_pipeline()).prepare()
    keep_ready(linter)
    lint(linter, [SAMPLE])
    hold_still()
    gc.enable()
    return linter


def hold_still() -> None:
    """Leaves what is loaded out of all garbage collection, so that children need not copy it for that."""
    gc.collect()
    gc.freeze()


def lint(linter: "Linter", texts: Iterable[str]) -> None:
    """Lints drafts for nothing but that what is made when it is first needed is there, in memory of this process."""
    from pushlint.readers import read

    for text in texts:
        with suppress(InputError):
            list(linter.lint(read("sample.md", text.encode())))


def examples(linter: "Linter") -> list[str]:
    """A draft that each of its rules speaks of."""
    bad = (next((example.bad for example in rule.examples if example.bad), None) for rule in linter.rules)
    return [text for text in bad if text]
