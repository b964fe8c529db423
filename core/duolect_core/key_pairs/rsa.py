"""Pairs of RSA keys, made of seeded chance, and public keys in the form of OpenSSH.

The keys are real: every client can log in, sign and compare fingerprints with them. They are drawn from a
generator that is made for repeatability, so whoever knows its seed knows them too; they are no secrets.

Sources: RFC 8017 (PKCS #1), appendix A.1.2, for the private key; RFC 4253, section 6.6, for the public one;
RFC 4716, section 4, for its fingerprint.
"""

import math
from base64 import b64decode, b64encode
from collections.abc import Iterator
from hashlib import md5
from itertools import pairwise
from typing import Final

import attrs

from duolect_core.addressing.generator import Generator

_EXPONENT: Final = 65537
_SIEVE: Final = 8192
_ROUNDS: Final = 8
"""Of Miller and Rabin: far more than numbers of this size, drawn at random, need."""
_LINE: Final = 64
_LONG: Final = 0x80


@attrs.frozen(repr=False)
class PrivateKey:
    """A pair of RSA keys: two primes, and what follows from them."""

    p: int
    q: int

    @property
    def modulus(self) -> int:
        """The product of the primes."""
        return self.p * self.q

    @property
    def pem(self) -> str:
        """The private key as the clouds give it out: PKCS #1, as PEM."""
        private = pow(_EXPONENT, -1, math.lcm(self.p - 1, self.q - 1))
        numbers = (
            *(0, self.modulus, _EXPONENT, private, self.p, self.q),
            *(private % (self.p - 1), private % (self.q - 1), pow(self.q, -1, self.p)),
        )
        body = b64encode(_tagged(0x30, b"".join(map(_der_integer, numbers)))).decode()
        places = range(0, len(body) + _LINE, _LINE)
        lines = (body[start:end] for start, end in pairwise(places))
        return "\n".join(
            ("-----BEGIN RSA PRIVATE KEY-----", *filter(None, lines), "-----END RSA PRIVATE KEY-----", "")
        )

    @property
    def public(self) -> str:
        """The public key in the form of OpenSSH, without a comment."""
        blob = b"".join(map(_ssh_string, (b"ssh-rsa", _bytes(_EXPONENT), _bytes(self.modulus))))
        return f"ssh-rsa {b64encode(blob).decode()}"


def draw_key(generator: Generator, bits: int) -> PrivateKey:
    """Return a pair of keys whose modulus has ``bits`` bits (an even number, 64 at least)."""
    # One draw begins the search, so that how long it takes leaves no trace in the generator.
    chance = Generator(generator.bits())
    half = bits // 2
    p = _prime(chance, half)
    q = p
    while q == p:
        q = _prime(chance, half)
    return PrivateKey(max(p, q), min(p, q))


def _prime(chance: Generator, bits: int) -> int:
    """Return a prime whose two highest bits are set, and that the exponent does not divide less one."""
    while True:
        # An even start: the candidates are the odd numbers above it.
        start = chance.below(1 << (bits - 2)) & ~1 | 3 << (bits - 2)
        for offset in _unsieved(start):
            candidate = start + offset
            if (
                candidate.bit_length() == bits
                and candidate % _EXPONENT != 1
                and _is_prime(candidate, chance)
            ):
                return candidate


def _small_primes() -> tuple[int, ...]:
    odd = range(3, 2048, 2)
    return tuple(n for n in odd if all(n % d for d in range(3, math.isqrt(n) + 1, 2)))


_SMALL_PRIMES: Final = _small_primes()


def _unsieved(start: int) -> Iterator[int]:
    """Yield the odd offsets at which no small prime divides."""
    divided = bytearray(_SIEVE)
    for prime in _SMALL_PRIMES:
        if prime * prime <= start:
            first = -start % prime
            divided[first::prime] = b"\x01" * len(range(first, _SIEVE, prime))
    return (offset for offset in range(1, _SIEVE, 2) if not divided[offset])


def _is_prime(number: int, chance: Generator) -> bool:
    """Say whether an odd number is prime, after Miller and Rabin."""
    if pow(2, number - 1, number) != 1:
        return False
    odd, halvings = number - 1, 0
    while odd % 2 == 0:
        odd, halvings = odd // 2, halvings + 1
    return all(_passes(number, odd, halvings, 2 + chance.below(number - 3)) for _ in range(_ROUNDS))


def _passes(number: int, odd: int, halvings: int, base: int) -> bool:
    power = pow(base, odd, number)
    if power in {1, number - 1}:
        return True
    for _ in range(halvings - 1):
        power = power * power % number
        if power == number - 1:
            return True
    return False


# -- the forms of keys -------------------------------------------------------------------------------------


def _bytes(number: int) -> bytes:
    """Return a positive number in bytes, the first of which has no sign in it."""
    return number.to_bytes(number.bit_length() // 8 + 1)


def _tagged(tag: int, content: bytes) -> bytes:
    """Return an element of DER."""
    size = len(content)
    if size < _LONG:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((tag, _LONG | len(length))) + length + content


def _der_integer(number: int) -> bytes:
    return _tagged(2, _bytes(number))


def _ssh_string(content: bytes) -> bytes:
    return len(content).to_bytes(4) + content


@attrs.frozen
class PublicKey:
    """A public key as it was given: what kind it is, its bytes, and the bits of an RSA modulus."""

    kind: str
    blob: bytes
    rsa_bits: int = 0

    @property
    def fingerprint(self) -> str:
        """The MD5 of the key's bytes, as RFC 4716 writes it."""
        return md5(self.blob, usedforsecurity=False).digest().hex(":")


def read_public(text: str) -> PublicKey | None:
    """Return the public key of a line as OpenSSH writes it, or None where it is none."""
    kind, _, rest = text.strip().partition(" ")
    body, _, _ = rest.strip().partition(" ")
    try:
        blob = b64decode(body, validate=True)
    except ValueError:
        return None
    parts = _ssh_strings(blob)
    if parts is None or not parts or parts[0] != kind.encode("ascii", "replace"):
        return None
    if kind != "ssh-rsa":
        return PublicKey(kind, blob)
    if len(parts) != 3:  # noqa: PLR2004 - its name, exponent and modulus
        return None
    return PublicKey(kind, blob, int.from_bytes(parts[2]).bit_length())


def _ssh_strings(blob: bytes) -> list[bytes] | None:
    """Return the strings that a blob consists of, or None where it does not."""
    found = []
    while blob:
        size = int.from_bytes(blob[:4])
        if len(blob) < 4 + size:
            return None
        found.append(blob[4 : 4 + size])
        blob = blob[4 + size :]
    return found
