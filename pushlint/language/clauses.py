"""Who acts, and how: the clauses of each sentence, from its Universal Dependencies parse."""

from spacy.language import Language
from spacy.tokens import Doc

from pushlint.language.columns import Columns, columns
from pushlint.language.facts import Actor, Clause, Mood, Tense, facts
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
    known, words = facts(doc), columns(doc)
    known.done.add(NAME)
    known.quoted = quoted(doc, words)
    for sentence in words.sentences:
        known.clauses.extend(_clauses_in(sentence, words))
    for clause in known.clauses:
        known.clause_of.update(dict.fromkeys(clause.tokens, clause))
    return doc


def _clauses_in(sentence: range, words: Columns) -> list[Clause]:
    heads = [token for token in sentence if _is_clause_head(token, words)]
    tokens = {head: [head] for head in heads}
    for token in sentence:
        if token not in tokens:
            head = next((t for t in words.ancestors(token) if t in tokens), None)
            if head is not None:
                tokens[head].append(token)
    made: dict[int, Clause] = {}
    for head in sorted(heads, key=lambda t: len(list(words.ancestors(t)))):
        made[head] = _clause(head, tuple(sorted(tokens[head])), sentence, words, made)
    return [made[i] for i in sorted(made)]


def _is_clause_head(token: int, words: Columns) -> bool:
    deps = words.deps
    if deps[token] == "conj":
        return words.parts[token] in ("VERB", "AUX") or any(
            deps[t] in _SUBJECTS or deps[t] == "cop" for t in words.children[token]
        )
    return deps[token] in _CLAUSE_DEPS


def _clause(head: int, tokens: tuple[int, ...], sentence: range, words: Columns, made: dict[int, Clause]) -> Clause:
    parent = made.get(words.heads[head]) if words.deps[head] != "ROOT" else None
    children = words.children[head]
    subject = next((t for t in children if words.deps[t] in _SUBJECTS), None)
    auxiliaries = [t for t in children if words.deps[t] in ("aux", "aux:pass", "cop")]
    mood = _mood(head, subject, auxiliaries, sentence, words, parent)
    modal = _modal(head, words)
    return Clause(
        head=head,
        subject=subject,
        tokens=tokens,
        actor=_actor(head, subject, words, mood, parent),
        mood=mood,
        tense=_tense(head, auxiliaries, words, modal),
        negated=_is_negated(head, auxiliaries, words),
        conditional=_is_conditional(head, sentence, words) or _hangs_on_condition(head, sentence, words),
        reported=_is_reported(head, words, parent),
        modal=modal,
    )


def _is_negated(head: int, auxiliaries: list[int], words: Columns) -> bool:
    """Not, never, nothing, no longer; of the verb, its auxiliaries or its subject and object."""
    near = [*words.children[head], *(t for auxiliary in auxiliaries for t in words.children[auxiliary])]
    norms = words.norms
    return any(norms[t] in _NEGATIONS or (norms[t] == "longer" and t and norms[t - 1] == "no") for t in near)


def _hangs_on_condition(head: int, sentence: range, words: Columns) -> bool:
    """Whether a condition belongs to the clause: its own, "as long as" it holds, or "had we met" before it."""
    children, deps = words.children, words.deps
    near = [*children[head], *(t for child in children[head] if words.norms[child] == "long" for t in children[child])]
    if any(deps[t] == "advcl" and _is_conditional(t, sentence, words) for t in near):
        return True
    return deps[head] in ("parataxis", "conj") and _is_inverted_condition(words.heads[head], sentence, words)


def _is_conditional(head: int, sentence: range, words: Columns) -> bool:
    """A condition ("if", "once", "should you"); not an indirect question ("I asked if") nor "we once did"."""
    dep, above = words.deps[head], words.heads[head]
    if dep == "ccomp" or (words.lemmas[above] in _ASKING and head > above):
        return False
    if _is_inverted_condition(head, sentence, words):
        return True
    marks = {words.norms[t] for t in words.children[head] if words.deps[t] in ("mark", "advmod")}
    if dep == "ROOT":
        marks.discard("once")
    if marks & _CONDITIONS:
        return True
    if dep != "advcl" or "because" in marks:
        return False
    if words.norms[head] in ("provided", "providing", "assuming") or _is_as_long_as(head, words):
        return True
    return "when" in marks and not _is_finite_past(head, words)


def _is_inverted_condition(head: int, sentence: range, words: Columns) -> bool:
    """ "Had we met sooner, ...", "should you need it, ..."; not a question."""
    lefts = words.lefts(head)
    if not lefts or words.norms[lefts[0]] not in ("should", "had", "were"):
        return False
    if not words.deps[lefts[0]].startswith(("aux", "cop")):
        return False
    has_subject = any(words.deps[t] in _SUBJECTS for t in lefts[1:])
    return has_subject and not words.ends_with("?", sentence)


def _is_as_long_as(head: int, words: Columns) -> bool:
    """ "As long as you keep it": long hangs on the verb, or the verb on long."""
    children = words.children
    near = (words.heads[head], *children[head], *(c for t in children[head] for c in children[t]))
    return any(words.norms[t] == "long" and t and words.norms[t - 1] == "as" for t in near)


def _is_reported(head: int, words: Columns, parent: Clause | None) -> bool:
    if parent is None:
        return False
    said = (
        words.deps[head] == "ccomp"
        and parent.actor in ("other", "reader")
        and words.lemmas[words.heads[head]] in load_vocabularies()["saying"]
    )
    return said or parent.reported


def _modal(head: int, words: Columns) -> str | None:
    found = (words.norms[t] for t in words.lefts(head) if words.norms[t] in _MODALS and words.deps[t] in _AUXILIARIES)
    modal = next(found, None)
    if modal == "'d":
        return None if _is_past_participle(head, words) or words.norms[head] == "better" else "would"
    return modal


def _mood(
    head: int, subject: int | None, auxiliaries: list[int], sentence: range, words: Columns, parent: Clause | None
) -> Mood:
    dep = words.deps[head]
    if parent is not None and dep not in ("parataxis", "conj"):
        passes_on = dep == "xcomp" or (dep == "ccomp" and words.lemmas[words.heads[head]] in _CAUSATIVES)
        return parent.mood if passes_on else "statement"
    is_asked = words.ends_with("?", sentence, closing=" \"'”’)*")
    if is_asked or _is_inverted(head, subject, auxiliaries, sentence, words):
        return "question"
    if parent is not None and dep == "conj" and subject is None:
        return parent.mood
    return "imperative" if subject is None and _is_imperative(head, auxiliaries, words) else "statement"


def _is_inverted(head: int, subject: int | None, auxiliaries: list[int], sentence: range, words: Columns) -> bool:
    """A question typed without its mark: "how do you handle that", "would that suit you"."""
    if words.deps[head] != "ROOT" or not auxiliaries or words.norms[auxiliaries[0]] not in _INVERTED:
        return False
    first, auxiliary = sentence.start, auxiliaries[0]
    if subject is None:
        return auxiliary == first and words.norms[first] in _MODALS
    asks = auxiliary == first or (words.norms[first] in _ASKERS and auxiliary <= first + 3)
    return asks and auxiliary < subject < head


def _is_imperative(head: int, auxiliaries: list[int], words: Columns) -> bool:
    """A verb in its base form with no subject that opens its clause: "Book a call", "please don't wait"."""
    if any(words.norms[t] not in ("do", "not") for t in auxiliaries):
        return False
    if any(words.deps[t] == "mark" for t in words.children[head]):
        return False
    is_verb = words.parts[head] in ("VERB", "AUX") and _is_base_form(head, words)
    if not is_verb and not _is_misread_command(head, words):
        return False
    before = {"punct", "advmod", "discourse", "cc", "aux", "vocative", "dep", "advcl", "obl", "parataxis"}
    return all(words.deps[t] in before for t in words.lefts(head))


def _is_base_form(verb: int, words: Columns) -> bool:
    return words.norms[verb] == words.lemmas[verb].lower() and "VerbForm=Part" not in words.morphs[verb]


def _is_misread_command(head: int, words: Columns) -> bool:
    """ "Complete your order", where the tagger takes it for an adjective or a name: only a verb has such an object."""
    if words.parts[head] not in ("ADJ", "NOUN", "PROPN") or words.norms[head] == "worth":
        return False
    objects = [t for t in words.children[head] if words.deps[t] == "obj" and t > head]
    return any(words.deps[child] in ("det", "nmod:poss") for t in objects for child in words.lefts(t))


def _is_agent(token: int, subject: int | None, words: Columns) -> bool:
    """Who does it in a passive clause; the parser may not tell "by our team" from "by Friday" or "by the river"."""
    if words.labels[token] in ("DATE", "TIME"):
        return False
    if words.deps[token] == "obl:agent":
        return True
    passive = subject is not None and words.deps[subject] == "nsubj:pass"
    if not passive or words.deps[token] != "obl":
        return False
    by = any(words.deps[t] == "case" and words.norms[t] == "by" for t in words.lefts(token))
    return by and whose(token, words) in ("sender", "reader")


def _actor(head: int, subject: int | None, words: Columns, mood: Mood, parent: Clause | None) -> Actor:
    children, dep, above = words.children[head], words.deps[head], words.heads[head]
    agent = next((t for t in children if _is_agent(t, subject, words)), None)
    if agent is not None:
        return whose(agent, words)
    if any(words.deps[t] == "expl" and words.norms[t] == "there" for t in children):
        return "nobody"
    if subject is not None:
        return "nobody" if words.deps[subject].endswith(":pass") else whose(subject, words)
    if dep == "acl" and _is_past_participle(head, words):
        return "nobody"
    if dep == "xcomp" and words.lemmas[above] in _ASKED_OF:
        asked = next((t for t in words.children[above] if words.deps[t] in ("obj", "iobj") and t < head), None)
        if asked is not None:
            return whose(asked, words)
    if mood == "imperative":
        lets = words.norms[head] == "let" and head + 1 in children and words.norms[head + 1] in ("us", "'s")
        return "sender" if lets else "reader"
    if parent is not None and dep in ("conj", "xcomp", "advcl"):
        return parent.actor
    return whose(above, words) if dep in ("acl", "acl:relcl") else "nobody"


def whose(token: int, words: Columns) -> Actor:
    """Who a noun phrase stands for: the pronoun itself, or the owner its possessive names, however deep."""
    for word in (token, *_owners(token, words)):
        if words.norms[word] in _SENDER:
            return "sender"
        if words.norms[word] in _READER:
            return "reader"
        if words.kb_ids[word] == "tag" and words.ids[word] in ("sender", "person", "company"):
            return "sender" if words.ids[word] == "sender" else "reader"
    return "nobody" if words.deps[token] == "expl" or words.norms[token] == "there" else "other"


def _owners(token: int, words: Columns) -> list[int]:
    """The determiners and possessors of a noun, and theirs: your, store's, lease."""
    deps = words.deps
    own = [t for t in words.children[token] if deps[t] in ("nmod:poss", "det", "nmod", "compound", "appos")]
    return [*own, *(deeper for t in own if deps[t] == "nmod:poss" for deeper in _owners(t, words))]


def _tense(head: int, auxiliaries: list[int], words: Columns, modal: str | None) -> Tense:
    if modal in ("will", "shall") or _is_going_to(head, words):
        return "future"
    if any(_is_finite_past(t, words) for t in (*auxiliaries, head)):
        return "past"
    if any(words.norms[t] in ("have", "has") for t in auxiliaries):
        return "past"
    had = modal is None and _is_past_participle(head, words) and any(words.norms[t] == "'d" for t in auxiliaries)
    return "past" if had else "present"


def _is_finite_past(token: int, words: Columns) -> bool:
    return "Tense=Past" in words.morphs[token] and "VerbForm=Fin" in words.morphs[token]


def _is_past_participle(token: int, words: Columns) -> bool:
    return "Tense=Past" in words.morphs[token] and "VerbForm=Part" in words.morphs[token]


def _is_going_to(head: int, words: Columns) -> bool:
    """ "Are going to call": the verb, or going itself."""
    going = words.heads[head] if words.deps[head] == "xcomp" else head
    if words.texts[going].lower() not in ("going", "gonna"):
        return False
    near = words.children[going]
    return any(words.deps[t] == "xcomp" for t in near) and any(
        words.norms[t] in ("am", "is", "are", "'s") for t in near
    )
