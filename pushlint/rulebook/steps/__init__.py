"""The e-mails of one sequence, seen together.

Of each e-mail only a `Note` is kept, so that a sequence of any length is small. An e-mail is only ever measured
against those before it; the variants of a step are one step.
"""

from pushlint.rulebook.steps.judge import Verdict, judge_sequence
from pushlint.rulebook.steps.notes import Candidate, Note, Saying, sayings, subject_words

__all__ = ["Candidate", "Note", "Saying", "Verdict", "judge_sequence", "sayings", "subject_words"]
