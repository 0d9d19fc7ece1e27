"""action.yml, the GitLab template and docs/ci.md: what they would run is run, in a clone of a real repository.

What only the service has is stood in for: its variables, its expressions, and the programs `pip` and `gh`, which write
down what they are asked for.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
SOURCE = "git+https://github.com/pushlint/pushlint@v0.1.0"
OLD = "Hi Sam,\n\nI'd love to close this deal this week.\n\nBest,\nAnn\n"
NEW = "Hi Sam,\n\nBuy now, and the boxes are yours.\n\nBest,\nAnn\n"
EXPRESSIONS = {
    "github.base_ref && format('origin/{0}', github.base_ref)": "origin/main",
    "github.token": "a-token",
    "github.event.pull_request.number": "7",
    "github.action_path": str(ROOT),
    "steps.python.outputs.python-path": sys.executable,
}
ON_PATH = {
    "pushlint": f'exec {sys.executable} -m pushlint "$@"',
    "pip": 'printf "%s\\n" "$*" >> "$ASKED/pip"',
    "gh": 'printf "%s\\n" "$*" >> "$ASKED/gh"; cp comment.md "$ASKED/comment.md"',
}


@dataclass
class Service:
    """A runner: the folder of the clone, and the environment of its steps."""

    clone: Path
    env: dict[str, str]
    told: list[str] = field(default_factory=list)

    def run(self, script: str, shell: str = "bash", **env: str) -> int:
        """Runs lines as the service would; its exit code."""
        words = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"] if shell == "bash" else ["sh", "-ec"]
        done = subprocess.run(
            [*words, script], cwd=self.clone, env=self.env | env, capture_output=True, text=True, timeout=300
        )
        self.told.append(done.stdout + done.stderr)
        return done.returncode

    def asked(self, program: str) -> list[str]:
        path = Path(self.env["ASKED"], program)
        return path.read_text().splitlines() if path.exists() else []

    def file(self, variable: str) -> str:
        return Path(self.env[variable]).read_text(encoding="utf-8")

    def action(self, inputs: Mapping[str, str]) -> tuple[int, dict[str, str]]:
        """Runs the lint step of action.yml; the exit code and the outputs."""
        assert inputs.keys() <= ACTION["inputs"].keys()
        given = {name: str(what["default"]) for name, what in ACTION["inputs"].items()} | dict(inputs)
        values = EXPRESSIONS | {f"inputs.{name}": value for name, value in given.items()}
        Path(self.env["GITHUB_OUTPUT"]).write_text("")
        (step,) = [step for step in ACTION["runs"]["steps"] if step.get("id") == "check"]
        code = self.run(step["run"], **{name: expressed(text, values) for name, text in step["env"].items()})
        lines = self.file("GITHUB_OUTPUT").splitlines()
        return code, dict(line.split("=", 1) for line in lines)


def expressed(text: str, values: Mapping[str, str] = EXPRESSIONS) -> str:
    """A text with its `${{ }}` filled in; one that is not known is an error."""
    return re.sub(r"\$\{\{ *(.*?) *\}\}", lambda found: values[found[1]], text)


def git(folder: Path, *words: str) -> None:
    who = ["-c", "user.name=Ann", "-c", "user.email=ann@example.com"]
    subprocess.run(["git", "-C", str(folder), *who, *words], check=True, capture_output=True)


@pytest.fixture
def service(tmp_path: Path) -> Service:
    """A clone with an old pushy draft, and a new one on the branch that is checked out."""
    origin, clone = tmp_path / "origin", tmp_path / "clone"
    (origin / "drafts").mkdir(parents=True)
    git(origin, "init", "-q", "-b", "main")
    (origin / "drafts" / "old.md").write_text(OLD)
    git(origin, "add", "-A")
    git(origin, "commit", "-qm", "old")
    git(origin, "checkout", "-qb", "campaign")
    (origin / "drafts" / "new one.md").write_text(NEW)
    git(origin, "add", "-A")
    git(origin, "commit", "-qm", "new")
    subprocess.run(["git", "clone", "-q", f"file://{origin}", str(clone)], check=True, capture_output=True)
    (tmp_path / "bin").mkdir()
    for name, line in ON_PATH.items():
        program = tmp_path / "bin" / name
        program.write_text(f"#!/bin/sh\n{line}\n")
        program.chmod(0o755)
    env = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "CI_"))}
    env |= {"ASKED": str(tmp_path), "PYTHONPATH": str(ROOT), "PATH": f"{tmp_path / 'bin'}{os.pathsep}{env['PATH']}"}
    for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_PATH"):
        env[name] = str(tmp_path / name)
        Path(env[name]).touch()
    env |= {"RUNNER_TEMP": str(tmp_path), "GITHUB_WORKSPACE": str(clone), "GITHUB_ACTIONS": "true"}
    return Service(clone, env)


def snippets(heading: str, language: str = "yaml") -> list[Any]:
    """The examples of a section of docs/ci.md, YAML parsed."""
    sections = re.split(r"^##+ (.*)$", PAGE, flags=re.MULTILINE)
    text = dict(zip(sections[1::2], sections[2::2], strict=True))[heading]
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [yaml.safe_load(block) if language == "yaml" else block for block in blocks]


def steps(snippet: dict[str, Any]) -> list[dict[str, Any]]:
    """The steps of a workflow, or of a part of one."""
    jobs = list(snippet.get("jobs", {}).values()) or [snippet]
    return [step for job in jobs for step in job["steps"]]


def used(snippet: dict[str, Any]) -> dict[str, str]:
    """What a workflow says to the action."""
    (step,) = [step for step in steps(snippet) if step.get("uses", "").startswith("pushlint/pushlint@")]
    return {name: expressed(str(value)) for name, value in step["with"].items()}


def test_the_action_annotates_writes_a_summary_and_says_how_it_went(service: Service) -> None:
    (snippet,) = snippets("GitHub Actions")
    code, outputs = service.action(used(snippet))
    assert code == 1 and outputs == {"exit-code": "1"}
    assert "::warning title=CLO002 hard-close,file=drafts/new one.md,line=3" in service.told[-1]
    summary = service.file("GITHUB_STEP_SUMMARY")
    assert summary.count("### pushlint:") == 1 and "CLO002" in summary and "old.md" in summary


def test_the_action_passes_where_nothing_pushes(service: Service) -> None:
    (service.clone / "calm.md").write_text("Hi Sam,\n\nHow do you plan the harvest today?\n\nBest,\nAnn\n")
    code, outputs = service.action({"paths": "calm.md", "args": "--select CLO"})
    assert (code, outputs) == (0, {"exit-code": "0"})
    assert "no pushing found" in service.file("GITHUB_STEP_SUMMARY")


def test_the_action_shows_what_the_pull_request_changed(service: Service) -> None:
    (snippet,) = snippets("Only what the pull request changed")
    assert next(step for step in steps(snippet) if "checkout" in step["uses"])["with"] == {"fetch-depth": 0}
    code, _ = service.action(used(snippet))
    assert code == 1 and "new one.md" in service.told[-1] and "old.md" not in service.told[-1]


def test_the_action_in_a_shallow_clone_says_what_is_missing(service: Service, tmp_path: Path) -> None:
    words = ["git", "clone", "-q", "--depth=1", "--branch=campaign", f"file://{tmp_path / 'origin'}"]
    service.clone = tmp_path / "shallow"
    subprocess.run([*words, str(service.clone)], check=True, capture_output=True)
    code, outputs = service.action({"diff-base": "origin/main"})
    assert (code, outputs) == (2, {"exit-code": "2"})
    command = re.search(r"`(git fetch .*?)`", service.told[-1])
    assert command and "fetch-depth: 0" in service.told[-1]
    assert service.run(command[1]) == 0
    assert service.action({"diff-base": "origin/main"})[0] == 1


def test_the_action_writes_sarif_for_the_step_that_uploads_it(service: Service) -> None:
    (snippet,) = snippets("Code scanning")
    code, outputs = service.action(used(snippet))
    assert code == 1
    upload = steps(snippet)[-1]
    values = {"steps.pushlint.outputs.sarif": outputs["sarif"]}
    report = json.loads((service.clone / expressed(upload["with"]["sarif_file"], values)).read_text())
    assert {result["ruleId"] for result in report["runs"][0]["results"]} >= {"CLO001", "CLO002"}


def test_the_action_comments(service: Service) -> None:
    (snippet,) = snippets("A comment on the pull request")
    assert service.action(used(snippet))[0] == 1
    comment = steps(snippet)[-1]
    env = {name: expressed(text) for name, text in comment["env"].items()}
    assert service.run(comment["run"], **env) == 0
    assert service.asked("gh") == ["pr comment 7 --edit-last --create-if-none --body-file comment.md"]
    assert "CLO002" in "\n".join(service.asked("comment.md"))


def test_what_the_caller_says_is_words_and_never_a_script(service: Service) -> None:
    hostile = "$(touch hacked) `touch hacked` ; touch hacked"
    for name in ("paths", "args", "baseline", "diff-base", "sarif"):
        service.action({name: hostile})
    assert not (service.clone / "hacked").exists()
    assert not [step for step in ACTION["runs"]["steps"] if "${{" in step.get("run", "")]


def test_quotes_keep_a_name_with_spaces_together(service: Service) -> None:
    code, _ = service.action({"paths": "'drafts/new one.md' drafts/old.md", "args": "--select 'CLO001'"})
    assert code == 1 and "CLO001" in service.told[-1] and "in 1 of 2 drafts" in service.told[-1]


def test_a_baseline_is_found_and_may_be_named(service: Service) -> None:
    assert service.run("pushlint baseline --file known.json drafts/") == 0
    assert service.action({})[0] == 1
    assert service.action({"baseline": "known.json"})[0] == 0


@pytest.mark.slow
def test_the_action_installs_its_own_checkout(service: Service, tmp_path: Path) -> None:
    (step,) = [step for step in ACTION["runs"]["steps"] if step.get("name") == "Install pushlint"]
    env = {name: expressed(text, EXPRESSIONS | {"inputs.version": ""}) for name, text in step["env"].items()}
    here = os.pathsep.join(path for path in sys.path if path.endswith("site-packages"))
    env |= {"PIP_NO_INDEX": "1", "PIP_NO_BUILD_ISOLATION": "0", "PYTHONPATH": here}  # what it needs is taken from here
    assert service.run(step["run"], **env) == 0, service.told[-1]
    (bin,) = service.file("GITHUB_PATH").split()
    script = f"cd /; {bin}/pushlint --version && {bin}/python -c 'import pushlint; print(pushlint)'"
    assert service.run(script, PYTHONPATH=here) == 0, service.told[-1]
    assert str(tmp_path) in service.told[-1]


def test_a_version_is_installed_from_its_tag(service: Service, tmp_path: Path) -> None:
    (step,) = [step for step in ACTION["runs"]["steps"] if step.get("name") == "Install pushlint"]
    fake = tmp_path / "snake"
    fake.write_text(
        f'#!/bin/sh\nprintf "%s\\n" "$*" >> "$ASKED/python"; mkdir -p "$3/bin"; cp {fake} "$3/bin/python"\n'
    )
    fake.chmod(0o755)
    service.run(step["run"], PYTHON=str(fake), VERSION="0.1.0", CHECKOUT=str(ROOT))
    assert service.asked("python")[-1].endswith(f"install --quiet --disable-pip-version-check {SOURCE}")


def test_other_actions_are_pinned_by_their_commit() -> None:
    uses = [step["uses"] for step in ACTION["runs"]["steps"] if "uses" in step]
    assert uses and all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", use) for use in uses)


def test_github_without_the_action(service: Service) -> None:
    (snippet,) = snippets("Without the action")
    install, lint = [step["run"] for step in steps(snippet) if "run" in step]
    assert service.run(install) == 0 and service.asked("pip") == [f"install {SOURCE}"]
    assert service.run(lint) == 1 and "::warning title=CLO002" in service.told[-1]


def gitlab(inputs: Mapping[str, str]) -> dict[str, Any]:
    """The template with its inputs, as GitLab fills it in."""
    text = (ROOT / "templates" / "gitlab.yml").read_text(encoding="utf-8")
    head, body = text.split("\n---\n")
    known = yaml.safe_load(head)["spec"]["inputs"]
    assert inputs.keys() <= known.keys()
    values = {name: given(str(what["default"])) for name, what in known.items()} | dict(inputs)
    filled = yaml.safe_load(re.sub(r"\$\[\[ inputs\.([\w-]+) \]\]", lambda found: values[found[1]], body))
    job = filled["pushlint"]
    assert isinstance(job, dict)
    return job


def given(value: str) -> str:
    return value.lower() if value in ("True", "False") else value


@pytest.mark.parametrize("only_changed", [True, False])
def test_the_gitlab_template(service: Service, only_changed: bool) -> None:
    include, by_hand = snippets("GitLab CI")
    inputs = {name: given(str(value)) for name, value in include["include"][0]["inputs"].items()}
    job = gitlab(inputs | {"only-changed": given(str(only_changed))})
    env = {name: str(value or "") for name, value in job["variables"].items()}
    base = subprocess.run(["git", "-C", service.clone, "rev-parse", "origin/main"], capture_output=True, text=True)
    env |= {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base.stdout.strip(), "CI_PROJECT_DIR": str(service.clone)}
    assert service.run("\n".join(job["before_script"]), "sh", **env) == 0
    assert service.asked("pip") == [f"install --quiet {SOURCE}"]
    assert service.run("\n".join(job["script"]), "sh", **env) == 1
    report = json.loads((service.clone / job["artifacts"]["reports"]["codequality"]).read_text())
    paths = {entry["location"]["path"] for entry in report}
    assert paths == ({"drafts/new one.md"} if only_changed else {"drafts/new one.md", "drafts/old.md"})
    assert job["artifacts"]["when"] == "always" and by_hand["pushlint"]["variables"] == {"GIT_DEPTH": "0"}


def test_gitlab_by_hand(service: Service) -> None:
    job = snippets("GitLab CI")[1]["pushlint"]
    assert service.run("\n".join(job["script"]), "sh") == 1
    assert service.asked("pip") == [f"install {SOURCE}"]
    assert json.loads((service.clone / job["artifacts"]["reports"]["codequality"]).read_text())


def test_azure(service: Service) -> None:
    (snippet,) = snippets("Azure Pipelines")
    install, lint = [step["script"] for step in snippet["steps"] if "script" in step]
    assert service.run(install) == 0 and service.asked("pip") == [f"install {SOURCE}"]
    assert service.run(lint) == 1 and "##vso[task.logissue type=warning" in service.told[-1]
    publish = snippet["steps"][-1]
    assert "<testsuites" in (service.clone / publish["inputs"]["testResultsFiles"]).read_text()


def test_any_shell(service: Service) -> None:
    (script,) = snippets("Anywhere else", "sh")
    assert service.run(script, "sh") == 1
    assert (service.clone / "pushlint.xml").exists() and (service.clone / "pushlint.html").exists()


def test_a_stale_baseline_stops_a_branch(service: Service) -> None:
    (script,) = snippets("A baseline in CI", "sh")
    assert service.run("pushlint baseline drafts/") == 0
    assert service.run(script, "sh") == 0
    (service.clone / "drafts" / "old.md").unlink()
    assert service.run(script, "sh") == 1 and "gone: drafts/old.md" in service.told[-1]


def test_the_hooks_are_there_and_do_what_the_page_says() -> None:
    hooks = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    for snippet in snippets("pre-commit"):
        for hook in snippet["repos"][0]["hooks"]:
            assert set(hook.get("stages", [])) <= set(hooks[hook["id"]]["stages"])
    for name, hook in hooks.items():
        assert f"| `{name}` | `{hook['entry']}` | {', '.join(hook['stages'])} |" in PAGE


def test_every_example_is_of_this_version() -> None:
    version = re.search(r'^version = "(.*)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert version
    assert set(re.findall(r"(?:pushlint@|rev: |pushlint/)v([\d.]+\d)", PAGE)) == {version[1]}
    assert gitlab({})["before_script"][0].endswith(f'@v{version[1]}"')
