"""Makes the fixes of a match from the rewrites of its rule.

A rewrite whose words are not to be had is passed over, and so is one that would lose a merge tag, break a pair of
marks, leave a torso or take what is said nowhere else (`sound.py`). Where no edit is left there is advice.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from msgspec import UNSET
from spacy.tokens import Span, Token

from pushlint.diagnostic import Edit, Fix
from pushlint.draft import Segment, Tag
from pushlint.language.loud import is_loud
from pushlint.phrases.index import first_word
from pushlint.rulebook.conditions import holds
from pushlint.rulebook.context import Context, Match
from pushlint.rulebook.rewriting.calm import calm, is_name, loud_run, names, titled
from pushlint.rulebook.rewriting.cut import Cut, aside, cuts
from pushlint.rulebook.rewriting.edits import (
    POSTSCRIPT,
    applicability,
    edit,
    edit_tag,
    empties,
    fit_capital,
    loses_link,
    take_out,
)
from pushlint.rulebook.rewriting.hanging import is_loose, is_referent, needed
from pushlint.rulebook.rewriting.lines import BLANK, is_needed, line, may_be_needed
from pushlint.rulebook.rewriting.move import move
from pushlint.rulebook.rewriting.scopes import bare, cut_tokens, replaced_tokens, scope_tokens
from pushlint.rulebook.rewriting.slots import fill
from pushlint.rulebook.rewriting.sound import is_closed, loses, loses_move, loses_substance, stands
from pushlint.rulebook.rewriting.split import split
from pushlint.rulebook.rewriting.subjects import left_of_subject, subject_span
from pushlint.rulebook.rewriting.unstack import unstack
from pushlint.rulebook.schema import Condition, Rewrite, Scope, many

MOST = 3
_LABEL = Condition(place="label")
_POSTSCRIPT_ALONE = re.compile(r"\bP\.? ?S\.?\W*$")
_PARTS: tuple[Scope, ...] = ("clause", "sentence")
_BOUND = {"obj", "xcomp", "ccomp", "cop", "aux", "nsubj"}  # what cannot stay without its verb
_MANY = 12  # words that a cut of less than a sentence may take besides those found
_FEW = 3  # words that a safe cut may take along: "and", a name
_GREETED = re.compile(r"(?:^|\n)(?:(?:Hi|Hey|Hello|Dear) )?\S+( [—–-]+ )$")  # "Sam — last note from me"


def fixes(rewrites: Sequence[Rewrite], match: Match, context: Context) -> tuple[Fix, ...]:
    """Up to three fixes, best first, no two with the same result; lines and advice only where there is no edit."""
    edits: dict[tuple[Edit, ...], Fix] = {}
    said: dict[str, Fix] = {}
    for rewrite in rewrites:
        if edits and (rewrite.add is not None or rewrite.advise is not None):
            continue
        lines = [other for other in said.values() if not other.advice]
        if rewrite.add is not None and not may_be_needed(rewrite, lines):
            continue
        fix = _fix(rewrite, match, context)
        if fix is None:
            continue
        if fix.edits:
            edits.setdefault(fix.edits, fix)
        elif rewrite.add is None or is_needed(fix, lines):
            said.setdefault(fix.message, fix)
    if edits:
        return tuple(sorted(edits.values(), key=lambda fix: _rank(fix, match, context)))[:MOST]
    if rewrites and not said:
        words = context.doc[match.start : match.end].text
        return (Fix("display", f'write the sentence without "{words}"', advice=True),)
    return tuple(said.values())[:MOST]


def _rank(fix: Fix, match: Match, context: Context) -> int:
    """Of edits, what leaves something of the writer's comes first, then what takes it out, then what has a blank."""
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
    if any(holds(condition, match, context) for condition in rewrite.unless):
        return None
    try:
        if rewrite.add is not None:
            return line(rewrite, match, context)
        if rewrite.advise is not None:
            return Fix("display", fill(rewrite.advise, match, context), advice=True)
        if rewrite.tag is not None:
            return _retagged(rewrite.tag, rewrite, match, context)
        if rewrite.calm is not None:
            return _calm(rewrite, match, context)
        if rewrite.drop is not None:
            return _drop(rewrite, match, context)
        if rewrite.cut is not None:
            return _cut(rewrite, match, sentence, context)
        if rewrite.split is not None:
            return _split(rewrite, sentence, context)
        if rewrite.keep is not None:
            return unstack(match, context, lambda ask: _cut_out(ask, context), rewrite.applicability)
        if rewrite.move is not UNSET:
            return _move(rewrite, sentence, context)
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
    first, last = replaced_tokens(scope, match, context)
    label = scope == "sentence" and holds(_LABEL, match, context) and context.zone(match) != "subject"
    if label:
        first, last = bare(first, last, context.doc)  # the arrow beside the words stays, and the link around them
    start, end = context.plain(first, last)
    text = fill(rewrite.match or rewrite.clause or rewrite.sentence or "", match, context)
    if label:
        text = titled(text, context.doc[first:last].text)
    if context.zone(match) == "subject" and text.endswith("."):
        return None
    if scope == "sentence" and text.endswith(".") and _is_open_ended(sentence, context):
        text = text[:-1]
    if scope == "sentence" and context.zone(match) == "subject":
        end = max(end, subject_span(match, context)[1] if sentence.end == len(sentence.doc) else end)
    end = _with_end_mark(text, end, sentence, context)
    if scope == "sentence" and _leads_in(sentence):
        return None
    if any(tag.source not in text and tag.type != "money" for tag in _tags(start, end, context)):
        return None  # a price may go, a name or a place may not
    if scope == "sentence" and aside(match.start, match.end, sentence):
        return None  # what stands in brackets goes without the rest
    tags = _tags(start, end, context)
    if any(t.like_url and t.text not in text and not _in_tag(t, tags, context) for t in context.doc[first:last]):
        return None
    if context.zone(match) != "subject" and not _replaces_well(text, scope, (first, last), match, sentence, context):
        return None
    made = edit(start, end, fit_capital(text, start, first <= first_word(sentence), context), context)
    return Fix(applicability(rewrite.applicability, made, context), rewrite.help or "say instead", (made,))


def _replaces_well(
    text: str, scope: Scope, tokens: tuple[int, int], match: Match, sentence: Span, context: Context
) -> bool:
    """Whether the new words keep what is said nowhere else, and what stands around them can stay."""
    block = context.block(match)
    first, last = tokens
    label = block is None or block.kind not in ("paragraph", "list-item")
    if scope == "sentence" and block is not None and holds(_LABEL, match, context):
        rest = context.draft.text[block.start : context.plain(first, last)[0]]
        rest += context.draft.text[context.plain(first, last)[1] : block.end]
        return not any(map(str.isalnum, rest)) or ":" in rest
    if not label and loses(*context.plain(first, last), text, match, context):
        return False
    if first <= sentence.start and last >= sentence.end - 1 and not label:
        following = context.sentence(Match(sentence.start, sentence.end), 1)
        previous = context.sentence(Match(sentence.start, sentence.end), -1)
        asks_next = text.endswith("?") and any(
            other is not None and other.text.rstrip().endswith("?") and not other.text.startswith("Or ")
            for other in (previous, following)
        )
        words = set(re.findall(r"\w+", text.lower()))
        kept = any(t.lower_ in words for t in sentence if t.pos_ in ("NOUN", "VERB", "PROPN") or t.norm_ == "it")
        new = not kept and not any(tag.source in text for tag in _tags(*context.plain(first, last), context))
        in_list = block is not None and block.kind == "list-item"
        leads = following is not None and context.block(Match(following.start, following.end)) == block
        led = new and text.endswith("?") and leads
        return not (asks_next or in_list or led or (new and needed(sentence, context)))
    outside = [t for t in sentence if not first <= t.i < last and not t.is_punct]
    return first == match.start or not any(first <= t.head.i < last and t.dep_ in _BOUND for t in outside)


def _cut(rewrite: Rewrite, match: Match, sentence: Span, context: Context, ask: bool = False) -> Fix | None:
    """The words, or their clause or sentence, taken out; `ask`: an ask, that may go with all it names."""
    if context.zone(match) == "subject":
        return _subject(rewrite, match, context)
    scope: Scope = "match" if rewrite.cut is None or aside(match.start, match.end, sentence) else rewrite.cut
    scopes: Sequence[Scope] = ("clause", "match") if scope == "clause" else (scope,)
    ways = chain.from_iterable(cuts(*cut_tokens(one, match, context), sentence, context) for one in scopes)
    taken = next((way for way in ways if _can_go(way, rewrite, match, sentence, context, ask)), None)
    if taken is None:
        return None
    text, greeted = context.draft.text, None
    if taken.whole and not taken.content:
        line = text.rfind("\n", 0, max(0, taken.start - 1))
        greeted = _GREETED.search(text, max(0, line), taken.start)
    block = context.block(match)
    if greeted and block is not None and not any(map(str.isalnum, text[taken.end : block.end])):
        made = edit(greeted.start(1), taken.end, ",", context)
    elif taken.content:
        made = edit(taken.start, taken.end, taken.content, context)
    else:
        made = take_out(taken.start, taken.end, context)
    if loses_link(made, context) or empties(made, context):
        return None
    wanted = applicability(rewrite.applicability, made, context)
    if wanted == "safe" and _words_beside(taken, match, context) > _FEW:
        wanted = "unsafe"
    return Fix(wanted, rewrite.help or "leave it out", (made,))


def _can_go(taken: Cut, rewrite: Rewrite, match: Match, sentence: Span, context: Context, ask: bool) -> bool:
    """Whether the rule means so much, and nothing is lost or left hanging."""
    if taken.whole and rewrite.cut != "sentence" and _words_beside(taken, match, context) >= _FEW:
        return False  # a rule that means a few words does not mean all of it
    if any(segment.kind == "tag" and not part for segment, part in _segments(taken, context)):
        return False  # a tag that steers, {% endblock %}, belongs to more than this sentence
    if any(context.draft.tags_in(at, at) for at in (taken.start, taken.end)):
        return False
    if taken.whole and (_leads_in(sentence) or needed(sentence, context, answers=not ask)):
        return False
    if ask and (context.draft.tags_in(taken.start, taken.end) or _opens_postscript(taken.start, context)):
        return False
    return _cuts_well(taken, match, sentence, context, ask)


def _opens_postscript(start: int, context: Context) -> bool:
    """Whether nothing but "P.S." stands right before."""
    text, last = context.draft.text, start
    while last and not (text[last - 1].isalnum() or text[last - 1] == "_"):
        last -= 1
    return _POSTSCRIPT_ALONE.search(text, max(0, last - len("P. S")), start) is not None


def _cuts_well(taken: Cut, match: Match, sentence: Span, context: Context, ask: bool) -> bool:
    """Whether what is left is sound, and nothing is lost that is said nowhere else."""
    if not ask and loses(taken.start, taken.end, taken.content, match, context, whole=taken.whole):
        return False
    if taken.whole:
        block = context.block(match)
        labels = block is not None and block.kind in ("heading", "button")
        return (
            not labels
            and not _is_point(match, context)
            and not loses_move(sentence, context)
            and (ask or not loses_substance(taken.start, taken.end, match, context, whole=True))
            and is_closed(taken.start, taken.end - len(taken.content), context)
        )
    return (
        _words_beside(taken, match, context) <= _MANY
        and (ask or not loses_substance(taken.start, taken.end - len(taken.content), match, context, whole=False))
        and stands(taken.start, taken.end, taken.content, sentence, context)
        and not _hangs(taken, sentence, context)
    )


def _is_point(match: Match, context: Context) -> bool:
    """Whether it is what a "P.S." of more than one sentence was written for: its last."""
    sentence, block = context.sentence(match), context.block(match)
    if sentence is None or block is None or context.zone(match) != "postscript":
        return False
    start, end = context.plain(sentence.start, sentence.end)
    before, after = context.draft.text[block.start : start], context.draft.text[end : block.end]
    return bool(re.search(r"\w{2}", POSTSCRIPT.sub("", before, count=1))) and not re.search(r"\w", after)


def _hangs(taken: Cut, sentence: Span, context: Context) -> bool:
    """Whether what follows the cut in its sentence points at something that only the words cut name."""
    offsets = context.facts.offsets
    first = next((t.i for t in sentence if offsets[t.i] >= taken.start), sentence.end)
    start = next((t.i for t in sentence if offsets[t.i] >= taken.end - len(taken.content)), sentence.end)
    names = any(token.pos_ in ("NOUN", "PROPN") for token in context.doc[first:start])
    kept = any(is_referent(token) for token in context.doc[sentence.start : first])
    return names and not kept and any(is_loose(token, start) for token in context.doc[start : sentence.end])


def _words_beside(taken: Cut, match: Match, context: Context) -> int:
    """How many words a cut takes besides those found."""
    found = context.draft.text[slice(*context.plain(match.start, match.end))]
    return len(context.draft.text[taken.start : taken.end].split()) - len(found.split())


def _segments(taken: Cut, context: Context) -> Iterator[tuple[Segment, str]]:
    first, last = context.draft.map.span(taken.start, taken.end)
    return ((segment, segment.text) for segment in context.draft.map.within(first, last))


def _drop(rewrite: Rewrite, match: Match, context: Context) -> Fix | None:
    """Exactly the words found, their punctuation and the space after them; the rest stays as it is."""
    start, end = context.plain(match.start, match.end)
    block = context.block(match)
    rest = context.draft.text[end : block.end] if block else ""
    if not any(map(str.isalnum, rest)) or _tags(start, end, context):
        return None
    made = edit(start, end + len(rest) - len(rest.lstrip()), "", context)
    return Fix(applicability(rewrite.applicability, made, context), rewrite.help or "leave it out", (made,))


def _calm(rewrite: Rewrite, match: Match, context: Context) -> Fix | None:
    """The same words without the volume: lower case, one mark, one emoji."""
    first, last = loud_run(*scope_tokens(rewrite.calm or "match", match, context), context.doc)
    start, end = context.plain(first, last)
    marks = re.match(r"(?:\s*[!?]){2,}", context.draft.text[end:])
    end += marks.end() if marks else 0
    if _tags(start, end, context) or is_name(first, last, context.doc):
        return None
    text = calm(context.draft.text[start:end], names(context.draft.text))
    opens = first <= first_word(context.doc[first].sent) and not context.doc[first - 1 if first else 0].like_num
    made = edit(start, end, text[:1].upper() + text[1:] if opens else text, context)
    wanted = applicability(rewrite.applicability, made, context)
    return Fix(
        wanted,
        rewrite.help or "say it calmly",
        tuple(sorted((made, *_other_loud(first, last, context)), key=lambda one: one.start)),
    )


def _other_loud(first: int, last: int, context: Context) -> Iterator[Edit]:
    """The other shouted words of the sentence in lower case: half of it lowered reads worse than none."""
    if not any(token.is_alpha and token.is_upper for token in context.doc[first:last]):
        return
    sentence = context.doc[first].sent
    for token in sentence:
        if not first <= token.i < last and is_loud(token.text):
            start, end = context.plain(token.i, token.i + 1)
            if context.draft.text[start:end] == token.text and not _tags(start, end, context):
                opens = token.i <= first_word(sentence)
                yield edit(start, end, token.text.capitalize() if opens else token.text.lower(), context)


def _split(rewrite: Rewrite, sentence: Span, context: Context) -> Fix | None:
    """Two sentences of one."""
    place = split(sentence, context)
    if place is None:
        return None
    made = edit(*place, context)
    return Fix(applicability(rewrite.applicability, made, context), rewrite.help or "make it two sentences", (made,))


def _cut_out(match: Match, context: Context) -> Fix | None:
    """A cut of the clause of an ask, or of its sentence."""
    sentence = context.sentence(match)
    cuts = (
        (_cut(Rewrite(cut=scope), match, sentence, context, ask=True) for scope in _PARTS)
        if sentence is not None
        else ()
    )
    return next(filter(None, cuts), None)


def _move(rewrite: Rewrite, sentence: Span, context: Context) -> Fix | None:
    """The same sentence in a later place."""
    made = move(set(many(rewrite.move)), sentence, context)
    return Fix(rewrite.applicability, rewrite.help or "move it down", made) if made else None


def _subject(rewrite: Rewrite, match: Match, context: Context) -> Fix:
    """A subject keeps what it is about: what is left of it, its topic, or a line to fill in."""
    start, end, content = left_of_subject(match, context) or (*subject_span(match, context), "")
    if content or end - start < len(context.draft.text[slice(*subject_span(match, context))]):
        made = edit(start, end, content, context)
        return Fix(applicability(rewrite.applicability, made, context), rewrite.help or "leave it out", (made,))
    return Fix("display", "say what the e-mail is about", advice=True)


def _is_open_ended(sentence: Span, context: Context) -> bool:
    """Whether the sentence ends a paragraph without a mark, as a label or a link does."""
    last = next((t for t in reversed(sentence) if not t.is_space), None)
    return (
        last is not None and (last.is_alpha or last.like_url) and not sentence.text.rstrip().endswith((".", "!", "?"))
    )


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


def _in_tag(token: Token, tags: Sequence[Tag], context: Context) -> bool:
    return any(tag.start <= context.facts.offsets[token.i] < tag.end for tag in tags)


def _tags(start: int, end: int, context: Context) -> Sequence[Tag]:
    return context.draft.tags_in(start, end)
