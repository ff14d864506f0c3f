"""A throw-away PostgreSQL cluster, of whatever server binaries the machine has; for root too, which it runs not as.

`fsync` is off unless asked for: what dies in a test is a process, and what it has told the kernel stays. What a power
cut leaves is looked at by `tests/faults/test_power_cut.py`.
"""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from runtime.cases.database import open_database

PATIENCE = 60.0
TEMPLATE = "template_satupintu"


def binaries() -> Path | None:
    """Return the folder of the server's binaries: `PG_BIN`, Debian's newest, or what is on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    for folder in [*filter(None, [Path(os.environ["PG_BIN"]) if "PG_BIN" in os.environ else None]), *found]:
        if os.access(folder / "postgres", os.X_OK):
            return folder
    on_path = shutil.which("pg_ctl")
    return None if on_path is None else Path(on_path).resolve().parent


class Cluster:
    """A cluster in a folder of its own, from construction to `destroy`."""

    def __init__(self, folder_of_binaries: Path, *, durable: bool = False) -> None:
        """Make the files of the cluster; `durable` for one that keeps what it acknowledged also in a power cut."""
        self.binaries = folder_of_binaries
        self._durable = durable
        self._user = _nobody_in_particular()
        # Not under pytest's own folder: the path of a socket has at most 107 bytes.
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self.data = self.folder / "data"
        if self._user is not None:
            os.chown(self.folder, self._user.pw_uid, self._user.pw_gid)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.run("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(
                f"port={self.port}\nlisten_addresses='127.0.0.1'\nunix_socket_directories='{self.folder}'\n"
                "max_connections=200\nshared_buffers=64MB\nsynchronous_commit=on\n"
                f"fsync={'on' if durable else 'off'}\n"
            )
        self._server: subprocess.Popen[bytes] | None = None
        self._numbers = itertools.count()

    def run(self, tool: str, *arguments: object) -> bytes:
        """Run a tool of the server's as the server's own user, and return what it prints."""
        command = [str(self.binaries / tool), *map(str, arguments)]
        user, group = (self._user.pw_uid, self._user.pw_gid) if self._user is not None else (None, None)
        done = subprocess.run(command, check=True, capture_output=True, cwd="/", user=user, group=group)
        return done.stdout

    def start(self, environment: Mapping[str, str] | None = None) -> None:
        """Start the server, with more variables where some are given, and wait until it answers."""
        command = [str(self.binaries / "postgres"), "-D", str(self.data)]
        user, group = (self._user.pw_uid, self._user.pw_gid) if self._user is not None else (None, None)
        env = {**os.environ, **(environment or {})}
        with (self.folder / "log").open("ab") as log:
            self._server = subprocess.Popen(command, stdout=log, stderr=log, cwd="/", user=user, group=group, env=env)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            assert self._server.poll() is None, (self.folder / "log").read_text()[-2000:]
            if _says_ready(self.data / "postmaster.pid", self._server.pid):
                return
            time.sleep(0.02)
        raise TimeoutError((self.folder / "log").read_text()[-2000:])

    def kill(self) -> None:
        """kill -9, and wait until the server's children have noticed."""
        assert self._server is not None
        os.kill(self._server.pid, signal.SIGKILL)
        self._server.wait(PATIENCE)
        deadline = time.monotonic() + PATIENCE
        while _works_in(self.data) and time.monotonic() < deadline:
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop the server as an operator does, and wait until all is on the disk."""
        assert self._server is not None
        self._server.send_signal(signal.SIGINT)
        self._server.wait(PATIENCE)

    def hold(self, data: Path) -> None:
        """Have these files in the place of one's own; the server does not run."""
        shutil.rmtree(self.data)
        shutil.copytree(data, self.data)
        self.data.chmod(0o700)
        if self._user is not None:
            for path in (self.data, *self.data.rglob("*")):
                os.chown(path, self._user.pw_uid, self._user.pw_gid)

    def pause(self, *, on: bool) -> None:
        """Stop the server and all its children where they are, or let them go on."""
        for process in _works_in(self.data):
            os.kill(process, signal.SIGSTOP if on else signal.SIGCONT)

    def url(self, name: str = "postgres") -> str:
        """Return the address of a database, as the setting has it."""
        plain = f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{name}"
        return plain if self._durable else f"{plain}?fsync=off"

    def tell(self, sql: str, name: str = "postgres") -> None:
        """Run a statement as the owner of everything, outside of any transaction."""
        engine = create_engine(self.url(name).removesuffix("?fsync=off"), poolclass=NullPool)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(sql)
        engine.dispose()

    def make_template(self) -> None:
        """Make the database of which all others are copies."""
        self.tell(f"CREATE DATABASE {TEMPLATE}")
        open_database(self.folder / "none", self.url(TEMPLATE)).close()

    @contextmanager
    def database(self, template: str = TEMPLATE) -> Iterator[str]:
        """Make a database and return its address; it is dropped at the end."""
        name = f"t{next(self._numbers)}"
        self.tell(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield self.url(name)
        self.tell(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def dump(self, url: str) -> bytes:
        """Return all that a backup of a database would hold."""
        return self.run("pg_dump", "-h", "127.0.0.1", "-p", self.port, "-U", "postgres", name_of(url))

    def destroy(self) -> None:
        """Stop the server, and remove everything."""
        if self._server is not None and self._server.poll() is None:
            self._server.send_signal(signal.SIGQUIT)
            self._server.wait(PATIENCE)
        shutil.rmtree(self.folder)


def name_of(url: str) -> str:
    """Return the name of a database from its address."""
    return url.rpartition("/")[2].partition("?")[0]


def _nobody_in_particular() -> pwd.struct_passwd | None:
    """Return whom the server is to run as, None for who runs the tests: it refuses to be root."""
    if os.getuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def _says_ready(file: Path, server: int) -> bool:
    lines = file.read_text().splitlines() if file.exists() else []
    return len(lines) >= 8 and lines[7].strip() == "ready" and lines[0].strip() == str(server)


def _works_in(folder: Path) -> list[int]:
    """Return the processes whose working directory is a folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").readlink() == folder:
                found.append(int(process.name))
        except OSError:  # it has ended, or is somebody else's
            continue
    return found
