"""spaCy's tokenizer, which learns a contraction when it first meets it.

English has a thousand of them ("can't", "cant" and "can’t" are each "ca" and its "not"), a draft has a dozen, and to
learn them all takes longer than to load the parser.
"""

import re
from collections.abc import Mapping
from typing import Any

from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.tokens import Doc
from spacy.vocab import Vocab

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
_CUT_OFF = ("'s", "'S", "’s", "’S")  # from the end of a word, before it is looked up


class ContractionTokenizer(Tokenizer):  # type: ignore[misc]
    """Cuts every text as spaCy's tokenizer with the same rules does.

    A contraction is a word of letters, with apostrophes at most within: it changes nothing in a text without it. All
    other special cases ("a.m.", ":-)") are learnt at once: spaCy also looks for them across its cuts.
    """

    def __init__(self, vocab: Vocab, rules: Mapping[str, Any] | None = None, *args: Any, **settings: Any) -> None:
        super().__init__(vocab, None, *args, **settings)
        self.rules = rules or {}

    @property
    def rules(self) -> Mapping[str, Any]:
        """All special cases, learnt or not."""
        return self._cases

    @rules.setter
    def rules(self, cases: Mapping[str, Any]) -> None:
        self._cases = dict(cases)
        self._unlearnt = {case for case in cases if _WORD.fullmatch(case)}
        Tokenizer.rules.__set__(self, {case: cases[case] for case in cases if case not in self._unlearnt})

    def add_special_case(self, string: str, substrings: Any) -> None:
        """Adds a rule, and learns it."""
        super().add_special_case(string, substrings)
        self._cases[string] = substrings
        self._unlearnt.discard(string)

    def __call__(self, string: str) -> Doc:
        self._learn(_WORD.findall(string))
        doc: Doc = super().__call__(string)
        return doc

    def explain(self, text: str) -> Any:
        """The rule behind each token, as spaCy says it."""
        self._learn(_WORD.findall(text))
        return super().explain(text)

    def learn_all(self) -> None:
        """Learns all special cases that it has not learnt yet."""
        self._learn(sorted(self._unlearnt))

    def to_bytes(self, *, exclude: Any = ()) -> bytes:
        """The tokenizer with all its rules."""
        self.learn_all()
        data: bytes = super().to_bytes(exclude=exclude)
        return data

    def _learn(self, words: list[str]) -> None:
        for word in words:
            while word not in self._unlearnt and word.endswith(_CUT_OFF):
                word = word[:-2]
            if word in self._unlearnt:
                self.add_special_case(word, self._cases[word])
