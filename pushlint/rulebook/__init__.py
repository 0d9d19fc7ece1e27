"""Rule files: what they may say, reading them, and judging a draft by them."""

from pushlint.rulebook.load import load_rules, rules_in
from pushlint.rulebook.schema import Rule

__all__ = ["Rule", "load_rules", "rules_in"]
