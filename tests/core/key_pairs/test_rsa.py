"""Keys: real ones, the same for the same chance, in the forms that the field's tools read and write."""

import subprocess
from base64 import b64decode, b64encode
from shutil import which

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duolect_core.addressing.generator import Generator
from duolect_core.key_pairs.rsa import draw_key, read_public

KNOWN = (
    "ssh-rsa "
    "AAAAB3NzaC1yc2EAAAADAQABAAAAgQDP0Yw2T4itUKOJQIK69c1Asy1UO88cxEbujR5Jbr0e/Ey1v4ZKAUzDnsBnFl"
    "f4hKPA1YvMB8RBYj4GcLtM7PrKnBNNram8rgl73X/klOO8oqKv+J/XUA7KHH1Y6wcn1RTRTMdDHbGhW1q/UpfeylNT"
    "bf+wEIWhEfaL5FKQm4hqCw=="
    " skey_112168"
)
"""The public key in the vendor's example of CreateKeyPair (Tencent Cloud, tccli)."""


@settings(max_examples=30)
@given(seed=st.integers(0, 2**64 - 1), bits=st.sampled_from([64, 128, 256]))
def test_what_one_key_hides_the_other_one_shows(seed, bits):
    key = draw_key(Generator(seed), bits)
    private = pow(65537, -1, (key.p - 1) * (key.q - 1))
    assert key.modulus.bit_length() == bits
    assert key.p > key.q
    assert pow(pow(0xC0FFEE, 65537, key.modulus), private, key.modulus) == 0xC0FFEE


def test_equal_chance_gives_equal_keys_and_leaves_equal_chance():
    first, second = Generator(7), Generator(7)
    assert draw_key(first, 128) == draw_key(second, 128)
    assert first.state == second.state
    other = Generator(7)
    draw_key(other, 64)
    assert other.state == first.state
    assert draw_key(first, 128) != draw_key(Generator(7), 128)


def test_a_private_key_is_pkcs_1_and_its_public_one_a_line_of_openssh():
    key = draw_key(Generator(1), 512)
    first, *body, last, end = key.pem.split("\n")
    assert (first, last, end) == ("-----BEGIN RSA PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----", "")
    assert {len(line) for line in body[:-1]} == {64}
    der = b64decode("".join(body))
    assert der.startswith(b"\x30\x82")
    assert int.from_bytes(der[2:4]) == len(der) - 4
    assert key.modulus.to_bytes(64) in der
    public = read_public(key.public)
    assert (public.kind, public.rsa_bits) == ("ssh-rsa", 512)


@pytest.mark.skipif(which("ssh-keygen") is None, reason="OpenSSH is not installed")
def test_openssh_reads_the_keys_and_finds_the_same_fingerprint(tmp_path):
    key = draw_key(Generator(1), 1024)
    private, public = tmp_path / "key", tmp_path / "key.pub"
    private.write_text(key.pem)
    private.chmod(0o600)
    public.write_text(key.public)

    def keygen(*arguments):
        run = subprocess.run(["ssh-keygen", *arguments], check=True, capture_output=True, text=True)  # noqa: S603, S607
        return run.stdout

    assert keygen("-y", "-f", private).strip() == key.public
    fingerprint = keygen("-l", "-E", "md5", "-f", public).split()[1]
    assert fingerprint == f"MD5:{read_public(key.public).fingerprint}"


def test_a_known_key_is_read():
    public = read_public(KNOWN)
    assert (public.kind, public.rsa_bits) == ("ssh-rsa", 1024)
    assert len(public.fingerprint.split(":")) == 16
    assert read_public(f"  {KNOWN}\n") == public


def test_other_kinds_of_key_are_read_too():
    blob = b"\0\0\0\x0bssh-ed25519\0\0\0\x04abcd"
    public = read_public(f"ssh-ed25519 {b64encode(blob).decode()}")
    assert (public.kind, public.rsa_bits) == ("ssh-ed25519", 0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ssh-rsa",
        "ssh-rsa not/base64!",
        "ssh-rsa AAAA",
        "ssh-rsa AAAAB3NzaC1yc2EAAAADAQAB",
        "ssh-dss " + KNOWN.split()[1],
        "ssh-rsa " + KNOWN.split()[1][:-8],
        KNOWN.split()[1],
        "clé " + KNOWN.split()[1],
        "ssh-rsa é",
    ],
)
def test_what_is_no_key_is_none(text):
    assert read_public(text) is None


@given(st.text(max_size=60))
def test_no_text_is_too_strange(text):
    assert read_public(text) is None
    read_public(f"ssh-rsa {text}")
