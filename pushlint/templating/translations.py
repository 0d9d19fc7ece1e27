"""Calls for a translation, `{% trans "Hello" %}` or `<?php _e('Hello') ?>`: their words are the text that is sent."""

import re
from functools import cache

from pushlint.templating.meaning import words_of


def words_sent(statement: str) -> tuple[int, int] | None:
    """Where in a statement the words of a translation call stand, if there is one."""
    match = _call().search(statement)
    return match.span("words") if match else None


@cache
def _call() -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(words_of("translations"), key=len, reverse=True)))
    quoted = r"(?P<quote>[\"'])(?P<words>(?:(?!(?P=quote)).){2,600})(?P=quote)"
    return re.compile(rf"(?<![\w$])(?:{names})\s*\(?\s*{quoted}", re.DOTALL)
