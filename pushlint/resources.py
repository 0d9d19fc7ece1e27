"""Where the knowledge and the trained model stand: in the wheel, or in the checkout of an editable install."""

from pathlib import Path

PACKAGE = Path(__file__).parent
_IN_WHEEL = PACKAGE / "_rules"
IS_WHEEL = _IN_WHEEL.is_dir()

RULES = _IN_WHEEL if IS_WHEEL else PACKAGE.parent / "rules"
VOCABULARY = RULES / "vocabulary"
MOVES = RULES / "moves"
ASKS = RULES / "asks"
STAGES = RULES / "stages"
PROFILES = RULES / "profiles"
DIALECTS = RULES / "dialects"
MODEL = PACKAGE / "language" / "model"


def dialect_names() -> list[str]:
    """The names of all dialects of merge tags."""
    return sorted(path.stem for path in DIALECTS.glob("*.yaml"))
