"""The store: scope and token together are the key, and a lifetime is a lifetime."""

from duolect_core.engine.idempotency import IdempotencyStore, Remembered, Token

TOKEN = Token("create", "t", "f")


def test_an_unknown_token_is_not_found():
    assert IdempotencyStore(10, 10_000).find(TOKEN, 0) is None


def test_a_token_is_remembered_until_its_lifetime_is_over():
    store = IdempotencyStore(10, 10_000)
    entry = Remembered("f", 100)
    store.remember(TOKEN, entry)
    assert store.find(TOKEN, 109) is entry
    assert store.find(TOKEN, 110) is None


def test_the_same_value_in_another_scope_is_another_token():
    store = IdempotencyStore(10, 10_000)
    store.remember(TOKEN, Remembered("f", 0))
    assert store.find(Token("attach", "t", "f"), 0) is None


def test_another_fingerprint_finds_the_same_entry():
    store = IdempotencyStore(10, 10_000)
    store.remember(TOKEN, Remembered("f", 0))
    assert store.find(Token("create", "t", "other"), 0) == Remembered("f", 0)


def test_remembering_forgets_what_is_too_old_and_nothing_else():
    store = IdempotencyStore(10, 10_000)
    for at, value in ((0, "a"), (1, "b"), (5, "c")):
        store.remember(Token("s", value, "f"), Remembered("f", at))
    store.remember(Token("s", "d", "f"), Remembered("f", 11))
    assert [value for _, value in store._entries] == ["c", "d"]


def test_a_token_that_is_used_again_after_its_lifetime_counts_from_then():
    store = IdempotencyStore(10, 10_000)
    store.remember(TOKEN, Remembered("f", 0))
    store.remember(Token("s", "b", "f"), Remembered("f", 9))
    store.remember(TOKEN, Remembered("g", 12))
    assert store.find(TOKEN, 21) == Remembered("g", 12)
    store.remember(Token("s", "c", "f"), Remembered("f", 21))
    assert [value for _, value in store._entries] == ["t", "c"]
