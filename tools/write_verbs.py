"""Writes the forms of the verbs that lemminflect's dictionary has to pushlint/language/verbs.tsv."""

from lemminflect import getAllInflections, getInflection
from lemminflect.core.Inflections import Inflections

from pushlint.language.inflect import TAGS, VERBS


def text() -> str:
    """A line for each verb: the verb, then its form for each of the tags."""
    inflections = Inflections()
    words = {*inflections._getInflDict(), *inflections._getOverridesDict()}
    verbs = sorted(word for word in words if word.islower() and any(tag in getAllInflections(word) for tag in TAGS))
    return "".join("\t".join([verb, *(getInflection(verb, tag)[0] for tag in TAGS)]) + "\n" for verb in verbs)


if __name__ == "__main__":
    VERBS.write_text(text(), encoding="utf-8")
