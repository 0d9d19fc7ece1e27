"""House rules for pushlint."""

from pathlib import Path


def rules() -> Path:
    """The folder of rule files."""
    return Path(__file__).parent / "rules"
