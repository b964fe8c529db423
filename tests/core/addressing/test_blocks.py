"""Blocks of addresses are read from texts as clouds write them."""

import pytest

from duolect_core.addressing.blocks import (
    parse_cidr,
    parse_ipv4_block,
    parse_ipv4_cidr,
    parse_ipv6_block,
)


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("10.0.0.0/8", "10.0.0.0/8"),
        ("10.1.2.3/8", "10.0.0.0/8"),
        ("10.1.2.3", "10.1.2.3/32"),
        ("0.0.0.0/0", "0.0.0.0/0"),
        ("2001:db8::1/32", "2001:db8::/32"),
        ("::1", "::1/128"),
    ],
)
def test_blocks_are_read_from_text(text, block):
    found = [parse(text) for parse in (parse_ipv4_block, parse_ipv6_block)]
    assert [str(each) for each in found if each is not None] == [block]


@pytest.mark.parametrize(
    "text",
    ["", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/255.0.0.0", "10.0.0.0/8/8", "10.0.0.0/\u0968",
     "10.0.0.0/-1", "::/129", "fe80::1%eth0", "1", "10.0.0/8", "::/0032"],
)  # fmt: skip
def test_what_is_no_block_is_none(text):
    assert parse_ipv4_block(text) is None
    assert parse_ipv6_block(text) is None


@pytest.mark.parametrize("text", ["10.0.0.0/8", "0.0.0.0/0", "2001:db8::/32", "::/0"])
def test_a_cidr_block_is_read_as_it_is_written(text):
    block = parse_cidr(text)
    assert str(block) == text
    assert parse_ipv4_cidr(text) == (block if block.version == 4 else None)


@pytest.mark.parametrize(("text", "block"), [("10.1.2.3", "10.1.2.3/32"), ("::1", "::1/128")])
def test_one_address_is_a_cidr_block_only_where_it_may_be(text, block):
    assert str(parse_cidr(text)) == block
    assert parse_ipv4_cidr(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "10.1.2.3/8",
        "10.0.0.0/08",
        "10.0.0.0/255.0.0.0",
        "10.0.0.0/33",
        "2001:db8::1/32",
        "fe80::%eth0/128",
    ],
)
def test_what_is_no_cidr_block_is_none(text):
    assert parse_cidr(text) is None
