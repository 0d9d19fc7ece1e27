"""Who acts, and how: the clauses of each sentence, from its Universal Dependencies parse."""

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from pushlint.language.facts import Actor, Clause, Mood, Tense, base_form, facts
from pushlint.language.quotes import quoted
from pushlint.vocabulary import load_vocabularies

_CLAUSE_DEPS = {"ROOT", "ccomp", "advcl", "advcl:relcl", "acl:relcl", "parataxis", "csubj", "xcomp", "acl"}
_SUBJECTS = {"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass"}
_SENDER = {"i", "we", "me", "us", "myself", "ourselves", "my", "our"}
_READER = {"you", "your", "yourself", "ya", "yall"}
_CONDITIONS = {"if", "unless", "once", "whenever", "provided", "providing", "assuming", "supposing"}
_ASKING = {"check", "wonder", "ask", "confirm", "tell"}
_CAUSATIVES = {"let", "help", "make", "have"}
_ASKED_OF = {"want", "ask", "need", "like", "tell", "expect", "invite", "get"}
_MODALS = {"will", "would", "can", "could", "may", "might", "shall", "should", "must", "'d"}
_NEGATIONS = {"not", "never", "no", "neither", "nothing", "nobody"}
_ASKERS = {"how", "what", "which", "when", "where", "who", "why", "whose"}
_INVERTED = _MODALS | {"do", "does", "did", "is", "are", "was", "were", "have", "has"}
# An auxiliary, as the parser labels it; "cant" and "can't" at times as the last two.
_AUXILIARIES = {"aux", "aux:pass", "cop", "mark", "discourse"}

NAME = "pushlint_clauses"


@Language.component(NAME, assigns=["doc._.pushlint"], requires=["token.dep", "token.pos", "token.morph", "token.lemma"])
def clauses(doc: Doc) -> Doc:
    """Sets `clauses`, `clause_of` and `quoted` of `doc._.pushlint`."""
    known = facts(doc)
    known.done.add(NAME)
    known.quoted = quoted(doc)
    for sentence in doc.sents:
        known.clauses.extend(_clauses_in(sentence))
    for clause in known.clauses:
        known.clause_of.update(dict.fromkeys(clause.tokens, clause))
    return doc


def _clauses_in(sentence: Span) -> list[Clause]:
    heads = [token for token in sentence if _is_clause_head(token)]
    tokens = {head.i: [head.i] for head in heads}
    for token in sentence:
        if token.i not in tokens:
            head = next((t for t in token.ancestors if t.i in tokens), None)
            if head is not None:
                tokens[head.i].append(token.i)
    made: dict[int, Clause] = {}
    for head in sorted(heads, key=lambda t: len(list(t.ancestors))):
        made[head.i] = _clause(head, tuple(sorted(tokens[head.i])), sentence, made)
    return [made[i] for i in sorted(made)]


def _is_clause_head(token: Token) -> bool:
    if token.dep_ == "conj":
        return token.pos_ in ("VERB", "AUX") or any(t.dep_ in _SUBJECTS or t.dep_ == "cop" for t in token.children)
    return token.dep_ in _CLAUSE_DEPS


def _clause(head: Token, tokens: tuple[int, ...], sentence: Span, made: dict[int, Clause]) -> Clause:
    parent = made.get(head.head.i) if head.dep_ != "ROOT" else None
    subject = next((t for t in head.children if t.dep_ in _SUBJECTS), None)
    auxiliaries = [t for t in head.children if t.dep_ in ("aux", "aux:pass", "cop")]
    mood = _mood(head, subject, auxiliaries, sentence, parent)
    modal = _modal(head)
    return Clause(
        head=head.i,
        subject=subject.i if subject is not None else None,
        tokens=tokens,
        actor=_actor(head, subject, mood, parent),
        mood=mood,
        tense=_tense(head, auxiliaries, modal),
        negated=_is_negated(head, auxiliaries),
        conditional=_is_conditional(head) or _hangs_on_condition(head),
        reported=_is_reported(head, parent),
        modal=modal,
    )


def _is_negated(head: Token, auxiliaries: list[Token]) -> bool:
    """Not, never, nothing, no longer; of the verb, its auxiliaries or its subject and object."""
    near = [*head.children, *(t for auxiliary in auxiliaries for t in auxiliary.children)]
    return any(t.norm_ in _NEGATIONS for t in near) or any(
        t.norm_ == "longer" and t.nbor(-1).norm_ == "no" for t in near
    )


def _hangs_on_condition(head: Token) -> bool:
    """Whether a condition belongs to the clause: its own, "as long as" it holds, or "had we met" before it."""
    near = [*head.children, *(t for child in head.children if child.norm_ == "long" for t in child.children)]
    if any(t.dep_ == "advcl" and _is_conditional(t) for t in near):
        return True
    return head.dep_ in ("parataxis", "conj") and _is_inverted_condition(head.head)


def _is_conditional(head: Token) -> bool:
    """A condition ("if", "once", "should you"); not an indirect question ("I asked if") nor "we once did"."""
    if head.dep_ == "ccomp" or (head.head.lemma_ in _ASKING and head.i > head.head.i):
        return False
    if _is_inverted_condition(head):
        return True
    marks = {t.norm_ for t in head.children if t.dep_ in ("mark", "advmod")}
    if head.dep_ == "ROOT":
        marks.discard("once")
    if marks & _CONDITIONS:
        return True
    if head.dep_ != "advcl" or "because" in marks:
        return False
    if head.norm_ in ("provided", "providing", "assuming") or _is_as_long_as(head):
        return True
    return "when" in marks and not _is_finite_past(head)


def _is_inverted_condition(head: Token) -> bool:
    """ "Had we met sooner, ...", "should you need it, ..."; not a question."""
    first = next(head.lefts, None)
    if first is None or first.norm_ not in ("should", "had", "were") or not first.dep_.startswith(("aux", "cop")):
        return False
    has_subject = any(t.dep_ in _SUBJECTS and t.i > first.i for t in head.lefts)
    return has_subject and not head.sent.text.rstrip().endswith("?")


def _is_as_long_as(head: Token) -> bool:
    """ "As long as you keep it": long hangs on the verb, or the verb on long."""
    near = [
        t for t in (head.head, *head.children, *(c for t in head.children for c in t.children)) if t.norm_ == "long"
    ]
    return any(t.i and t.nbor(-1).norm_ == "as" for t in near)


def _is_reported(head: Token, parent: Clause | None) -> bool:
    if parent is None:
        return False
    said = (
        head.dep_ == "ccomp"
        and parent.actor in ("other", "reader")
        and head.head.lemma_ in load_vocabularies()["saying"]
    )
    return said or parent.reported


def _modal(head: Token) -> str | None:
    found = (t.norm_ for t in head.lefts if t.norm_ in _MODALS and t.dep_ in _AUXILIARIES)
    modal = next(found, None)
    if modal == "'d":
        return None if _is_past_participle(head) or head.norm_ == "better" else "would"
    return modal


def _mood(head: Token, subject: Token | None, auxiliaries: list[Token], sentence: Span, parent: Clause | None) -> Mood:
    if parent is not None and head.dep_ not in ("parataxis", "conj"):
        passes_on = head.dep_ == "xcomp" or (head.dep_ == "ccomp" and head.head.lemma_ in _CAUSATIVES)
        return parent.mood if passes_on else "statement"
    if sentence.text.rstrip(" \"'”’)*").endswith("?") or _is_inverted(head, subject, auxiliaries, sentence):
        return "question"
    if parent is not None and head.dep_ == "conj" and subject is None:
        return parent.mood
    return "imperative" if subject is None and _is_imperative(head, auxiliaries) else "statement"


def _is_inverted(head: Token, subject: Token | None, auxiliaries: list[Token], sentence: Span) -> bool:
    """A question typed without its mark: "how do you handle that", "would that suit you"."""
    if head.dep_ != "ROOT" or not auxiliaries or auxiliaries[0].norm_ not in _INVERTED:
        return False
    first, auxiliary = sentence[0], auxiliaries[0]
    if subject is None:
        return auxiliary == first and first.norm_ in _MODALS
    asks = auxiliary == first or (first.norm_ in _ASKERS and auxiliary.i <= first.i + 3)
    return asks and auxiliary.i < subject.i < head.i


def _is_imperative(head: Token, auxiliaries: list[Token]) -> bool:
    """A verb in its base form with no subject that opens its clause: "Book a call", "please don't wait"."""
    if any(t.norm_ not in ("do", "not") for t in auxiliaries) or any(t.dep_ == "mark" for t in head.children):
        return False
    if not _is_misread_command(head) and (head.pos_ not in ("VERB", "AUX") or not base_form(head)):
        return False
    before = {"punct", "advmod", "discourse", "cc", "aux", "vocative", "dep", "advcl", "obl", "parataxis"}
    return all(t.dep_ in before for t in head.lefts)


def _is_misread_command(head: Token) -> bool:
    """ "Complete your order", where the tagger takes it for an adjective or a name: only a verb has such an object."""
    if head.pos_ not in ("ADJ", "NOUN", "PROPN") or head.norm_ == "worth":
        return False
    objects = [t for t in head.children if t.dep_ == "obj" and t.i > head.i]
    return any(child.dep_ in ("det", "nmod:poss") for t in objects for child in t.lefts)


def _is_agent(token: Token, subject: Token | None) -> bool:
    """Who does it in a passive clause; the parser may not tell "by our team" from "by Friday" or "by the river"."""
    if token.ent_type_ in ("DATE", "TIME"):
        return False
    passive = subject is not None and subject.dep_ == "nsubj:pass"
    named = passive and token.dep_ == "obl" and whose(token) in ("sender", "reader")
    return token.dep_ == "obl:agent" or (named and any(t.dep_ == "case" and t.norm_ == "by" for t in token.lefts))


def _actor(head: Token, subject: Token | None, mood: Mood, parent: Clause | None) -> Actor:
    agent = next((t for t in head.children if _is_agent(t, subject)), None)
    if agent is not None:
        return whose(agent)
    if any(t.dep_ == "expl" and t.norm_ == "there" for t in head.children):
        return "nobody"
    if subject is not None:
        return "nobody" if subject.dep_.endswith(":pass") else whose(subject)
    if head.dep_ == "acl" and _is_past_participle(head):
        return "nobody"
    if head.dep_ == "xcomp" and head.head.lemma_ in _ASKED_OF:
        asked = next((t for t in head.head.children if t.dep_ in ("obj", "iobj") and t.i < head.i), None)
        if asked is not None:
            return whose(asked)
    if mood == "imperative":
        lets = head.norm_ == "let" and any(t.norm_ in ("us", "'s") for t in head.rights if t.i == head.i + 1)
        return "sender" if lets else "reader"
    if parent is not None and head.dep_ in ("conj", "xcomp", "advcl"):
        return parent.actor
    return whose(head.head) if head.dep_ in ("acl", "acl:relcl") else "nobody"


def whose(token: Token) -> Actor:
    """Who a noun phrase stands for: the pronoun itself, or the owner its possessive names, however deep."""
    for word in (token, *_owners(token)):
        if word.norm_ in _SENDER:
            return "sender"
        if word.norm_ in _READER:
            return "reader"
        if word.ent_kb_id_ == "tag" and word.ent_id_ in ("sender", "person", "company"):
            return "sender" if word.ent_id_ == "sender" else "reader"
    return "nobody" if token.dep_ == "expl" or token.norm_ == "there" else "other"


def _owners(token: Token) -> list[Token]:
    """The determiners and possessors of a noun, and theirs: your, store's, lease."""
    own = [t for t in token.children if t.dep_ in ("nmod:poss", "det", "nmod", "compound", "appos")]
    return [*own, *(deeper for t in own if t.dep_ == "nmod:poss" for deeper in _owners(t))]


def _tense(head: Token, auxiliaries: list[Token], modal: str | None) -> Tense:
    if modal in ("will", "shall") or _is_going_to(head):
        return "future"
    if any(_is_finite_past(t) for t in (*auxiliaries, head)) or any(t.norm_ in ("have", "has") for t in auxiliaries):
        return "past"
    had = modal is None and _is_past_participle(head) and any(t.norm_ == "'d" for t in auxiliaries)
    return "past" if had else "present"


def _is_finite_past(token: Token) -> bool:
    return "Past" in token.morph.get("Tense", []) and "Fin" in token.morph.get("VerbForm", [])


def _is_past_participle(token: Token) -> bool:
    return "Past" in token.morph.get("Tense", []) and "Part" in token.morph.get("VerbForm", [])


def _is_going_to(head: Token) -> bool:
    """ "Are going to call": the verb, or going itself."""
    going = head.head if head.dep_ == "xcomp" else head
    if going.lower_ not in ("going", "gonna") or not any(t.dep_ == "xcomp" for t in going.children):
        return False
    return any(t.norm_ in ("am", "is", "are", "'s") for t in going.children)
