"""Who acts, and how: the clauses of each sentence, from its Universal Dependencies parse."""

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from pushlint.language.facts import Actor, Clause, Mood, Tense, base_form, facts

_CLAUSE_DEPS = {"ROOT", "ccomp", "advcl", "advcl:relcl", "acl:relcl", "parataxis", "csubj", "xcomp", "acl"}
_SUBJECTS = {"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass"}
_SENDER = {"i", "we", "me", "us", "myself", "ourselves", "my", "our"}
_READER = {"you", "your", "yourself", "u", "ya", "yall"}
_SAYING = {"say", "tell", "write", "ask", "reply", "mention", "explain", "report", "announce", "claim", "think", "feel"}
_CONDITIONS = {"if", "unless", "whether", "once", "whenever"}
_CAUSATIVES = {"let", "help", "make", "have"}
_MODALS = {"will", "would", "can", "could", "may", "might", "shall", "should", "must", "'d"}
_OPENERS = {
    "please",
    "so",
    "and",
    "but",
    "then",
    "just",
    "now",
    "also",
    "simply",
    "kindly",
    "or",
    "yes",
    "first",
    "next",
}
_QUOTES = {'"', "“", "”", "«", "»"}


NAME = "pushlint_clauses"


@Language.component(NAME, assigns=["doc._.pushlint"], requires=["token.dep", "token.pos", "token.morph", "token.lemma"])
def clauses(doc: Doc) -> Doc:
    """Sets `clauses`, `clause_of` and `quoted` of `doc._.pushlint`."""
    known = facts(doc)
    known.done.add(NAME)
    known.quoted = _quoted(doc)
    for sentence in doc.sents:
        heads = [token for token in sentence if _is_clause_head(token)]
        owner = {head.i: [head.i] for head in heads}
        for token in sentence:
            if token.i not in owner:
                head = next((t for t in token.ancestors if t.i in owner), None)
                if head is not None:
                    owner[head.i].append(token.i)
        made: dict[int, Clause] = {}
        for head in sorted(heads, key=lambda t: len(list(t.ancestors))):
            made[head.i] = _clause(head, tuple(sorted(owner[head.i])), sentence, made)
        known.clauses.extend(made[i] for i in sorted(made))
    for clause in known.clauses:
        known.clause_of.update(dict.fromkeys(clause.tokens, clause))
    return doc


def _is_clause_head(token: Token) -> bool:
    if token.dep_ == "ROOT":
        return True
    if token.dep_ == "conj":
        return token.pos_ in ("VERB", "AUX") or any(t.dep_ in _SUBJECTS or t.dep_ == "cop" for t in token.children)
    return token.dep_ in _CLAUSE_DEPS


def _clause(head: Token, tokens: tuple[int, ...], sentence: Span, made: dict[int, Clause]) -> Clause:
    parent = made.get(head.head.i) if head.dep_ != "ROOT" else None
    children = list(head.children)
    subject = next((t for t in children if t.dep_ in _SUBJECTS), None)
    auxiliaries = [t for t in children if t.dep_ in ("aux", "aux:pass", "cop")]
    mood = _mood(head, subject, auxiliaries, sentence, parent)
    modal = next((t.norm_ for t in auxiliaries if t.norm_ in _MODALS), None)
    return Clause(
        head=head.i,
        subject=subject.i if subject is not None else None,
        tokens=tokens,
        actor=_actor(head, subject, mood, parent),
        mood=mood,
        tense=_tense(head, auxiliaries, modal),
        negated=any(t.norm_ in ("not", "never", "no", "neither") for t in children)
        or bool(subject is not None and subject.norm_ in ("nobody", "none", "nothing")),
        conditional=_is_conditional(head) or any(t.dep_ == "advcl" and _is_conditional(t) for t in children),
        reported=bool(
            parent and head.dep_ == "ccomp" and parent.actor in ("other", "reader") and head.head.lemma_ in _SAYING
        )
        or bool(parent and parent.reported),
        modal="would" if modal == "'d" else modal,
    )


def _is_conditional(head: Token) -> bool:
    marks = {t.norm_ for t in head.children if t.dep_ in ("mark", "advmod")}
    return bool(marks & _CONDITIONS) or (head.dep_ == "advcl" and "when" in marks)


def _mood(head: Token, subject: Token | None, auxiliaries: list[Token], sentence: Span, parent: Clause | None) -> Mood:
    if parent is not None and head.dep_ not in ("parataxis", "conj"):
        passes_on = head.dep_ == "xcomp" or (head.dep_ == "ccomp" and head.head.lemma_ in _CAUSATIVES)
        return parent.mood if passes_on else "statement"
    if sentence.text.rstrip(" \"'”’)*").endswith("?"):
        return "question"
    if parent is not None and head.dep_ == "conj" and subject is None:
        return parent.mood
    return "imperative" if subject is None and _is_imperative(head, auxiliaries, sentence) else "statement"


def _is_imperative(head: Token, auxiliaries: list[Token], sentence: Span) -> bool:
    """A verb in its base form with no subject that opens its clause: "Book a call", "please don't wait"."""
    if any(t.norm_ not in ("do", "not") for t in auxiliaries) or any(t.dep_ == "mark" for t in head.children):
        return False
    if head.pos_ not in ("VERB", "AUX") or not base_form(head):
        return False
    before = [t for t in head.lefts if t.dep_ not in ("punct", "advmod", "discourse", "cc", "aux", "vocative", "dep")]
    return not [t for t in before if t.dep_ not in ("advcl", "obl", "parataxis")]


def _actor(head: Token, subject: Token | None, mood: Mood, parent: Clause | None) -> Actor:
    if subject is not None:
        return whose(subject)
    agent = next((t for t in head.children if t.dep_ == "obl:agent"), None)
    if agent is not None:
        return whose(agent)
    if mood == "imperative":
        return "sender" if any(t.norm_ in ("us", "'s") for t in head.rights if t.i == head.i + 1) else "reader"
    if parent is not None and head.dep_ in ("conj", "xcomp", "advcl"):
        return parent.actor
    if head.dep_ in ("acl", "acl:relcl"):
        return whose(head.head)
    return "nobody"


def whose(token: Token) -> Actor:
    """Who a noun phrase stands for: the pronoun itself, or the owner its possessive names."""
    for word in (token, *(t for t in token.children if t.dep_ in ("nmod:poss", "det", "nmod", "compound", "appos"))):
        if word.norm_ in _SENDER:
            return "sender"
        if word.norm_ in _READER:
            return "reader"
    if token.ent_kb_id_ == "tag":
        return {"sender": "sender", "person": "reader", "company": "reader"}.get(token.ent_id_, "other")  # type: ignore[return-value]
    if token.dep_ == "expl" or token.norm_ == "there":
        return "nobody"
    return "other"


def _tense(head: Token, auxiliaries: list[Token], modal: str | None) -> Tense:
    if modal in ("will", "shall"):
        return "future"
    for token in (*auxiliaries, head):
        if "Past" in token.morph.get("Tense", []) and "Fin" in token.morph.get("VerbForm", []):
            return "past"
    if any(t.norm_ in ("have", "has") for t in auxiliaries):
        return "past"
    return "present"


def _quoted(doc: Doc) -> set[int]:
    """The tokens that stand between quotation marks within one sentence."""
    return {i for sentence in doc.sents for i in _quoted_in(sentence)}


def _quoted_in(sentence: Span) -> Iterator[int]:
    marks = [token.i for token in sentence if token.text in _QUOTES]
    for start, end in zip(marks[::2], marks[1::2], strict=False):
        yield from range(start + 1, end)
