"""A rule as a page of Markdown, for the terminal and for the documentation."""

import textwrap
from collections.abc import Iterator

from msgspec import UNSET

from pushlint.reports.text import NOUNS
from pushlint.rulebook import Rule
from pushlint.rulebook.schema import Earlier, Example, Reference, Rewrite, Scope, many

BASIS = {
    "policy": "law, or a mailbox provider's rules",
    "evidence": "experiments or meta-analyses",
    "style": "judgement of people who write and read such mail",
}
NAMES: dict[Scope, str] = {"match": "words found", "clause": "clause", "sentence": "sentence"}
SAID = ("day", "subject", "stage", "profile", "footer", "offer_ends", "format")
WIDTH = 100


def page(rule: Rule) -> str:
    """What the rule finds, why, on what basis, its references, examples and rewrites."""
    return "\n".join(_lines(rule))


def _lines(rule: Rule) -> Iterator[str]:
    yield f"# {rule.code} {rule.name}"
    yield f"\n{rule.summary}. Level: {levels(rule)}. Basis: {rule.basis} ({BASIS[rule.basis]})."
    yield "\n## Why\n"
    yield from (textwrap.fill(paragraph, WIDTH) for paragraph in rule.why.strip().split("\n\n"))
    if rule.references:
        yield "\n## References\n"
        yield from (_item(_reference(reference)) for reference in rule.references)
    for title, kind in (("Found", "bad"), ("Left alone", "good"), ("Known gaps", "gap")):
        examples = [example for example in rule.examples if getattr(example, kind) is not None]
        if examples:
            yield f"\n## {title}\n"
            yield from (_item(_example(example, kind)) for example in examples)
    rewrites = list(dict.fromkeys(_rewrite(r) for r in [*(r for f in rule.finders for r in f.rewrite), *rule.rewrite]))
    if rewrites:
        yield "\n## Rewrites\n"
        yield from (_item(rewrite) for rewrite in rewrites)


def levels(rule: Rule) -> str:
    """The levels that its findings have, the gravest first: "warning or note"."""
    used = {finder.level or rule.level for finder in rule.finders}
    return " or ".join(noun for level, noun in NOUNS.items() if level in used)


def _item(text: str) -> str:
    return "\n".join(
        textwrap.fill(line, WIDTH, initial_indent="  " if number else "- ", subsequent_indent="  ")
        for number, line in enumerate(text.splitlines())
    )


def _reference(reference: Reference) -> str:
    return ": ".join(part for part in (reference.title, reference.note, reference.url) if part)


def _example(example: Example, kind: str) -> str:
    lines = [_with_keys(getattr(example, kind), example)]
    if example.steps:
        earlier = (Earlier(text=step) if isinstance(step, str) else step for step in example.steps)
        lines = [f"step {n}: {_with_keys(step.text, step)}" for n, step in enumerate(earlier, 1)] + [
            f"step {len(example.steps) + 1}: {lines[0]}"
        ]
    if example.fixed:
        lines.append(f"becomes: {example.fixed.strip()}")
    if example.adds:
        lines.append(f"says: {example.adds}")
    if example.note:
        lines.append(f"note: {example.note}")
    return "\n".join(lines)


def _with_keys(text: str, said: Example | Earlier) -> str:
    keys = ((key, getattr(said, key, None)) for key in SAID)
    about = ", ".join(
        f"{key}: {value:g}" if key == "day" else f"{key}: {value}"
        for key, value in keys
        if value not in (None, "", "plain")
    )
    return text.strip() + (f"  ({about})" if about else "")


def _rewrite(rewrite: Rewrite) -> str:
    if rewrite.cut:
        return f"{rewrite.help or 'leave it out'} (cuts the {NAMES[rewrite.cut]})"
    if rewrite.drop:
        return rewrite.help or "leave it out"
    if rewrite.calm:
        return f"{rewrite.help or 'say it calmly'} (lowers the {NAMES[rewrite.calm]})"
    if rewrite.split:
        return f"{rewrite.help or 'make it two sentences'} (splits the sentence at its joining word)"
    if rewrite.move is not UNSET:
        return f"{rewrite.help or 'move it down'} (behind the next sentence that {' or '.join(many(rewrite.move))})"
    if rewrite.keep:
        return "keep one ask and leave the other for a later e-mail (cuts the other, where it stands alone)"
    if rewrite.tag:
        return f"{rewrite.help or 'write the tag so'} (rewrites the merge tag)"
    if rewrite.add:
        return f"add a line: {rewrite.add}"
    if rewrite.advise:
        return rewrite.advise
    scope = next(scope for scope in NAMES if getattr(rewrite, scope))
    return f"{rewrite.help or 'say instead'}: {getattr(rewrite, scope)} (for the {NAMES[scope]})"
