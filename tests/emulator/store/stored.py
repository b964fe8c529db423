"""An emulator with a store, in this process."""

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
        self.settings = settings
        self.start(clock)

    def start(self, clock=None, **more):
        self.settings |= more
        self.clock = clock or Clock(0, START)
        pipeline = bootstrap(Settings(store=f"sqlite:///{self.file}", **self.settings), self.clock)
        self.emulator = Emulator(pipeline, self.clock)
        self.pipeline = pipeline
        return self

    def kill(self):
        """End without a word; what was answered has been written."""
        self.pipeline.keeper.commits.flush()
        self.pipeline.keeper.store._db.close()

    def restart(self, clock=None, **more):
        self.kill()
        return self.start(clock, **more)

    def stop(self):
        close(self.pipeline.keeper)

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
