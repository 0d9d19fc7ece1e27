"""How the helper comes, stays and goes; and that nothing is lost where it cannot be had."""

import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from serving import DRAFT, PROGRAM, Program

from pushlint.resources import PACKAGE, RULES

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no helper")


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What is printed of the draft without a helper."""
    path = tmp_path_factory.mktemp("alone") / "draft.md"
    path.write_text(DRAFT, encoding="utf-8")
    env = Program(path).environment()
    ran = subprocess.run([*PROGRAM, "check", "draft.md"], cwd=path.parent, env=env, capture_output=True, timeout=120)
    assert ran.returncode == 1
    return ran.stdout


def until(condition: Callable[[], object]) -> None:
    """Waits until something holds."""
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


def test_it_is_started_when_first_asked_for_and_stopped(program: Program, draft: Path, alone: bytes) -> None:
    assert program("server", "status").returncode == 1
    assert program("--server", "check", "draft.md", cwd=draft.parent).stdout == alone
    said = program.status()
    assert said and said["asked"] == 2
    assert program("server", "status").stdout.decode().startswith(f"The helper is process {said['pid']}, ")
    folder = program.runtime / "pushlint"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert program.sockets[0].stat().st_mode & 0o077 == 0
    assert program("server", "stop").stdout == b"Stopped.\n"
    until(lambda: not is_alive(said["pid"]))
    assert program.sockets == []
    assert program("server", "stop").stdout == b"There is no helper to stop.\n"


@pytest.mark.parametrize(
    ("args", "env", "settings", "is_asked"),
    [
        (["check"], {}, "", False),
        (["check"], {"PUSHLINT_SERVER": "1"}, "", True),
        (["check"], {"PUSHLINT_SERVER": "1", "CI": "true"}, "", False),
        (["check", "--server"], {"CI": "true"}, "", True),
        (["check"], {}, "server = true\nserver-idle = 3\n", True),
        (["check"], {"CI": "true"}, "server = true\n", False),
        (["check", "--isolated"], {}, "server = true\n", False),
        (["check"], {"PUSHLINT_SERVER": "0"}, "server = true\n", False),
        (["check", "--no-server"], {"PUSHLINT_SERVER": "1"}, "server = true\n", False),
        (["rule", "CLO001"], {"PUSHLINT_SERVER": "1"}, "", False),
    ],
    ids=str,
)
def test_who_asks_for_it(
    program: Program, args: list[str], env: dict[str, str], settings: str, is_asked: bool, draft: Path
) -> None:
    (draft.parent / "pushlint.toml").write_text(settings, encoding="utf-8")
    program(*args, env=env, cwd=draft.parent)
    said = program.status()
    assert bool(said) == is_asked
    if said and settings:
        assert said["idle_minutes"] == 3


def test_many_who_ask_at_once_share_one(program: Program, draft: Path, alone: bytes) -> None:
    asking = [program.started("--server", "check", "draft.md", cwd=draft.parent) for _ in range(4)]
    assert [process.communicate(timeout=120)[0] for process in asking] == [alone] * 4
    said = program.status()
    assert said and said["asked"] == 5
    assert len(program.sockets) == 1
    program("server", "stop")
    time.sleep(0.5)
    assert program.status() is None  # none waited to take its place


def test_one_that_was_killed_is_replaced(program: Program, draft: Path, alone: bytes) -> None:
    program("server", "start")
    first = program.status()
    assert first
    os.kill(first["pid"], signal.SIGKILL)
    assert program.sockets  # which nobody listens at
    assert program("--server", "check", "draft.md", cwd=draft.parent).stdout == alone
    second = program.status()
    assert second and second["pid"] != first["pid"]


def test_settings_and_rules_of_ones_own_hold_at_once(program: Program, draft: Path) -> None:
    ask = ["--server", "check", "--output-format", "concise", "--quiet", "draft.md"]
    settings, rules = draft.parent / "pushlint.toml", draft.parent / "rules"
    rules.mkdir()
    settings.write_text('select = ["CLO"]\n')
    assert b"CLO001" in program(*ask, cwd=draft.parent).stdout
    before = program.status()
    settings.write_text('select = ["TST"]\nrules = ["rules"]\n')
    text = (RULES / "CLO-closing" / "CLO001-close-talk.yaml").read_text(encoding="utf-8")
    rule = rules / "TST001.yaml"
    rule.write_text(text.replace("CLO001", "TST001").replace("close-talk", "zap-talk"), encoding="utf-8")
    assert b"TST001" in program(*ask, cwd=draft.parent).stdout
    rule.write_text(rule.read_text().replace("TST001", "TST002"))
    assert b"TST002" in program(*ask, cwd=draft.parent).stdout
    after = program.status()
    assert before and after and before["pid"] == after["pid"]  # it has nothing of them


def test_another_version_or_other_shipped_rules_start_another(program: Program, draft: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    shutil.copytree(PACKAGE, installed / "pushlint", ignore=shutil.ignore_patterns("__pycache__", "_rules"))
    shutil.copytree(RULES, installed / "pushlint" / "_rules")
    program.env["PYTHONPATH"] = str(installed)
    ask = ["--server", "check", "--isolated", "--select", "CLO001", "draft.md"]
    first = program(*ask, cwd=draft.parent)
    before = program.status()
    rule = next((installed / "pushlint" / "_rules").rglob("CLO001-*.yaml"))
    rule.write_text(rule.read_text(encoding="utf-8").replace("level: warning", "level: error"), encoding="utf-8")
    second = program(*ask, cwd=draft.parent)
    after = program.status()
    assert before and after and before["pid"] != after["pid"]
    assert (b"1 warning" in first.stdout, b"1 error" in second.stdout) == (True, True)
    until(lambda: not is_alive(before["pid"]))
    assert len(program.sockets) == 1


def test_it_ends_when_nobody_asks(tmp_path: Path) -> None:
    start = "import sys; from pushlint.server.helper import main; main(sys.argv[1], '', 0.01)"
    path = tmp_path / "s"
    helper = subprocess.Popen([sys.executable, "-c", start, str(path)])
    until(path.exists)
    assert helper.wait(60) == 0
    assert not path.exists()


@pytest.mark.parametrize("kind", ["open to others", "somebody else's", "a file", "a link"])
def test_a_folder_that_is_not_ours_alone_is_not_used(program: Program, draft: Path, alone: bytes, kind: str) -> None:
    folder = program.runtime / "pushlint"
    if kind == "a file":
        folder.write_text("")
    elif kind == "a link":
        folder.symlink_to(draft.parent)
    else:
        folder.mkdir(0o700)
        if kind == "open to others":
            folder.chmod(0o755)
        elif os.geteuid() == 0:
            os.chown(folder, 65_534, 65_534)
        else:
            pytest.skip("only root can give a folder away")
    assert program("--server", "check", "draft.md", cwd=draft.parent).stdout == alone
    assert program.sockets == []
    for what in ("start", "status"):
        told = program("server", what)
        assert (told.returncode, told.stdout) == (2, b"")
        assert b"error: the helper cannot be had: " in told.stderr


def test_a_helper_cannot_be_asked_by_another_user(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can be another user")
    with socket_folder() as folder:
        path = folder / "s"
        start = "import sys; from pushlint.server.helper import main; main(sys.argv[1], '', 1)"
        helper = subprocess.Popen([sys.executable, "-c", start, str(path)])
        until(path.exists)
        path.chmod(0o666)
        ask = f"""
import os, socket, struct
os.setuid(65534)
connection = socket.socket(socket.AF_UNIX)
connection.connect({str(path)!r})
connection.sendall(struct.pack("!I", 18) + b'{{"tell": "status"}}')
try:
    print(connection.recv(1))
except ConnectionError:
    print(b"")
"""
        seen = [subprocess.check_output([sys.executable, "-c", ask.replace("65534", str(u))]) for u in (65_534, 0)]
        assert seen == [b"b''\n", b"b'\\x00'\n"]
        helper.terminate()
        helper.wait(30)


@contextmanager
def socket_folder() -> Iterator[Path]:
    """A folder that all can enter."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as name:
        os.chmod(name, 0o755)
        yield Path(name)


@pytest.mark.parametrize(
    "answers",
    [
        [],
        [{"pid": 2**22 + 1}],
        ["nonsense"],
    ],
    ids=["hangs up", "dies before it begins", "talks nonsense"],
)
def test_one_that_fails_costs_nothing(program: Program, draft: Path, alone: bytes, answers: list[object]) -> None:
    with false_helper(program, answers):
        ran = program("--server", "check", "draft.md", cwd=draft.parent)
    assert (ran.returncode, ran.stdout, ran.stderr) == (1, alone, b"")


@contextmanager
def false_helper(program: Program, answers: list[object]) -> Iterator[None]:
    """Something that listens where the helper would, answers so to the first who asks, and hangs up."""
    where = "from pushlint.server import address; address.make_folder(); print(address.path(), end='')"
    path = subprocess.check_output([sys.executable, "-c", where], env=program.environment()).decode()
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen()

    def answer() -> None:
        connection, _ = listener.accept()
        listener.close()
        os.unlink(path)
        with connection:
            connection.recv(1 << 16)
            for one in answers:
                data = json.dumps(one).encode()
                connection.sendall(len(data).to_bytes(4, "big") + data)

    thread = Thread(target=answer, daemon=True)
    thread.start()
    yield
    thread.join(30)


def test_one_that_hangs_is_ended(program: Program, draft: Path, alone: bytes) -> None:
    program("server", "start")
    said = program.status()
    assert said
    os.kill(said["pid"], signal.SIGSTOP)
    run = "from pushlint.server import client; client.PATIENCE = 1; from pushlint.__main__ import main; main()"
    command = [sys.executable, "-c", run, "--server", "check", "draft.md"]
    ran = subprocess.run(command, cwd=draft.parent, env=program.environment(), capture_output=True, timeout=120)
    assert ran.stdout == alone
    until(lambda: not is_alive(said["pid"]))


def test_what_is_at_work_ends_with_whoever_asked(program: Program) -> None:
    program("server", "start")
    run = program.started("--server", "check", "-")
    said = program.status()
    assert said
    until(lambda: at_work(said["pid"]))
    (child,) = at_work(said["pid"])
    time.sleep(0.5)
    run.kill()
    run.wait()
    until(lambda: not is_alive(child))
    assert program.status()


def at_work(pid: int) -> list[int]:
    """The children of a helper that have something to do: each leads a group of its own."""
    children = map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
    return [child for child in children if is_alive(child) and os.getpgid(child) == child]


def test_one_that_is_killed_at_its_work_is_told(program: Program) -> None:
    program("server", "start")
    run = program.started("--server", "check", "-")
    said = program.status()
    assert said
    until(lambda: at_work(said["pid"]))
    (child,) = at_work(said["pid"])
    assert run.stdin
    run.stdin.write(DRAFT.encode())
    run.stdin.flush()
    until(lambda: not waiting_in(run.stdin.fileno()))  # to do it again here would be to read the rest alone
    os.kill(child, signal.SIGKILL)
    out, err = run.communicate(timeout=60)
    assert (run.returncode, out) == (2, b"")
    assert err.startswith(b"error: the helper was killed at its work\n")


def waiting_in(pipe: int) -> int:
    """How many bytes of what was written into a pipe nobody has read yet."""
    return int.from_bytes(fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)), sys.byteorder)


def test_work_that_has_begun_outlives_the_helper(program: Program, alone: bytes) -> None:
    program("server", "start")
    run = program.started("--server", "check", "--stdin-filename", "draft.md", "-")
    said = program.status()
    assert said
    until(lambda: at_work(said["pid"]))
    time.sleep(0.5)
    os.kill(said["pid"], signal.SIGKILL)
    out, _ = run.communicate(DRAFT.encode(), timeout=60)
    assert (run.returncode, out) == (1, alone)
