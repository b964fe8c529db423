"""Accounts in the order in which they were used."""

from duolect.state.uses import Uses


def test_the_account_that_was_used_longest_ago_comes_first():
    times = iter(range(1, 100))
    uses = Uses(lambda: float(next(times)))
    assert uses.oldest() is None
    for name in ("a", "b", "c", "a"):
        uses.touch(name)
    assert [*uses] == [("b", 2.0), ("c", 3.0), ("a", 4.0)]
    uses.put_first("d")
    assert uses.oldest() == ("d", 0.0)
    assert (uses.last("a"), uses.last("nobody"), len(uses)) == (4.0, None, 4)
    uses.touch("d")
    uses.drop("b")
    uses.drop("nobody")
    assert [name for name, _ in uses] == ["c", "a", "d"]
