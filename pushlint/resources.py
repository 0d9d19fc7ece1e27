"""Where the knowledge and the trained model stand: in the wheel, or in the checkout of an editable install."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_IN_WHEEL = _PACKAGE / "_rules"

RULES = _IN_WHEEL if _IN_WHEEL.is_dir() else _PACKAGE.parent / "rules"
VOCABULARY = RULES / "vocabulary"
MOVES = RULES / "moves"
ASKS = RULES / "asks"
STAGES = RULES / "stages"
PROFILES = RULES / "profiles"
DIALECTS = RULES / "dialects"
MODEL = _PACKAGE / "language" / "model"
