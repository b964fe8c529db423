"""Names for batches of instances, as the vendor's page on RunInstances gives them."""

import pytest

from duolect_dialects.tencent.instances.creating.numbering import numbered


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("server_", ["server_1", "server_2"]),
        ("server_{R:3}", ["server_3", "server_4"]),
        ("server_{R:3,F:3}", ["server_003", "server_004"]),
        ("app_{R:99,F:2}", ["app_99", "app_100"]),
        ("{R:1,F:0}-{R:20}", ["1-20", "2-21"]),
        ("a{}", ["a{}1", "a{}2"]),
        ("a{R:x}", ["a{R:x}1", "a{R:x}2"]),
        ("a{R:1,F:9}", ["a{R:1,F:9}1", "a{R:1,F:9}2"]),
    ],
)
def test_two_instances_are_named(name, names):
    assert list(numbered(name, 2)) == names


def test_a_single_instance_keeps_a_plain_name():
    assert numbered("server", 1) == ("server",)
    assert numbered("server_{R:3}", 1) == ("server_3",)
