"""Resources by their names: the index finds what a scan does, and looks at little."""

from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from duolect_core.graph import index as module
from duolect_core.graph.index import Names, Texts
from duolect_core.model.resources import Resource

SIGNS = st.sampled_from("aabA-\n\u540d")
TEXTS = st.text(SIGNS, max_size=6)
STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "add", "rename", "remove", "ask", "ask"]), TEXTS, st.integers(0, 99)),
    max_size=40,
)


@settings(deadline=None)
@given(STEPS, st.integers(1, 3), st.integers(1, 2))
def test_names_are_found_as_a_scan_finds_them(steps, block, at_once):
    table = {}
    names = Names(table)
    with mock.patch.multiple(module, _BLOCK=block, _NOTED_AT_ONCE=at_once):
        for order, (step, text, pick) in enumerate(steps):
            chosen = [*table.values()][pick % len(table)] if table else None
            if step == "add":
                table[f"r-{order}"] = Resource(id=f"r-{order}", order=order, created=0, name=text)
                names.add(table[f"r-{order}"])
            elif step == "rename" and chosen is not None:
                names.rename(chosen, text)
                assert chosen.name == text
            elif step == "remove" and chosen is not None:
                names.discard(chosen)
                del table[chosen.id]
            elif step == "ask":
                parts = [text[start : start + 3] for start in range(1 + pick % 3)]
                assert_same(names.ids(text), [r.id for r in table.values() if r.name == text])
                with_part = [r.id for r in table.values() if any(part in r.name for part in parts)]
                assert_same(names.ids_with(parts), with_part)


def assert_same(found, scanned):
    assert len(found) == len(scanned)
    assert {*found} == {*scanned}


@settings(deadline=None)
@given(st.lists(st.text(SIGNS, max_size=9), max_size=30), TEXTS, st.sampled_from([1, 20, 1_000]))
def test_a_part_is_found_in_the_texts_that_have_it_however_much_is_noted(texts, part, most):
    with mock.patch.multiple(module, _BLOCK=4, _NOTED_AT_ONCE=1, _MOST_NOTED=most):
        sought = Texts(texts)
        for _ in range(9):
            assert sorted(sought.having(part)) == sorted(text for text in texts if part in text)
        assert len(sought) == len(texts)
        assert sorted(sought) == sorted(texts)
        assert sought.noted <= most + 4 * 12


def test_nothing_is_kept_until_somebody_asks():
    resource = Resource(id="r", order=1, created=0, name="n")
    names = Names({"r": resource})
    names.add(resource)
    names.rename(resource, "m")
    assert (names.index, names.sought()) == (None, None)
    assert [*names.ids("m")] == ["r"]
    assert names.sought() is None
    assert [*names.ids_with("m")] == ["r"]
    assert [*names.sought()] == ["m"]


def test_names_that_nothing_has_any_more_are_forgotten():
    table = {}
    names = Names(table)
    assert not names.ids_with(["n"])
    for order in range(1000):
        table["r"] = Resource(id="r", order=order, created=0, name=f"n{order}")
        names.add(table["r"])
        assert [*names.ids_with([f"n{order}"])] == ["r"]
        assert len(names.sought()) < 200
        names.discard(table.pop("r"))


def test_a_part_is_looked_for_in_few_of_many_names():
    class Text(str):
        """A text that counts who looks into it."""

        __slots__ = ()
        looked_into = 0

        def __contains__(self, part):
            Text.looked_into += 1
            return super().__contains__(part)

    sought = Texts(Text(f"name-{number:05}") for number in range(10_000))
    for _ in range(20):
        sought.having("absent")
    Text.looked_into = 0
    assert sought.having("absent") == []
    assert sought.having("-01234") == ["name-01234"]
    assert Text.looked_into < 300
