from dataclasses import dataclass

import pytest

from pushlint.errors import InputError
from pushlint.settings import Settings, find_rule, select_rules


@dataclass(frozen=True)
class Rule:
    code: str
    name: str


RULES = [Rule("CLO001", "close-talk"), Rule("CLO002", "hard-close"), Rule("PRI001", "early-price")]


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        (("ALL",), (), ["CLO001", "CLO002", "PRI001"]),
        (("CLO",), (), ["CLO001", "CLO002"]),
        (("CLO001", "PRI"), (), ["CLO001", "PRI001"]),
        (("close-talk",), (), ["CLO001"]),
        (("ALL",), ("CLO",), ["PRI001"]),
        (("ALL",), ("early-price",), ["CLO001", "CLO002"]),
        (("CLO",), ("CLO002",), ["CLO001"]),
        (("CLO002",), ("CLO",), ["CLO002"]),
        (("CLO",), ("ALL",), ["CLO001", "CLO002"]),
        (("CLO001",), ("close-talk",), []),
        (("ALL",), ("ALL",), []),
    ],
)
def test_the_more_specific_selector_wins(select: tuple[str, ...], ignore: tuple[str, ...], expected: list[str]) -> None:
    assert [rule.code for rule in select_rules(RULES, Settings(select=select, ignore=ignore))] == expected


@pytest.mark.parametrize(
    ("option", "wrong", "hint"),
    [
        ("select", "CLO01", 'did you mean "CLO001"?'),
        ("select", "clo", 'did you mean "CLO"?'),
        ("ignore", "all", 'did you mean "ALL"?'),
        ("ignore", "closetalk", 'did you mean "close-talk"?'),
        ("select", "", "`pushlint rule --all` lists the rules"),
    ],
)
def test_an_unknown_selector_is_an_error_with_the_nearest_right_word(option: str, wrong: str, hint: str) -> None:
    with pytest.raises(InputError) as caught:
        select_rules(RULES, Settings(**{option: (wrong,)}))  # type: ignore[arg-type]
    assert f'--{option}: there is no rule "{wrong}"' in str(caught.value)
    assert caught.value.hint == hint


def test_a_rule_is_found_by_code_or_name() -> None:
    assert find_rule("CLO002", RULES) is find_rule("hard-close", RULES) is RULES[1]
    with pytest.raises(InputError, match='did you mean "hard-close"'):
        find_rule("hardclose", RULES)
