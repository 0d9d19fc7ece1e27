"""The formats that files are read in, by the ends of their names. Apart from the readers, which take time to import."""

from collections.abc import Mapping

FORMATS = {
    ".txt": "plain",
    ".eml": "eml",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".mjml": "html",
    ".email": "email",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".csv": "csv",
    ".tsv": "csv",
    ".xml": "salesforce",
}
"""The format of a file by the end of its name."""
MAX_BYTES = 5_000_000
"""The most that a file may have."""


def format_of(path: str, formats: Mapping[str, str] = FORMATS) -> str | None:
    """The format of a file of that name, or None when the name does not tell; the longest ending decides."""
    name = path.lower()
    return next((formats[end] for end in sorted(formats, key=len, reverse=True) if name.endswith(end)), None)
