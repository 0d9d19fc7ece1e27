"""Makes the fixes of a match from the rewrites of its rule.

A rewrite whose words are not to be had is passed over, and so is one that would lose a merge tag, break a pair of
marks or leave a torso.
"""

from collections.abc import Sequence

from spacy.tokens import Span

from pushlint.diagnostic import Fix
from pushlint.draft import Tag
from pushlint.phrases.index import first_word
from pushlint.rulebook.conditions import holds
from pushlint.rulebook.context import Context, Match
from pushlint.rulebook.rewriting.calm import calm
from pushlint.rulebook.rewriting.cut import Cut, aside, cut
from pushlint.rulebook.rewriting.edits import applicability, edit, edit_tag, fit_capital, take_out
from pushlint.rulebook.rewriting.scopes import scope_tokens
from pushlint.rulebook.rewriting.slots import fill
from pushlint.rulebook.rewriting.split import split
from pushlint.rulebook.rewriting.subjects import says_something, topic
from pushlint.rulebook.schema import Condition, Rewrite, Scope

MOST = 3
BLANK = "______"
_LAST = Rewrite(cut="sentence", applicability="display")
# Moves that a draft should not lose with a sentence that is cut.
_PRECIOUS = {"gives-value", "teaches", "offers-resource", "observes-reader", "asks-reader", "small-step"}
_TOPICAL = {"person", "company", "product", "text"}


def fixes(rewrites: Sequence[Rewrite], match: Match, context: Context) -> tuple[Fix, ...]:
    """Up to three fixes, best first, no two with the same result; if all else fails, leaving the sentence out."""
    made: dict[object, Fix] = {}
    for rewrite in rewrites:
        fix = _fix(rewrite, match, context)
        if fix is not None:
            made.setdefault(fix.edits or fix.message, fix)
    if rewrites and not made:
        words = context.doc[match.start : match.end].text
        made["last"] = _fix(_LAST, match, context) or Fix(
            "display", f'write the sentence without "{words}"', advice=True
        )
    return tuple(sorted(made.values(), key=lambda fix: _rank(fix, match, context)))[:MOST]


def _rank(fix: Fix, match: Match, context: Context) -> int:
    """What leaves something of the writer's comes first, then what takes it out, then what has to be filled in."""
    if any(BLANK in edit.content for edit in fix.edits):
        return 2
    sentence = context.sentence(match)
    if sentence is None or any(edit.content for edit in fix.edits):
        return 0
    first, last = context.draft.map.span(*context.plain(sentence.start, sentence.end))
    return int(any(edit.start <= first and last <= edit.end for edit in fix.edits))


def _fix(rewrite: Rewrite, match: Match, context: Context) -> Fix | None:
    sentence = context.sentence(match)
    if sentence is None or (isinstance(rewrite.when, Condition) and not holds(rewrite.when, match, context)):
        return None
    plain = context.plain(match.start, match.end)
    try:
        if rewrite.add is not None:
            return Fix("display", fill(rewrite.add, match, context))
        if rewrite.advise is not None:
            return Fix("display", fill(rewrite.advise, match, context), advice=True)
        if rewrite.tag is not None:
            return _retagged(rewrite.tag, rewrite, match, context)
        if rewrite.calm is not None:
            return _calm(rewrite, match, context) if not _tags(*plain, context) else None
        if rewrite.drop is not None:
            return _drop(rewrite, match, context)
        if rewrite.cut is not None:
            return _cut(rewrite, match, sentence, context)
        if rewrite.split is not None:
            return _split(rewrite, sentence, context)
        return _replace(rewrite, match, sentence, context)
    except ValueError:
        return None


def _retagged(text: str, rewrite: Rewrite, match: Match, context: Context) -> Fix | None:
    """A merge tag put right."""
    if match.tag is None:
        return None
    made = edit_tag(match.tag.place, fill(text, match, context), context)
    return Fix(rewrite.applicability, rewrite.help or "write the tag so", (made,))


def _replace(rewrite: Rewrite, match: Match, sentence: Span, context: Context) -> Fix | None:
    scope: Scope = "match" if rewrite.match else "clause" if rewrite.clause else "sentence"
    first, last = scope_tokens(scope, match, context)
    start, end = context.plain(first, last)
    text = fill(rewrite.match or rewrite.clause or rewrite.sentence or "", match, context)
    if context.zone(match) == "subject" and text.endswith("."):
        return None
    end = _with_end_mark(text, end, sentence, context)
    if scope == "sentence" and _leads_in(sentence):
        return None
    if any(tag.source not in text for tag in _tags(start, end, context)):
        return None
    made = edit(start, end, fit_capital(text, start, first <= first_word(sentence), context), context)
    return Fix(applicability(rewrite.applicability, made, context), rewrite.help or "say instead", (made,))


def _cut(rewrite: Rewrite, match: Match, sentence: Span, context: Context) -> Fix | None:
    if context.zone(match) == "subject":
        return _subject(rewrite, match, sentence, context)
    scope: Scope = "match" if rewrite.cut is None or aside(match.start, match.end, sentence) else rewrite.cut
    taken = cut(*scope_tokens(scope, match, context), sentence, context)
    partly = [tag for tag in context.draft.tags if tag.start < taken.start < tag.end or tag.start < taken.end < tag.end]
    if partly or (taken.whole and _leads_in(sentence)):
        return None
    made = (
        edit(taken.start, taken.end, taken.content, context)
        if taken.content
        else take_out(taken.start, taken.end, context)
    )
    wanted = applicability(rewrite.applicability, made, context)
    if taken.whole and _alone(sentence, context):
        wanted = "display"
    return Fix(wanted, rewrite.help or "leave it out", (made,))


def _drop(rewrite: Rewrite, match: Match, context: Context) -> Fix | None:
    """Exactly the words found, their punctuation and the space after them; the rest stays as it is."""
    start, end = context.plain(match.start, match.end)
    block = context.block(match)
    rest = context.draft.text[end : block.end] if block else ""
    if not any(map(str.isalnum, rest)) or _tags(start, end, context):
        return None
    made = edit(start, end + len(rest) - len(rest.lstrip()), "", context)
    return Fix(applicability(rewrite.applicability, made, context), rewrite.help or "leave it out", (made,))


def _calm(rewrite: Rewrite, match: Match, context: Context) -> Fix:
    """The same words without the volume: lower case, one mark, one emoji."""
    first, _ = scope_tokens(rewrite.calm or "match", match, context)
    start, end = context.plain(match.start, match.end)
    text = calm(context.draft.text[start:end])
    opens = first <= first_word(context.doc[first].sent)
    made = edit(start, end, text[:1].upper() + text[1:] if opens else text, context)
    return Fix(applicability(rewrite.applicability, made, context), rewrite.help or "say it calmly", (made,))


def _split(rewrite: Rewrite, sentence: Span, context: Context) -> Fix | None:
    """Two sentences of one."""
    place = split(sentence, context)
    if place is None:
        return None
    made = edit(*place, context)
    return Fix(applicability(rewrite.applicability, made, context), rewrite.help or "make it two sentences", (made,))


def _subject(rewrite: Rewrite, match: Match, sentence: Span, context: Context) -> Fix:
    """A subject keeps what it is about: what is left of it, its topic, or a line to fill in."""
    taken = cut(*scope_tokens("match", match, context), sentence, context)
    before, after = _rest_of_subject(taken, context)
    lost = [t for t in _tags(taken.start, taken.end, context) if t.type in _TOPICAL or t.end > taken.end]
    if says_something(before + after) and not lost:
        space = 0 if after.strip() else len(before) - len(before.rstrip())
        made = edit(taken.start - space, taken.end, taken.content, context)
        return Fix(applicability(rewrite.applicability, made, context), rewrite.help or "leave it out", (made,))
    first, last = context.plain(sentence.start, sentence.end)
    about = topic(sentence, match, context) or f"About {BLANK}"
    return Fix("display", "say what the e-mail is about", (edit(first, last, about, context),))


def _rest_of_subject(taken: Cut, context: Context) -> tuple[str, str]:
    """What stands in the subject before and after what is taken out."""
    zone = next(z for z in context.draft.zones if z.start <= taken.start < z.end)
    return context.draft.text[zone.start : taken.start], taken.content + context.draft.text[taken.end : zone.end]


def _alone(sentence: Span, context: Context) -> bool:
    """Whether the sentence alone does something that the draft should not lose."""
    return any(context.move_counts[move] == 1 for move in context.moves(sentence) & _PRECIOUS)


def _leads_in(sentence: Span) -> bool:
    """Whether the sentence announces what follows, a list for example, which would hang in the air without it."""
    return sentence.text.rstrip().endswith(":")


def _with_end_mark(text: str, end: int, sentence: Span, context: Context) -> int:
    """The end of what is replaced, with the sentence's own end mark where the new words bring one.

    Raises ValueError when the sentence goes on after it.
    """
    if not text.endswith(("?", "!", ".")):
        return end
    last = context.plain(sentence.start, sentence.end)[1]
    if any(c.isalnum() for c in context.draft.text[end:last]):
        raise ValueError("the sentence goes on")
    return last


def _tags(start: int, end: int, context: Context) -> list[Tag]:
    return [tag for tag in context.draft.tags if tag.start < end and start < tag.end]
