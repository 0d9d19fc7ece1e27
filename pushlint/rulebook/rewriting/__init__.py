"""From a rule's rewrites to fixes fitted to the words found."""

from pushlint.rulebook.rewriting.fixes import fixes
from pushlint.rulebook.rewriting.scopes import scope_span, scope_tokens
from pushlint.rulebook.rewriting.slots import fill

__all__ = ["fill", "fixes", "scope_span", "scope_tokens"]
