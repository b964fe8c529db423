"""An emulator with a store, in this process."""

import re
import sqlite3
from contextlib import closing

import psycopg
from tests.harness import START, Emulator

from duolect.bootstrap import bootstrap
from duolect.clock import Clock
from duolect.settings.settings import Settings
from duolect.snapshots import snapshots
from duolect.store.opening import close


class Stored:
    """An emulator with a store, in this process, that can be killed and started again."""

    def __init__(self, file, clock=None, **settings):
        self.file = file
        self.url = file if isinstance(file, str) else f"sqlite:///{file}"
        self.settings = settings
        self.start(clock)

    def start(self, clock=None, **more):
        self.settings |= more
        self.clock = clock or Clock(0, START)
        pipeline = bootstrap(Settings(store=self.url, **self.settings), self.clock)
        self.emulator = Emulator(pipeline, self.clock)
        self.pipeline = pipeline
        return self

    def kill(self):
        """End without a word; what was answered has been written."""
        self.pipeline.keeper.commits.flush()
        self.cut()

    def cut(self):
        """Cut it off from its store."""
        store = self.pipeline.keeper.store
        store._db.close()
        if hasattr(store, "_seat"):
            store._seat.close()

    def restart(self, clock=None, **more):
        self.kill()
        return self.start(clock, **more)

    def stop(self):
        close(self.pipeline.keeper)

    def rows(self, table):
        """Return how many rows a table of the store has."""
        prefix = "" if self.url.startswith("sqlite") else "duolect_"
        return self.pipeline.keeper.store._read(f"SELECT count(*) FROM {prefix}{table}")[0][0]  # noqa: S608

    def damage(self, statement, *values):
        """Change what is kept, whether an emulator has it open or not."""
        if self.url.startswith("postgresql"):
            told = re.sub(r"\b(settings|log|snapshots)\b", r"duolect_\1", statement)
            with psycopg.connect(self.url, autocommit=True) as db:
                db.execute(told.replace("%", "%%").replace("?", "%s"), values)
            return
        try:
            self.pipeline.keeper.store._db.execute(statement, values)
        except sqlite3.ProgrammingError:  # it is closed
            with closing(sqlite3.connect(self.file)) as db, db:
                db.execute(statement, values)

    def text(self):
        """Return all that a store holds that nobody has open."""
        if self.url.startswith("sqlite"):
            return self.file.read_bytes()
        from duolect.store.postgres_database import TABLES  # noqa: PLC0415 - likewise
        from duolect.store.postgres_reading import PostgresLook  # noqa: PLC0415 - it needs a driver

        store = PostgresLook(self.url)
        rows = [row for table in TABLES for row in store._read(f"SELECT * FROM duolect_{table}")]  # noqa: S608
        store.close()
        return b"|".join(
            each if isinstance(each, bytes) else str(each).encode() for row in rows for each in row
        )

    def tree(self):
        """Everything, as a snapshot tells it."""
        return snapshots.take(self.pipeline.state)


def furnish(stored):
    """Let both clouds have something, and something under way."""
    one, other = stored.emulator.alibaba(), stored.emulator.tencent()
    vpc = one.call("CreateVpc", "2016-04-28", CidrBlock="10.0.0.0/8", ClientToken="t")["VpcId"]
    stored.emulator.advance()
    one.call("CreateVSwitch", "2016-04-28", VpcId=vpc, CidrBlock="10.0.0.0/24", ZoneId="cn-hangzhou-h")
    other.call("CreateVpc", VpcName="v", CidrBlock="10.0.0.0/16")
    stored.emulator.advance(50)
    return vpc
