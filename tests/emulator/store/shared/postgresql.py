"""A real PostgreSQL for tests: Debian's binaries in a folder of its own, or what DUOLECT_TEST_POSTGRES
names.

It is found in /usr/lib/postgresql or in the PATH. Where it is missing, tests are skipped with the reason,
or fail with ``DUOLECT_REQUIRE=all``. Each store gets a schema of its own.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from urllib.parse import quote

import attrs
from tests.contract.requirements import require, require_command

_HOW = "Debian's package postgresql has it, or DUOLECT_TEST_POSTGRES names a database"
_BINARIES = Path("/usr/lib/postgresql")
_START = 30
_numbers = count(1)


@attrs.define
class Postgres:
    """A PostgreSQL that runs: the URL of its database, and where it is, if it was started here."""

    url: str
    folder: Path | None = None
    binaries: Path | None = None
    process: subprocess.Popen | None = None

    def fresh(self, name=""):
        """Return the URL of a schema that has nothing yet."""
        schema = f"t{os.getpid()}_{next(_numbers)}{name}"
        self.run(f"CREATE SCHEMA {schema}")
        sign = "&" if "?" in self.url else "?"
        return f"{self.url}{sign}options={quote(f'-csearch_path={schema}')}"

    def run(self, statement, values=(), url=""):
        """Run a statement, and return its rows."""
        psycopg = require("psycopg", "the extra postgres has it")
        with psycopg.connect(url or self.url, autocommit=True) as db:
            cursor = db.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def stop(self):
        """Stop at once, as a crash of all its processes does not: what was committed is there."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(20)

    def start(self):
        """Start, again where it was stopped."""
        port = self.url.rpartition(":")[2].partition("/")[0]
        command = [
            *_unprivileged(),
            str(self.binaries / "postgres"),
            *("-D", str(self.folder / "data"), "-p", port, "-k", str(self.folder)),
            *("-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "max_connections=300"),
            *("-c", "shared_buffers=32MB"),
        ]
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(  # noqa: S603 - Debian's own
                command, cwd=self.folder, stdout=log, stderr=log, start_new_session=True
            )
        until = time.monotonic() + _START
        while True:
            try:
                self.run("SELECT 1")
            except require("psycopg").OperationalError:  # it does not answer yet
                if time.monotonic() > until or self.process.poll() is not None:
                    raise AssertionError((self.folder / "log").read_text()) from None
                time.sleep(0.05)
            else:
                return


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _unprivileged():
    """Return what a command begins with that must not be run by root."""
    if os.geteuid():
        return []
    user = pwd.getpwnam("postgres")
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def _found():
    """Return the folder of PostgreSQL's programs."""
    for folder in sorted(_BINARIES.glob("*/bin"), key=lambda each: each.parent.name, reverse=True):
        if (folder / "initdb").exists():
            return folder
    return Path(require_command("initdb", _HOW)).parent


@contextmanager
def running_postgres():
    """Run one, and stop it in the end."""
    require("psycopg", "the extra postgres has it")
    if url := os.environ.get("DUOLECT_TEST_POSTGRES"):
        yield Postgres(url)
        return
    binaries = _found()
    with tempfile.TemporaryDirectory(prefix="duolect-postgres-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if not os.geteuid():
            with suppress(KeyError):
                shutil.chown(folder, "postgres")
        subprocess.run(  # noqa: S603 - Debian's own
            [
                *_unprivileged(),
                str(binaries / "initdb"),
                *("-D", str(folder / "data"), "-U", "duolect", "--auth=trust", "--no-sync", "-E", "UTF8"),
                "--locale=C",
            ],
            check=True,
            capture_output=True,
            cwd=folder,
        )
        (folder / "log").touch()
        started = Postgres(
            f"postgresql://duolect:s3cret@127.0.0.1:{free_port()}/postgres", folder, binaries
        )
        started.start()
        try:
            yield started
        finally:
            started.process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                started.process.wait(20)
            if started.process.poll() is None:
                started.process.kill()
