"""The language pipeline: the trained model, and the components that add what rules reason about."""

from pushlint.language.facts import Amount, Clause, Deadline, Facts
from pushlint.language.pipeline import forgetting, load_pipeline, make_doc

__all__ = ["Amount", "Clause", "Deadline", "Facts", "forgetting", "load_pipeline", "make_doc"]
