"""Any commands on operations, durations and tags."""

from hypothesis import strategies as st
from hypothesis.stateful import rule
from tests.core.machine.base import Machine
from tests.core.machine.strategies import HOW, KINDS, PICK, PICKS, TAGS
from tests.core.model.rules import STEPS

from duolect_core.engine.durations import SetDurations
from duolect_core.engine.operations import ReleaseOperation
from duolect_core.model.durations import FAST, INSTANT, REALISTIC
from duolect_core.tags.tags import ChangeTags, CreateTags, DeleteTags, Keys


class OtherRules(Machine):
    """Changes durations, releases operations, and changes tags."""

    @rule(durations=st.sampled_from([STEPS, FAST, INSTANT, REALISTIC]), how=HOW)
    def set_durations(self, durations, how):
        self.do(SetDurations(durations), how)

    @rule(pick=PICK, fails=st.booleans())
    def release_operation(self, pick, fails):
        pending = self.partition.timeline.pending()
        held = {each.operation.id: None for each in pending if each.operation.held}
        self.do(ReleaseOperation(operation_id=self.one(held, pick), fails=fails))

    @rule(
        kind=st.sampled_from(list(KINDS)),
        resources=PICKS,
        put=TAGS,
        drop=st.tuples(
            st.sampled_from([(), (), ("k",), ("k", "l"), None]),
            st.sampled_from([Keys.ANY, Keys.ANY, Keys.ABSENT, Keys.PRESENT]),
        ),
        how=HOW,
    )
    def change_tags(self, kind, resources, put, drop, how):
        resource_ids = self.some(self.graph.table(kind), resources)
        drop, keys = drop
        command = ChangeTags(kind=kind, resource_ids=resource_ids, put=put, drop=drop, keys=keys)
        self.do(command, how)

    @rule(tags=st.lists(st.sampled_from([("k", "v"), ("k", "w"), ("m", "v")]), max_size=2), how=HOW)
    def create_tags(self, tags, how):
        self.do(CreateTags(tuple(tags)), how)

    @rule(tags=st.lists(st.sampled_from([("k", "v"), ("k", "w"), ("m", "v")]), max_size=2), how=HOW)
    def delete_tags(self, tags, how):
        self.do(DeleteTags(tuple(tags)), how)
