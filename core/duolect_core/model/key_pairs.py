"""Pairs of keys with which instances are opened."""

import attrs

from duolect_core.by_fields import Value
from duolect_core.model.resources import Resource


@attrs.define(kw_only=True, weakref_slot=False, on_setattr=attrs.setters.NO_OP, eq=False, repr=False)
class KeyPair(Resource):
    """A pair of keys to log in to instances with, of which the cloud keeps the public one.

    ``public_key`` is that one as it was given, a line in the form of OpenSSH.
    """

    public_key: str


@attrs.frozen(eq=False, repr=False)
class PrivateKey(Value):
    """A private key as PEM. It is no text, so that nobody shows it who shows what texts there are."""

    pem: str = attrs.field(repr=False)
