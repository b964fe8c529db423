"""Any commands on key pairs."""

from hypothesis import strategies as st
from hypothesis.stateful import rule
from tests.core.machine.base import Machine
from tests.core.machine.strategies import HOW, PICK, PICKS, TAGS

from duolect_core.key_pairs.binding import BindKeyPairs, UnbindKeyPairs
from duolect_core.key_pairs.lifecycle import CreateKeyPair, DeleteKeyPairs, ImportKeyPair, ModifyKeyPair
from duolect_core.model.lifecycles import STEADY_INSTANCE, InstanceState

NAMES = st.sampled_from("abcde")


class KeyPairRules(Machine):
    """Creates, imports, modifies, binds and deletes key pairs."""

    @rule(name=NAMES, comment=st.sampled_from(["", "of {id}"]), tags=TAGS, how=HOW)
    def create_key_pair(self, how, **more):
        self.do(CreateKeyPair(bits=64, **more), how)

    @rule(name=NAMES, public_key=st.sampled_from(["k 1", "k 1 mine", "k 2"]), tags=TAGS, how=HOW)
    def import_key_pair(self, how, **more):
        self.do(ImportKeyPair(**more), how)

    @rule(
        pick=PICK,
        name=st.one_of(st.none(), NAMES),
        description=st.sampled_from([None, "d"]),
        extras=st.sampled_from([{}, {"x": 1}]),
        how=HOW,
    )
    def modify_key_pair(self, pick, how, **more):
        self.do(ModifyKeyPair(key_pair_id=self.one(self.graph.key_pairs, pick), **more), how)

    @rule(picks=PICKS, how=HOW)
    def delete_key_pairs(self, picks, how):
        self.do(DeleteKeyPairs(self.some(self.graph.key_pairs, picks)), how)

    @rule(
        command=st.sampled_from([BindKeyPairs, BindKeyPairs, UnbindKeyPairs]),
        instances=PICKS,
        picks=PICKS,
        restart=st.booleans(),
        allowed=st.sampled_from([STEADY_INSTANCE, STEADY_INSTANCE, (InstanceState.STOPPED,)]),
        how=HOW,
    )
    def bind_key_pairs(self, command, instances, picks, how, **more):
        self.do(
            command(
                instance_ids=self.some(self.graph.instances, instances),
                key_pair_ids=self.some(self.graph.key_pairs, picks),
                detail="keys",
                **more,
            ),
            how,
        )
