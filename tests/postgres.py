"""A PostgreSQL of Debian's packages in a temporary folder, for tests; it does not run as root."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from copydesk.shared.broker import free_ports
from tests.data import missing

TUNED = "-c listen_addresses= -c max_connections=60 -c shared_buffers=64MB"


def programs() -> Path | None:
    """The folder of initdb and pg_ctl, of the latest version that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@dataclass(frozen=True)
class LocalPostgres:
    """A server below `folder`, reached by its socket there."""

    folder: Path
    port: int
    programs: Path
    user: str | None  # to run as, where this process is root

    def url(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self.folder}&port={self.port}"

    def start(self) -> None:
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-t", "400", "-l", str(self.folder / "log"), "-o", self._options(), "start")

    def stop(self, how: str = "immediate") -> None:
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-t", "400", "-m", how, "stop")

    def create(self) -> None:
        self._run("initdb", "-D", str(self.folder / "data"), "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "-N")

    def database(self, name: str, options: str = "") -> str:
        """A new, empty database; its URL."""
        self._run("psql", "-h", str(self.folder), "-p", str(self.port), "-U", "postgres", "-qc", f'CREATE DATABASE "{name}" {options}')
        return self.url(name)

    def _options(self) -> str:
        return f"-p {self.port} -k {self.folder} {TUNED}"

    def _run(self, program: str, *arguments: str) -> None:
        command: Sequence[str] = [str(self.programs / program), *arguments]
        with (self.folder / "commands").open("ab") as out:
            subprocess.run(command, check=True, user=self.user, stdout=out, stderr=out, cwd=self.folder, env={**os.environ, "LC_ALL": "C.UTF-8"})


@contextlib.contextmanager
def running_postgres() -> Iterator[LocalPostgres]:
    """A server for some tests. Skips them where no PostgreSQL is installed, unless all data is required."""
    found = programs()
    if found is None:
        missing("no PostgreSQL is installed here: apt-get install postgresql")
    with tempfile.TemporaryDirectory(prefix="copydesk-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        user = "postgres" if os.getuid() == 0 else None
        if user is not None:
            (folder / "commands").touch()
            os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
        server = LocalPostgres(folder, free_ports(), found, user)
        server.create()
        server.start()
        try:
            yield server
        finally:
            server.stop()
