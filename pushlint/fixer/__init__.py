"""Applies fixes to the text of a file, and only those that cure and harm nothing.

A fix is kept where the file is then still read, the same outside of its edits, and linting it anew finds neither what
the fix was for nor anything that was not there before. It is withheld otherwise, and the reason told.
"""

from pushlint.fixer.edits import Shift, edited, encoded
from pushlint.fixer.rounds import MOST_ROUNDS, Fixed, Withheld, fix
from pushlint.fixer.trial import Lint, attempt

__all__ = ["MOST_ROUNDS", "Fixed", "Lint", "Shift", "Withheld", "attempt", "edited", "encoded", "fix"]
