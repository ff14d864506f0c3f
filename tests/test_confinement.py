"""What opens untrusted files has little memory and time, inherits nothing, and reaches nobody."""

from __future__ import annotations

import json
import os
import socket
import textwrap
import time
from pathlib import Path

import pytest

from runtime.documents.confined import CONFINEMENT, Ended, run


def child(folder: Path, program: str) -> Path:
    path = folder / "child.py"
    path.write_text(textwrap.dedent(program), encoding="utf-8")
    return path


def told(folder: Path, program: str, *arguments: str) -> dict[str, object]:
    ended = run(child(folder, program), arguments, folder)
    assert ended is not None
    answer = json.loads(ended.said)
    assert isinstance(answer, dict)
    return answer


def test_a_child_has_its_limits_before_it_opens_anything(tmp_path: Path) -> None:
    limits = told(
        tmp_path,
        """
        import json, resource
        names = ("AS", "CPU", "CORE", "FSIZE", "NOFILE")
        print(json.dumps({name: resource.getrlimit(getattr(resource, "RLIMIT_" + name)) for name in names}))
        """,
    )
    assert limits == {
        "AS": [768 * 1024**2] * 2,
        "CPU": [10, 10],
        "CORE": [0, 0],
        "FSIZE": [256 * 1024**2] * 2,
        "NOFILE": [64, 64],
    }


def test_a_child_that_eats_memory_or_time_is_ended(tmp_path: Path) -> None:
    eaten = run(child(tmp_path, "held = bytearray(900 * 1024 * 1024)"), (), tmp_path)
    assert isinstance(eaten, Ended)
    assert eaten.status != 0
    began = time.monotonic()
    assert run(child(tmp_path, "import time; time.sleep(60)"), (), tmp_path, seconds=0.5) is None
    assert time.monotonic() - began < 10


def test_what_a_child_started_ends_with_it(tmp_path: Path) -> None:
    program = """
        import subprocess, pathlib, time
        grandchild = subprocess.Popen(["/bin/sleep", "60"])
        pathlib.Path("pid").write_text(str(grandchild.pid))
        time.sleep(60)
        """
    assert run(child(tmp_path, program), (), tmp_path, seconds=2) is None
    pid = int((tmp_path / "pid").read_text())
    deadline = time.monotonic() + 10
    while _runs(pid):
        assert time.monotonic() < deadline, "it still runs"
        time.sleep(0.02)


def _runs(pid: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


def test_a_child_inherits_no_variable_no_open_file_and_spools_into_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SATUPINTU_SECRET_CANARY", "canary")
    held = os.open(tmp_path, os.O_RDONLY)
    os.set_inheritable(held, True)
    try:
        seen = told(
            tmp_path,
            """
            import json, os, tempfile
            files = [os.readlink(f"/proc/self/fd/{number}") for number in os.listdir("/proc/self/fd") if number > "2"
                     and os.path.exists(f"/proc/self/fd/{number}")]
            print(json.dumps({"names": sorted(os.environ), "files": files, "spool": tempfile.gettempdir()}))
            """,
        )
    finally:
        os.close(held)
    assert set(seen["names"]) <= {"LANG", "LC_CTYPE", "PATH", "TMPDIR", "JARINGAN"}  # type: ignore[call-overload]
    assert str(tmp_path) not in str(seen["files"])
    assert seen["spool"] == str(tmp_path)


CALL = """
    import json, os, socket, sys
    try:
        socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=5).close()
        reached = True
    except OSError:
        reached = False
    print(json.dumps({"reached": reached, "network": os.environ["JARINGAN"]}))
    """


def test_a_child_says_truly_whether_it_can_reach_the_network(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = str(listening.getsockname()[1])
        answer = told(tmp_path, CALL, port)
        assert answer["reached"] == (answer["network"] == "ada")


def test_a_child_can_gain_no_privilege(tmp_path: Path) -> None:
    status = told(tmp_path, "import json; print(json.dumps({'status': open('/proc/self/status').read()}))")
    assert "NoNewPrivs:\t1" in str(status["status"])


def test_the_confinement_stands_alone() -> None:
    lines = [line.strip() for line in CONFINEMENT.read_text(encoding="utf-8").splitlines()]
    assert [
        line for line in lines if line.startswith(("import ", "from ")) and ("runtime" in line or "PIL" in line)
    ] == []
