"""`pushlint rule`: a rule's page: what, why, on what basis, with examples and rewrites."""

import json
from pathlib import Path

import click
import msgspec

from pushlint.cli import report
from pushlint.cli.options import rules_option, text_or_json
from pushlint.config.resolve import Configuration
from pushlint.errors import InputError
from pushlint.reports.rule_page import page
from pushlint.rulebook.load import load_rules, rules_for
from pushlint.settings import find_rule


@click.command()
@click.argument("rule", required=False, metavar="CODE|NAME")
@click.option("--all", "every", is_flag=True, help="Explain all rules.")
@rules_option
@text_or_json("A page in Markdown, or the rule file's data.")
def rule(rule: str | None, every: bool, rules: tuple[Path, ...], output_format: str) -> None:
    """Explain a rule: what it finds, why, on what basis, with examples and rewrites."""
    if every == bool(rule):
        raise click.UsageError("Name one rule (CODE or NAME), or ask for --all.")
    folders = rules or Configuration().of_run(["."])[0].rules
    errors: list[InputError] = []
    known = rules_for(rule, folders, errors) if rule else load_rules(folders, errors=errors)
    for error in errors:
        report(error)
    chosen = [find_rule(rule, known)] if rule else known
    if output_format == "text":
        click.echo("\n\n".join(page(one) for one in chosen))
    else:
        data = [msgspec.to_builtins(one) for one in chosen]
        click.echo(json.dumps(data if every else data[0], ensure_ascii=False, indent=2))
    click.get_current_context().exit(2 if errors else 0)
