"""Control calls, calls of a cloud, moves of the clock and resets in any order, at any instants.

The machine's clock goes on between any two looks at it, by as much as the story says. Whatever comes after
whatever, no request fails, the clock stands where it was sent, nothing is under way once it was moved until
then, and the journal has what it was not told to forget.
"""

from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.emulator.asgi import send
from tests.harness import START

from duolect.bootstrap import bootstrap
from duolect.clock import Clock
from duolect.control.clock import iso
from duolect.server.app import make_app
from duolect.settings.settings import Settings

ACCOUNTS = ("A", "B", "C")
CREATE, DESCRIBE = "CreateVpc", "DescribeVpcs"
CALL = "/?Version=2016-04-28&Format=JSON&RegionId=cn-hangzhou"
LOOKS = ("clock", "state", "partitions", "operations", "faults", "durations", "journal", "leaks")

Step = tuple[Any, ...]
account = st.sampled_from(ACCOUNTS)
calls = st.tuples(st.just("call"), account, st.sampled_from([CREATE, CREATE, DESCRIBE]))
looks = st.tuples(st.just("look"), st.sampled_from(LOOKS))
resets = st.tuples(st.just("reset"), st.none() | account)
moves = st.one_of(
    st.tuples(st.just("advance"), st.integers(0, 500)),
    *(st.tuples(st.sampled_from(["next", "idle"])),) * 3,
    st.tuples(st.just("stand"), st.integers(0, 100_000)),
    st.tuples(st.just("run"), st.sampled_from([1, 1, 60])),
    st.tuples(st.just("hurry"), st.sampled_from([0, 3_000, 150_000, 190_000])),
)
lasting = st.one_of(
    st.tuples(st.just("fault"), st.sampled_from([1, 1000, 10**12]), st.sampled_from([1, 1000, 10**6])),
    st.tuples(st.just("durations"), st.sampled_from(["200ms", "1h", "3000000d", "999999999999999d"])),
    st.tuples(st.just("clear")),
)
memory = st.one_of(
    st.tuples(st.just("forget"), st.none() | account),
    st.tuples(st.just("mark")),
    st.tuples(st.just("verify"), account),
    st.tuples(st.just("page"), st.integers(0, 12)),
)
STORIES = {
    "time": st.one_of(calls, calls, moves, resets),
    "its end": st.one_of(calls, calls, lasting, looks, moves, resets),
    "the journal": st.one_of(calls, calls, memory, resets),
    "all at once": st.one_of(calls, calls, looks, moves, lasting, memory, resets),
}


@attrs.define
class Machine:
    """A machine's clock that goes on at each look."""

    at: int = START
    step: int = 0

    def __call__(self) -> int:
        self.at += self.step
        return self.at


class Story:
    """An emulator, and what must be true of it."""

    def __init__(self) -> None:
        self._machine = Machine()
        self._app = make_app(bootstrap(Settings(), Clock(1.0, machine=self._machine)), 1000)
        self._told: list[tuple[int, str, str]] = []
        """Number, account and action of each call in the journal."""
        self._calls = 0
        self._forgotten: dict[str, int] = {}
        """The latest call of each account that was forgotten."""
        self._mark, self._marked_at = "start", 0

    def _ask(self, method: str, path: str, *also_right: int, **more: Any) -> Any:
        answer = send(self._app, method, f"/_duolect/{path}", **more)
        assert answer.status_code in {200, 201, 204, *also_right}, (method, path, more, answer.text)
        return answer.json() if answer.content else None

    def tell(self, step: Step) -> None:
        """Let one thing happen, and look at what came of it."""
        getattr(self, step[0])(*step[1:])

    def call(self, name: str, action: str) -> None:
        size = "&CidrBlock=10.0.0.0/8" if action == CREATE else ""
        answer = send(self._app, "POST", f"{CALL}&Action={action}&AccessKeyId={name}{size}")
        assert answer.status_code == 200, answer.text
        self._calls += 1
        self._told.append((self._calls, name, action))

    def look(self, path: str) -> None:
        self._ask("GET", path)

    def reset(self, name: str | None) -> None:
        self._ask("POST", "reset", params={} if name is None else {"access_key": name})

    def hurry(self, step: int) -> None:
        self._machine.step = step

    def advance(self, milliseconds: int) -> None:
        self._ask("POST", "clock/advance", json={"by": f"{milliseconds}ms"})

    def next(self) -> None:
        self._ask("POST", "clock/next")

    def idle(self) -> None:
        shown = self._ask("POST", "clock/idle")
        assert (shown["pending"], shown["next_due"]) == (0, None)

    def stand(self, milliseconds: int) -> None:
        """Let the clock stand still at a time to come."""
        now = self._ask("GET", "clock")["instant"]
        at = min(now + 3_000_000 + milliseconds * 1_000, 253_402_271_999_000_000)
        shown = self._ask("PUT", "clock", 409, json={"mode": "manual", "now": iso(at)})
        assert shown.get("instant", at) == at

    def run(self, rate: int) -> None:
        wanted: dict[str, Any] = {"mode": "real"} if rate == 1 else {"mode": "scaled", "rate": rate}
        self._ask("PUT", "clock", json=wanted)

    def fault(self, delay_ms: int, slow: int) -> None:
        rule = {"cloud": "alibaba", "action": CREATE, "delay_ms": delay_ms, "slow": slow}
        self._ask("POST", "faults", json=rule)

    def clear(self) -> None:
        self._ask("DELETE", "faults")
        self._ask("PUT", "durations", json={"preset": "fast"})

    def durations(self, text: str) -> None:
        """Set how long creations take, or be refused, which changes nothing."""
        self._ask("PUT", "durations", 422, json={"operations": {"provision_network": text}})

    def forget(self, name: str | None) -> None:
        self._ask("DELETE", "journal", params={} if name is None else {"access_key": name})
        for number, its, _ in self._told:
            if name in {None, its}:
                self._forgotten[its] = number
        self._told = [each for each in self._told if name not in {None, each[1]}]

    def mark(self) -> None:
        self._mark, self._marked_at = self._ask("POST", "marks")["id"], self._calls

    def verify(self, name: str) -> None:
        made = [each for each in self._told if each[1:] == (name, CREATE) and each[0] > self._marked_at]
        wanted = {"calls": {"action": CREATE}, "times": len(made)}
        asked = {"mark": self._mark, "access_key": name, "expect": [wanted]}
        verdict = self._ask("POST", "verify", json=asked)
        complete = self._forgotten.get(name, 0) <= self._marked_at
        assert (verdict["failures"], verdict["complete"], verdict["passed"]) == ([], complete, complete)

    def end(self) -> None:
        """Look at everything that is left."""
        self.clear()
        self.idle()
        for number in range(self._calls + 1):
            self.page(number)
        for each in ACCOUNTS:
            self.verify(each)

    def page(self, after: int) -> None:
        shown = self._ask("GET", "journal", params={"after": after, "limit": 1000})["records"]
        found = [(each["number"], each["account"], each["action"]) for each in shown]
        assert found == [each for each in self._told if each[0] > after]


@pytest.mark.parametrize("about", STORIES)
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_whatever_comes_after_whatever_nothing_fails(about, data):
    story = Story()
    story.hurry(data.draw(st.sampled_from([0, 3_000, 150_000, 190_000])))
    for step in data.draw(st.lists(STORIES[about], min_size=3, max_size=14)):
        story.tell(step)
    story.end()
