"""Writes docs/rules/: a page for each rule and a table of them all, from the rule files."""

from pathlib import Path

from pushlint.reports.rule_page import levels, page
from pushlint.rulebook import Rule, load_rules

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "rules"


def files() -> dict[str, str]:
    """The text of each file in the folder, by its name."""
    rules = load_rules(plugins=False)
    return {"README.md": _table(rules), **{_name(rule): page(rule) + "\n" for rule in rules}}


def _name(rule: Rule) -> str:
    return f"{rule.code}-{rule.name}.md"


def _table(rules: list[Rule]) -> str:
    head = ["# Rules", "", "| code | name | level | basis | what it finds |", "|---|---|---|---|---|"]
    rows = [
        f"| [{rule.code}]({_name(rule)}) | {rule.name} | {levels(rule)} | {rule.basis} | {rule.summary} |"
        for rule in rules
    ]
    return "\n".join([*head, *rows]) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    texts = files()
    for file in FOLDER.iterdir():
        if file.name not in texts:
            file.unlink()
    for name, text in texts.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
