"""Where clients look for the emulator."""

import pytest

from duolect.client import WrongEndpoint
from duolect.client.endpoints import named, parse


@pytest.mark.parametrize(
    ("environment", "endpoint"),
    [
        ({}, "127.0.0.1:4780"),
        ({"DUOLECT_ENDPOINT": "emulator:1", "DUOLECT_UDS": "/s", "DUOLECT_PORT": "2"}, "emulator:1"),
        ({"DUOLECT_UDS": "/run/s", "DUOLECT_PORT": "2"}, "unix:/run/s"),
        ({"DUOLECT_PORT": "2"}, "127.0.0.1:2"),
        ({"DUOLECT_PORT": "0"}, "127.0.0.1:4780"),
        ({"DUOLECT_PORT": "65536"}, "127.0.0.1:4780"),
        ({"DUOLECT_PORT": "9" * 5000}, "127.0.0.1:4780"),
        ({"DUOLECT_PORT": "tcp://10.0.0.1:4780"}, "127.0.0.1:4780"),
        ({"DUOLECT_PORT": "\N{SUPERSCRIPT TWO}"}, "127.0.0.1:4780"),
    ],
)
def test_an_environment_names_the_emulator_by_the_settings_of_the_server_too(environment, endpoint):
    assert named(environment) == endpoint
    assert str(parse(named(environment))) == endpoint


def test_a_socket_has_a_path():
    assert parse("unix:/run/s").path == "/run/s"
    with pytest.raises(WrongEndpoint):
        parse("unix:")
