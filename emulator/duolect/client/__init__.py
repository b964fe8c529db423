"""A client of the control API, for tests and for the command line.

    from duolect.client import Duolect

    duolect = Duolect()                      # DUOLECT_ENDPOINT, or 127.0.0.1:4780
    duolect.clock.advance("30s")
    duolect.faults.add(cloud="alibaba", action="AttachNetworkInterface", hang=True)
    duolect.verify(expect=[{"calls": {"action": "AttachNetworkInterface"}, "times": 1}], no_leaks=True)

Every method is one request. Replies are the API's JSON objects, which ``/_duolect/openapi.json`` describes.
"""

from duolect.client.clock import Clock, Duration
from duolect.client.duolect import Duolect
from duolect.client.endpoints import DEFAULT_ENDPOINT, ENVIRONMENT
from duolect.client.errors import (
    ControlError,
    Json,
    Unreachable,
    VerificationFailed,
    WrongEndpoint,
    leak_told,
    told,
)
from duolect.client.parts import Conditions, Faults, Journal, Keys

__all__ = [
    "DEFAULT_ENDPOINT",
    "ENVIRONMENT",
    "Clock",
    "Conditions",
    "ControlError",
    "Duolect",
    "Duration",
    "Faults",
    "Journal",
    "Json",
    "Keys",
    "Unreachable",
    "VerificationFailed",
    "WrongEndpoint",
    "leak_told",
    "told",
]
