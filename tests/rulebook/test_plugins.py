"""An installed package adds rules by an entry point; one that is broken costs only its own."""

import shutil
import tomllib
from pathlib import Path

import pytest

from pushlint.errors import InputError
from pushlint.examples import check
from pushlint.rulebook import load_rules

PACKAGE = Path(__file__).parents[1] / "plugin_example"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder the example is installed in, as an installer leaves it: the package and its `dist-info`."""
    project = tomllib.loads((PACKAGE / "pyproject.toml").read_text())["project"]
    shutil.copytree(PACKAGE / "pushlint_example", tmp_path / "pushlint_example")
    info = tmp_path / f"pushlint_example-{project['version']}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Name: {project['name']}\nVersion: {project['version']}\n")
    points = [
        f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in entries.items())
        for group, entries in project["entry-points"].items()
    ]
    (info / "entry_points.txt").write_text("\n".join(points))
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(__import__("sys").modules, "pushlint_example", raising=False)
    return tmp_path


def test_an_installed_package_adds_its_rules(installed: Path) -> None:
    (rule,) = [rule for rule in load_rules() if rule.code == "EXM001"]
    assert rule.name == "synergy"
    assert list(check([rule])) == []
    assert "EXM001" not in {rule.code for rule in load_rules(plugins=False)}


def test_a_local_folder_has_the_last_word(installed: Path, tmp_path: Path) -> None:
    house = tmp_path / "house"
    shutil.copytree(installed / "pushlint_example" / "rules", house)
    path = house / "EXM001-synergy.yaml"
    path.write_text(path.read_text().replace("level: info", "level: error"))
    assert [rule.level for rule in load_rules([house]) if rule.code == "EXM001"] == ["error"]


def test_a_broken_plug_in_costs_only_its_rules(installed: Path) -> None:
    (installed / "pushlint_example" / "__init__.py").write_text("def rules():\n    return 1 / 0\n")
    with pytest.raises(InputError, match='the plug-in "example"'):
        load_rules()
    errors: list[InputError] = []
    assert load_rules(errors=errors) == load_rules(plugins=False)
    assert [error.message for error in errors] == [
        'the plug-in "example" (pushlint_example:rules) cannot be loaded: division by zero'
    ]
