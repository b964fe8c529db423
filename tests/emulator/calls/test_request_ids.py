from uuid import UUID

from duolect.calls.request_ids import new_request_id


def test_a_request_id_is_a_random_uuid_in_lower_case():
    for _ in range(200):
        fresh = new_request_id()
        assert UUID(fresh).version == 4
        assert UUID(fresh).variant == "specified in RFC 4122"
        assert str(UUID(fresh)) == fresh


def test_no_request_id_is_given_twice():
    assert len({new_request_id() for _ in range(2000)}) == 2000
