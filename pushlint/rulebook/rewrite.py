"""Makes the fixes of a match from the rewrites of its rule, fitted to the words found.

A rewrite's text may hold: `{match}`, what the phrase captured (`{date}`, `{money}`, `{rest}` for `...`, a
vocabulary's name), `{verb:see}` (that verb in the form of the match's first verb), `{we}` (I or we, as the draft
has it; `{We}` likewise with a capital), `{name}`, `{company}`, and a default after a bar: `{company|your team}`.
A rewrite whose words are not to be had is passed over, and so is one that would lose a merge tag.
"""

import re
from collections.abc import Sequence

from spacy.tokens import Span

from pushlint.diagnostic import Applicability, Edit, Fix, Position
from pushlint.draft import Tag
from pushlint.phrases.index import is_word
from pushlint.rulebook.context import Context, Match
from pushlint.rulebook.cut import cut
from pushlint.rulebook.inflect import inflect_like
from pushlint.rulebook.schema import Rewrite, Scope

MOST = 3
_CLITICS = {"n't", "'ll", "'s", "'d", "'ve", "'re", "'m"}
_LONG = 24  # a longer tag, with its fallback, would drown the sentence it stands in
_SLOT = re.compile(r"\{([A-Za-z.-]+)(?::([^}|]+))?(?:\|([^}]*))?\}")


class _Missing(Exception):
    """The draft does not have what a rewrite asks for."""


def fixes(rewrites: Sequence[Rewrite], match: Match, context: Context) -> tuple[Fix, ...]:
    """Up to three fixes, best first, no two with the same result."""
    made = {fix.edits or fix.message: fix for rewrite in reversed(rewrites) if (fix := _fix(rewrite, match, context))}
    return tuple(reversed(made.values()))[:MOST]


def fill(text: str, match: Match, context: Context) -> str:
    """The text with its slots filled. Raises ValueError when a slot without default has nothing to hold."""
    try:
        return _SLOT.sub(lambda slot: _slot(slot, match, context), text)
    except _Missing as missing:
        raise ValueError(f"nothing for {{{missing}}}") from None


def _fix(rewrite: Rewrite, match: Match, context: Context) -> Fix | None:
    try:
        if rewrite.add is not None:
            return Fix("display", fill(rewrite.add, match, context))
        if rewrite.cut is not None:
            return _cut(rewrite, match, context)
        scope: Scope = "match" if rewrite.match else "clause" if rewrite.clause else "sentence"
        start, end = scope_span(scope, match, context)
        text = fill(rewrite.match or rewrite.clause or rewrite.sentence or "", match, context)
        end = _with_end_mark(text, end, match, context)
    except ValueError:
        return None
    if any(tag.source not in text for tag in _tags(start, end, context)):
        return None
    edit = _edit(start, end, _fit_capital(text, start, context), context)
    return Fix(_applicability(rewrite, edit, context), rewrite.help or "say instead", (edit,))


def _cut(rewrite: Rewrite, match: Match, context: Context) -> Fix | None:
    """A fix that takes the words out; a subject that would be left empty gets a line to fill in."""
    sentence = context.sentence(match)
    if sentence is None:
        return None
    tokens = {"match": (match.start, match.end), "sentence": (sentence.start, sentence.end)}
    clause = context.clause(match)
    start, end = tokens.get(rewrite.cut or "", (clause.start, clause.end) if clause else (match.start, match.end))
    taken = cut(start, end, sentence, context)
    if context.zone(match) == "subject" and taken.end - taken.start >= len(context.draft.subject or "") - 1:
        place = context.plain(sentence.start, sentence.end)
        about = fill("A question about {company|______}", match, context)
        return Fix("display", "say what the e-mail is about", (_edit(*place, about, context),))
    if any(tag.start < taken.start < tag.end or tag.start < taken.end < tag.end for tag in context.draft.tags):
        return None
    edit = _edit(taken.start, taken.end, taken.content, context)
    return Fix(_applicability(rewrite, edit, context), rewrite.help or "leave it out", (edit,))


def _with_end_mark(text: str, end: int, match: Match, context: Context) -> int:
    """The end of what is replaced, with the sentence's own end mark where the new words bring one.

    Raises ValueError when the sentence goes on after it.
    """
    sentence = context.sentence(match)
    if not text.endswith(("?", "!", ".")) or sentence is None:
        return end
    last = context.plain(sentence.start, sentence.end)[1]
    if any(c.isalnum() for c in context.draft.text[end:last]):
        raise ValueError("the sentence goes on")
    return last


def _tags(start: int, end: int, context: Context) -> list[Tag]:
    return [tag for tag in context.draft.tags if tag.start < end and start < tag.end]


def scope_span(scope: Scope, match: Match, context: Context) -> tuple[int, int]:
    """The plain span of the match, of its clause (without the punctuation around it) or of its sentence."""
    start, end = match.start, match.end
    sentence = context.sentence(match)
    if scope == "sentence" and sentence is not None:
        start, end = sentence.start, sentence.end
        if context.zone(match) != "subject":
            return context.plain(start, end)
    clause = context.clause(match)
    if scope == "clause" and clause is not None:
        start, end = min(start, clause.start), max(end, clause.end)
    while start and context.doc[start].lower_.replace("’", "'") in _CLITICS:
        start -= 1  # a finding starts with a whole word
    while end - start > 1 and not is_word(context.doc[end - 1]) and context.doc[end - 1].text not in ("%", ")"):
        end -= 1
    while end - start > 1 and (context.doc[start].is_punct or context.doc[start].dep_ == "cc"):
        start += 1
    return context.plain(start, end)


def _slot(slot: "re.Match[str]", match: Match, context: Context) -> str:
    name, argument, default = slot.groups()
    value = _value(name, argument, match, context)
    if value is None and default is None:
        raise _Missing(name)
    return default if value is None else value


def _value(name: str, argument: str | None, match: Match, context: Context) -> str | None:
    if name == "verb" and argument:
        return inflect_like(argument, context.doc[match.start : match.end])
    if name in ("we", "We"):
        return _sender_pronoun(context)
    if name == "match":
        return context.draft.source_text(*context.plain(match.start, match.end))
    if name in ("name", "company"):
        kind = "person" if name == "name" else "company"
        return next((tag.source for tag in context.draft.tags if tag.type == kind and len(tag.source) < _LONG), None)
    place = match.captures.get("..." if name == "rest" else name) or _entity(name, match, context)
    return context.draft.source_text(*context.plain(*place)) if place else None


_LABELS = {
    "date": ("DATE",),
    "time": ("TIME",),
    "when": ("DATE", "TIME"),
    "duration": ("DURATION",),
    "money": ("MONEY",),
}


def _entity(name: str, match: Match, context: Context) -> tuple[int, int] | None:
    """The first such entity in the sentence of the match; for `when`, a date and time that stand together."""
    sentence = context.sentence(match)
    found: list[Span] = [e for e in sentence.ents if e.label_ in _LABELS.get(name, ())] if sentence else []
    if not found:
        return None
    last = found[-1] if name == "when" and found[-1].start - found[0].end <= 2 else found[0]
    return found[0].start, last.end


def _sender_pronoun(context: Context) -> str:
    words = [token.norm_ for token in context.doc]
    return "we" if words.count("we") > words.count("i") else "I"


def _fit_capital(text: str, start: int, context: Context) -> str:
    """A capital where the words replaced had one, or stand at the start of a sentence that has one."""
    old = next((c for c in context.draft.text[start:] if c.isalpha()), "a")
    if text[:1].isalpha() and old.isupper() and not text.startswith(("I ", "I'")):
        return text[0].upper() + text[1:]
    return text


def _applicability(rewrite: Rewrite, edit: Edit, context: Context) -> Applicability:
    """As the rule says, but only for reading where the edit would touch a tag, markup or a decoded character."""
    touched = context.draft.map.kinds(edit.start, edit.end)
    return rewrite.applicability if touched <= {"literal", "space"} else "display"


def _edit(start: int, end: int, content: str, context: Context) -> Edit:
    first, last = context.draft.map.span(start, end)
    source = context.draft.source
    return Edit(first, last, content, Position(*source.position(first)), Position(*source.position(last)))
