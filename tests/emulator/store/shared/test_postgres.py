"""What PostgreSQL has that a file has not: connections that are lost, and URLs with passwords."""

import random
import subprocess
import sys
import time

import pytest
from tests.contract.server import environment
from tests.emulator.store.servers import Refused, alibaba, serving
from tests.emulator.store.shared.postgresql import running_postgres
from tests.emulator.store.stored import Stored, furnish

from duolect.settings.checks import SettingsError
from duolect.store import seat
from duolect.store.interface import Changes, Fenced, WriteFailed
from duolect.store.postgres_database import name_of
from duolect.store.seat import DatabaseTime
from duolect_core.invariants import check

psycopg = pytest.importorskip("psycopg")
VPC = {"version": "2016-04-28", "CidrBlock": "10.0.0.0/8"}


@pytest.fixture
def url(postgres, monkeypatch):
    monkeypatch.setattr(seat, "WAIT", 0.0)
    monkeypatch.setattr(seat, "VALID", 600.0)
    return postgres.fresh()


def reason(url):
    with pytest.raises(SettingsError) as caught:
        Stored(url)
    assert "s3cret" not in str(caught.value)
    return str(caught.value)


# -- what is not opened ----------------------------------------------------------------------------------


def test_a_newer_format_is_refused_with_the_reason(postgres, url):
    Stored(url).stop()
    postgres.run("UPDATE duolect_store SET format = 2", url=url)
    assert "has format 2, and this Duolect reads format 1" in reason(url)


def test_tables_of_another_program_are_refused_and_left_as_they_are(postgres, url):
    postgres.run("CREATE TABLE duolect_log (line text)", url=url)
    assert reason(url).endswith("has tables of another program, and no store of Duolect")
    assert postgres.run("SELECT count(*) FROM duolect_log", url=url) == [(0,)]
    assert postgres.run("SELECT to_regclass('duolect_settings')", url=url) == [(None,)]


def test_a_server_that_is_not_there_is_refused_without_its_password():
    said = reason("postgresql://me:s3cret@127.0.0.1:1/none")
    assert said.startswith("store: postgresql://127.0.0.1:1/none cannot be used: ")


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me:s3cret@x@127.0.0.1:1/d",
        "postgresql://me:pa%20s3cret@127.0.0.1:1/d",
        "postgresql://127.0.0.1:1/d?user=me&password=s3cret",
        "postgresql://me:s3cret@[/d",
        "postgresql://me:s3cret@127.0.0.1:1/d?nothing=s3cret",
        "postgres://me:s3cret@127.0.0.1:port/d",
    ],
)
def test_a_password_is_never_told(url):
    assert reason(url)
    assert "s3cret" not in name_of(url)


def test_without_the_driver_the_reason_says_how_to_get_it(url):
    program = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from duolect.cli.main import main; sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", program, "serve", "--port", "0", "--store", url]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 2
    assert "pip install 'duolect[postgres]'" in done.stderr
    assert "s3cret" not in done.stderr


@pytest.mark.parametrize("store", ["memory", "sqlite"])
def test_who_uses_another_store_does_not_load_the_driver(store, tmp_path):
    program = (
        "import sys; from duolect.bootstrap import bootstrap\n"
        "from duolect.settings.settings import Settings\n"
        "import duolect.server.serve\n"
        "bootstrap(Settings(store=sys.argv[1])); sys.exit('psycopg' in sys.modules)"
    )
    url = "memory" if store == "memory" else f"sqlite:///{tmp_path / 'state.db'}"
    subprocess.run([sys.executable, "-c", program, url], env=environment(), check=True)  # noqa: S603


# -- connections that are lost ---------------------------------------------------------------------------


def cut(postgres):
    """Let the server end all connections but its own."""
    postgres.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND "
        "application_name = 'duolect'"
    )


def test_a_connection_that_was_lost_is_made_anew_and_nothing_is_lost(postgres, url):
    stored = Stored(url)
    one = stored.emulator.alibaba()
    one.call("CreateVpc", **VPC)
    stored.pipeline.keeper.commits.flush()
    cut(postgres)
    for _ in range(3):
        one.call("CreateVpc", **VPC)
        stored.pipeline.keeper.commits.flush()
    before = stored.tree()
    assert stored.restart().tree() == before
    stored.stop()


class Cut:
    """A connection that is lost as a commit is sent: before the server has it, or after it has done it."""

    def __init__(self, db, *, after):
        self.db, self.after, self.lost = db, after, False

    def __getattr__(self, name):
        return getattr(self.db, name)

    @property
    def closed(self):
        return self.lost

    def execute(self, statement, *values, **more):
        if "commits = commits + 1" not in str(statement):
            return self.db.execute(statement, *values, **more)
        if self.after:
            self.db.execute(statement, *values, **more)
        self.lost = True
        self.db.close()
        raise psycopg.OperationalError("consuming input failed: server closed the connection")


@pytest.mark.parametrize("after", [True, False], ids=["after it was done", "before it was done"])
def test_a_commit_amid_which_the_connection_is_lost_is_done_once(url, after):
    stored = Stored(url)
    one = stored.emulator.alibaba()
    one.call("CreateVpc", **VPC)
    stored.pipeline.keeper.commits.flush()
    store = stored.pipeline.keeper.store
    commits = store._commits
    store._db = Cut(store._db, after=after)
    one.call("CreateVpc", **VPC)
    stored.pipeline.keeper.commits.flush()
    assert store._commits == commits + 1
    assert stored.rows("log") == 2
    one.call("CreateVpc", **VPC)
    before = stored.tree()
    assert stored.restart().tree() == before
    stored.stop()


@pytest.mark.parametrize("after", [True, False], ids=["after it was done", "before it was done"])
def test_a_commit_that_was_said_to_have_failed_comes_again_and_is_done_once(url, after):
    """As long as the server cannot be reached it is not known, and what comes later is added to it."""
    stored = Stored(url)
    one, other = stored.emulator.alibaba(), stored.emulator.tencent()
    one.call("CreateVpc", **VPC)
    commits, store = stored.pipeline.keeper.commits, stored.pipeline.keeper.store
    commits.flush()
    one.call("CreateVpc", **VPC)
    other.call("CreateVpc", VpcName="v", CidrBlock="10.0.0.0/16")
    store._db = Cut(store._db, after=False)
    if (
        after
    ):  # what places a partition is a transaction of several statements: it is whole, but not said so
        store._db = store._db.db
        store.commit(commits.changes)
        store._commits -= 1
        store._doubtful = frozenset(commits.changes.placed)
        store._db.close()
    url_of_store, store.url = store.url, "postgresql://127.0.0.1:1/none"
    with pytest.raises(WriteFailed, match="cannot be used"):
        commits.flush()
    one.call("CreateVpc", **VPC)
    stored.pipeline.partitions.forget("AKIDTEST")
    with pytest.raises(WriteFailed):
        commits.flush()
    store.url = url_of_store
    commits.flush()
    before = stored.tree()
    assert len(before["partitions"]) == 1
    assert stored.restart().tree() == before
    assert stored.rows("log") == (4 if after else 3)
    assert stored.rows("dropped") == (1 if after else 0)
    stored.stop()


def test_what_was_sent_on_a_lost_connection_never_comes_late(url):
    stored = Stored(url)
    one = stored.emulator.alibaba()
    one.call("CreateVpc", **VPC)
    stored.pipeline.keeper.commits.flush()
    store = stored.pipeline.keeper.store
    late, session = store._db, store._session
    store._db = Cut(store._db, after=False)
    store._db.db = psycopg.connect(
        url, autocommit=True
    )  # the one that is closed in the place of the late one
    one.call("CreateVpc", **VPC)
    stored.pipeline.keeper.commits.flush()
    assert store._session == session + 1
    store._db, now = late, store._db
    store._session, store._tenure.until = session, 0
    with pytest.raises(Fenced):
        store.commit(Changes(settings={"late": "1"}))
    store._db = now
    late.close()
    stored.cut()


def test_a_database_that_went_back_is_not_gone_on_with(postgres, url):
    stored = Stored(url)
    stored.emulator.alibaba().call("CreateVpc", **VPC)
    stored.pipeline.keeper.commits.flush()
    postgres.run("UPDATE duolect_seat SET commits = commits - 1", url=url)
    stored.pipeline.keeper.store._db.close()
    stored.emulator.alibaba().call("CreateVpc", **VPC)
    with pytest.raises(Fenced, match="it was changed by others"):
        stored.pipeline.keeper.commits.flush()
    stored.cut()


def test_a_database_that_is_away_refuses_calls_until_it_is_back():
    with running_postgres() as own:
        if own.process is None:
            pytest.skip("DUOLECT_TEST_POSTGRES is not ours to stop")
        with serving(own.fresh(), "--timing", "instant") as process:
            one = alibaba(process.port)
            made = {one.call("CreateVpc", **VPC)["VpcId"]}
            own.stop()
            with pytest.raises(Refused, match="ServiceUnavailable"):
                one.call("CreateVpc", **VPC)
            status, tree = one.get("health")
            assert (status, tree["status"]) == (503, "failing")
            assert "s3cret" not in str(tree)
            with pytest.raises(Refused, match="ServiceUnavailable"):
                one.call("DescribeVpcs", "2016-04-28")
            own.start()
            until = time.monotonic() + 20
            while one.get("health")[0] != 200:
                assert time.monotonic() < until
                time.sleep(0.1)
            later = one.call("CreateVpc", **VPC)["VpcId"]
            listed = one.call("DescribeVpcs", "2016-04-28", PageSize=50)["Vpcs"]["Vpc"]
            assert made | {later} <= {each["VpcId"] for each in listed}
            assert len(listed) <= len(made) + 2, "the call that was refused first is there too, once"


# -- damage ------------------------------------------------------------------------------------------------

SPOILS = (
    "UPDATE duolect_log SET entry = set_byte(entry, 3, get_byte(entry, 3) # 4) WHERE id = ({})",
    "UPDATE duolect_log SET after = after # 8 WHERE id = ({})",
    "UPDATE duolect_log SET at = at + 1 WHERE id = ({})",
    "UPDATE duolect_log SET command = 'Other' WHERE id = ({})",
    "DELETE FROM duolect_log WHERE id = ({})",
)


def test_a_row_that_is_wrong_cuts_the_log_before_it_and_is_put_aside(postgres, url, caplog, thorough):
    chance = random.Random(9)  # noqa: S311 - which row is no secret
    stored = Stored(url)
    furnish(stored)
    for number in range(40 if thorough else 6):
        one = stored.emulator.alibaba()
        for _ in range(5):
            one.call("CreateVpc", **VPC)
        stored.pipeline.keeper.commits.flush()
        found = stored.pipeline.keeper.kept["alibaba", "AKTEST", "cn-hangzhou"]
        version = found.version - chance.randrange(5)
        stored.kill()
        spoil = SPOILS[number % len(SPOILS)].format(found.number << 32 | version)
        postgres.run(spoil, url=url)
        caplog.clear()
        stored.start()
        assert check(stored.emulator.alibaba().partition) == []
        last = number % len(SPOILS) == 4 and version == found.version  # nothing tells that there was more
        assert ("is as it was before that command" in caplog.text) == (not last)
        assert ("the damaged tables are duolect_damaged_" in caplog.text) == (not last)
        before = stored.tree()
        assert stored.restart().tree() == before
    stored.stop()


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE duolect_settings SET value = 'x'",
        "UPDATE duolect_settings SET name = '\\xff' WHERE name = 'clock'",
        "UPDATE duolect_partitions SET account = 'other'",
        "UPDATE duolect_partitions SET region = '\\xff'",
        "UPDATE duolect_snapshots SET checksum = 0",
        "DELETE FROM duolect_parts",
    ],
)
def test_what_cannot_be_had_any_more_is_refused_with_the_reason(postgres, url, spoil):
    stored = Stored(url)
    furnish(stored)
    stored.kill()
    postgres.run(spoil, url=url)
    assert "is damaged" in reason(url)


# -- who has it ------------------------------------------------------------------------------------------


def test_a_store_that_an_emulator_has_is_not_taken_by_another(url, monkeypatch):
    monkeypatch.setattr(seat, "_PATIENCE", 0.2)
    stored = Stored(url)
    assert "is in use: by the emulator at another process" in reason(url)
    stored.stop()
    Stored(url).stop()


def test_who_was_followed_keeps_nothing_any_more(url):
    first = Stored(url)
    furnish(first)
    first.pipeline.keeper.commits.flush()
    before = first.tree()
    first.pipeline.keeper.store._seat.close()  # it is cut off, and does not know
    second = Stored(url)
    first.emulator.alibaba().call("CreateVpc", **VPC)
    with pytest.raises(Fenced, match="another emulator has followed this one"):
        first.pipeline.keeper.commits.flush()
    for steps in (
        first.pipeline.keeper.store.tidy(1, ()),
        first.pipeline.keeper.store.write_snapshot(1, second.pipeline.keeper.store.snapshot(1, 0)),
    ):
        with pytest.raises(Fenced):
            next(steps)
    with pytest.raises(Fenced):
        first.pipeline.keeper.store.commit(Changes())
    first.cut()
    assert second.tree() == before
    second.stop()


def test_what_nobody_can_name_as_text_is_kept_all_the_same(url):
    stored = Stored(url)
    for account in ("nul\0", "\ud800", "ü\n"):
        stored.pipeline.partitions.get(stored.pipeline.dialects[0], account, "cn-hangzhou")
    before = stored.tree()
    assert stored.restart().tree() == before
    assert len(before["partitions"]) == 3
    stored.stop()


def test_the_databases_time_never_runs_backwards():
    clock = DatabaseTime()
    clock.hear(2_000_000_000)
    first = clock()
    assert first >= 2_000_000_000
    clock.hear(1_000_000_000)
    assert first <= clock() < first + 5_000_000
